"""What a printer says of itself, read bit by bit from its answers to DLE EOT n.

Source: Epson, ESC/POS command DLE EOT (real-time status); the same tables stand in the manuals
of Bixolon SRP-350 and Epson TM-L60II. Every answer is one byte whose bits 0 and 7 are 0 and
bits 1 and 4 are 1; an automatic status (ASB) has bit 1 at 0, so that the two are told apart.

==  ===========  =============================================================
n   bit (value)  meaning when 1
==  ===========  =============================================================
1   3 (0x08)     off line
2   2 (0x04)     cover open
2   5 (0x20)     printing stopped at the paper's end
2   6 (0x40)     an error occurred (which: n = 3)
3   3 (0x08)     cutter error
3   5 (0x20)     error that cannot be recovered
3   6 (0x40)     error that recovers by itself (overheated head)
4   2, 3 (0x0C)  paper near its end
4   5, 6 (0x60)  no paper
==  ===========  =============================================================
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 1, 2, 3, 4
NEAR_END_CAUSE: Final = "paper_near_end"
_FIXED_MASK, _FIXED = 0x93, 0x12


@dataclass(frozen=True, slots=True)
class Status:
    """Faults found by asking; all False is a printer that can print."""

    paper_out: bool = False
    near_end: bool = False
    cover_open: bool = False
    offline: bool = False
    error: bool = False
    mute: bool = False
    refused: bool = False
    reset: bool = False
    way: str | None = None  # what kept us from asking at all: absent, denied, no_driver

    @property
    def cause(self) -> str | None:
        """Code of what keeps it from printing, the most telling first, or None."""
        if self.way is not None:
            return self.way
        for name in ("refused", "reset", "mute", "cover_open", "paper_out", "error", "offline"):
            if getattr(self, name):
                return name
        return None

    @property
    def ready(self) -> bool:
        """Nothing keeps it from printing."""
        return self.cause is None

    def with_answer(self, n: int, answer: int) -> Status:
        """This status and what the answer to DLE EOT n adds."""
        if n == PRINTER:
            return replace(self, offline=self.offline or bool(answer & 0x08))
        if n == OFFLINE_CAUSE:
            return replace(
                self,
                cover_open=self.cover_open or bool(answer & 0x04),
                paper_out=self.paper_out or bool(answer & 0x20),
                error=self.error or bool(answer & 0x40),
            )
        if n == ERROR_CAUSE:
            return replace(self, error=self.error or bool(answer & 0x68))
        return replace(
            self,
            near_end=self.near_end or bool(answer & 0x0C),
            paper_out=self.paper_out or bool(answer & 0x60),
        )


MUTE: Final = Status(mute=True)
RESET: Final = Status(reset=True)


def is_answer(byte: int) -> bool:
    """True when the byte can be an answer to DLE EOT n at all."""
    return byte & _FIXED_MASK == _FIXED
