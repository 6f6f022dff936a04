"""Time as the whole program writes it: aware UTC, milliseconds, one reading per deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The machine's clock now, in UTC."""
    return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """A moment as UTC ISO 8601 text with milliseconds, as in ``2026-11-23T02:42:10.123Z``."""
    # strftime is an order of magnitude slower, and every deed writes several of these
    text = moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
    return text + "Z"


def parse_iso(text: str) -> datetime:
    """The moment that `iso` wrote. Raises ValueError on anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a moment without its zone: {text!r}")
    return moment


def milliseconds_between(earlier: str, later: str) -> int:
    """Length of the stretch between two `iso` texts, in milliseconds, never negative."""
    return max(0, round((parse_iso(later) - parse_iso(earlier)).total_seconds() * 1000))
