"""Failed guesses, counted in the database so that a restart forgives nobody."""

from __future__ import annotations

import math
import sqlite3
from datetime import timedelta

from queueing.clock import iso, parse_iso
from queueing.refusals import Refused
from queueing.staff import Patience
from queueing.store.core import Store


class Guesses:
    """How often something was guessed wrongly, and how long the next guess must wait."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def spend(self, wanted: dict[tuple[str, str], Patience]) -> None:
        """Count one guess under each (kind, key) before it is judged.

        It is counted first, because guesses made at the same moment would otherwise all
        pass; `forgive` takes it back when the guess was right.

        Raises Refused `too_many_tries` and counts nothing while any of them must wait.
        """
        with self._store.writing() as db:
            wait = max(self._wait(db, *pair, patience) for pair, patience in wanted.items())
            if wait > 0:
                raise Refused("too_many_tries", seconds=wait)
            for (kind, key), patience in wanted.items():
                self._count(db, kind, key, patience)

    def failed(self, kind: str, key: str, patience: Patience) -> None:
        """Count a guess that was wrong. Raises Refused `too_many_tries` while waiting.

        While the wait lasts nothing is written: guessing must not wear out the disk.
        """
        with self._store.reading() as db:
            wait = self._wait(db, kind, key, patience)
        if wait > 0:
            raise Refused("too_many_tries", seconds=wait)
        with self._store.writing() as db:
            self._count(db, kind, key, patience)

    def forgive(self, *pairs: tuple[str, str]) -> None:
        """Forget the guesses counted under these (kind, key)."""
        with self._store.writing() as db:
            db.executemany("DELETE FROM failure WHERE kind = ? AND key = ?", pairs)

    def forget_old(self, hours: int = 48) -> None:
        """Remove counts that nobody has added to for so long."""
        before = iso(self._store.clock() - timedelta(hours=hours))
        with self._store.writing() as db:
            db.execute("DELETE FROM failure WHERE at < ?", (before,))

    def _wait(self, db: sqlite3.Connection, kind: str, key: str, patience: Patience) -> int:
        found = db.execute(
            "SELECT until FROM failure WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        if found is None or found[0] is None:
            return 0
        wait = math.ceil((parse_iso(found[0]) - self._store.clock()).total_seconds())
        # longer than any wait: the clock was set back, and nobody is to be kept out until then
        return 0 if wait > patience.most_s else max(0, wait)

    def _count(self, db: sqlite3.Connection, kind: str, key: str, patience: Patience) -> None:
        now = self._store.clock()
        found = db.execute(
            "SELECT fails, at FROM failure WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        fresh = found is None or parse_iso(found[1]) < now - timedelta(seconds=patience.forget_s)
        fails = 1 if fresh else found[0] + 1
        wait = patience.wait_after(fails)
        until = iso(now + timedelta(seconds=wait)) if wait else None
        db.execute(
            "INSERT INTO failure (kind, key, fails, until, at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (kind, key) DO UPDATE SET"
            " fails = excluded.fails, until = excluded.until, at = excluded.at",
            (kind, key, fails, until, iso(now)),
        )
