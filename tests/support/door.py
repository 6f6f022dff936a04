"""A whole app on the sample branch, without a server, for tests of the web's own parts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from app import create_app
from printer.spool import Spool
from queueing import setup
from queueing.branchfile import SAMPLE, load
from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.staff import Cost
from queueing.store import Store
from queueing.store.screens import Placing
from tests.support.branch import FakeClock
from web import serving
from web.access import DEVICE_COOKIES, SESSION_COOKIE, csrf_for
from web.config import Config
from web.openapi import Api
from web.surface import Room

CHEAP = Cost(log_n=4, r=8, p=1)
PASSWORD = "năm con vịt qua cầu"


@dataclass
class Door:
    """An app, its room and a clock that stands still."""

    app: Flask
    room: Room
    clock: FakeClock

    @property
    def system(self) -> Actor:
        """The actor behind the command line."""
        return Actor(self.room.branch_id, Role.SYSTEM)

    def client(self, *secrets: str) -> FlaskClient:
        """A browser holding the cookies for these secrets."""
        client = self.app.test_client()
        for secret in secrets:
            known = self.room.identity.known(secret)
            assert known is not None
            name = DEVICE_COOKIES.get(known.actor.role, SESSION_COOKIE)
            client.set_cookie(name, secret)
        return client

    def person(self, role: str, login: str | None = None) -> str:
        """Add somebody of the staff; returns the secret of a session of theirs."""
        login = login or f"{role}-{len(self.room.identity.officers.all(1))}"
        self.room.identity.officers.add(self.system, login, login.title(), role, PASSWORD)
        return self.room.identity.sign_in_without_password(self.room.branch_id, login)

    def device(self, kind: Kind, **place: Any) -> str:
        """Pair a screen; returns its token."""
        placing = Placing(f"A {kind}", **place)
        return self.room.identity.screens.add(self.system, kind, placing)[1]

    def token(self, role: str) -> str:
        """Make an API token; returns its secret."""
        return self.room.identity.create_token(self.system, f"test {role}", role)[1]


def bearer(secret: str) -> dict[str, str]:
    """The header of an API client."""
    return {"Authorization": f"Bearer {secret}"}


def csrf(secret: str) -> dict[str, str]:
    """The header that a page opened with this cookie sends."""
    return {"X-CSRF-Token": csrf_for(secret)}


NEEDED = ("kiosk", "staff.admin", "agents")


def open_door(
    folder: Path,
    *more: Api,
    clock: Any = None,
    surfaces: tuple[str, ...] = NEEDED,
    **config: Any,
) -> Door:
    """Make the app on a fresh sample branch, with more API routes of the test's own.

    It has only the surfaces that tests of the door itself need, unless others are named.
    """
    ticking = clock or FakeClock()
    setup.apply(Store(folder, ticking), load(SAMPLE))
    settings = Config(data=folder, testing=True, scrypt=CHEAP, **config)
    app = create_app(settings, ticking, surfaces)
    for api in more:
        api.register(app)  # type: ignore[arg-type]
    return Door(app, app.extensions["denluot"], ticking)


@contextmanager
def serving_door(door: Door, port: int, *, prints: bool = False) -> Iterator[str]:
    """Serve the app from a thread of this process; gives its address.

    Only where a test asks for it are jobs printed and printers looked after meanwhile: else the
    spool would clear, after a while, the trouble that a test has given a printer.
    """
    if not prints:
        for hooks in (door.room.on_serve, door.room.on_stop):
            hooks[:] = [one for one in hooks if not _is_of_spool(one)]
    server = make_server("127.0.0.1", port, door.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    serving.begin(door.room)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        serving.end(door.room)
        server.shutdown()
        thread.join(10)
        server.server_close()


def _is_of_spool(hook: Callable[[], None]) -> bool:
    return isinstance(getattr(hook, "__self__", None), Spool)
