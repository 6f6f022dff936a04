"""Figures as the supervisor's pages write them."""

from __future__ import annotations

from datetime import date

from web.i18n import gettext, language

NOTHING = "–"


def length_words(seconds: int | None) -> str:
    """A length of time in words; a dash where there is none."""
    if seconds is None:
        return NOTHING
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return gettext("{seconds} s", seconds=rest)
    if not rest:
        return gettext("{minutes} min", minutes=minutes)
    return gettext("{minutes} min {seconds} s", minutes=minutes, seconds=rest)


def short_length(seconds: int | None) -> str:
    """A length of time for a table: 7:05, 1:02:33."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def percent(share: float | None) -> str:
    """A share as a percentage with one place, as the reader's language writes it."""
    if share is None:
        return NOTHING
    text = f"{share * 100:.1f}"
    return (text.replace(".", ",") if language() == "vi" else text) + "%"


def day_words(day: date) -> str:
    """A day as people here write it."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def days_words(first: date, last: date) -> str:
    """One day, or a span of them."""
    if first == last:
        return day_words(first)
    return f"{day_words(first)} – {day_words(last)}"
