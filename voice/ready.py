"""Notices that staff can send without typing: each has words for the board and clips to speak.

The wording is a message id; the catalogues have it in the other languages, and the clips say
just that wording, so that the waiting room hears what it reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from queueing.texts import N_


@dataclass(frozen=True, slots=True)
class ReadyNotice:
    """A notice with its stable code and its message id."""

    code: str
    words: str

    @property
    def clip(self) -> str:
        """The name of the clip that speaks it, the same in every language."""
        return f"notice-{self.code}"


READY: Final[tuple[ReadyNotice, ...]] = (
    ReadyNotice(
        "closing-soon",
        N_("We are closing soon. The last numbers are being given out now."),
    ),
    ReadyNotice(
        "keep-ticket",
        N_("Please keep your ticket and watch the board for your number."),
    ),
    ReadyNotice(
        "documents",
        N_("Please have your papers and your identity card ready before your turn."),
    ),
    ReadyNotice(
        "missed",
        N_("If your number was called and you missed it, please tell an officer."),
    ),
    ReadyNotice(
        "lunch-break",
        N_("We are taking the lunch break now. Your number stays valid this afternoon."),
    ),
    ReadyNotice(
        "restart",
        N_("The system is being restarted. Please wait a moment; your number stays valid."),
    ),
    ReadyNotice(
        "quiet",
        N_("Please keep your voices down, so that everybody can hear the numbers."),
    ),
    ReadyNotice(
        "lost-item",
        N_("A lost item has been handed in. Please ask for it at the information desk."),
    ),
)
# The sound check: boards speak it and show nothing.
TRIAL: Final = ReadyNotice("trial", N_("This is a sound check."))
_BY_CODE: Final = {one.code: one for one in (*READY, TRIAL)}


def by_code(code: str) -> ReadyNotice | None:
    """The notice with this code, the sound check among them; None if there is none."""
    return _BY_CODE.get(code)
