"""Devices and their pairing, in the database."""

from __future__ import annotations

import sqlite3

from queueing.clock import iso
from queueing.devices import (
    NAME_MOST,
    PAIRING_LIFE,
    Family,
    Kind,
    digest,
    is_silent,
    new_code,
    new_secret,
    read_code,
)
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store.change import Change
from queueing.store.core import Store
from queueing.store.device_rows import DEVICE_SQL, Device, Placing, device_of


class Screens:
    """Pairing a new screen, naming it, and taking its place away again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ask(self, branch_id: int, kind: Kind) -> tuple[str, str, str]:
        """Begin a pairing: (code to show, secret to keep, when it ends)."""
        now = self._store.clock()
        secret = new_secret(Family.PAIRING)
        ends = iso(now + PAIRING_LIFE)
        with self._store.writing() as db:
            db.execute("DELETE FROM pairing WHERE expires_at < ?", (iso(now),))
            for _ in range(5):
                code = new_code()
                made = db.execute(
                    "INSERT INTO pairing (code, branch_id, kind, secret_hash, created_at,"
                    " expires_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    (code, branch_id, str(kind), digest(secret), iso(now), ends),
                ).rowcount
                if made:
                    return code, secret, ends
        raise RuntimeError("no free pairing code")

    def pending(self, branch_id: int, typed: str) -> Kind | None:
        """What the screen that shows this code wants to be; None when none waits with it."""
        with self._store.reading() as db:
            found = db.execute(
                "SELECT kind FROM pairing WHERE code = ? AND branch_id = ? AND expires_at > ?"
                " AND confirmed_at IS NULL",
                (read_code(typed), branch_id, iso(self._store.clock())),
            ).fetchone()
        return None if found is None else Kind(found[0])

    def confirm(self, actor: Actor, typed: str, placing: Placing) -> Device:
        """Give the screen that shows this code its place.

        Raises Refused `pairing_unknown`, `pairing_used`, `name_invalid`, `unknown_zone`,
        `unknown_counter`, `unknown_printer` or `device_needs_counter`.
        """
        code = read_code(typed)
        with self._store.change(actor.branch_id) as change:
            found = change.db.execute(
                "SELECT kind, confirmed_at FROM pairing"
                " WHERE code = ? AND branch_id = ? AND expires_at > ?",
                (code, actor.branch_id, iso(change.now)),
            ).fetchone()
            if found is None:
                raise Refused("pairing_unknown")
            if found[1] is not None:
                raise Refused("pairing_used")
            # its token is made when the screen fetches it; until then no secret fits
            device = self._insert(change, actor, Kind(found[0]), placing, new_secret(Family.DEVICE))
            change.db.execute(
                "UPDATE pairing SET confirmed_at = ?, device_id = ? WHERE code = ?",
                (change.at_text, device.id, code),
            )
            return device

    def fetch(self, typed: str, secret: str) -> tuple[Device, str] | None:
        """The device that this pairing became and its token, once; None while unconfirmed.

        Raises Refused `pairing_unknown` for an unknown code and a wrong secret alike,
        `pairing_used` the second time.
        """
        code = read_code(typed)
        now = iso(self._store.clock())
        with self._store.reading() as db:
            found = db.execute(
                "SELECT branch_id, device_id FROM pairing"
                " WHERE code = ? AND secret_hash = ? AND expires_at > ?",
                (code, digest(secret), now),
            ).fetchone()
        if found is None:
            raise Refused("pairing_unknown")
        if found[1] is None:
            return None
        token = new_secret(Family.DEVICE)
        with self._store.writing() as db:
            first = db.execute(
                "UPDATE pairing SET fetched_at = ? WHERE code = ? AND fetched_at IS NULL",
                (now, code),
            ).rowcount
            if not first:
                raise Refused("pairing_used")
            db.execute("UPDATE device SET token_hash = ? WHERE id = ?", (digest(token), found[1]))
            return self._one(db, found[0], found[1]), token

    def invite(self, actor: Actor, kind: Kind, placing: Placing) -> tuple[str, str]:
        """A place kept for a device that has no screen to show a code on: (code, when it ends).

        Whoever has the code may fetch the place once. Raises Refused as `confirm`.
        """
        with self._store.change(actor.branch_id) as change:
            device = self._insert(change, actor, kind, placing, new_secret(Family.DEVICE))
            code, ends = new_code(), iso(change.now + PAIRING_LIFE)
            change.db.execute(
                "INSERT INTO pairing (code, branch_id, kind, secret_hash, created_at, expires_at,"
                " confirmed_at, device_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    code,
                    actor.branch_id,
                    str(kind),
                    digest(code),
                    iso(change.now),
                    ends,
                    change.at_text,
                    device.id,
                ),
            )
            return code, ends

    def add(self, actor: Actor, kind: Kind, placing: Placing) -> tuple[Device, str]:
        """A device paired on the spot, with its token: for the command line and the demo."""
        secret = new_secret(Family.DEVICE)
        with self._store.change(actor.branch_id) as change:
            return self._insert(change, actor, kind, placing, secret), secret

    def revoke(self, actor: Actor, device_id: int) -> None:
        """The device's token is worth nothing from now on. Raises Refused `unknown_device`."""
        with self._store.change(actor.branch_id) as change:
            if self._one(change.db, actor.branch_id, device_id).revoked_at is None:
                change.db.execute(
                    "UPDATE device SET revoked_at = ? WHERE id = ?", (change.at_text, device_id)
                )
                change.record("device_revoked", actor, data={"device": device_id})

    def set_printer(self, actor: Actor, device_id: int, printer_id: int | None) -> Device:
        """Say which printer a screen's papers come out of; None is the default one.

        Raises Refused `unknown_device` or `unknown_printer`.
        """
        with self._store.change(actor.branch_id) as change:
            printer = _find(change.db, "printer", "id", actor.branch_id, printer_id)
            return self._put(change, actor, device_id, "printer_id", printer)

    def set_speaks(self, actor: Actor, device_id: int, speaks: bool) -> Device:
        """Say whether a board may ever make a sound.

        Raises Refused `unknown_device`, or `device_cannot_speak` for what is no board.
        """
        with self._store.change(actor.branch_id) as change:
            if self._one(change.db, actor.branch_id, device_id).kind is not Kind.BOARD:
                raise Refused("device_cannot_speak")
            return self._put(change, actor, device_id, "speaks", int(speaks))

    def rename(self, actor: Actor, device_id: int, name: str) -> Device:
        """Give a device another name. Raises Refused `unknown_device` or `name_invalid`."""
        with self._store.change(actor.branch_id) as change:
            return self._put(change, actor, device_id, "name", _name(name))

    def _put(
        self, change: Change, actor: Actor, device_id: int, column: str, value: object
    ) -> Device:
        before = self._one(change.db, actor.branch_id, device_id)
        change.db.execute(f"UPDATE device SET {column} = ? WHERE id = ?", (value, device_id))
        after = self._one(change.db, actor.branch_id, device_id)
        if after != before:
            change.record("device_changed", actor, data={"device": device_id})
        return after

    def all(self, branch_id: int) -> list[Device]:
        """Every device that still has its place, newest first."""
        with self._store.reading() as db:
            rows = db.execute(
                DEVICE_SQL + "WHERE d.branch_id = ? AND d.revoked_at IS NULL ORDER BY d.id DESC",
                (branch_id,),
            ).fetchall()
        return [device_of(row) for row in rows]

    def one(self, branch_id: int, device_id: int) -> Device:
        """Raises Refused `unknown_device`."""
        with self._store.reading() as db:
            return self._one(db, branch_id, device_id)

    def seen(self, device_ids: list[int]) -> frozenset[int]:
        """Note that these devices are connected now; gives the branches in which one was away.

        Away: never connected, or not of late.
        """
        now = self._store.clock()
        back = set()
        with self._store.writing() as db:
            for one in device_ids:
                branch_id, before = db.execute(
                    "SELECT branch_id, seen_at FROM device WHERE id = ?", (one,)
                ).fetchone()
                if is_silent(before, now):
                    back.add(int(branch_id))
                db.execute("UPDATE device SET seen_at = ? WHERE id = ?", (iso(now), one))
        return frozenset(back)

    def _insert(
        self, change: Change, actor: Actor, kind: Kind, placing: Placing, secret: str
    ) -> Device:
        db, branch_id = change.db, actor.branch_id
        name = _name(placing.name)
        if kind is Kind.COUNTER and placing.counter is None:
            raise Refused("device_needs_counter")
        place = (
            _find(db, "zone", "code", branch_id, placing.zone),
            _find(db, "counter", "number", branch_id, placing.counter),
            _find(db, "printer", "name", branch_id, placing.printer),
        )
        device_id = db.execute(
            "INSERT INTO device (branch_id, kind, name, zone_id, counter_id, printer_id,"
            " token_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (branch_id, str(kind), name, *place, digest(secret), change.at_text),
        ).fetchone()[0]
        data: dict[str, object] = {"device": device_id, "kind": str(kind)}
        change.record("device_paired", actor, data=data)
        return self._one(db, branch_id, device_id)

    @staticmethod
    def _one(db: sqlite3.Connection, branch_id: int, device_id: int) -> Device:
        found = db.execute(
            DEVICE_SQL + "WHERE d.branch_id = ? AND d.id = ?", (branch_id, device_id)
        ).fetchone()
        if found is None:
            raise Refused("unknown_device")
        return device_of(found)


def _name(given: str) -> str:
    name = given.strip()
    if not 1 <= len(name) <= NAME_MOST or not name.isprintable():
        raise Refused("name_invalid", most=NAME_MOST)
    return name


def _find(
    db: sqlite3.Connection, table: str, column: str, branch_id: int, value: object
) -> int | None:
    if value is None:
        return None
    found = db.execute(
        f"SELECT id FROM {table} WHERE branch_id = ? AND {column} = ? AND active = 1",
        (branch_id, value),
    ).fetchone()
    if found is None:
        raise Refused(f"unknown_{table}", **{table: value})
    return int(found[0])


__all__ = ["Device", "Placing", "Screens"]
