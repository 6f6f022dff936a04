"""Counting the visits of a span of days: the database adds up, a month at a time.

Each month is a snapshot of its own: one held for years of visits would keep the write-ahead
log from being folded back, and Python would hold up calls while it added. A whole month that
is over is counted once, and its copy read from then on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from queueing.branches import zone
from queueing.clock import iso
from queueing.figures import Mean
from queueing.reports import Report, Tally
from queueing.store import branches, report_copies, report_counters
from queueing.store.core import Store

_EVER: Final = "0001-01-01"


@dataclass(frozen=True, slots=True)
class Span:
    """Business days within one month and one offset from UTC, and the moment of the question."""

    branch_id: int
    first: date
    last: date
    timezone: str
    rollover_hour: int
    now: datetime

    @property
    def offset(self) -> timedelta:
        """Local time's lead over UTC."""
        return _offset(self.first, self.timezone)

    def begins(self, day: date) -> datetime:
        """The moment a business day of this span begins."""
        opening = datetime.combine(day, time(self.rollover_hour), tzinfo=zone(self.timezone))
        return opening.astimezone(UTC)

    def facts(self) -> dict[str, object]:
        """What the statements ask for by name."""
        return {
            "branch": self.branch_id,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "now": iso(self.now),
            "offset": f"{self.offset.total_seconds():+.0f} seconds",
        }


def _offset(day: date, timezone: str) -> timedelta:
    found = datetime.combine(day, time(12), tzinfo=zone(timezone)).utcoffset()
    assert found is not None
    return found


def read(store: Store, branch_id: int, first: str, last: str) -> Report:
    """The report of some business days (YYYY-MM-DD), both included."""
    report = Report(first, last)
    for span in _spans(store, branch_id, first, last):
        with store.reading() as db:
            report.add(report_copies.find(db, span) or _counted(db, span))
    return report


def keep_next(store: Store, branch_id: int) -> bool:
    """Keep a copy of one whole month that is over and has none; False when none is left."""
    spans = _spans(store, branch_id, _EVER, store.clock().date().isoformat())
    with store.reading() as db:
        left = [
            span
            for span in report_copies.missing(db, spans)
            if (span.last + timedelta(days=1)).day == 1 and report_copies.is_over(db, span)
        ]
        if not left:
            return False
        found = _counted(db, left[0])
    report_copies.keep(store, left[0], found)
    return True


def _spans(store: Store, branch_id: int, first: str, last: str) -> list[Span]:
    """What there is to count between two days, piece by piece."""
    with store.reading() as db:
        timezone = branches.branch(db, branch_id).timezone
        hour = branches.rules(db, branch_id).integer("rollover_hour")
        known = db.execute(_KNOWN, {"branch": branch_id, "first": first, "last": last}).fetchone()
        worked = report_counters.days_at_work(db, branch_id)
    begin = min(filter(None, (known[0], *worked[:1])), default=None)
    end = max(filter(None, (known[1], *worked[1:])), default=None)
    if begin is None or end is None:
        return []
    now = store.clock()
    # the whole month in which it all began, so that its copy serves
    begin = max(first, f"{begin[:7]}-01")
    return [
        Span(branch_id, one, other, timezone, hour, now)
        for one, other in _pieces(begin, min(last, end), timezone)
    ]


def _pieces(first: str, last: str, timezone: str) -> Iterator[tuple[date, date]]:
    """Days of one calendar month each, throughout which local time keeps its offset."""
    begins, end = date.fromisoformat(first), date.fromisoformat(last)
    while begins <= end:
        ends = begins
        offset = _offset(begins, timezone)
        while (
            ends < end
            and (following := ends + timedelta(days=1)).month == begins.month
            and _offset(following, timezone) == offset
        ):
            ends = following
        yield begins, ends
        begins = ends + timedelta(days=1)


def _counted(db: sqlite3.Connection, span: Span) -> Report:
    """Count a span's visits."""
    report = Report(span.first.isoformat(), span.last.isoformat())
    _count(db, span, report)
    return report


def _count(db: sqlite3.Connection, span: Span, report: Report) -> None:
    facts = span.facts()
    report.issued += db.execute(_ISSUED, facts).fetchone()[0]
    report.abandoned += db.execute(_ABANDONED, facts).fetchone()[0]
    for row in db.execute(_SUMS, facts):
        service_id, counts, means = row[0], row[1:9], row[9:]
        pairs = [Mean(means[at] or 0, means[at + 1] or 0) for at in range(0, 8, 2)]
        report.services.setdefault(service_id, Tally()).add(Tally(*counts, *pairs))
    for service_id, hour, kind, seconds, people in db.execute(_WAITS, facts):
        for waits in (report.services[service_id].waits, report.hours[hour].waits):
            getattr(waits, kind)[seconds] += people
        report.hours[hour].entries += people
    for hour, calls in db.execute(_CALLS, facts):
        report.hours[hour].calls += calls
    report_counters.count(db, span, report)


_OF_DAYS: Final = (
    " FROM visit INDEXED BY visit_day"
    " WHERE branch_id = :branch AND day BETWEEN :first AND :last AND void = 0"
)


def _between(later: str, earlier: str) -> str:
    return f"max(0, CAST(round((julianday({later}) - julianday({earlier})) * 86400000) AS INTEGER))"


_WAIT: Final = _between("first_called_at", "enqueued_at")
_WALK: Final = f"max(0, {_between('started_at', 'first_called_at')} - parked_early_ms)"
_SERVICE: Final = f"max(0, {_between('ended_at', 'started_at')} - parked_ms)"
_SERVED: Final = "outcome IN ('received', 'supplement', 'refused', 'returned', 'guided')"
_NEVER_CAME: Final = (
    "first_called_at IS NOT NULL AND started_at IS NULL"
    " AND outcome IN ('no_show', 'left', 'expired')"
)
_PRESSED: Final = "started_at IS NOT NULL AND first_called_at IS NOT NULL AND start_inferred = 0"
_TIMED: Final = f"{_SERVED} AND started_at IS NOT NULL AND start_inferred = 0"
_HANDLED: Final = "first_called_at IS NOT NULL AND ended_at IS NOT NULL"
_SUMS: Final = (
    "SELECT service_id, count(*), count(first_called_at),"
    f" count(*) FILTER (WHERE {_SERVED}), count(*) FILTER (WHERE {_NEVER_CAME}),"
    " count(*) FILTER (WHERE first_called_at IS NULL AND outcome = 'left'),"
    " count(*) FILTER (WHERE first_called_at IS NULL AND outcome = 'expired'),"
    " count(*) FILTER (WHERE ended_at IS NULL), sum(start_inferred),"
    f" sum({_WAIT}) FILTER (WHERE first_called_at IS NOT NULL), count(first_called_at),"
    f" sum({_WALK}) FILTER (WHERE {_PRESSED}), count(*) FILTER (WHERE {_PRESSED}),"
    f" sum({_SERVICE}) FILTER (WHERE {_TIMED}), count(*) FILTER (WHERE {_TIMED}),"
    f" sum(handled_ms) FILTER (WHERE {_HANDLED}), count(*) FILTER (WHERE {_HANDLED})"
    + _OF_DAYS
    + " GROUP BY service_id"
)
# the hour is that of joining the queue, so that an hour's wait is of those who came in it
_WAITS: Final = (
    "SELECT service_id, CAST(strftime('%H', enqueued_at, :offset) AS INTEGER),"
    " CASE WHEN first_called_at IS NOT NULL THEN 'called'"
    " WHEN outcome IN ('left', 'expired') THEN 'abandoned' ELSE 'pending' END,"
    f" ({_between('coalesce(first_called_at, ended_at, :now)', 'enqueued_at')} + 500) / 1000,"
    " count(*)" + _OF_DAYS + " GROUP BY 1, 2, 3, 4"
)
_CALLS: Final = (
    "SELECT CAST(strftime('%H', first_called_at, :offset) AS INTEGER), count(*)"
    + _OF_DAYS
    + " AND first_called_at IS NOT NULL GROUP BY 1"
)
_ISSUED: Final = (
    "SELECT count(*) FROM ticket WHERE branch_id = :branch AND day BETWEEN :first AND :last"
)
# each alone is one step in the index; both in one question would read all of it
_KNOWN: Final = (
    f"SELECT ({_ISSUED.replace('count(*)', 'min(day)')}),"
    f" ({_ISSUED.replace('count(*)', 'max(day)')})"
)
_ABANDONED: Final = (
    _ISSUED + " AND state IN ('cancelled', 'expired') AND NOT EXISTS"
    " (SELECT 1 FROM visit v WHERE v.ticket_id = ticket.id AND v.void = 0"
    " AND v.first_called_at IS NOT NULL)"
)
