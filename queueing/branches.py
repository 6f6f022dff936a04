"""A branch's own time: its business day and its opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=32)
def zone(name: str) -> ZoneInfo:
    """The time zone with this IANA name. Raises ZoneInfoNotFoundError."""
    return ZoneInfo(name)


def local(moment: datetime, timezone: str) -> datetime:
    """The moment on the branch's wall clock."""
    return moment.astimezone(zone(timezone))


def business_day(moment: datetime, timezone: str, rollover_hour: int) -> date:
    """The day a moment belongs to: the local date, with nights counted to the day before."""
    return (local(moment, timezone) - timedelta(hours=rollover_hour)).date()


@dataclass(frozen=True, slots=True)
class Span:
    """One opening of a weekday (Monday is 0), as local HH:MM texts; 24:00 is midnight."""

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Hours:
    """When a branch is open. No spans at all means always open."""

    spans: tuple[Span, ...] = ()
    closed_days: frozenset[str] = frozenset()

    @property
    def always(self) -> bool:
        """True when the branch never closes."""
        return not self.spans and not self.closed_days

    def of_day(self, day: date) -> tuple[Span, ...]:
        """The openings of one date, in order."""
        if day.isoformat() in self.closed_days:
            return ()
        if not self.spans:
            return (Span(day.weekday(), "00:00", "24:00"),)
        return tuple(
            sorted((s for s in self.spans if s.weekday == day.weekday()), key=lambda s: s.opens)
        )

    def is_open(self, moment: datetime, timezone: str) -> bool:
        """True when a citizen may take a number at this moment."""
        if self.always:
            return True
        here = local(moment, timezone)
        clock = here.strftime("%H:%M")
        return any(span.opens <= clock < span.closes for span in self.of_day(here.date()))

    def closes_within(self, moment: datetime, timezone: str, seconds: int) -> str | None:
        """Today's closing time, if fewer than so many seconds of opening are left before it.

        A break at noon does not count as opening. None when there is time enough, and for a
        day without a closing time.
        """
        here = local(moment, timezone)
        spans = self.of_day(here.date())
        if not self.spans or not spans:
            return None
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
        now = (here - midnight).total_seconds()
        left = sum(
            max(0.0, _seconds(span.closes) - max(now, _seconds(span.opens))) for span in spans
        )
        return spans[-1].closes if left < seconds else None

    def next_opening(self, moment: datetime, timezone: str) -> datetime | None:
        """The next time the doors open after this moment, within a month; None if never."""
        here = local(moment, timezone)
        for ahead in range(32):
            day = here.date() + timedelta(days=ahead)
            for span in self.of_day(day):
                hour, minute = (int(part) for part in span.opens.split(":"))
                opens = datetime(day.year, day.month, day.day, hour, minute, tzinfo=here.tzinfo)
                if opens > here:
                    return opens
        return None


def _seconds(clock: str) -> int:
    """Seconds from midnight to an HH:MM."""
    hour, minute = (int(part) for part in clock.split(":"))
    return hour * 3600 + minute * 60
