"""Reading and writing a branch's configuration as the rows of `queueing.shape`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Final

from queueing.branchfile.parts import HELPS, MAIN, WEEKDAYS
from queueing.settings import BY_NAME
from queueing.shape import Difference, Fields, Rows, Shape

_OPEN: Final = "('waiting', 'called', 'serving', 'parked')"


def find_branch(db: sqlite3.Connection, code: str) -> int | None:
    """The id of the branch with this code."""
    found = db.execute("SELECT id FROM branch WHERE code = ?", (code,)).fetchone()
    return None if found is None else int(found[0])


def branch_codes(db: sqlite3.Connection) -> list[str]:
    """The codes of every branch in the file."""
    return [row[0] for row in db.execute("SELECT code FROM branch ORDER BY id")]


def insert_branch(db: sqlite3.Connection, code: str, timezone: str) -> int:
    """A new branch, still without anything; returns its id."""
    found = db.execute(
        "INSERT INTO branch (code, name, timezone) VALUES (?, ?, ?) RETURNING id",
        (code, code, timezone),
    ).fetchone()
    return int(found[0])


# What each kind looks like in the database: key, then the fields named as in the shape.
_READS: Final = {
    "branch": (
        "SELECT code, name, coalesce(authority, '') AS authority,"
        " coalesce(hotline, '') AS hotline, timezone FROM branch WHERE id = ?"
    ),
    "zone": "SELECT code, name FROM zone WHERE branch_id = ? AND active = 1 ORDER BY id",
    "service": (
        "SELECT code, prefix, name, name_en, summary, summary_en, target_s, position"
        " FROM service WHERE branch_id = ? AND active = 1 ORDER BY position, id"
    ),
    "counter": (
        "SELECT c.number, c.name, coalesce(z.code, '') AS zone FROM counter c"
        " LEFT JOIN zone z ON z.id = c.zone_id"
        " WHERE c.branch_id = ? AND c.active = 1 ORDER BY c.number"
    ),
    "closed_day": "SELECT day, note FROM closed_day WHERE branch_id = ? ORDER BY day",
    "priority": (
        "SELECT code, name, name_en, rank, self_declared, credit FROM priority_class"
        " WHERE branch_id = ? AND active = 1 ORDER BY id"
    ),
    "officer": "SELECT login, name, role FROM officer WHERE branch_id = ? ORDER BY id",
    "printer": (
        "SELECT name, transport, address, width, cut FROM printer"
        " WHERE branch_id = ? AND active = 1 ORDER BY id"
    ),
}


def shape(db: sqlite3.Connection, branch_id: int) -> Shape:
    """The branch's configuration in force."""
    found = {kind: _rows(db, sql, branch_id) for kind, sql in _READS.items()}
    for fields in (*found["priority"].values(), *found["printer"].values()):
        for name in ("self_declared", "cut"):
            if name in fields:
                fields[name] = bool(fields[name])
    for number, fields in found["counter"].items():
        fields["services"] = _served(db, branch_id, int(number), MAIN)
        fields["helps"] = _served(db, branch_id, int(number), HELPS)
    found["hours"] = _hours(db, branch_id)
    # a setting without a row is in force with its default
    found["setting"] = {name: {"value": setting.default} for name, setting in BY_NAME.items()}
    found["setting"] |= _rows(
        db, "SELECT name, value FROM setting WHERE branch_id = ? ORDER BY name", branch_id
    )
    return found


def _rows(db: sqlite3.Connection, sql: str, branch_id: int) -> Rows:
    cursor = db.execute(sql, (branch_id,))
    names = [column[0] for column in cursor.description][1:]
    return {str(row[0]): dict(zip(names, row[1:], strict=True)) for row in cursor}


def _served(db: sqlite3.Connection, branch_id: int, number: int, tier: int) -> tuple[str, ...]:
    rows = db.execute(
        "SELECT s.code FROM counter_service cs JOIN service s ON s.id = cs.service_id"
        " JOIN counter c ON c.id = cs.counter_id WHERE c.branch_id = ? AND c.number = ?"
        " AND s.active = 1 AND (cs.tier = 1) = (? = 1) ORDER BY s.code",
        (branch_id, number, tier),
    )
    return tuple(row[0] for row in rows)


def _hours(db: sqlite3.Connection, branch_id: int) -> Rows:
    days: dict[str, list[str]] = {}
    for weekday, opens, closes in db.execute(
        "SELECT weekday, opens, closes FROM opening_hours WHERE branch_id = ?"
        " ORDER BY weekday, opens",
        (branch_id,),
    ):
        days.setdefault(WEEKDAYS[weekday], []).append(f"{opens}-{closes}")
    return {day: {"hours": ", ".join(ranges)} for day, ranges in days.items()}


def open_tickets(db: sqlite3.Connection, branch_id: int, service_code: str) -> int:
    """How many tickets of a service are still in the house."""
    found = db.execute(
        "SELECT count(*) FROM ticket t JOIN service s ON s.id = t.service_id"
        f" WHERE t.branch_id = ? AND s.code = ? AND t.state IN {_OPEN}",
        (branch_id, service_code),
    ).fetchone()
    return int(found[0])


def counter_is_busy(db: sqlite3.Connection, branch_id: int, number: int) -> bool:
    """Whether somebody works at a counter, or a ticket waits for it alone."""
    found = db.execute(
        "SELECT 1 FROM counter c WHERE c.branch_id = ? AND c.number = ? AND c.active = 1"
        " AND (c.state <> 'closed' OR c.ticket_id IS NOT NULL OR EXISTS (SELECT 1 FROM ticket t"
        f" JOIN visit v ON v.id = t.visit_id WHERE t.branch_id = c.branch_id"
        f" AND t.state IN {_OPEN} AND v.only_counter_id = c.id))",
        (branch_id, number),
    ).fetchone()
    return found is not None


def admins(db: sqlite3.Connection, branch_id: int) -> set[str]:
    """Sign-in names of those who can administer the branch now."""
    rows = db.execute(
        "SELECT login FROM officer WHERE branch_id = ? AND role = 'admin'"
        " AND disabled_at IS NULL AND password_hash IS NOT NULL",
        (branch_id,),
    )
    return {row[0] for row in rows}


def write(
    db: sqlite3.Connection, branch_id: int, at: str, differences: Iterable[Difference]
) -> None:
    """Make the differences. Rows that go are switched off first, so that letters are free."""
    ordered = sorted(differences, key=lambda difference: difference.now is not None)
    moving = [d.key for d in ordered if d.kind == "service" and "prefix" in d.changed()]
    # two services may swap letters, which must never be taken twice even for a moment
    db.executemany(
        "UPDATE service SET prefix = '~' || id WHERE branch_id = ? AND code = ?",
        [(branch_id, code) for code in moving],
    )
    for difference in ordered:
        if difference.now is None:
            _switch_off(db, branch_id, difference)
        else:
            _WRITES[difference.kind](db, branch_id, difference.key, difference.now | {"at": at})


_OFF: Final = {
    "zone": "UPDATE zone SET active = 0 WHERE branch_id = ? AND code = ?",
    "service": "UPDATE service SET active = 0 WHERE branch_id = ? AND code = ?",
    "counter": "UPDATE counter SET active = 0 WHERE branch_id = ? AND number = ?",
    "priority": "UPDATE priority_class SET active = 0 WHERE branch_id = ? AND code = ?",
    "closed_day": "DELETE FROM closed_day WHERE branch_id = ? AND day = ?",
    "hours": "DELETE FROM opening_hours WHERE branch_id = ? AND weekday = ?",
}


def _switch_off(db: sqlite3.Connection, branch_id: int, difference: Difference) -> None:
    key: object = difference.key
    if difference.kind == "hours":
        key = WEEKDAYS.index(difference.key)
    db.execute(_OFF[difference.kind], (branch_id, key))


Write = Callable[[sqlite3.Connection, int, str, Fields], None]


def _plainly(sql: str) -> Write:
    """A write of one statement with the row's fields as named parameters."""

    def write_row(db: sqlite3.Connection, branch_id: int, key: str, fields: Fields) -> None:
        db.execute(sql, fields | {"branch_id": branch_id, "key": key})

    return write_row


def _write_counter(db: sqlite3.Connection, branch_id: int, key: str, fields: Fields) -> None:
    counter_id = db.execute(
        "INSERT INTO counter (branch_id, number, name, zone_id) VALUES (:branch_id, :key, :name,"
        " (SELECT id FROM zone WHERE branch_id = :branch_id AND code = :zone))"
        " ON CONFLICT (branch_id, number) DO UPDATE SET name = excluded.name,"
        " zone_id = excluded.zone_id, active = 1 RETURNING id",
        {"branch_id": branch_id, "key": int(key), "name": fields["name"], "zone": fields["zone"]},
    ).fetchone()[0]
    db.execute("DELETE FROM counter_service WHERE counter_id = ?", (counter_id,))
    for tier, name in ((MAIN, "services"), (HELPS, "helps")):
        codes = fields[name]
        assert isinstance(codes, tuple)
        db.executemany(
            "INSERT INTO counter_service (counter_id, service_id, tier)"
            " SELECT ?, id, ? FROM service WHERE branch_id = ? AND code = ?",
            [(counter_id, tier, branch_id, code) for code in codes],
        )


def _write_hours(db: sqlite3.Connection, branch_id: int, key: str, fields: Fields) -> None:
    weekday = WEEKDAYS.index(key)
    db.execute(_OFF["hours"], (branch_id, weekday))
    ranges = [span.split("-") for span in str(fields["hours"]).split(", ")]
    db.executemany(
        "INSERT INTO opening_hours (branch_id, weekday, opens, closes) VALUES (?, ?, ?, ?)",
        [(branch_id, weekday, opens, closes) for opens, closes in ranges],
    )


def _write_printer(db: sqlite3.Connection, branch_id: int, key: str, fields: Fields) -> None:
    db.execute("UPDATE printer SET is_default = 0 WHERE branch_id = ?", (branch_id,))
    db.execute(
        "INSERT INTO printer (branch_id, name, transport, address, width, cut, is_default)"
        " VALUES (:branch_id, :key, :transport, :address, :width, :cut, 1)"
        " ON CONFLICT (branch_id, name) WHERE active = 1 DO UPDATE SET"
        " transport = excluded.transport, address = excluded.address, width = excluded.width,"
        " cut = excluded.cut, is_default = 1",
        fields | {"branch_id": branch_id, "key": key},
    )


_WRITES: Final[dict[str, Write]] = {
    "branch": _plainly(
        "UPDATE branch SET name = :name, authority = nullif(:authority, ''),"
        " hotline = nullif(:hotline, ''), timezone = :timezone WHERE id = :branch_id"
    ),
    "zone": _plainly(
        "INSERT INTO zone (branch_id, code, name) VALUES (:branch_id, :key, :name)"
        " ON CONFLICT (branch_id, code) DO UPDATE SET name = excluded.name, active = 1"
    ),
    "service": _plainly(
        "INSERT INTO service (branch_id, code, prefix, name, name_en, summary, summary_en,"
        " target_s, position) VALUES (:branch_id, :key, :prefix, :name, :name_en, :summary,"
        " :summary_en, :target_s, :position) ON CONFLICT (branch_id, code) DO UPDATE SET"
        " prefix = excluded.prefix, name = excluded.name, name_en = excluded.name_en,"
        " summary = excluded.summary, summary_en = excluded.summary_en,"
        " target_s = excluded.target_s, position = excluded.position, active = 1"
    ),
    "counter": _write_counter,
    "hours": _write_hours,
    "closed_day": _plainly(
        "INSERT INTO closed_day (branch_id, day, note) VALUES (:branch_id, :key, :note)"
        " ON CONFLICT (branch_id, day) DO UPDATE SET note = excluded.note"
    ),
    "priority": _plainly(
        "INSERT INTO priority_class"
        " (branch_id, code, name, name_en, rank, self_declared, credit)"
        " VALUES (:branch_id, :key, :name, :name_en, :rank, :self_declared, :credit)"
        " ON CONFLICT (branch_id, code) DO UPDATE SET name = excluded.name,"
        " name_en = excluded.name_en, rank = excluded.rank,"
        " self_declared = excluded.self_declared, credit = excluded.credit, active = 1"
    ),
    "officer": _plainly(
        "INSERT INTO officer (branch_id, login, name, role, created_at)"
        " VALUES (:branch_id, :key, :name, :role, :at)"
        " ON CONFLICT (branch_id, login) DO UPDATE SET name = excluded.name, role = excluded.role"
    ),
    "printer": _write_printer,
    "setting": _plainly(
        "INSERT INTO setting (branch_id, name, value) VALUES (:branch_id, :key, :value)"
        " ON CONFLICT (branch_id, name) DO UPDATE SET value = excluded.value"
    ),
}
