"""Copies of a database, and whether one is whole."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sqlite3
from pathlib import Path

from queueing.store.core import Store


def copy_to(store: Store, target: Path) -> None:
    """Write a consistent copy of the database to a new file, without stopping anybody.

    All pages at once: in steps it would begin again at every write and never end under load.
    """
    with (
        store.reading() as source,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        source.execute("SELECT 1 FROM meta").fetchone()
        source.execute("ROLLBACK")
        source.backup(copy)
        source.execute("BEGIN")
        copy.execute("PRAGMA journal_mode = DELETE")


def is_sound(file: Path) -> bool:
    """True when a file is a whole database of this program."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            whole = bool(db.execute("PRAGMA quick_check").fetchone()[0] == "ok")
            return whole and bool(db.execute("SELECT count(*) FROM meta").fetchone()[0])
    except sqlite3.Error:
        return False


def is_in_use(file: Path) -> bool:
    """True while another process has this database open, though it may be doing nothing."""
    with contextlib.closing(sqlite3.connect(file, timeout=0.5, isolation_level=None)) as db:
        try:
            # in WAL, taking it for oneself fails even beside an idle connection
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            return str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY")
    return False


def set_aside(file: Path, kept: Path) -> None:
    """Keep a copy of a database that is to be replaced; of a damaged one its files as they lie."""
    try:
        store = Store(file)
        copy_to(store, kept)
        store.close()
    except (sqlite3.DatabaseError, RuntimeError):
        for tail in ("", "-wal"):
            if (part := file.with_name(file.name + tail)).exists():
                shutil.copyfile(part, kept.with_name(kept.name + tail))


def fresh_epoch(file: Path) -> None:
    """Make a restored database another one for every screen: its numbers may have gone back.

    Of the papers that were on their way when it was saved nobody knows which came out since:
    none comes out again unmarked.
    """
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("UPDATE meta SET value = ? WHERE name = 'epoch'", (secrets.token_hex(8),))
        db.execute(
            "UPDATE print_job SET state = 'unknown', cause = 'restored', owner = NULL"
            " WHERE state IN ('queued', 'claimed', 'sending')"
        )
        db.commit()
