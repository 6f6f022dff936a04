"""What a surface gets, and how it joins the house.

A surface is a package with `views.py`, `api.py` and `state.py`, and in its `__init__.py` one
function, `register(app, room)`, which puts all three in place:

    def register(app: OpenAPI, room: Room) -> None:
        api.routes.register(app)                  # a web.openapi.Api: its part of /api/v1
        app.register_blueprint(views.pages)       # a plain flask.Blueprint: its pages
        room.live.register("board", build=state.build, rooms=state.rooms)

`state.build(room, branch_id, key)` is one whole state, the same over socket and HTTP;
`state.rooms(room, known, wish)` are the keys of the states that an identity may see: for a
board its zone's code, for a counter its number, for a ticket its id (see `web.live`).

Views and API functions are plain module functions; they reach the house by `current_room()`.
`register` runs before a fork: it must start no thread and open no connection. What a serving
process needs (threads, spools) is appended to `room.on_serve`, its end to `room.on_stop`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import current_app, g, request

from queueing.operations import Operations
from queueing.refusals import Refused
from queueing.store import Store, branches
from queueing.store.identity import Identity
from queueing.training import Sandbox
from web.config import Config
from web.speakers import Speakers
from web.training import Training, is_practice

if TYPE_CHECKING:
    from web.live import Live


@dataclass
class Room:
    """Everything that the surfaces of one app share."""

    config: Config
    store: Store
    operations: Operations
    identity: Identity
    live: Live = field(init=False)
    speakers: Speakers = field(default_factory=Speakers)
    training: Training = field(default_factory=Training)
    sandbox: Sandbox | None = None
    on_serve: list[Callable[[], None]] = field(default_factory=list)
    on_stop: list[Callable[[], None]] = field(default_factory=list)

    @property
    def branch_id(self) -> int:
        """The branch of those who have not said who they are: the only one on this box.

        Raises Refused `unknown_branch` before `denluot setup`.
        """
        if self._branch_id is None:
            found = self.store.branch_ids()
            if not found:
                raise Refused("unknown_branch")
            self._branch_id = found[0]
        return self._branch_id

    def base_url(self) -> str:
        """Where phones find this box, without a slash at the end."""
        setting = ""
        with contextlib.suppress(Refused), self.store.reading() as db:
            setting = branches.rules(db, self.branch_id).text("public_url")
        return self.config.base_url(setting)

    def ticket_url(self, token: str) -> str:
        """The address of a ticket's page."""
        return f"{self.base_url()}/t/{token}"

    _branch_id: int | None = field(default=None, repr=False)


def base_room() -> Room:
    """The real room of the app that answers this request."""
    room = current_app.extensions["denluot"]
    assert isinstance(room, Room)
    return room


def current_room() -> Room:
    """The room in which this request is answered: an officer's sandbox for practice.

    Raises Refused `not_signed_in` for practice without a session.
    """
    if not is_practice(request):
        return base_room()
    if "practice_room" not in g:
        base = base_room()
        g.practice_room = base.training.room(base, request)
    room: Room = g.practice_room
    return room
