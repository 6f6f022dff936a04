"""Who is speaking: sessions, devices, access tokens and the first set-up link.

Only the SHA-256 of a random 256-bit secret is ever stored, so that a stolen copy of the
database opens no door.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import timedelta

from queueing.clock import iso
from queueing.devices import SETUP_LIFE, Family, Kind, digest, family_of, new_secret
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.staff import COST, SIGN_IN, Cost, hash_password, needs_rehash, verify_password
from queueing.store import branches
from queueing.store.core import Store
from queueing.store.device_rows import DEVICE_SQL, device_of
from queueing.store.guesses import Guesses
from queueing.store.officers import Officer, Officers
from queueing.store.screens import Screens

TOKEN_ROLES = (Role.KIOSK, Role.OFFICER, Role.SUPERVISOR, Role.ADMIN)
TOKEN_NAME_MOST = 60
_DEVICE_ROLES = {
    Kind.KIOSK: Role.KIOSK,
    Kind.BOARD: Role.BOARD,
    Kind.COUNTER: Role.COUNTER,
    Kind.AGENT: Role.AGENT,
}


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a secret stands for: the actor, and what a page wants to say of them.

    `speaks` is False for a board that shall never make a sound.
    """

    actor: Actor
    name: str
    zone: str | None = None
    counter: int | None = None
    printer_id: int | None = None
    speaks: bool = True


@dataclass(frozen=True, slots=True)
class ApiToken:
    """An access token for other programs; the token itself is shown once only."""

    id: int
    name: str
    role: Role
    created_at: str
    revoked_at: str | None


class Identity:
    """Everything the surfaces ask to learn who is speaking."""

    def __init__(self, store: Store, cost: Cost = COST) -> None:
        self._store = store
        self._cost = cost
        self.guesses = Guesses(store)
        self.officers = Officers(store, cost)
        self.screens = Screens(store)

    def known(self, secret: str) -> Known | None:
        """Whom this secret of any family stands for now; None when for nobody."""
        family = family_of(secret)
        if family not in (Family.SESSION, Family.DEVICE, Family.API):
            return None
        with self._store.reading() as db:
            if family is Family.SESSION:
                return self._session_of(db, digest(secret))
            if family is Family.DEVICE:
                return _device_known(db, digest(secret))
            return _token_known(db, digest(secret))

    def sign_in(self, branch_id: int, login: str, password: str, address: str) -> str:
        """A new session's secret.

        Raises Refused `sign_in_failed`, or `too_many_tries` while guesses must wait.
        """
        login = login.strip().lower()[:80]
        spent = {
            ("login_at", f"{login}|{address}"): SIGN_IN["login_at"],
            ("login", login): SIGN_IN["login"],
            ("address", address): SIGN_IN["address"],
        }
        self.guesses.spend(spent)
        with self._store.reading() as db:
            found = db.execute(
                "SELECT id, password_hash FROM officer"
                " WHERE branch_id = ? AND login = ? AND disabled_at IS NULL",
                (branch_id, login),
            ).fetchone()
        officer_id, stored = found or (0, None)
        if not verify_password(password, stored, self._cost):
            raise Refused("sign_in_failed")
        fresh = None
        if stored is not None and needs_rehash(stored, self._cost):
            fresh = hash_password(password, self._cost)
        self.guesses.forgive(*spent)
        return self._begin(branch_id, officer_id, stored, fresh)

    def sign_in_without_password(self, branch_id: int, login: str) -> str:
        """A session for the demo's one-tap sign-in. Raises Refused `unknown_officer`."""
        officer = self.officers.by_login(branch_id, login)
        if officer.disabled:
            raise Refused("unknown_officer")
        return self._begin(branch_id, officer.id, None, None)

    def _begin(self, branch_id: int, officer_id: int, stored: str | None, fresh: str | None) -> str:
        secret = new_secret(Family.SESSION)
        now = self._store.clock()
        with self._store.writing() as db:
            hours = branches.rules(db, branch_id).integer("session_hours")
            old = iso(now - timedelta(days=7))
            db.execute("DELETE FROM session WHERE expires_at < ?", (old,))
            if fresh is not None:
                # only while nobody has set another password meanwhile
                db.execute(
                    "UPDATE officer SET password_hash = ? WHERE id = ? AND password_hash = ?",
                    (fresh, officer_id, stored),
                )
            db.execute(
                "INSERT INTO session (branch_id, officer_id, token_hash, created_at, seen_at,"
                " expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    branch_id,
                    officer_id,
                    digest(secret),
                    iso(now),
                    iso(now),
                    iso(now + timedelta(hours=hours)),
                ),
            )
        return secret

    def sign_out(self, secret: str) -> None:
        """End the session; ending one that is over already is no fault."""
        with self._store.writing() as db:
            db.execute(
                "UPDATE session SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL",
                (iso(self._store.clock()), digest(secret)),
            )

    def _session_of(self, db: sqlite3.Connection, token_hash: str) -> Known | None:
        found = db.execute(
            "SELECT o.branch_id, o.id, o.role, o.name FROM session s"
            " JOIN officer o ON o.id = s.officer_id"
            " WHERE s.token_hash = ? AND s.ended_at IS NULL AND s.expires_at > ?"
            " AND o.disabled_at IS NULL",
            (token_hash, iso(self._store.clock())),
        ).fetchone()
        if found is None:
            return None
        return Known(Actor(found[0], Role(found[2]), officer_id=found[1]), found[3])

    def create_token(self, actor: Actor, name: str, role: str) -> tuple[ApiToken, str]:
        """A new access token and, this once, its secret.

        Raises Refused `name_invalid` or `role_invalid`.
        """
        name = name.strip()
        if not 1 <= len(name) <= TOKEN_NAME_MOST or not name.isprintable():
            raise Refused("name_invalid", most=TOKEN_NAME_MOST)
        if role not in TOKEN_ROLES:
            raise Refused("role_invalid", role=role)
        secret = new_secret(Family.API)
        with self._store.change(actor.branch_id) as change:
            made = change.db.execute(
                "INSERT INTO api_token (branch_id, name, role, token_hash, created_at)"
                " VALUES (?, ?, ?, ?, ?) RETURNING id, name, role, created_at, revoked_at",
                (actor.branch_id, name, str(role), digest(secret), change.at_text),
            ).fetchone()
            change.record("token_created", actor, data={"token": made[0], "role": str(role)})
        return _token(made), secret

    def tokens(self, branch_id: int) -> list[ApiToken]:
        """The tokens that still open doors."""
        with self._store.reading() as db:
            rows = db.execute(
                "SELECT id, name, role, created_at, revoked_at FROM api_token"
                " WHERE branch_id = ? AND revoked_at IS NULL ORDER BY id",
                (branch_id,),
            ).fetchall()
        return [_token(row) for row in rows]

    def revoke_token(self, actor: Actor, token_id: int) -> None:
        """The token is worth nothing from now on. Raises Refused `unknown_token`."""
        with self._store.change(actor.branch_id) as change:
            done = change.db.execute(
                "UPDATE api_token SET revoked_at = ?"
                " WHERE id = ? AND branch_id = ? AND revoked_at IS NULL",
                (change.at_text, token_id, actor.branch_id),
            ).rowcount
            if not done:
                raise Refused("unknown_token")
            change.record("token_revoked", actor, data={"token": token_id})

    def create_setup_link(self, branch_id: int) -> str:
        """The secret of a one-time link that makes the first administrator; older ones end."""
        secret = new_secret(Family.SETUP)
        now = self._store.clock()
        with self._store.writing() as db:
            db.execute("DELETE FROM setup_link WHERE branch_id = ?", (branch_id,))
            db.execute(
                "INSERT INTO setup_link (token_hash, branch_id, created_at, expires_at)"
                " VALUES (?, ?, ?, ?)",
                (digest(secret), branch_id, iso(now), iso(now + SETUP_LIFE)),
            )
        return secret

    def setup_branch(self, secret: str) -> int:
        """The branch that a set-up link is for. Raises Refused `setup_link_invalid`."""
        with self._store.reading() as db:
            return self._setup_branch(db, secret)

    def use_setup_link(self, secret: str, login: str, name: str, password: str) -> Officer:
        """Make the first administrator and end the link.

        Raises Refused `setup_link_invalid` or what `Officers.add` raises.
        """
        branch_id = self.setup_branch(secret)
        prepared = self.officers.prepare(login, name, Role.ADMIN, password)
        with self._store.change(branch_id) as change:
            self._setup_branch(change.db, secret)
            change.db.execute(
                "UPDATE setup_link SET used_at = ? WHERE token_hash = ?",
                (change.at_text, digest(secret)),
            )
            return self.officers.insert(Actor(branch_id, Role.SYSTEM), prepared)

    def _setup_branch(self, db: sqlite3.Connection, secret: str) -> int:
        found = db.execute(
            "SELECT branch_id FROM setup_link"
            " WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?",
            (digest(secret), iso(self._store.clock())),
        ).fetchone()
        # a link lies about in a log; once somebody can administer, nobody needs it
        if found is None or self.officers.any_admin(int(found[0])):
            raise Refused("setup_link_invalid")
        return int(found[0])


def _device_known(db: sqlite3.Connection, token_hash: str) -> Known | None:
    found = db.execute(
        DEVICE_SQL + "WHERE d.token_hash = ? AND d.revoked_at IS NULL", (token_hash,)
    ).fetchone()
    if found is None:
        return None
    device = device_of(found)
    actor = Actor(device.branch_id, _DEVICE_ROLES[device.kind], device_id=device.id)
    place = (device.zone, device.counter, device.printer_id)
    return Known(actor, device.name, *place, speaks=device.speaks)


def _token_known(db: sqlite3.Connection, token_hash: str) -> Known | None:
    found = db.execute(
        "SELECT branch_id, role, id, name FROM api_token"
        " WHERE token_hash = ? AND revoked_at IS NULL",
        (token_hash,),
    ).fetchone()
    if found is None:
        return None
    return Known(Actor(found[0], Role(found[1]), token_id=found[2]), found[3])


def _token(row: tuple[int, str, str, str, str | None]) -> ApiToken:
    return ApiToken(row[0], row[1], Role(row[2]), row[3], row[4])
