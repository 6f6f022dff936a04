"""A database of an earlier version is brought to the newest schema with nothing lost."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from queueing.devices import Kind
from queueing.store import Store, board_setup, connection, media, notices, voice_clips
from queueing.store.connection import connect, migrate, schema_scripts
from queueing.store.device_rows import DEVICE_SQL, device_of
from queueing.store.printers import printers
from queueing.store.proof import differences, verify_chain
from tests.support.branch import AT, House

OLD = 5  # the last step before printers were written anew
BARE = 6  # the last step before boards had anything of their own
Rows = dict[str, list[tuple[Any, ...]]]


def built(file: Path, last: int) -> sqlite3.Connection:
    """Make an empty database of an earlier schema."""
    db = connect(file)
    db.execute("CREATE TABLE schema_version (version INTEGER NOT NULL) STRICT")
    for version, script in schema_scripts():
        if version <= last:
            connection._run(db, script)
            db.execute("INSERT INTO schema_version VALUES (?)", (version,))
    return db


@pytest.fixture
def old(tmp_path: Path) -> sqlite3.Connection:
    db = built(tmp_path / "old.db", OLD)
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


def columns(db: sqlite3.Connection) -> dict[str, str]:
    """Each table with the names of its columns."""
    tables = db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: ", ".join(
            row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (name,))
        )
        for (name,) in tables
        if name != "schema_version"
    }


def rows(db: sqlite3.Connection, names: dict[str, str]) -> Rows:
    return {
        table: sorted(db.execute(f"SELECT {found} FROM {table}").fetchall(), key=repr)
        for table, found in names.items()
    }


@pytest.fixture
def bare(house: House, tmp_path: Path) -> Path:
    """Give a database of schema 6 with what a morning leaves, and with paired screens."""
    house.operations.open(house.hoa, 1)
    for service in ("ho-tich", "ho-tich", "dat-dai"):
        house.issue(service)
    house.operations.call_next(house.hoa, 1)
    house.set("board_layout", "table")
    house.sql(
        "INSERT INTO device (branch_id, kind, name, zone_id, token_hash, created_at, revoked_at)"
        " VALUES (1, 'board', 'TV khu A', 1, 'a', ?, NULL), (1, 'board', 'TV chung', NULL, 'b', ?,"
        " NULL), (1, 'board', 'TV hỏng', 2, 'c', ?, ?)",
        *[AT] * 4,
    )
    house.store.close()
    with built(tmp_path / "bare.db", BARE) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("ATTACH ? AS lived", (str(house.store.path),))
        for table, names in columns(db).items():
            db.execute(f"DELETE FROM {table}")
            db.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM lived.{table}")
        db.execute("DETACH lived")
    db.close()
    return tmp_path / "bare.db"


def test_boards_and_all_that_was_there_are_kept_and_every_screen_may_speak(bare: Path) -> None:
    with connect(bare) as db:
        names = columns(db)
        assert "speaks" not in names["device"]
        assert not {"board_setup", "media", "notice", "voice_clip"} & set(names)
        before = rows(db, names)
    db.close()
    assert len(before["device"]) >= 4
    assert before["event"]
    store = Store(bare)
    with store.reading() as db:
        assert db.execute("SELECT max(version) FROM schema_version").fetchone()[0] > BARE
        assert rows(db, names) == before
        found = [device_of(row) for row in db.execute(DEVICE_SQL)]
        screens = {one.name: one for one in found}
        assert all(one.speaks for one in screens.values())
        assert screens["TV khu A"].kind is Kind.BOARD
        assert db.execute("SELECT DISTINCT speaks FROM device").fetchall() == [(1,)]
        # and boards show what they showed before, for nothing is set up yet
        assert board_setup.board_setup(db, 1) is None
        assert media.all_media(db, 1) == []
        assert notices.standing(db, 1, None, store.clock()) == []
        assert voice_clips.own_clips(db, 1) == []
        assert verify_chain(db, 1).whole
        assert list(differences(db, 1)) == []
    store.close()
    again = Store(bare)
    with again.reading() as db:
        assert rows(db, names) == before
    again.close()


def test_a_step_to_boards_that_breaks_off_leaves_the_old_database(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = [*schema_scripts(), (999, "UPDATE device SET speaks = NULL;")]
    monkeypatch.setattr(connection, "schema_scripts", lambda: scripts)
    with pytest.raises(sqlite3.IntegrityError):
        Store(bare)
    monkeypatch.undo()
    with connect(bare) as db:
        assert "speaks" not in columns(db)["device"]
        assert db.execute("SELECT max(version) FROM schema_version").fetchone() == (BARE,)
    db.close()
    Store(bare).close()
