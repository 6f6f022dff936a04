"""Months that are over, added up once, so that a report of years need not read its visits.

A copy is nothing but what counting again would give: a change of a visit's outcome throws its
month's copy away (a trigger of the schema), and a change of zone or rollover hour leaves it
unused.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any, Final

from queueing.figures import Mean, Waits
from queueing.reports import CounterTally, HourTally, Report, Tally
from queueing.store.core import Store

if TYPE_CHECKING:
    from queueing.store.report import Span

_COUNTS: Final = (
    "entries",
    "called",
    "served",
    "never_came",
    "left",
    "uncalled",
    "open",
    "inferred",
)
_MEANS: Final = ("wait", "walk", "service", "handling")
_OPEN: Final = "('waiting', 'called', 'serving', 'parked')"


def find(db: sqlite3.Connection, span: Span) -> Report | None:
    """The copy of exactly this span, if there is one."""
    row = db.execute(
        "SELECT figures FROM report_copy WHERE branch_id = ? AND first = ? AND last = ?"
        " AND timezone = ? AND rollover_hour = ?",
        (*_key(span), span.timezone, span.rollover_hour),
    ).fetchone()
    return None if row is None else _unpack(span, json.loads(row[0]))


def missing(db: sqlite3.Connection, spans: Iterable[Span]) -> list[Span]:
    """Those of some spans that have no copy."""
    return [span for span in spans if not db.execute(_KNOWN, _facts(span)).fetchone()[0]]


def is_over(db: sqlite3.Connection, span: Span) -> bool:
    """True when nothing of this span can happen any more: later days began, no ticket is open."""
    found = db.execute(
        "SELECT day > :last AND day_doubt IS NULL AND NOT EXISTS (SELECT 1 FROM ticket"
        " INDEXED BY ticket_open"
        f" WHERE branch_id = :branch AND state IN {_OPEN} AND day <= :last)"
        " FROM branch WHERE id = :branch",
        span.facts(),
    ).fetchone()[0]
    return bool(found)


def keep(store: Store, span: Span, figures: Report) -> None:
    """Write a span's copy, unless it is not over."""
    with store.writing() as db:
        if is_over(db, span):
            db.execute(
                "INSERT OR REPLACE INTO report_copy VALUES (?, ?, ?, ?, ?, ?)",
                (*_key(span), span.timezone, span.rollover_hour, json.dumps(_pack(figures))),
            )


_KNOWN: Final = (
    "SELECT EXISTS (SELECT 1 FROM report_copy WHERE branch_id = :branch AND first = :first"
    " AND last = :last AND timezone = :timezone AND rollover_hour = :hour)"
)


def _key(span: Span) -> tuple[int, str, str]:
    return span.branch_id, span.first.isoformat(), span.last.isoformat()


def _facts(span: Span) -> dict[str, object]:
    return {**span.facts(), "timezone": span.timezone, "hour": span.rollover_hour}


def _pack(report: Report) -> dict[str, Any]:
    return {
        "issued": report.issued,
        "abandoned": report.abandoned,
        "services": [[key, _pack_tally(one)] for key, one in report.services.items()],
        "counters": [[key, astuple(one)] for key, one in report.counters.items()],
        "hours": [
            [key, one.entries, one.calls, _pack_waits(one.waits), astuple(one.counters)]
            for key, one in report.hours.items()
            if one != HourTally()
        ],
    }


def _unpack(span: Span, found: dict[str, Any]) -> Report:
    report = Report(span.first.isoformat(), span.last.isoformat())
    report.issued, report.abandoned = found["issued"], found["abandoned"]
    report.services = {key: _unpack_tally(one) for key, one in found["services"]}
    report.counters = {key: CounterTally(*one) for key, one in found["counters"]}
    for key, entries, calls, waits, work in found["hours"]:
        report.hours[key] = HourTally(entries, calls, _unpack_waits(waits), CounterTally(*work))
    return report


def _pack_tally(tally: Tally) -> list[Any]:
    counts = [getattr(tally, name) for name in _COUNTS]
    return [counts, [getattr(tally, name) for name in _MEANS], _pack_waits(tally.waits)]


def _unpack_tally(found: list[Any]) -> Tally:
    counts, means, waits = found
    lengths = [Mean(*one) for one in means]
    known: dict[str, Any] = dict(zip((*_COUNTS, *_MEANS), (*counts, *lengths), strict=True))
    return Tally(**known, waits=_unpack_waits(waits))


def _pack_waits(waits: Waits) -> list[Any]:
    kinds: list[Counter[int]] = [getattr(waits, kind.name) for kind in fields(waits)]
    return [[list(kind), list(kind.values())] for kind in kinds]


def _unpack_waits(found: list[Any]) -> Waits:
    return Waits(*(Counter(dict(zip(*kind, strict=True))) for kind in found))
