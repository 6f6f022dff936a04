"""Reads for the supervisor's overview: the day's visits, the queue, the desks, what is paired."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from queueing.store import printers
from queueing.store.printers import Printer


class DayVisit(NamedTuple):
    """What the day's figures need of one visit."""

    service_id: int
    counter_id: int | None
    calls: int
    enqueued_at: str
    first_called_at: str | None
    started_at: str | None
    ended_at: str | None
    outcome: str | None


def day_visits(db: sqlite3.Connection, branch_id: int, day: str) -> list[DayVisit]:
    """Every visit of a business day, in the order of entry; those an undo took back never were."""
    rows = db.execute(
        "SELECT service_id, counter_id, calls, enqueued_at, first_called_at, started_at, ended_at,"
        " outcome FROM visit WHERE branch_id = ? AND day = ? AND void = 0 ORDER BY id",
        (branch_id, day),
    )
    return [DayVisit._make(row) for row in rows]


def issued(db: sqlite3.Connection, branch_id: int, day: str) -> int:
    """How many numbers were given out on a day."""
    sql = "SELECT count(*) FROM ticket WHERE branch_id = ? AND day = ?"
    return int(db.execute(sql, (branch_id, day)).fetchone()[0])


class Queued(NamedTuple):
    """One who waits now. `calls` is above 0 where the ticket came back after a call."""

    ticket_id: int
    label: str
    service_id: int
    calls: int
    enqueued_at: str


def queued(db: sqlite3.Connection, branch_id: int) -> list[Queued]:
    """Everybody who waits, the first to come first."""
    rows = db.execute(
        "SELECT v.ticket_id, t.label, v.service_id, v.calls, v.enqueued_at FROM service s"
        " JOIN visit v ON v.service_id = s.id AND v.queued = 1 JOIN ticket t ON t.id = v.ticket_id"
        " WHERE s.branch_id = ? ORDER BY v.enqueued_at, v.id",
        (branch_id,),
    )
    return [Queued._make(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Held:
    """The ticket at a desk. `since` is when it came to this desk, `started_at` when service began;
    `parked_ms` is what of the time since then does not count.
    """

    ticket_id: int
    visit_id: int
    label: str
    state: str
    service: str
    target_s: int
    calls: int
    since: str | None
    started_at: str | None
    parked_ms: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter, who sits there and whom they have; `officer` is (id, name)."""

    id: int
    number: int
    name: str
    zone: str | None
    state: str
    reason: str | None
    since: str | None
    officer: tuple[int, str] | None
    held: Held | None


def desks(db: sqlite3.Connection, branch_id: int) -> list[Desk]:
    """Every counter by number."""
    rows = db.execute(
        "SELECT c.id, c.number, c.name, z.name, c.state, c.reason, c.since, c.officer_id, o.name,"
        " t.id, v.id, t.label, t.state, s.code, s.target_s, v.calls, v.handling_from,"
        " v.started_at, v.parked_ms FROM counter c LEFT JOIN zone z ON z.id = c.zone_id"
        " LEFT JOIN officer o ON o.id = c.officer_id LEFT JOIN ticket t ON t.id = c.ticket_id"
        " LEFT JOIN visit v ON v.id = t.visit_id LEFT JOIN service s ON s.id = v.service_id"
        " WHERE c.branch_id = ? AND c.active = 1 ORDER BY c.number",
        (branch_id,),
    )
    return [_desk(tuple(row)) for row in rows]


def _desk(row: tuple[Any, ...]) -> Desk:
    officer = None if row[7] is None else (row[7], row[8])
    held = None if row[9] is None else Held(*row[9:])
    counter_id, number, name, zone, state, reason, since = row[:7]
    return Desk(counter_id, number, name, zone, state, reason, since, officer, held)


def last_moves(db: sqlite3.Connection, counter_ids: Sequence[int]) -> dict[int, str]:
    """When something was last done at each counter: an idle one has been idle since then."""
    found: dict[int, str] = {}
    for counter_id in counter_ids:
        row = db.execute(
            "SELECT at FROM event WHERE counter_id = ? AND kind <> 'assigned'"
            " ORDER BY seq DESC LIMIT 1",
            (counter_id,),
        ).fetchone()
        if row is not None:
            found[counter_id] = row[0]
    return found


def services_of_counters(
    db: sqlite3.Connection, branch_id: int
) -> dict[int, list[tuple[str, int]]]:
    """For each counter id the (service code, tier) that it serves, its own before others."""
    rows = db.execute(
        "SELECT d.counter_id, s.code, d.tier FROM counter_service d"
        " JOIN service s ON s.id = d.service_id"
        " WHERE s.branch_id = ? AND s.active = 1 ORDER BY d.tier, s.position, s.id",
        (branch_id,),
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for counter_id, code, tier in rows:
        found.setdefault(counter_id, []).append((code, tier))
    return found


@dataclass(frozen=True, slots=True)
class PrinterHealth:
    """A printer in use. `waiting` papers are on their way; `taker` prints in its place."""

    printer: Printer
    waiting: int
    taker: str | None


def printer_healths(db: sqlite3.Connection, branch_id: int) -> list[PrinterHealth]:
    """The branch's printers, the default one first."""
    every = printers.printers(db, branch_id)
    waiting = dict(
        db.execute(
            "SELECT printer_id, count(*) FROM print_job WHERE branch_id = ?"
            " AND state IN ('queued', 'claimed', 'sending') GROUP BY printer_id",
            (branch_id,),
        ).fetchall()
    )
    found = []
    for one in every:
        taker = printers.well_one(every, one)
        name = None if taker.id == one.id else taker.name
        found.append(PrinterHealth(one, waiting.get(one.id, 0), name))
    return found


@dataclass(frozen=True, slots=True)
class LostPaper:
    """A ticket whose newest paper failed, or of which nobody knows whether it came out."""

    job_id: int
    printer_id: int
    ticket_id: int
    label: str
    state: str
    at: str


def lost_papers(db: sqlite3.Connection, branch_id: int, day: str) -> list[LostPaper]:
    """The day's papers that nobody may hold, the newest first. A later reprint heals one."""
    rows = db.execute(
        "SELECT j.id, j.printer_id, t.id, t.label, j.state, coalesce(j.settled_at, j.created_at)"
        " FROM ticket t CROSS JOIN print_job j ON j.ticket_id = t.id"
        " WHERE t.branch_id = ? AND t.day = ? AND j.state IN ('failed', 'unknown')"
        " AND coalesce(j.cause, '') <> 'too_late' AND NOT EXISTS"
        " (SELECT 1 FROM print_job k WHERE k.ticket_id = j.ticket_id AND k.copy > j.copy)"
        " ORDER BY j.id DESC",
        (branch_id, day),
    )
    return [LostPaper(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Screen:
    """A paired device and when it was last connected."""

    id: int
    kind: str
    name: str
    zone: str | None
    counter: int | None
    seen_at: str | None


def screens(db: sqlite3.Connection, branch_id: int) -> list[Screen]:
    """Every paired screen; print agents keep no line open and are not among them."""
    rows = db.execute(
        "SELECT d.id, d.kind, d.name, z.name, c.number, d.seen_at FROM device d"
        " LEFT JOIN zone z ON z.id = d.zone_id LEFT JOIN counter c ON c.id = d.counter_id"
        " WHERE d.branch_id = ? AND d.revoked_at IS NULL AND d.kind <> 'agent' ORDER BY d.id",
        (branch_id,),
    )
    return [Screen(*row) for row in rows]


def acknowledged(
    db: sqlite3.Connection, branch_id: int, keys: Sequence[str]
) -> dict[str, tuple[str, str | None]]:
    """(when, by whom) for those of these alerts that somebody has seen."""
    marks = ", ".join("?" * len(keys))
    rows = db.execute(
        "SELECT a.key, a.at, o.name FROM alert_ack a LEFT JOIN officer o ON o.id = a.officer_id"
        f" WHERE a.branch_id = ? AND a.key IN ({marks})",
        (branch_id, *keys),
    )
    return {key: (at, name) for key, at, name in rows}


@dataclass(frozen=True, slots=True)
class DeskEvent:
    """What an event at a counter changed: `set` is the fields of ticket and counter after it.

    `ends_day` is true of the closing that nobody pressed: the day's end found the counter open.
    """

    at: str
    kind: str
    ticket_id: int | None
    label: str | None
    ends_day: bool
    set: dict[str, dict[str, Any]]


def desk_events(db: sqlite3.Connection, counter_id: int, since: str, until: str) -> list[DeskEvent]:
    """A counter's events of a stretch of time, oldest first, with the last one before it.

    It is read backwards from the newest, so that the past costs nothing for today.
    """
    rows = db.execute(
        "SELECT e.at, e.kind, e.ticket_id, t.label, e.data FROM event e"
        " LEFT JOIN ticket t ON t.id = e.ticket_id WHERE e.counter_id = ? ORDER BY e.seq DESC",
        (counter_id,),
    )
    found: list[DeskEvent] = []
    for at, kind, ticket_id, label, data in rows:
        if at >= until:
            continue
        facts = json.loads(data)
        ends_day = facts.get("by") == "day_end"
        found.append(DeskEvent(at, kind, ticket_id, label, ends_day, facts.get("set", {})))
        if at < since:
            break
    return found[::-1]


def counter_numbers(db: sqlite3.Connection, branch_id: int) -> dict[int, int]:
    """The number of every counter there ever was, by id: a history names old ones too."""
    rows = db.execute("SELECT id, number FROM counter WHERE branch_id = ?", (branch_id,))
    return dict(rows.fetchall())
