"""Text that a branch puts on its boards: one line of composed letters, nothing unseen in it.

What cannot be seen is refused rather than taken out: whoever wrote or pasted it should know, and
a line must read on the board as it reads in the form.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

# Letters and marks that show nothing at all, though Unicode does not call them format characters.
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0")
# After composition no Vietnamese letter needs a mark of its own; towers of them leave their line.
_MARKS_MOST: Final = 2


class BadSetupError(ValueError):
    """Not what a board can show. `field` names what is wrong, `why` is a code, never the value.

    `why` is length, unseen, count, number, choice, day, time, twice, empty, unknown or kind.
    """

    def __init__(self, field: str, why: str) -> None:
        super().__init__(field, why)
        self.field = field
        self.why = why


def line(field: str, value: object, most: int) -> str:
    """One line of at most so many letters, composed (NFC), single spaces. May be empty.

    Raises BadSetupError.
    """
    if not isinstance(value, str):
        raise BadSetupError(field, "kind")
    if len(value) > 4 * most:
        raise BadSetupError(field, "length")
    composed = unicodedata.normalize("NFC", value)
    if not _is_plain(composed):
        raise BadSetupError(field, "unseen")
    text = " ".join(composed.split())
    if len(text) > most:
        raise BadSetupError(field, "length")
    return text


def whole(field: str, value: object, low: int, high: int) -> int:
    """A whole number within bounds. Raises BadSetupError."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise BadSetupError(field, "number")
    return value


def day(field: str, value: object) -> str | None:
    """An ISO date such as 2026-11-23, or None. Raises BadSetupError."""
    if value is None:
        return None
    # Python's own reading takes weeks and other forms, which would not sort as days do
    if not isinstance(value, str) or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is None:
        raise BadSetupError(field, "day")
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise BadSetupError(field, "day") from error


def _is_plain(text: str) -> bool:
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        # C*: control, format (bidi overrides, zero-width), surrogate, private use, unassigned
        if category[0] == "C" or category in ("Zl", "Zp") or character in _BLANK:
            return False
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MARKS_MOST:
            return False
    return True
