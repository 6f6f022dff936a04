"""SQLite connections: how they are opened, pooled for reading, and brought to the schema."""

from __future__ import annotations

import contextlib
import queue
import secrets
import sqlite3
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

SCHEMA = "schema/sqlite"
BUSY_TIMEOUT_MS = 10_000
READERS_KEPT = 8


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the settings everything relies on.

    WAL lets readers go on while one writes; FULL makes a commit survive a power cut.
    """
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    db.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    return db


def schema_scripts() -> list[tuple[int, str]]:
    """The numbered schema files, as (version, SQL), in order."""
    folder = resources.files("queueing").joinpath(SCHEMA)
    found = [
        (int(entry.name.split("_")[0]), entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".sql")
    ]
    return sorted(found)


def migrate(db: sqlite3.Connection) -> None:
    """Bring a database, new or old, to the newest schema; safe when two processes start at once.

    Raises RuntimeError when the file was written by a newer version of the program.
    """
    db.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT")
    scripts = schema_scripts()
    # a step may write a table anew that others point to; inside a transaction it is too late
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("BEGIN IMMEDIATE")
    try:
        have = db.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()[0]
        if have > scripts[-1][0]:
            raise RuntimeError(f"the database has schema {have}, newer than this program")
        missing = [step for step in scripts if step[0] > have]
        for version, script in missing:
            _run(db, script)
            db.execute("INSERT INTO schema_version VALUES (?)", (version,))
        db.execute(
            "INSERT INTO meta VALUES ('epoch', ?) ON CONFLICT DO NOTHING", (secrets.token_hex(8),)
        )
        lost = db.execute("PRAGMA foreign_key_check").fetchone() if missing else None
        if lost is not None:
            raise RuntimeError(f"rows of {lost[0]} point to nothing")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    finally:
        db.execute("PRAGMA foreign_keys = ON")


def _run(db: sqlite3.Connection, script: str) -> None:
    """Run a script statement by statement: executescript would commit behind our back."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
    if statement.strip():
        db.execute(statement)


class Readers:
    """A small pool of reading connections, so that hundreds of threads need only a few."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue(READERS_KEPT)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent snapshot for the length of the block."""
        try:
            db = self._idle.get_nowait()
        except queue.Empty:
            db = connect(self._path)
        healthy = False
        try:
            db.execute("BEGIN")
            try:
                yield db
            finally:
                db.execute("ROLLBACK")
                healthy = True
        finally:
            self._give_back(db, healthy)

    def _give_back(self, db: sqlite3.Connection, healthy: bool) -> None:
        try:
            if healthy:
                self._idle.put_nowait(db)
                return
        except queue.Full:
            pass
        db.close()

    def close(self) -> None:
        """Close what is idle; a connection in use closes when it comes back too late."""
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return
