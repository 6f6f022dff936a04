"""Labels: a service's prefix and at least three digits, counted per branch and business day."""

from __future__ import annotations

import re
from typing import Final

from queueing.refusals import Refused

_TYPED: Final = re.compile(r"\s*([A-Za-zĐđ]{0,2})[\s.\-]*(\d{1,7})\s*")


def label(prefix: str, number: int) -> str:
    """``A012``; after A999 comes A1000, so that a series neither wraps nor meets another."""
    return f"{prefix}{number:03d}"


def typed_label(text: str) -> str:
    """The label somebody meant by ``a12``, ``A012`` or ``A 12``.

    Raises Refused `unreadable_number`.
    """
    found = _TYPED.fullmatch(text) if len(text) <= 20 else None
    if found is None:
        raise Refused("unreadable_number", number=text[:20])
    return label(found[1].upper(), int(found[2]))
