"""The live line: after every commit each watched state is built whole and sent.

Messages bear `epoch` and `seq`, so that they may be lost, repeated or reordered; a watch
compares the branch's `last_seq` with what was last sent, which covers other processes'
writes and a crash between commit and send. This is the only module that emits on a socket.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import deque
from typing import Any

from flask import Flask, request
from flask_socketio import ConnectionRefusedError as Refuse  # type: ignore[attr-defined]
from flask_socketio import SocketIO
from werkzeug.exceptions import HTTPException

from queueing.clock import iso
from queueing.events import RIGHTS_KINDS
from queueing.refusals import Refused
from queueing.store import Committed
from queueing.store.identity import Known
from web.access import credentials, holder
from web.audience import Audience, Build, Member, Rooms, Spot, Surface, read_wish, spots_for
from web.idlers import Idlers
from web.loop import Loop
from web.sockets import MESSAGE_MOST, CompactJson, make_lean
from web.surface import Room
from web.voicing import Voicing

log = logging.getLogger(__name__)

RECHECK_S = 15.0
SEEN_S = 60.0
RETRY_S = 2.0
REFRESH_S = 30.0
# HTTP must go on when phones hold every socket there is
HTTP_MARGIN = 30


class Live:
    """The sockets of one serving process."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._surfaces: dict[str, Surface] = {}
        self._audience = Audience()
        self._idlers = Idlers()
        self._voicing = Voicing(
            room.speakers,
            room.store,
            self._outdate,
            lambda sid: self.socketio.emit("renew", to=sid),
        )
        self._news: deque[Committed] = deque()
        self._outdated: deque[Spot] = deque()
        self._due: dict[Spot, float] = {}
        self._sent_at: dict[Spot, float] = {}
        self._told: dict[int, int] = {}
        self._recheck = threading.Event()
        self._loop = Loop("live", self._turn)
        self._loop.every(room.config.watch_s, self._watch)
        self._loop.every(room.config.beat_s, self._beat)
        self._loop.every(RECHECK_S, self.recheck_soon)
        self._loop.every(REFRESH_S, self._refresh)  # what boards show changes by the clock too
        self._chores = Loop("chores", self._note_seen)
        self._chores.every(SEEN_S, self._note_seen)
        self.socketio = SocketIO(
            async_mode="threading",
            json=CompactJson,
            manage_session=False,
            serve_client=False,  # type: ignore[call-arg]
            max_http_buffer_size=MESSAGE_MOST,
            ping_interval=20,
            ping_timeout=20,
        )
        self.socketio.on_event("connect", self._connect)
        self.socketio.on_event("disconnect", self._disconnect)
        self.socketio.on_event("sound", self._voicing.said)

    def attach(self, app: Flask) -> None:
        """Let the app answer under /socket.io."""
        self.socketio.init_app(app)
        make_lean(self._server)

    def register(self, name: str, *, build: Build, rooms: Rooms, pace_s: float = 0.05) -> None:
        """Make a surface's state live under its name.

        `build(room, branch_id, key)` is the whole state of one spot, with `epoch`, `seq` and
        `now`; it runs outside any request. `rooms(room, known, wish)` are the keys this
        identity may see of what the connection wished: none refuses it, so `known.actor.role`
        must be looked at. Quiet changes are sent at most once in `pace_s`, calls at once.
        """
        self._surfaces[name] = Surface(name, build, rooms, pace_s)

    def every(self, seconds: float, job: Any) -> None:
        """Run a job at this interval in the serving process, beside the live loop."""
        self._chores.every(seconds, job)

    def start(self) -> None:
        """Begin to send; only in the process that serves."""
        for branch_id in self._room.store.branch_ids():
            self._told[branch_id] = self._room.store.last_seq(branch_id)
        self._loop.start()
        self._chores.start()

    def stop(self) -> None:
        """End the threads."""
        self._loop.stop()
        self._chores.stop()

    def healthy(self) -> bool:
        """True while the loop goes round."""
        most = 10 + 3 * self._room.config.watch_s
        return self._loop.running and time.monotonic() - self._loop.alive_at < most

    def connected(self) -> int:
        """How many sockets are open."""
        return len(self._audience)

    def committed(self, done: Committed) -> None:
        """The store's after-commit hook: notes what happened and returns at once."""
        if not self._loop.running:
            return
        rights = done.kinds & RIGHTS_KINDS or (done.counters and not done.tickets)
        if rights:
            self._recheck.set()
        if not len(self._audience):  # whoever connects later is sent the whole state
            self._told[done.branch_id] = done.seq
            return
        self._news.append(done)
        (self._loop.wake if done.urgent or rights else self._loop.nudge)()

    def recheck_soon(self) -> None:
        """Look again at what every connection may see, after somebody's rights have changed."""
        self._recheck.set()
        self._loop.wake()

    # --- one turn of the loop ---------------------------------------------------------------

    def _turn(self) -> float | None:
        if self._recheck.is_set():
            self._recheck.clear()
            self._recheck_all()
        now = time.monotonic()
        while self._news:
            self._note(self._news.popleft(), now)
        while self._outdated:
            self._mark(self._outdated.popleft(), now, at_once=False)
        ready = [spot for spot, due in self._due.items() if due <= now]
        for spot in sorted(ready, key=self._order):
            del self._due[spot]
            self._send(spot)
        return min(self._due.values()) - time.monotonic() if self._due else None

    def _order(self, spot: Spot) -> int:
        return self._surfaces[spot.surface].order

    def _note(self, done: Committed, now: float) -> None:
        """Mark everything watched in the branch as due: at once after a call, else by its pace."""
        self._told[done.branch_id] = max(done.seq, self._told.get(done.branch_id, 0))
        for spot in self._audience.spots(done.branch_id):
            own = spot.surface == "ticket" and spot.key in map(str, done.tickets)
            at_once = own or (done.urgent and not self._surfaces[spot.surface].is_unhurried)
            self._mark(spot, now, at_once=at_once)

    def _mark(self, spot: Spot, now: float, *, at_once: bool) -> None:
        pace = self._surfaces[spot.surface].pace_s
        due = now if at_once else self._sent_at.get(spot, now - pace) + pace
        self._due[spot] = min(due, self._due.get(spot, due))

    def _send(self, spot: Spot, to: str | None = None) -> None:
        if to is None:
            if not self._audience.watched(spot):
                self._sent_at.pop(spot, None)
                return
            self._sent_at[spot] = time.monotonic()
        try:
            state = self._surfaces[spot.surface].build(self._room, spot.branch_id, spot.key)
            self.socketio.emit(spot.surface, state, to=to or spot.room)
        except Exception:
            log.exception("the state of %s", spot.room)
            if to is None:
                self._due[spot] = time.monotonic() + RETRY_S

    def _watch(self) -> None:
        self._idlers.sweep(self._server, [member.sid for member in self._audience.members()])
        self._sent_at = {s: at for s, at in self._sent_at.items() if self._audience.watched(s)}
        self._voicing.check()
        for branch_id in self._audience.branches():
            seq = self._room.store.last_seq(branch_id)
            if seq > self._told.get(branch_id, 0):
                # another process wrote it; it may have been a call
                self._recheck.set()
                self._news.append(Committed(branch_id, seq, urgent=True))
                self._loop.wake()

    def _beat(self) -> None:
        store = self._room.store
        for branch in self._audience.branches():
            beat = {"epoch": store.epoch, "seq": store.last_seq(branch), "now": iso(store.clock())}
            self.socketio.emit("beat", beat, to=_branch_room(branch))

    # --- who is connected -------------------------------------------------------------------

    def _connect(self, auth: object = None) -> None:
        """A socket's handshake. Refusing it raises, and the client reads the code."""
        try:
            # the demo's check of the Host header, which a socket does not pass on its own
            _ = request.host
            wish = read_wish(auth)
            found = credentials(request)
            ticket = Known(holder(wish.ticket), "") if wish.ticket else None
            knowns = [one.known for one in found] + ([ticket] if ticket else [])
            spots = spots_for(self._room, self._surfaces, knowns, wish)
            if not spots:
                raise Refused("forbidden" if knowns else "not_signed_in")
            if found == [] and len(self._audience) >= self._room.config.threads - HTTP_MARGIN:
                raise Refused("busy")
        except Refused as refused:
            raise Refuse(refused.code) from None
        except HTTPException:
            raise Refuse("bad_request") from None
        secrets, sid = tuple(one.secret for one in found), request.sid  # type: ignore[attr-defined]
        member = Member(sid, wish, secrets, ticket, spots)
        self._audience.add(member)
        for branch_id in member.branches:
            self._enter(member.sid, _branch_room(branch_id))
        # first the room, then the state: a change in between is sent twice rather than never
        for spot in spots:
            self._enter(member.sid, spot.room)
        self._voicing.come(member, [one.known for one in found])
        for spot in sorted(spots, key=self._order):
            self._send(spot, to=member.sid)
        if any(one.known.actor.device_id for one in found):
            self._chores.wake()

    def _disconnect(self, *reason: object) -> None:
        self._audience.remove(request.sid)  # type: ignore[attr-defined]
        self._voicing.gone(request.sid)  # type: ignore[attr-defined]

    def _refresh(self) -> None:
        for branch_id in self._audience.branches():
            self._outdate("board", branch_id)

    def _outdate(self, surface: str, branch_id: int) -> None:
        """Let what is watched of a surface be sent anew though nothing was committed."""
        watched = self._audience.spots(branch_id)
        self._outdated += [spot for spot in watched if spot.surface == surface]
        self._loop.wake()

    @property
    def _server(self) -> Any:
        return self.socketio.server  # type: ignore[attr-defined]

    def _enter(self, sid: str, name: str) -> None:
        self._server.enter_room(sid, name, namespace="/")

    def _recheck_all(self) -> None:
        for member in self._audience.members():
            try:
                self._recheck_one(member)
            except Exception:
                log.exception("checking a connection again")

    def _recheck_one(self, member: Member) -> None:
        """Follow what a connection may see now; one whose every credential has ended is closed."""
        knowns = [k for k in map(self._room.identity.known, member.secrets) if k is not None]
        if not knowns and member.ticket is None:
            # in a thread of its own: it waits until the client has taken what was sent
            self.socketio.start_background_task(self._server.disconnect, member.sid)
            return
        self._voicing.allow(member, knowns)
        if member.ticket is not None:
            knowns.append(member.ticket)
        spots = spots_for(self._room, self._surfaces, knowns, member.wish)
        before = member.spots
        if spots == before or not self._audience.move(member.sid, spots):
            return
        for spot in before - spots:
            self._server.leave_room(member.sid, spot.room, namespace="/")
        for spot in spots - before:
            with contextlib.suppress(ValueError, KeyError):
                self._enter(member.sid, spot.room)
                self._send(spot, to=member.sid)

    def _note_seen(self) -> None:
        knowns = map(self._room.identity.known, self._audience.secrets())
        ids = {k.actor.device_id for k in knowns if k is not None and k.actor.device_id}
        for branch_id in self._room.identity.screens.seen(sorted(ids)) if ids else ():
            self._outdate("overview", branch_id)


def _branch_room(branch_id: int) -> str:
    return f"branch/{branch_id}"
