"""What a waiting-room board reads: the day's newest calls and who waits for what."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from queueing.store import branches
from queueing.store.rows import Service, Zone


@dataclass(frozen=True, slots=True)
class Call:
    """A number that was invited to a counter, as the whole room may know it."""

    number: str
    counter: int
    counter_name: str
    zone: str | None
    call_seq: int
    at: str
    calls: int
    state: str
    # what its holder chose at the kiosk
    language: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter as the waiting room may know it."""

    number: int
    name: str
    zone: str | None
    state: str


_CALLS = (
    "SELECT t.label, c.number, c.name, z.name, v.call_seq, v.called_at, v.calls, t.state,"
    " t.language FROM visit v INDEXED BY visit_calls"
    # a ticket that waits again, is cancelled or moved on is not where this call says it is
    " CROSS JOIN ticket t ON t.id = v.ticket_id AND t.visit_id = v.id"
    " AND t.state IN ('called', 'serving', 'parked', 'finished', 'no_show')"
    " CROSS JOIN counter c ON c.id = v.counter_id LEFT JOIN zone z ON z.id = c.zone_id"
    " WHERE v.branch_id = ? AND v.day = ? AND v.call_seq IS NOT NULL AND v.void = 0"
    " AND (? IS NULL OR c.zone_id = ?) ORDER BY v.call_seq DESC LIMIT ?"
)
_HELD = (
    "SELECT t.label, c.number, c.name, z.name, v.call_seq, v.called_at, v.calls, t.state,"
    " t.language FROM counter c"
    " JOIN ticket t ON t.id = c.ticket_id AND t.state IN ('called', 'serving')"
    " JOIN visit v ON v.id = t.visit_id LEFT JOIN zone z ON z.id = c.zone_id"
    " JOIN branch b ON b.id = c.branch_id"
    " WHERE c.branch_id = ? AND c.active = 1 AND v.call_seq IS NOT NULL"
    " AND (v.day = ? OR b.day_doubt IS NOT NULL)"
    " AND (? IS NULL OR c.zone_id = ?)"
)


def held(db: sqlite3.Connection, branch_id: int, day: str, zone_id: int | None) -> list[Call]:
    """What each counter holds now: called, or being served. At most one call a counter."""
    return [Call(*row) for row in db.execute(_HELD, (branch_id, day, zone_id, zone_id))]


def desks(db: sqlite3.Connection, branch_id: int, zone_id: int | None) -> list[Desk]:
    """The counters in use, by number; with a zone, those in it."""
    rows = db.execute(
        "SELECT c.number, c.name, z.name, c.state FROM counter c"
        " LEFT JOIN zone z ON z.id = c.zone_id"
        " WHERE c.branch_id = ? AND c.active = 1 AND (? IS NULL OR c.zone_id = ?)"
        " ORDER BY c.number",
        (branch_id, zone_id, zone_id),
    )
    return [Desk(*row) for row in rows]


def calls(
    db: sqlite3.Connection,
    branch_id: int,
    day: str,
    zone_id: int | None,
    limit: int,
    held: Sequence[Call],
) -> list[Call]:
    """The day's newest calls, the newest first; `held` is what counters hold now.

    Every call whose holder is still awaited is among them, so that no number leaves the board
    because of calls at other counters; those that are over fill the list up to `limit`. While
    the date is in doubt, people of the day before are called as well, and are among them.
    """
    place = (branch_id, day, zone_id, zone_id)
    rows = {row[4]: Call(*row) for row in db.execute(_CALLS, (*place, limit))}
    rows |= {call.call_seq: call for call in held if call.state == "called"}
    kept = sorted(rows.values(), key=lambda c: (c.state == "called", c.call_seq), reverse=True)
    awaited = sum(call.state == "called" for call in kept)
    return sorted(kept[: max(limit, awaited)], key=lambda call: call.call_seq, reverse=True)


def zone_by_code(db: sqlite3.Connection, branch_id: int, code: str) -> Zone | None:
    """The zone with this code, also one that is no longer used: a screen may still hang there."""
    return Zone.one(db, "WHERE branch_id = ? AND code = ?", branch_id, code)


def services(db: sqlite3.Connection, branch_id: int, zone_id: int | None) -> list[Service]:
    """The branch's services in the kiosk's order; with a zone, those served at its counters."""
    if zone_id is None:
        return branches.services(db, branch_id)
    return Service.all(
        db,
        "WHERE branch_id = ? AND active = 1 AND id IN (SELECT s.service_id FROM counter_service s"
        " JOIN counter c ON c.id = s.counter_id WHERE c.zone_id = ? AND c.active = 1)"
        " ORDER BY position, id",
        branch_id,
        zone_id,
    )
