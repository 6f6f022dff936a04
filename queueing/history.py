"""Read-only reports: the service-time log and its figures, and the proof that both can be trusted.

The definitions of the figures, in seconds:

- wait: first call - entry into the queue;
- walk: start - first call, recalls included, time parked before the start apart;
- service: end - start - time parked after the start (0 and marked where the start was inferred);
- handling: the time a counter was taken up, from call to end without parking, of no-shows too.

A visit that an undo took back never happened and is in none of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Final, NamedTuple

from queueing.clock import milliseconds_between
from queueing.store.proof import Chain, Difference, differences, verify_chain
from queueing.tickets import CHOSEN_OUTCOMES, Outcome

__all__ = [
    "Chain",
    "DayFigures",
    "Difference",
    "Filters",
    "Place",
    "VisitRow",
    "day_figures",
    "differences",
    "every_visit",
    "verify_chain",
    "visits",
]

PAGE: Final = 1000
OPEN: Final = "open"


class Place(NamedTuple):
    """Where a page of the log ended: the last visit's day and id."""

    day: str
    visit_id: int


@dataclass(frozen=True, slots=True)
class Filters:
    """Which lines of the log are wanted; None leaves a matter open.

    `number` is a ticket's label, `service` a code, `counter` a number, `officer` an id;
    `outcome` may be ``open`` for visits that have not ended.
    """

    number: str | None = None
    service: str | None = None
    counter: int | None = None
    outcome: str | None = None
    officer: int | None = None

    @property
    def any(self) -> bool:
        """True when something is asked for."""
        return any(getattr(self, field.name) is not None for field in fields(self))


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line of the service-time log. Figures are whole seconds, None where not yet known.

    `state` is the ticket's while the visit is open, else None. `officer` is for supervisors.
    `was` is the outcome that the officer recorded, where a supervisor corrected the visit;
    "" where the correction was of something else.
    """

    id: int
    day: str
    number: str
    service_code: str
    service: str
    counter: int | None
    officer: str | None
    state: str | None
    calls: int
    enqueued_at: str
    first_called_at: str | None
    started_at: str | None
    ended_at: str | None
    outcome: str | None
    inferred: bool
    wait_s: int | None
    walk_s: int | None
    service_s: int | None
    handling_s: int | None
    parked_s: int
    procedure: str | None = None
    dossier: str | None = None
    note: str | None = None
    was: str | None = None

    @property
    def place(self) -> Place:
        """Where this line stands in the log."""
        return Place(self.day, self.id)


# Pages follow one another by (day, id): another index would be read whole and sorted for each.
_SELECT: Final = (
    "SELECT v.id, v.day, t.label, s.code, s.name, c.number, o.name, t.state, v.calls,"
    " v.enqueued_at, v.first_called_at, v.started_at, v.ended_at, v.outcome, v.start_inferred,"
    " v.handled_ms, v.parked_early_ms, v.parked_ms, v.procedure_code, x.dossier, x.note"
    " FROM visit v INDEXED BY visit_day JOIN ticket t ON t.id = v.ticket_id"
    " JOIN service s ON s.id = v.service_id"
    " LEFT JOIN visit_text x ON x.visit_id = v.id"
    " LEFT JOIN counter c ON c.id = v.counter_id LEFT JOIN officer o ON o.id = v.officer_id"
    " WHERE v.branch_id = ? AND v.void = 0 AND "
)
_WANTED: Final = {
    "number": "t.label = ?",
    "service": "s.code = ?",
    "counter": "c.number = ?",
    "outcome": "v.outcome = ?",
    "officer": "v.officer_id = ?",
}


def visits(
    db: sqlite3.Connection,
    branch_id: int,
    day_from: str,
    day_to: str,
    *,
    wanted: Filters | None = None,
    after: Place | None = None,
    newest_first: bool = False,
    limit: int = PAGE,
) -> list[VisitRow]:
    """A page of the log: visits of some business days in the order of entry, or the other way.

    `after` is the `place` of the last line of the page before. The cost is that of the page,
    however many visits there are; with filters, that of the visits gone through to fill it.
    """
    here, later, order = (
        ("v.day = ? AND v.id < ?", "v.day < ? AND v.day >= ?", "DESC")
        if newest_first
        else ("v.day = ? AND v.id > ?", "v.day > ? AND v.day <= ?", "ASC")
    )
    only, values = _only(wanted or Filters())
    tail = f"{only} ORDER BY v.day {order}, v.id {order} LIMIT ?"
    if after is None:
        span = (branch_id, day_from, day_to, *values, limit)
        return _lines(db, "v.day >= ? AND v.day <= ?" + tail, span)
    # two searches, as a bound on the pair (day, id) would read the whole day again on each page
    page = _lines(db, here + tail, (branch_id, *after, *values, limit))
    if len(page) < limit:
        end = day_from if newest_first else day_to
        rest = (branch_id, after.day, end, *values, limit - len(page))
        page += _lines(db, later + tail, rest)
    return page


def _only(wanted: Filters) -> tuple[str, list[object]]:
    text, values = "", []
    for name, condition in _WANTED.items():
        value = getattr(wanted, name)
        if name == "outcome" and value == OPEN:
            text += " AND v.ended_at IS NULL"
        elif value is not None:
            text += f" AND {condition}"
            values.append(value)
    return text, values


def _lines(db: sqlite3.Connection, tail: str, values: tuple[object, ...]) -> list[VisitRow]:
    lines = [_line(row) for row in db.execute(_SELECT + tail, values)]
    was = _corrected(db, [line.id for line in lines])
    return [replace(line, was=was[line.id]) if line.id in was else line for line in lines]


def _corrected(db: sqlite3.Connection, visit_ids: list[int]) -> dict[int, str]:
    """What the officer had recorded for each visit that was corrected since."""
    marks = ", ".join("?" * len(visit_ids))
    found: dict[int, str] = {}
    for visit_id, data in db.execute(
        "SELECT visit_id, data FROM event"
        f" WHERE kind = 'corrected' AND visit_id IN ({marks}) ORDER BY seq",
        visit_ids,
    ):
        outcome = json.loads(data).get("was", {}).get("visit", {}).get("outcome", "")
        found[visit_id] = found.get(visit_id) or outcome
    return found


def _line(row: tuple[Any, ...]) -> VisitRow:
    visit_id, day, number, code, service, counter, officer, state, calls = row[:9]
    entered, called, started, ended, outcome, inferred, handled, early, late = row[9:18]
    procedure, dossier, note = row[18:]
    walk, service_ms = _ms(started, called), _ms(ended, started)
    return VisitRow(
        id=visit_id,
        day=day,
        number=number,
        service_code=code,
        service=service,
        counter=counter,
        officer=officer,
        state=state if ended is None else None,
        calls=calls,
        enqueued_at=entered,
        first_called_at=called,
        started_at=started,
        ended_at=ended,
        outcome=outcome,
        inferred=bool(inferred),
        wait_s=_s(_ms(called, entered)),
        walk_s=None if walk is None else _s(max(0, walk - early)),
        service_s=None if service_ms is None else _s(max(0, service_ms - late)),
        handling_s=_s(handled) if called is not None and ended is not None else None,
        parked_s=round((early + late) / 1000),
        procedure=procedure,
        dossier=dossier,
        note=note,
    )


def _ms(later: str | None, earlier: str | None) -> int | None:
    return None if earlier is None or later is None else milliseconds_between(earlier, later)


def _s(milliseconds: int | None) -> int | None:
    return None if milliseconds is None else round(milliseconds / 1000)


# -- a day in figures ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One business day. `mean_wait_s` is over all who were called, no-shows too; `mean_service_s`
    over those served whose start was not inferred; `left` had gone before any call.
    """

    issued: int
    served: int
    no_shows: int
    left: int
    open: int
    mean_wait_s: int | None
    mean_service_s: int | None


def day_figures(db: sqlite3.Connection, branch_id: int, day: str) -> DayFigures:
    """The figures of a day, each by the definitions above."""
    issued = db.execute(
        "SELECT count(*) FROM ticket WHERE branch_id = ? AND day = ?", (branch_id, day)
    ).fetchone()[0]
    lines = list(every_visit(db, branch_id, day, day))
    served = [line for line in lines if line.outcome in CHOSEN_OUTCOMES]
    return DayFigures(
        issued=issued,
        served=len(served),
        no_shows=sum(line.outcome == Outcome.NO_SHOW for line in lines),
        left=sum(line.outcome == Outcome.LEFT and line.calls == 0 for line in lines),
        open=sum(line.ended_at is None for line in lines),
        mean_wait_s=_mean(line.wait_s for line in lines),
        mean_service_s=_mean(line.service_s for line in served if not line.inferred),
    )


def every_visit(
    db: sqlite3.Connection, branch_id: int, day_from: str, day_to: str
) -> Iterator[VisitRow]:
    """The log from its first line to its last, holding one page in memory."""
    page = visits(db, branch_id, day_from, day_to)
    while page:
        yield from page
        if len(page) < PAGE:
            return
        page = visits(db, branch_id, day_from, day_to, after=page[-1].place)


def _mean(seconds: Iterable[int | None]) -> int | None:
    known = [one for one in seconds if one is not None]
    return round(sum(known) / len(known)) if known else None
