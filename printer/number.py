"""The number: the one thing that must be read from across a room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PIL import Image

from printer.lettering import CAPITAL, Weight, ink
from printer.sheet import Sheet


@dataclass(frozen=True, slots=True)
class _Size:
    """Heights of capitals in dots, for one width of paper.

    A label that is too wide for `tall` gets lower, but rather than below `reach` it is
    narrowed, down to `narrowest` of its letters' natural width, where digits are still easy
    to tell apart.
    """

    tall: int
    reach: int
    narrowest: float


_WIDE: Final = {
    "normal": _Size(152, 122, 0.8),
    "large": _Size(184, 176, 0.78),
    "largest": _Size(232, 224, 0.66),
}
_NARROW: Final = {
    "normal": _Size(124, 120, 0.8),
    "large": _Size(144, 140, 0.72),
    "largest": _Size(184, 176, 0.6),
}


def set_number(sheet: Sheet, number: str, size: str, *, wide: bool) -> None:
    """Set a label as large as its size and the paper allow."""
    wish = (_WIDE if wide else _NARROW)[size]
    sheet.skip(14)
    natural = ink(number, Weight.HEAVY, round(wish.tall / CAPITAL)).mask
    fitting = wish.tall * min(1.0, sheet.inner / natural.width)
    capital = max(fitting, min(wish.reach, fitting / wish.narrowest))
    mask = ink(number, Weight.HEAVY, round(capital / CAPITAL)).mask
    if mask.width > sheet.inner:
        mask = mask.resize((sheet.inner, mask.height), Image.Resampling.LANCZOS)
    sheet.burn(mask)
    sheet.skip(20)
