"""Reading a branch: its settings, hours, zones, services, counters and classes."""

from __future__ import annotations

import sqlite3

from queueing.branches import Hours, Span
from queueing.refusals import Refused
from queueing.settings import Rules
from queueing.store.rows import Branch, Counter, PriorityClass, Service, Zone


def branch(db: sqlite3.Connection, branch_id: int) -> Branch:
    """The branch. Raises Refused `unknown_branch`."""
    found = Branch.one(db, "WHERE id = ?", branch_id)
    if found is None:
        raise Refused("unknown_branch")
    return found


def rules(db: sqlite3.Connection, branch_id: int) -> Rules:
    """The settings in force for a branch."""
    rows = db.execute("SELECT name, value FROM setting WHERE branch_id = ?", (branch_id,))
    return Rules(dict(rows.fetchall()))


def hours(db: sqlite3.Connection, branch_id: int) -> Hours:
    """The branch's opening hours."""
    spans = db.execute(
        "SELECT weekday, opens, closes FROM opening_hours WHERE branch_id = ?", (branch_id,)
    ).fetchall()
    closed = db.execute("SELECT day FROM closed_day WHERE branch_id = ?", (branch_id,)).fetchall()
    return Hours(tuple(Span(*row) for row in spans), frozenset(row[0] for row in closed))


def services(db: sqlite3.Connection, branch_id: int) -> list[Service]:
    """The services people can queue for, in the order in which the kiosk shows them."""
    return Service.all(db, "WHERE branch_id = ? AND active = 1 ORDER BY position, id", branch_id)


def service_by_code(db: sqlite3.Connection, branch_id: int, code: str) -> Service:
    """The active service with this code. Raises Refused `unknown_service`."""
    found = Service.one(db, "WHERE branch_id = ? AND code = ? AND active = 1", branch_id, code)
    if found is None:
        raise Refused("unknown_service", service=code[:64])
    return found


def service(db: sqlite3.Connection, service_id: int) -> Service:
    """The service with this id, active or not."""
    found = Service.one(db, "WHERE id = ?", service_id)
    assert found is not None, "a foreign key names it"
    return found


def services_of(db: sqlite3.Connection, counter_id: int) -> list[tuple[Service, int]]:
    """The active services a counter serves, each with its tier; tier 1 comes first."""
    found = Service.all(
        db,
        "WHERE active = 1 AND id IN (SELECT service_id FROM counter_service WHERE counter_id = ?)"
        " ORDER BY position, id",
        counter_id,
    )
    tiers = dict(
        db.execute(
            "SELECT service_id, tier FROM counter_service WHERE counter_id = ?", (counter_id,)
        ).fetchall()
    )
    return sorted(((s, tiers[s.id]) for s in found), key=lambda pair: pair[1])


def set_services(db: sqlite3.Connection, counter_id: int, tiers: dict[int, int]) -> None:
    """Let a counter serve exactly these services, each with its tier."""
    db.execute("DELETE FROM counter_service WHERE counter_id = ?", (counter_id,))
    db.executemany(
        "INSERT INTO counter_service (counter_id, service_id, tier) VALUES (?, ?, ?)",
        [(counter_id, service_id, tier) for service_id, tier in sorted(tiers.items())],
    )


def counters_serving(db: sqlite3.Connection, service_id: int) -> list[int]:
    """Numbers of the active counters that serve a service."""
    rows = db.execute(
        "SELECT c.number FROM counter c JOIN counter_service s ON s.counter_id = c.id"
        " WHERE s.service_id = ? AND c.active = 1 ORDER BY c.number",
        (service_id,),
    )
    return [row[0] for row in rows]


def zone_of_service(db: sqlite3.Connection, service_id: int) -> str | None:
    """The zone's name when every counter of a service stands in one zone, else None."""
    rows = db.execute(
        "SELECT DISTINCT z.name FROM counter c JOIN counter_service s ON s.counter_id = c.id"
        " JOIN zone z ON z.id = c.zone_id WHERE s.service_id = ? AND c.active = 1",
        (service_id,),
    ).fetchall()
    return rows[0][0] if len(rows) == 1 else None


def counters(db: sqlite3.Connection, branch_id: int) -> list[Counter]:
    """The branch's counters by number."""
    return Counter.all(db, "WHERE branch_id = ? AND active = 1 ORDER BY number", branch_id)


def counter_by_number(db: sqlite3.Connection, branch_id: int, number: int) -> Counter:
    """The counter with this number. Raises Refused `unknown_counter`."""
    found = Counter.one(db, "WHERE branch_id = ? AND number = ? AND active = 1", branch_id, number)
    if found is None:
        raise Refused("unknown_counter", counter=number)
    return found


def counter(db: sqlite3.Connection, counter_id: int) -> Counter:
    """The counter with this id, active or not."""
    found = Counter.one(db, "WHERE id = ?", counter_id)
    assert found is not None, "a foreign key names it"
    return found


def zones(db: sqlite3.Connection, branch_id: int) -> list[Zone]:
    """The branch's zones."""
    return Zone.all(db, "WHERE branch_id = ? AND active = 1 ORDER BY id", branch_id)


def zone(db: sqlite3.Connection, zone_id: int) -> Zone:
    """The zone with this id, active or not."""
    found = Zone.one(db, "WHERE id = ?", zone_id)
    assert found is not None, "a foreign key names it"
    return found


def classes(db: sqlite3.Connection, branch_id: int) -> list[PriorityClass]:
    """The branch's priority classes, the most urgent first."""
    return PriorityClass.all(
        db, "WHERE branch_id = ? AND active = 1 ORDER BY rank DESC, id", branch_id
    )


def class_by_code(db: sqlite3.Connection, branch_id: int, code: str) -> PriorityClass:
    """The class with this code. Raises Refused `unknown_priority`."""
    found = PriorityClass.one(
        db, "WHERE branch_id = ? AND code = ? AND active = 1", branch_id, code
    )
    if found is None:
        raise Refused("unknown_priority", priority=code[:64])
    return found


def class_of(db: sqlite3.Connection, class_id: int | None) -> PriorityClass | None:
    """The class with this id; None for an ordinary ticket."""
    return None if class_id is None else PriorityClass.one(db, "WHERE id = ?", class_id)


def officer_ids(db: sqlite3.Connection, branch_id: int) -> list[int]:
    """The officers who may work, oldest first."""
    rows = db.execute(
        "SELECT id FROM officer WHERE branch_id = ? AND disabled_at IS NULL ORDER BY id",
        (branch_id,),
    )
    return [row[0] for row in rows]


def officer_name(db: sqlite3.Connection, officer_id: int | None) -> str | None:
    """An officer's name as colleagues see it."""
    if officer_id is None:
        return None
    found = db.execute("SELECT name FROM officer WHERE id = ?", (officer_id,)).fetchone()
    return None if found is None else str(found[0])


def procedure_name(db: sqlite3.Connection, branch_id: int, code: str) -> str | None:
    """A procedure's name; None when the branch has no such procedure."""
    found = db.execute(
        "SELECT name FROM procedure WHERE branch_id = ? AND code = ?", (branch_id, code)
    ).fetchone()
    return None if found is None else str(found[0])
