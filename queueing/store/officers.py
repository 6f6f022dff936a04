"""Officers and their passwords."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from queueing.people import STAFF, Actor, Role
from queueing.refusals import Refused
from queueing.staff import COST, Cost, check_login, check_password, hash_password
from queueing.store.core import Store

NAME_MOST = 80


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who works here; never their password."""

    id: int
    branch_id: int
    login: str
    name: str
    role: Role
    disabled: bool
    has_password: bool


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """An officer checked and hashed, not yet written."""

    login: str
    name: str
    role: Role
    password_hash: str | None


_COLUMNS = "id, branch_id, login, name, role, disabled_at IS NOT NULL, password_hash IS NOT NULL"


class Officers:
    """Adding, changing and disabling officers; each change leaves an event without words."""

    def __init__(self, store: Store, cost: Cost = COST) -> None:
        self._store = store
        self._cost = cost

    def add(
        self, actor: Actor, login: str, name: str, role: str, password: str | None = None
    ) -> Officer:
        """A new officer.

        Raises Refused `login_invalid`, `login_taken`, `name_invalid`, `role_invalid`, or what
        `check_password` raises. Without a password nobody can sign in as this officer yet.
        """
        # hashing takes a good part of a second: never under the write lock
        prepared = self.prepare(login, name, role, password)
        with self._store.change(actor.branch_id):
            return self.insert(actor, prepared)

    def prepare(self, login: str, name: str, role: str, password: str | None) -> NewOfficer:
        """The checked and hashed fields of a new officer, for `insert`."""
        login = check_login(login)
        name = name.strip()
        if not 1 <= len(name) <= NAME_MOST or not name.isprintable():
            raise Refused("name_invalid", most=NAME_MOST)
        if role not in STAFF:
            raise Refused("role_invalid", role=role)
        hashed = None if password is None else self._hashed(password, login)
        return NewOfficer(login, name, Role(role), hashed)

    def insert(self, actor: Actor, new: NewOfficer) -> Officer:
        """Write a prepared officer. Raises Refused `login_taken`."""
        with self._store.change(actor.branch_id) as change:
            found = change.db.execute(
                "INSERT INTO officer (branch_id, login, name, role, password_hash, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (branch_id, login) DO NOTHING RETURNING id",
                (
                    actor.branch_id,
                    new.login,
                    new.name,
                    str(new.role),
                    new.password_hash,
                    change.at_text,
                ),
            ).fetchone()
            if found is None:
                raise Refused("login_taken", login=new.login)
            data: dict[str, object] = {"officer": found[0], "role": str(new.role)}
            change.record("officer_added", actor, data=data)
            return self._one(change.db, actor.branch_id, found[0])

    def set_password(self, actor: Actor, officer_id: int, password: str) -> None:
        """A new password; every session of the officer ends.

        Raises Refused `unknown_officer` or what `check_password` raises.
        """
        with self._store.reading() as db:
            login = self._one(db, actor.branch_id, officer_id).login
        hashed = self._hashed(password, login)
        with self._store.change(actor.branch_id) as change:
            change.db.execute(
                "UPDATE officer SET password_hash = ? WHERE id = ?", (hashed, officer_id)
            )
            _end_sessions(change.db, officer_id, change.at_text)
            change.record("password_set", actor, data={"officer": officer_id})

    def disable(self, actor: Actor, officer_id: int) -> None:
        """The officer can no longer sign in, and every session ends.

        Raises Refused `unknown_officer`, or `last_admin` when nobody else could administer.
        """
        with self._store.change(actor.branch_id) as change:
            officer = self._one(change.db, actor.branch_id, officer_id)
            if officer.disabled:
                return
            if officer.role is Role.ADMIN and self._admins(change.db, actor.branch_id) <= 1:
                raise Refused("last_admin")
            change.db.execute(
                "UPDATE officer SET disabled_at = ? WHERE id = ?", (change.at_text, officer_id)
            )
            _end_sessions(change.db, officer_id, change.at_text)
            change.record("officer_disabled", actor, data={"officer": officer_id})

    def one(self, branch_id: int, officer_id: int) -> Officer:
        """Raises Refused `unknown_officer`."""
        with self._store.reading() as db:
            return self._one(db, branch_id, officer_id)

    def by_login(self, branch_id: int, login: str) -> Officer:
        """Raises Refused `unknown_officer`."""
        with self._store.reading() as db:
            found = db.execute(
                f"SELECT {_COLUMNS} FROM officer WHERE branch_id = ? AND login = ?",
                (branch_id, login.strip().lower()),
            ).fetchone()
        if found is None:
            raise Refused("unknown_officer")
        return _officer(found)

    def all(self, branch_id: int) -> list[Officer]:
        """Every officer of the branch, by name of sign-in."""
        with self._store.reading() as db:
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM officer WHERE branch_id = ? ORDER BY login",
                (branch_id,),
            ).fetchall()
        return [_officer(row) for row in rows]

    def any_admin(self, branch_id: int) -> bool:
        """True when somebody who can sign in may administer the branch."""
        with self._store.reading() as db:
            return self._admins(db, branch_id) > 0

    def _hashed(self, password: str, login: str) -> str:
        return hash_password(check_password(password, login), self._cost)

    @staticmethod
    def _one(db: sqlite3.Connection, branch_id: int, officer_id: int) -> Officer:
        found = db.execute(
            f"SELECT {_COLUMNS} FROM officer WHERE branch_id = ? AND id = ?",
            (branch_id, officer_id),
        ).fetchone()
        if found is None:
            raise Refused("unknown_officer")
        return _officer(found)

    @staticmethod
    def _admins(db: sqlite3.Connection, branch_id: int) -> int:
        found = db.execute(
            "SELECT count(*) FROM officer WHERE branch_id = ? AND role = 'admin'"
            " AND disabled_at IS NULL AND password_hash IS NOT NULL",
            (branch_id,),
        ).fetchone()
        return int(found[0])


def _officer(row: tuple[int, int, str, str, str, int, int]) -> Officer:
    return Officer(row[0], row[1], row[2], row[3], Role(row[4]), bool(row[5]), bool(row[6]))


def _end_sessions(db: sqlite3.Connection, officer_id: int, at: str) -> None:
    db.execute(
        "UPDATE session SET ended_at = ? WHERE officer_id = ? AND ended_at IS NULL",
        (at, officer_id),
    )
