"""A database of an earlier version is brought to the newest schema with nothing lost."""

import sqlite3
from pathlib import Path

import pytest

from queueing.store import connection
from queueing.store.connection import connect, migrate, schema_scripts
from queueing.store.printers import printers

OLD = 5  # the last step before printers were written anew


@pytest.fixture
def old(tmp_path: Path) -> sqlite3.Connection:
    db = connect(tmp_path / "old.db")
    db.execute("CREATE TABLE schema_version (version INTEGER NOT NULL) STRICT")
    for version, script in schema_scripts():
        if version <= OLD:
            connection._run(db, script)
            db.execute("INSERT INTO schema_version VALUES (?)", (version,))
    db.execute("INSERT INTO branch (id, code, name, timezone) VALUES (1, 'x', 'Điểm', 'UTC')")
    db.execute(
        "INSERT INTO printer (id, branch_id, name, transport, address, width, is_default, cut,"
        " trouble) VALUES (7, 1, 'Máy in', 'network', '10.0.0.9:9100', 384, 1, 0, 'paper_out')"
    )
    db.execute(
        "INSERT INTO print_job (branch_id, printer_id, kind, content, created_at)"
        " VALUES (1, 7, 'test', '{}', '2026-11-20T01:00:00.000Z')"
    )
    db.execute(
        "INSERT INTO device (branch_id, kind, name, printer_id, token_hash, created_at)"
        " VALUES (1, 'kiosk', 'Ki-ốt', 7, 'x', '2026-11-20T01:00:00.000Z')"
    )
    return db


def test_printers_and_what_points_to_them_are_kept(old: sqlite3.Connection) -> None:
    migrate(old)
    (printer,) = printers(old, 1)
    assert (printer.id, printer.name, printer.width, printer.cut) == (7, "Máy in", 384, False)
    assert (printer.trouble, printer.profile, printer.roll_mm) == ("paper_out", "", None)
    assert old.execute("SELECT printer_id FROM print_job").fetchall() == [(7,)]
    assert old.execute("SELECT printer_id FROM device").fetchall() == [(7,)]
    # and what points to nothing is refused again
    with pytest.raises(sqlite3.IntegrityError):
        old.execute("DELETE FROM printer")


def test_a_step_that_loses_what_is_pointed_to_changes_nothing(
    old: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = [*schema_scripts(), (999, "DELETE FROM printer;")]
    monkeypatch.setattr(connection, "schema_scripts", lambda: scripts)
    with pytest.raises(RuntimeError, match="point to nothing"):
        migrate(old)
    assert old.execute("SELECT max(version) FROM schema_version").fetchone() == (OLD,)
    assert old.execute("SELECT count(*) FROM printer").fetchone() == (1,)
    assert old.execute("PRAGMA foreign_keys").fetchone() == (1,)
