"""Kinds of printers: how wide they print, how fine, and whether they cut.

The facts are python-escpos's own (its capabilities list), so that what it knows of a printer
and what we draw for it cannot differ.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, Final

from queueing.refusals import Refused

USUAL_DPI: Final = 203
MM_PER_INCH: Final = 25.4
# Dots of a line that the slip is laid out for.
NARROWEST, WIDEST = 320, 640
# Impact heads too coarse for a slip, and heads that print pictures only in columns (ESC *).
_UNFIT: Final = frozenset({"SP2000", "TH230", "TH230Plus", "default"})


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of printer; `width` in dots of a line, None where the list does not say."""

    name: str
    maker: str
    width: int | None
    dpi: int
    cuts: bool

    @property
    def label(self) -> str:
        """Maker and name."""
        return f"{self.maker} {self.name}"


@functools.cache
def profiles() -> dict[str, Profile]:
    """Every printer of the list that prints pictures wide enough for a slip, by name."""
    from escpos.capabilities import CAPABILITIES

    found = (_read(name, facts) for name, facts in CAPABILITIES["profiles"].items())
    fitting = [one for one in found if one is not None]
    return {one.name: one for one in sorted(fitting, key=lambda p: (p.maker, p.name))}


def _read(name: str, facts: dict[str, Any]) -> Profile | None:
    features, media = facts["features"], facts["media"]
    width, dpi = media["width"].get("pixels"), media.get("dpi")
    if name in _UNFIT or not features.get("bitImageRaster"):
        return None
    if isinstance(width, int) and not NARROWEST <= width <= WIDEST:
        return None
    return Profile(
        name=name,
        maker=facts["vendor"],
        width=width - width % 8 if isinstance(width, int) else None,
        dpi=dpi if isinstance(dpi, int) else USUAL_DPI,
        cuts=bool(features.get("paperFullCut") or features.get("paperPartCut")),
    )


def settle(profile: str, width: int | None, cut: bool | None) -> tuple[int, bool]:
    """The width and cut of a printer from what was said of it and what its kind allows.

    Raises Refused `unknown_profile`, `width_needed`, `width_invalid`, or `width_not_of_profile`
    for more dots than its head has: the printer would break every line in two.
    """
    known = profiles().get(profile) if profile else None
    if profile and known is None:
        raise Refused("unknown_profile", profile=profile[:40])
    most = known.width if known is not None else None
    chosen = width if width is not None else most
    if chosen is None:
        raise Refused("width_needed")
    if chosen % 8 or not NARROWEST <= chosen <= WIDEST:
        raise Refused("width_invalid", low=NARROWEST, high=WIDEST)
    if most is not None and chosen > most:
        raise Refused("width_not_of_profile", profile=profile, most=most)
    return chosen, cut if cut is not None else (known is None or known.cuts)


def dpi_of(profile: str) -> int:
    """Dots an inch of a printer of this kind."""
    known = profiles().get(profile) if profile else None
    return USUAL_DPI if known is None else known.dpi


def millimetres(dots: int, dpi: int = USUAL_DPI) -> float:
    """The length of so many dots on paper."""
    return dots * MM_PER_INCH / dpi
