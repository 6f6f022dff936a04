"""One official procedure, as the catalogue keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Words by which the data says that a text was not, or not surely, read off its source.
_DOUBTFUL: Final = ("unverified", "không đọc được", "cần đối chiếu")


@dataclass(frozen=True, slots=True)
class Procedure:
    """A row of the catalogue. `grade` A: checked, B: in part, C: not checked and hidden.

    `checked_as_of` is the month (YYYY-MM) of the check, `service` the code of the service it
    belongs to. Texts are as their source gives them.
    """

    code: str
    name: str
    field: str
    time_limit: str
    fee: str
    documents: str
    result: str
    synonyms: tuple[str, ...]
    grade: str
    portal_url: str
    checked_as_of: str
    service: str | None = None

    @property
    def hidden(self) -> bool:
        """True until an office confirms the row."""
        return self.grade == "C"


def certain(text: str) -> str | None:
    """The text as it stands, or None where a citizen is to be told to ask the officer.

    A fee is never shortened: "cổng ghi 0 đồng" does not mean free of charge.
    """
    if not text or any(mark in text for mark in _DOUBTFUL):
        return None
    return text
