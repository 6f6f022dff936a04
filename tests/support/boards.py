"""Boards before a small branch, and before a whole app with a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute

from display import state
from queueing.clock import utc_now
from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store.identity import Identity
from tests.support.branch import House
from tests.support.door import Door, open_door, serving_door
from tests.support.waiting import eventually
from web.config import Config
from web.surface import Room

FULL_HD = {"width": 1920, "height": 1080}
COOKIE = "denluot_board"


def board_of(house: House, zone: str = "") -> dict[str, Any]:
    """The state that a board of this house shows."""
    room = Room(Config(), house.store, house.operations, Identity(house.store))
    return state.build(room, 1, zone)


def called(shown: dict[str, Any]) -> list[tuple[str, int]]:
    """(number, counter) of the calls that a state lists, newest first."""
    return [(call["number"], call["counter"]) for call in shown["calls"]]


@dataclass
class WaitingRoom:
    """An app on the sample branch, one program that works every counter, and its boards."""

    door: Door
    officer: Actor
    url: str = ""

    def issue(self, service: str = "ho-tich") -> None:
        """Somebody takes a number."""
        kiosk = Actor(self.door.room.branch_id, Role.KIOSK)
        self.door.room.operations.issue(kiosk, service)

    def call(self, counter: int) -> str:
        """Call the next number to a counter, which is opened first if need be."""
        deeds = self.door.room.operations
        deeds.open(self.officer, counter)
        found = deeds.call_next(self.officer, counter)
        assert found is not None
        return found.ticket.label

    def deed(self, name: str, counter: int, *more: object) -> None:
        """One of the officer's deeds at a counter."""
        getattr(self.door.room.operations, name)(self.officer, counter, *more)

    def sql(self, statement: str, *values: object) -> None:
        """Change what no deed changes."""
        with self.door.room.store.writing() as db:
            db.execute(statement, values)

    def state(self, zone: str = "") -> dict[str, Any]:
        """The state as the server sends it."""
        return state.build(self.door.room, self.door.room.branch_id, zone)


def waiting_room(folder: Path, clock: Callable[[], Any] | None = utc_now) -> WaitingRoom:
    """A fresh sample branch; the officer is an API token, which may hold several counters."""
    door = open_door(folder, clock=clock, surfaces=("display",), beat_s=0.5)
    known = door.room.identity.known(door.token("officer"))
    assert known is not None
    return WaitingRoom(door, known.actor)


@pytest.fixture
def waiting(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[WaitingRoom]:
    """Give a waiting room whose app is being served."""
    found = waiting_room(tmp_path)
    with serving_door(found.door, free_port()) as url:
        found.url = url
        yield found
    found.door.room.store.close()


def hang_board(
    new_context: Callable[..., BrowserContext],
    room: WaitingRoom,
    zone: str | None = None,
    **options: Any,
) -> Page:
    """A browser that is paired as a board, at no page yet."""
    context = new_context(**({"viewport": FULL_HD, "reduced_motion": "reduce"} | options))
    secret = room.door.device(Kind.BOARD, zone=zone)
    context.add_cookies([{"name": COOKIE, "value": secret, "url": room.url}])
    return context.new_page()


@pytest.fixture
def board(new_context: Callable[..., BrowserContext], waiting: WaitingRoom) -> Page:
    """Give a paired board of the whole branch, at no page yet."""
    return hang_board(new_context, waiting)


class Line:
    """A page's live line, which a test may cut before the page is opened, and mend again."""

    def __init__(self, page: Page) -> None:
        self.is_cut = True
        page.route_web_socket("**/socket.io/**", self._socket)

    def _socket(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            socket.close()
        else:
            socket.connect_to_server()


def forge(page: Page, shown: dict[str, Any], zone: str = "") -> None:
    """Answer the page's own polling with this state, as a late or a newer server would."""
    path = f"**/api/v1/board/{zone}" if zone else "**/api/v1/board"
    page.route(path, lambda route: route.fulfill(json=shown))


def hurry(page: Page, look: Callable[[], bool], why: str) -> None:
    """Let the page's clock, which was installed, run ahead until something is to be seen."""

    def ahead() -> bool:
        page.clock.fast_forward(1000)
        return look()

    eventually(ahead, every_s=0.05, why=why)
