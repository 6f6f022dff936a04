"""The store itself: one writer at a time, readers beside it, and word to others afterwards."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from queueing.clock import Clock, utc_now
from queueing.refusals import Refused
from queueing.store.change import Change, Committed
from queueing.store.connection import Readers, connect, migrate
from queueing.store.rows import Branch

log = logging.getLogger(__name__)

FILE_NAME = "denluot.sqlite3"


class Store:
    """The branch's database in one file.

    `path` is the file, or the data folder that holds it. Making a `Store` brings the file to
    the newest schema and keeps no connection, so that a server may fork afterwards.
    """

    def __init__(self, path: Path | str, clock: Clock = utc_now) -> None:
        given = Path(path)
        self.path = given / FILE_NAME if given.is_dir() else given
        self.clock = clock
        self.after_commit: list[Callable[[Committed], None]] = []
        self._lock = threading.RLock()
        self._writer: sqlite3.Connection | None = None
        self._current: Change | None = None
        self._owner = 0
        self._readers = Readers(self.path)
        with contextlib.closing(connect(self.path)) as db:
            migrate(db)
            self.epoch: str = db.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchone()[
                0
            ]

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent snapshot; within a change of this thread, what it has written so far."""
        change = self._current
        if change is not None and self._owner == threading.get_ident():
            change.save_branch()
            yield change.db
            return
        with self._readers.reading() as db:
            yield db

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A bare transaction for rows that have no history (jobs, sessions, answers).

        Takes the in-process lock, then BEGIN IMMEDIATE, before anything is read: a deferred
        BEGIN would fail at once under load, and without the lock waiting is by sleeping.
        Inside a change of the same thread it joins that change's transaction.

        Raises Refused `busy`, `storage_full` or `storage_failed`.
        """
        with self._lock:
            if self._writer is not None and self._writer.in_transaction:
                yield self._writer
                return
            if self._writer is None:
                self._writer = connect(self.path)
            db = self._writer
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
            except sqlite3.OperationalError as error:
                self._roll_back(db)
                raise _as_refusal(error) from error
            except BaseException:
                self._roll_back(db)
                raise

    def _roll_back(self, db: sqlite3.Connection) -> None:
        # a failed COMMIT or a full disk may have rolled back already
        if db.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                db.execute("ROLLBACK")
        if db.in_transaction:
            db.close()
            self._writer = None

    @contextlib.contextmanager
    def change(self, branch_id: int) -> Iterator[Change]:
        """A write with history. Nested in the same thread it joins the outer change.

        After the outermost commit every `after_commit` hook is told; what a hook raises is
        logged, because the deed is done.

        Raises Refused `unknown_branch`, `busy` or `storage_full`.
        """
        with self._lock:
            outer = self._current
            if outer is not None:
                if outer.branch.id != branch_id:
                    raise Refused("unknown_branch")
                yield outer
                return
            with self.writing() as db:
                branch = Branch.one(db, "WHERE id = ?", branch_id)
                if branch is None:
                    raise Refused("unknown_branch")
                self._owner = threading.get_ident()
                self._current = change = Change(db, branch, self.clock())
                try:
                    seq = branch.last_seq
                    yield change
                    change.save_branch()
                finally:
                    self._current = None
        if branch.last_seq != seq:
            self._tell(change.committed())

    def _tell(self, done: Committed) -> None:
        for hook in self.after_commit:
            try:
                hook(done)
            except Exception:
                log.exception("after the commit of %s", done.seq)

    def last_seq(self, branch_id: int) -> int:
        """The branch's newest event number; 0 for an unknown branch."""
        with self.reading() as db:
            found = db.execute("SELECT last_seq FROM branch WHERE id = ?", (branch_id,)).fetchone()
        return 0 if found is None else int(found[0])

    def branch_ids(self) -> list[int]:
        """Every branch in this file, oldest first."""
        with self.reading() as db:
            return [row[0] for row in db.execute("SELECT id FROM branch ORDER BY id")]

    def close(self) -> None:
        """Close every connection. The store may be used again afterwards."""
        with self._lock:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        self._readers.close()


def _as_refusal(error: sqlite3.OperationalError) -> Exception:
    """What a failed write means to the person who pressed."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return Refused("storage_full")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Refused("busy")
    if name.startswith(("SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return Refused("storage_failed")
    return error
