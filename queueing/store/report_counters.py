"""Counting counters' time: when they were open, and when a visit took them up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from queueing.clock import iso, parse_iso
from queueing.figures import Change, by_hour, stretches
from queueing.reports import CounterTally, Report

if TYPE_CHECKING:
    from queueing.store.report import Span

# exactly the condition of the index `event_presence`, or SQLite reads the whole history
_PRESENCE: Final = "kind IN ('opened', 'taken', 'paused', 'closed')"
_OF_BRANCH: Final = f"FROM event WHERE branch_id = :branch AND {_PRESENCE}"
_STATE: Final = {"opened": "open", "taken": "open", "paused": "paused", "closed": "closed"}


def days_at_work(db: sqlite3.Connection, branch_id: int) -> list[str]:
    """A first and a last date outside of which no counter was at work; none before any was."""
    # two questions of one step each: both at once would read the whole index
    row = db.execute(
        f"SELECT (SELECT date(min(at), '-1 day') {_OF_BRANCH}),"
        f" (SELECT date(max(at), '+1 day') {_OF_BRANCH})",
        {"branch": branch_id},
    ).fetchone()
    return [day for day in row if day is not None]


def count(db: sqlite3.Connection, span: Span, report: Report) -> None:
    """Add a span's presence and handling to the report, by counter and by hour."""
    offset = round(span.offset.total_seconds() * 1000)
    for work in (*_presence(db, span), *_handling(db, span)):
        tally = report.counters.setdefault(work.counter_id, CounterTally())
        _add(tally, work.kind, work.ends - work.begins)
        for hour, length in by_hour(work.begins, work.ends, offset):
            _add(report.hours[hour].counters, work.kind, length)
    for counter_id, ended in db.execute(_ENDED, span.facts()):
        report.counters.setdefault(counter_id, CounterTally()).ended += ended


class _Work(NamedTuple):
    counter_id: int
    kind: str
    begins: int
    ends: int


def _add(tally: CounterTally, kind: str, length: int) -> None:
    if kind == "open":
        tally.open_ms += length
    elif kind == "paused":
        tally.paused_ms += length
    else:
        tally.handling_ms += length


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _presence(db: sqlite3.Connection, span: Span) -> Iterator[_Work]:
    """Open and paused stretches. A business day begins with every counter closed, even where a
    box that was switched off could close them only the next morning.
    """
    day = span.first
    while day <= span.last:
        begins, ends = span.begins(day), min(span.begins(_next(day)), span.now)
        rows = db.execute(_CHANGES, (span.branch_id, iso(begins), iso(ends)))
        changes = [Change(row[0], _STATE[row[1]], _ms(parse_iso(row[2]))) for row in rows]
        for one in stretches(changes, _ms(begins), _ms(ends)):
            yield _Work(one.counter_id, one.state, one.begins, one.ends)
        day = _next(day)


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _handling(db: sqlite3.Connection, span: Span) -> Iterator[_Work]:
    facts = span.facts()
    for row in db.execute(_WHOLE, facts):
        yield _Work(row[0], "handling", row[1], row[2])
    for row in db.execute(_PIECES, facts):
        if row[0] is not None and row[1] < row[2]:
            yield _Work(row[0], "handling", row[1], row[2])


_CHANGES: Final = (
    "SELECT counter_id, kind, at FROM event"
    f" WHERE branch_id = ? AND {_PRESENCE} AND at >= ? AND at < ? ORDER BY at, seq"
)
_ENDED: Final = (
    "SELECT counter_id, count(*) FROM visit INDEXED BY visit_day"
    " WHERE branch_id = :branch AND day BETWEEN :first AND :last AND void = 0"
    " AND first_called_at IS NOT NULL AND ended_at IS NOT NULL AND counter_id IS NOT NULL"
    " GROUP BY counter_id"
)


def _moment(column: str) -> str:
    return f"CAST(round((julianday({column}) - 2440587.5) * 86400000) AS INTEGER)"


# A visit whose handling is as long as from its first call to its end was at one counter
# throughout; the history need be read only for the few others.
_UNBROKEN: Final = (
    "v.ended_at IS NOT NULL AND v.counter_id IS NOT NULL"
    f" AND v.handled_ms = {_moment('v.ended_at')} - {_moment('v.first_called_at')}"
)
_CALLED: Final = (
    " v.branch_id = :branch AND v.day BETWEEN :first AND :last AND v.void = 0"
    " AND v.first_called_at IS NOT NULL"
)
_WHOLE: Final = (
    f"SELECT v.counter_id, {_moment('v.first_called_at')}, {_moment('v.ended_at')}"
    f" FROM visit v INDEXED BY visit_day WHERE{_CALLED} AND {_UNBROKEN}"
)
_PIECES: Final = (
    f"WITH told AS (SELECT e.seq, e.visit_id, e.counter_id, e.kind, {_moment('e.at')} AS at"
    " FROM visit v INDEXED BY visit_day"
    " CROSS JOIN event e ON e.ticket_id = v.ticket_id AND e.visit_id = v.id"
    f" WHERE{_CALLED} AND ({_UNBROKEN}) IS NOT TRUE"
    " AND e.kind IN ('called', 'resumed', 'parked', 'returned', 'postponed', 'finished',"
    " 'no_show', 'cancelled', 'transferred', 'expired')"
    " AND NOT EXISTS (SELECT 1 FROM event u"
    " WHERE u.ticket_id = e.ticket_id AND u.kind = 'undone'"
    " AND json_extract(u.data, '$.undoes') = e.branch_seq)),"
    " pieces AS (SELECT counter_id, kind, at,"
    f" lead(at, 1, {_moment(':now')}) OVER (PARTITION BY visit_id ORDER BY seq) AS until"
    " FROM told)"
    " SELECT counter_id, at, until FROM pieces WHERE kind IN ('called', 'resumed')"
)
