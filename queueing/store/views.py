"""Reads for what citizens see: whole lists in one statement each."""

from __future__ import annotations

import sqlite3

Desk = tuple[int, str | None]


def desks(db: sqlite3.Connection, branch_id: int) -> dict[int, list[Desk]]:
    """For each service id the (number, zone name) of the counters that serve it, by number."""
    rows = db.execute(
        "SELECT s.service_id, c.number, z.name FROM counter c"
        " JOIN counter_service s ON s.counter_id = c.id LEFT JOIN zone z ON z.id = c.zone_id"
        " WHERE c.branch_id = ? AND c.active = 1 ORDER BY c.number",
        (branch_id,),
    )
    found: dict[int, list[Desk]] = {}
    for service_id, number, zone in rows:
        found.setdefault(service_id, []).append((number, zone))
    return found


def waiting(db: sqlite3.Connection, branch_id: int) -> dict[int, int]:
    """How many wait, by service id; a service for which nobody waits may be missing."""
    rows = db.execute(
        "SELECT q.service_id, sum(q.waiting) FROM queue_load q"
        " JOIN service s ON s.id = q.service_id WHERE s.branch_id = ? GROUP BY q.service_id",
        (branch_id,),
    )
    return dict(rows.fetchall())


def desk(db: sqlite3.Connection, counter_id: int) -> tuple[int, str, str | None]:
    """A counter as it is called out: its number, its name and its zone's name."""
    row = db.execute(
        "SELECT c.number, c.name, z.name FROM counter c LEFT JOIN zone z ON z.id = c.zone_id"
        " WHERE c.id = ?",
        (counter_id,),
    ).fetchone()
    return row[0], row[1], row[2]


def paper(db: sqlite3.Connection, ticket_id: int) -> dict[str, str | None] | None:
    """State and cause of a ticket's newest paper, and the printer that took it over, if one did.

    None when no paper was ever asked for.
    """
    row = db.execute(
        "SELECT j.state, j.cause, iif(j.moved_from IS NULL, NULL, p.name) FROM print_job j"
        " JOIN printer p ON p.id = j.printer_id"
        " WHERE j.ticket_id = ? ORDER BY j.copy DESC LIMIT 1",
        (ticket_id,),
    ).fetchone()
    return None if row is None else {"state": row[0], "cause": row[1], "elsewhere": row[2]}
