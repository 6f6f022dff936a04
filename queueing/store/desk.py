"""Reads for a counter's screen: who waits for it, what it set aside, what it has done today."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

from queueing.people import Actor
from queueing.store.queue import CALLABLE_FROM, Seat


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who waits; `priority` is (code, name, English name) of the class."""

    ticket_id: int
    label: str
    service: str
    enqueued_at: str
    visit_id: int
    tier: int
    rank: int
    place: int
    turn_from: str
    priority: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Parked:
    """A ticket set aside, why, and from when it is called again of itself."""

    ticket_id: int
    label: str
    service: str
    parked_at: str
    due: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class CounterLine:
    """A counter as colleagues see it; `officer` is (id, name), `ticket` (id, label)."""

    id: int
    branch_id: int
    number: int
    name: str
    zone: str | None
    state: str
    since: str | None
    reason: str | None
    owed: int
    officer: tuple[int, str] | None
    token_id: int | None
    ticket: tuple[int, str] | None


_WAITS_HERE: Final = (
    " FROM counter_service d JOIN service s ON s.id = d.service_id AND s.active = 1"
    " JOIN visit v ON v.service_id = d.service_id AND v.queued = 1" + CALLABLE_FROM
)
_WAITING: Final = (
    "SELECT t.id, t.label, s.code, v.enqueued_at, v.id, d.tier, v.rank, v.place, v.turn_from,"
    " p.code, p.name, p.name_en"
)
_NAMED: Final = (
    " JOIN ticket t ON t.id = v.ticket_id LEFT JOIN priority_class p ON p.id = t.class_id"
    " WHERE d.counter_id = :counter"
)


def _here(seat: Seat, **more: object) -> dict[str, object]:
    return {"counter": seat.counter_id, "officer": seat.officer_id, **more}


def waiting(db: sqlite3.Connection, seat: Seat, limit: int) -> list[Waiting]:
    """Those whom this counter may call, in the order in which the strict rule would."""
    order = " ORDER BY d.tier, v.rank DESC, v.place, v.id LIMIT :limit"
    rows = db.execute(_WAITING + _WAITS_HERE + _NAMED + order, _here(seat, limit=limit))
    return [_waiting(row) for row in rows]


def heads(db: sqlite3.Connection, seat: Seat, limit: int) -> list[Waiting]:
    """The first `limit` of each queue this counter calls from, first come first."""
    queues = db.execute(
        "SELECT DISTINCT d.service_id, v.rank" + _WAITS_HERE + " WHERE d.counter_id = :counter",
        _here(seat),
    ).fetchall()
    one_queue = (
        " AND d.service_id = :service AND v.rank = :rank ORDER BY v.place, v.id LIMIT :limit"
    )
    sql = _WAITING + _WAITS_HERE + _NAMED + one_queue
    return [
        _waiting(row)
        for service, rank in queues
        for row in db.execute(sql, _here(seat, service=service, rank=rank, limit=limit))
    ]


def _waiting(row: tuple[Any, ...]) -> Waiting:
    ticket_id, label, service, enqueued_at, visit_id, tier, rank, place, turn_from, *group = row
    priority = None if group[0] is None else (group[0], group[1], group[2])
    return Waiting(
        ticket_id, label, service, enqueued_at, visit_id, tier, rank, place, turn_from, priority
    )


def service_of(db: sqlite3.Connection, visit_id: int) -> int:
    """The id of a visit's service."""
    return int(db.execute("SELECT service_id FROM visit WHERE id = ?", (visit_id,)).fetchone()[0])


def waiting_total(db: sqlite3.Connection, seat: Seat) -> int:
    """How many this counter may call."""
    sql = "SELECT count(*)" + _WAITS_HERE + " WHERE d.counter_id = :counter"
    return int(db.execute(sql, _here(seat)).fetchone()[0])


def parked(db: sqlite3.Connection, branch_id: int, seat: Seat) -> list[Parked]:
    """Tickets set aside that this counter may resume, those with a time first, by that time."""
    rows = db.execute(
        "SELECT t.id, t.label, s.code, v.parked_at, v.parked_due, x.park_reason"
        " FROM visit v JOIN ticket t ON t.id = v.ticket_id JOIN service s ON s.id = v.service_id"
        " JOIN counter_service d ON d.service_id = v.service_id AND d.counter_id = :counter"
        " LEFT JOIN visit_text x ON x.visit_id = v.id"
        " WHERE v.branch_id = :branch AND v.parked_at IS NOT NULL" + CALLABLE_FROM + " ORDER BY"
        " v.parked_due IS NULL, v.parked_due, v.parked_at, v.id",
        _here(seat, branch=branch_id),
    )
    return [Parked(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Span:
    """A business day and the moment it began, which bounds searches: without it a counter idle
    today would have its whole past read.
    """

    day: str
    since: str


def recent(
    db: sqlite3.Connection, counter_id: int, today: Span, limit: int
) -> list[tuple[str, str, str, str]]:
    """(label, service code, outcome, ended_at) of the day's last visits here, the newest first."""
    rows = db.execute(
        "SELECT t.label, s.code, v.outcome, v.ended_at FROM visit v"
        " JOIN ticket t ON t.id = v.ticket_id JOIN service s ON s.id = v.service_id"
        " WHERE v.counter_id = ? AND v.ended_at >= ? AND v.day = ? AND v.void = 0"
        " ORDER BY v.ended_at DESC, v.id DESC LIMIT ?",
        (counter_id, today.since, today.day, limit),
    )
    return rows.fetchall()


def served(db: sqlite3.Connection, counter_id: int, today: Span) -> tuple[int, int | None]:
    """(visits served at a counter on a day, their mean handling time in seconds)."""
    row = db.execute(
        "SELECT count(*), avg(handled_ms) FROM visit WHERE counter_id = ? AND ended_at >= ?"
        " AND day = ? AND started_at IS NOT NULL AND void = 0",
        (counter_id, today.since, today.day),
    ).fetchone()
    return int(row[0]), None if row[1] is None else round(row[1] / 1000)


_COUNTERS: Final = (
    "SELECT c.id, c.number, c.name, z.name, c.state, c.since, c.officer_id, o.name, c.token_id,"
    " t.id, t.label, c.branch_id, c.reason, c.owed FROM counter c"
    " LEFT JOIN zone z ON z.id = c.zone_id LEFT JOIN officer o ON o.id = c.officer_id"
    " LEFT JOIN ticket t ON t.id = c.ticket_id"
    " WHERE c.branch_id = ? AND c.active = 1"
)


def counters(db: sqlite3.Connection, branch_id: int) -> list[CounterLine]:
    """Every counter by number, with who sits there and whom they have."""
    rows = db.execute(_COUNTERS + " ORDER BY c.number", (branch_id,))
    return [_counter_line(row) for row in rows]


def counter_line(db: sqlite3.Connection, branch_id: int, number: int) -> CounterLine | None:
    """One of them."""
    row = db.execute(_COUNTERS + " AND c.number = ?", (branch_id, number)).fetchone()
    return None if row is None else _counter_line(row)


def _counter_line(row: tuple[Any, ...]) -> CounterLine:
    officer = None if row[6] is None else (row[6], row[7])
    ticket = None if row[9] is None else (row[9], row[10])
    counter_id, number, name, zone, state, since = row[:6]
    branch_id, reason, owed = row[11:14]
    return CounterLine(
        counter_id, branch_id, number, name, zone, state, since, reason, owed, officer, row[8],
        ticket,
    )  # fmt: skip


def served_by_counter(db: sqlite3.Connection, branch_id: int) -> dict[int, list[str]]:
    """The names of the services of each counter id, its own before those it helps with."""
    rows = db.execute(
        "SELECT d.counter_id, s.name FROM counter_service d JOIN service s ON s.id = d.service_id"
        " WHERE s.branch_id = ? AND s.active = 1 ORDER BY d.tier, s.position, s.id",
        (branch_id,),
    )
    found: dict[int, list[str]] = {}
    for counter_id, name in rows:
        found.setdefault(counter_id, []).append(name)
    return found


def held_by(db: sqlite3.Connection, actor: Actor) -> list[int]:
    """Numbers of the counters that this actor has opened."""
    rows = db.execute(
        "SELECT number FROM counter WHERE branch_id = ? AND active = 1 AND state <> 'closed'"
        " AND (officer_id = ? OR (officer_id IS NULL AND token_id = ?)) ORDER BY number",
        (actor.branch_id, actor.officer_id, actor.token_id),
    )
    return [row[0] for row in rows]


def park_reason(db: sqlite3.Connection, visit_id: int) -> str | None:
    """Why a visit was set aside, in the officer's words."""
    sql = "SELECT park_reason FROM visit_text WHERE visit_id = ?"
    row = db.execute(sql, (visit_id,)).fetchone()
    return None if row is None else row[0]
