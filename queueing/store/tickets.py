"""Finding tickets and visits, and what hangs on them."""

from __future__ import annotations

import sqlite3

from queueing.refusals import Refused
from queueing.store.rows import Event, Ticket, Visit


def by_id(db: sqlite3.Connection, branch_id: int, ticket_id: int) -> Ticket:
    """The branch's ticket with this id. Raises Refused `unknown_ticket`."""
    return _found(Ticket.one(db, "WHERE id = ? AND branch_id = ?", ticket_id, branch_id))


def by_token(db: sqlite3.Connection, token: str) -> Ticket:
    """The ticket whose holder knows this token. Raises Refused `unknown_ticket`."""
    return _found(Ticket.one(db, "WHERE token = ?", token))


def _found(ticket: Ticket | None) -> Ticket:
    if ticket is None:
        raise Refused("unknown_ticket")
    return ticket


def by_label(db: sqlite3.Connection, branch_id: int, day: str, label: str) -> Ticket:
    """A day's ticket by its label. Raises Refused `unknown_number`."""
    found = Ticket.one(db, "WHERE branch_id = ? AND day = ? AND label = ?", branch_id, day, label)
    if found is None:
        raise Refused("unknown_number", number=label)
    return found


def visit(db: sqlite3.Connection, visit_id: int | None) -> Visit:
    """The visit with this id."""
    found = Visit.one(db, "WHERE id = ?", visit_id)
    assert found is not None, "a ticket always has its visit"
    return found


def next_visit_id(db: sqlite3.Connection) -> int:
    """The id the next visit will have: nobody else can take it under the write lock."""
    return int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM visit").fetchone()[0])


def open_older(db: sqlite3.Connection, branch_id: int, day: str, label: str) -> Ticket | None:
    """An open ticket of this label from another day, when today has none of it."""
    return Ticket.one(
        db,
        "WHERE branch_id = ? AND label = ? AND day <> ?"
        " AND state IN ('waiting', 'called', 'serving', 'parked')"
        " AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.branch_id = ticket.branch_id"
        " AND t.day = ? AND t.label = ticket.label) ORDER BY id LIMIT 1",
        branch_id,
        label,
        day,
        day,
    )


def open_before(db: sqlite3.Connection, branch_id: int, day: str) -> list[Ticket]:
    """Tickets of earlier days that nobody has ended."""
    return Ticket.all(
        db,
        "WHERE branch_id = ? AND state IN ('waiting', 'called', 'serving', 'parked')"
        " AND day < ? ORDER BY id",
        branch_id,
        day,
    )


def open_not_of(db: sqlite3.Connection, branch_id: int, day: str) -> list[Ticket]:
    """Open tickets of any other day, a wrong clock's future included."""
    return Ticket.all(
        db,
        "WHERE branch_id = ? AND state IN ('waiting', 'called', 'serving', 'parked')"
        " AND day <> ? ORDER BY id",
        branch_id,
        day,
    )


def parked_for(db: sqlite3.Connection, branch_id: int, service_ids: list[int]) -> list[Ticket]:
    """Parked tickets of some services, the one due first at the head."""
    marks = ", ".join("?" * len(service_ids))
    return Ticket.all(
        db,
        "WHERE id IN (SELECT ticket_id FROM visit WHERE branch_id = ? AND parked_at IS NOT NULL"
        f" AND service_id IN ({marks})) ORDER BY visit_id",
        branch_id,
        *service_ids,
    )


def ended_at_counter(db: sqlite3.Connection, counter_id: int, day: str, limit: int) -> list[Visit]:
    """The counter's visits of the day that have ended, the newest first."""
    return Visit.all(
        db,
        "WHERE counter_id = ? AND ended_at IS NOT NULL AND day = ? AND void = 0"
        " ORDER BY ended_at DESC, id DESC LIMIT ?",
        counter_id,
        day,
        limit,
    )


def counter_today(db: sqlite3.Connection, counter_id: int, day: str) -> tuple[int, int | None]:
    """(visits served at a counter on a day, their mean handling time in seconds)."""
    row = db.execute(
        "SELECT count(*), avg(handled_ms) FROM visit WHERE counter_id = ? AND day = ?"
        " AND ended_at IS NOT NULL AND started_at IS NOT NULL AND void = 0",
        (counter_id, day),
    ).fetchone()
    return int(row[0]), None if row[1] is None else round(row[1] / 1000)


def events_of(db: sqlite3.Connection, ticket_id: int) -> list[Event]:
    """A ticket's whole history, oldest first."""
    return Event.all(db, "WHERE ticket_id = ? ORDER BY seq", ticket_id)


def last_event_of(db: sqlite3.Connection, ticket_id: int) -> Event | None:
    """The newest deed done to a ticket; what its paper did does not count as one."""
    return Event.one(
        db,
        "WHERE ticket_id = ? AND kind NOT LIKE 'print_%' ORDER BY seq DESC LIMIT 1",
        ticket_id,
    )


def last_event_at(db: sqlite3.Connection, counter_id: int) -> Event | None:
    """The newest deed done at a counter; a supervisor's change of its services is not one."""
    return Event.one(
        db,
        "WHERE counter_id = ? AND kind NOT LIKE 'print_%' AND kind <> 'assigned'"
        " ORDER BY seq DESC LIMIT 1",
        counter_id,
    )


def events_of_deed(db: sqlite3.Connection, request_id: str) -> list[Event]:
    """The events one deed wrote, the newest first."""
    return Event.all(db, "WHERE request_id = ? ORDER BY seq DESC", request_id)


def forget_text(db: sqlite3.Connection, visit_id: int, *columns: str) -> None:
    """Forget what was typed into these columns of `visit_text` (constant names)."""
    cleared = ", ".join(f"{column} = NULL" for column in columns)
    db.execute(f"UPDATE visit_text SET {cleared} WHERE visit_id = ?", (visit_id,))


def notes(db: sqlite3.Connection, ticket_id: int) -> list[dict[str, str | None]]:
    """What colleagues noted on a ticket's visits so far, the first one first."""
    rows = db.execute(
        "SELECT x.dossier, x.note FROM visit v JOIN visit_text x ON x.visit_id = v.id"
        " WHERE v.ticket_id = ? AND v.void = 0"
        " AND (x.dossier IS NOT NULL OR x.note IS NOT NULL) ORDER BY v.id",
        (ticket_id,),
    )
    return [{"dossier": dossier, "note": note} for dossier, note in rows]


def save_text(
    db: sqlite3.Connection,
    visit_id: int,
    *,
    note: str | None = None,
    dossier: str | None = None,
    park_reason: str | None = None,
) -> None:
    """Keep what an officer typed about a visit, outside the history; None leaves it as it is."""
    if note is None and dossier is None and park_reason is None:
        return
    db.execute(
        "INSERT INTO visit_text (visit_id, note, dossier, park_reason) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (visit_id) DO UPDATE SET note = coalesce(excluded.note, note),"
        " dossier = coalesce(excluded.dossier, dossier),"
        " park_reason = coalesce(excluded.park_reason, park_reason)",
        (visit_id, note, dossier, park_reason),
    )
