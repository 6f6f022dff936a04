"""Training mode: which requests are practice, and the room in which they are answered.

A practice page sends `X-Training: 1` with every request. Such a request meets the same views
and deeds as any other, but a `Room` whose store is the officer's own sandbox. Who the officer
is still comes from the real session.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from flask import Request

from queueing.refusals import Refused
from queueing.store.identity import Known
from queueing.training import Sandbox

if TYPE_CHECKING:
    from web.surface import Room

HEADER: Final = "X-Training"
# Signing out, pairing and administration are never practice.
PRACTISED: Final = (
    "/api/v1/counters",
    "/api/v1/tickets",
    "/api/v1/procedures",
    "/api/v1/day",
    "/api/v1/notices",
)
PAGE: Final = "/console"
SESSION_COOKIE: Final = "denluot_session"


def is_practice(asked: Request) -> bool:
    """True for a request of a practice page."""
    if asked.path == PAGE:
        return asked.args.get("training") == "1"
    return HEADER in asked.headers and asked.path.startswith(PRACTISED)


class Training:
    """The sandboxes of one process, one for each officer. Losing one loses nothing true."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rooms: dict[int, Room] = {}

    def room(self, base: Room, asked: Request) -> Room:
        """The practice room of whoever is signed in.

        Raises Refused `not_signed_in`: practice never falls back to the real branch.
        """
        known = self._officer(base, asked)
        officer_id = known.actor.officer_id
        if officer_id is None:
            raise Refused("not_signed_in")
        with self._lock:
            room = self._rooms.get(officer_id)
            if room is None:
                room = self._rooms[officer_id] = self._make(base, known, officer_id)
        sandbox = room.sandbox
        assert sandbox is not None
        sandbox.populate(officer_id)
        return room

    def forget(self, officer_id: int) -> None:
        """Begin practice anew next time."""
        with self._lock:
            room = self._rooms.pop(officer_id, None)
        if room is not None:
            room.store.close()

    @staticmethod
    def _officer(base: Room, asked: Request) -> Known:
        known = base.identity.known(asked.cookies.get(SESSION_COOKIE, ""))
        if known is None or not known.actor.is_staff:
            raise Refused("not_signed_in")
        return known

    @staticmethod
    def _make(base: Room, known: Known, officer_id: int) -> Room:
        file = base.config.data / "training" / f"officer-{officer_id}.sqlite3"
        sandbox = Sandbox(base.store, known.actor.branch_id, file, seed=officer_id)
        room = type(base)(base.config, sandbox.store, sandbox.operations, base.identity)
        room.live, room.sandbox = base.live, sandbox
        return room
