"""A board in trouble: its line is cut or goes deaf, time passes, it sleeps, its own clock jumps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Locator, Page, Route, WebSocketRoute

from tests.support.boards import WaitingRoom, hang_board, waiting_room
from tests.support.branch import FakeClock
from tests.support.door import serving_door
from tests.support.waiting import eventually


@dataclass
class Trouble:
    """A board before a house whose clock a test moves; the page's own clock goes with it."""

    room: WaitingRoom
    page: Page
    clock: FakeClock
    # the television's own clock, which may be wrong
    own: datetime
    is_out: bool = False
    is_deaf: bool = False
    reloads: int = 0
    _beats: int = 0
    _sockets: list[WebSocketRoute] = field(default_factory=list)

    def prepare(self) -> None:
        """Put the page's line and clock into the test's hands."""
        self.page.clock.install(time=self.own)
        self.page.clock.pause_at(self.own + timedelta(seconds=1))
        self.own += timedelta(seconds=1)
        self.page.route("**/api/**", self._ask)
        self.page.route("**/socket.io/**", self._ask)
        self.page.route_web_socket("**/socket.io/**", self._open)

    def open(self) -> None:
        """Open the board; what it shows is live."""
        self.page.goto(f"{self.room.url}/board?lang=en")
        self.until(lambda: self.is_heard, "the board is live")
        self.page.on("domcontentloaded", self._loaded)

    def _loaded(self, page: Page) -> None:
        self.reloads += 1
        self._sockets.clear()
        self._beats = 0

    # --- the line ------------------------------------------------------------------------------

    def cut(self) -> None:
        """Nothing goes through any more, and what was open breaks."""
        self.is_out = True
        for socket in self._sockets:
            socket.close()
        self._sockets.clear()

    def deafen(self) -> None:
        """Nothing goes through any more, and nobody is told: a router that was switched off."""
        self.is_out = self.is_deaf = True

    def mend(self) -> None:
        """Everything goes through again; what was open before is dead."""
        self.is_out = self.is_deaf = False

    def _ask(self, route: Route) -> None:
        if self.is_out:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    def _open(self, socket: WebSocketRoute) -> None:
        if self.is_out:
            socket.close()
            return
        server = socket.connect_to_server()
        alive = True

        def pass_on(to: WebSocketRoute, message: str | bytes) -> None:
            nonlocal alive
            # a line that was dead once stays so
            alive = alive and not self.is_deaf
            if alive:
                to.send(message)

        socket.on_message(lambda message: pass_on(server, message))
        server.on_message(lambda message: self._hear(lambda: pass_on(socket, message)))
        self._sockets.append(socket)

    def _hear(self, pass_on: Callable[[], None]) -> None:
        pass_on()
        self._beats += 1

    # --- time ----------------------------------------------------------------------------------

    def later(self, seconds: float) -> None:
        """Let time pass for the house and the board."""
        self.clock.forward(seconds=seconds)
        self.own += timedelta(seconds=seconds)
        try:
            self.page.clock.fast_forward(round(seconds * 1000))
        except Error as error:
            # the page took this moment to load itself anew
            if "context was destroyed" not in str(error):
                raise

    def stay(self, seconds: int) -> None:
        """Let so much time pass on a board that is live."""
        for _ in range(seconds // 4):
            self.later(4)
            self.until(lambda: self.line == "live", "it is live")

    def hear(self) -> None:
        """Wait until the server was heard at this moment of the page's time."""
        before = self._beats
        # the page waits here for what playwright has to tell, so it has read all but the last
        eventually(
            lambda: self.page.evaluate("1") and self._beats > before + 1,
            every_s=0.1,
            why="the server is heard",
        )

    def sleep(self, hours: float) -> None:
        """The board's computer sleeps: its timers stand still, and its clock is ahead after it."""
        self.clock.forward(hours=hours)
        self.set_clock(self.own + timedelta(hours=hours))

    def set_clock(self, now: datetime) -> None:
        """Somebody sets the board's own clock, or it sets itself."""
        self.own = now
        self.page.clock.set_system_time(now)

    def until(self, look: Callable[[], bool], why: str, within_s: int = 40) -> int:
        """Let seconds pass until something is to be seen; gives how many it took."""
        passed = 0

        def ahead() -> bool:
            nonlocal passed
            # what was sent may not have arrived: the page's time must not run away from it
            if look():
                return True
            if passed < within_s:
                passed += 1
                self.later(1)
            return look()

        eventually(ahead, every_s=0.1, within_s=20, why=why)
        return passed

    # --- what is to be seen ---------------------------------------------------------------------

    @property
    def line(self) -> str | None:
        """What the board says of its line: live, stale, lost."""
        return self.page.locator("body").get_attribute("data-line")

    @property
    def is_heard(self) -> bool:
        """True when the board is live and this page has heard the server over its socket."""
        return self.line == "live" and self._beats > 0

    @property
    def rows(self) -> list[str]:
        """The list of calls, newest first."""
        found = self.page.locator("#calls .row-number")
        return list(found.evaluate_all("all => all.map((one) => one.getAttribute('data-text'))"))

    @property
    def news(self) -> list[str]:
        """Every number that is marked as new, in the big place or in the list."""
        return list(
            self.page.evaluate(
                "() => [...document.querySelectorAll("
                "'#call.is-new #number, .row.is-new .row-number'"
                ")].map((one) => one.getAttribute('data-text'))"
            )
        )

    @property
    def big(self) -> str | None:
        """The number in the big place."""
        return self.page.locator("#number").get_attribute("data-text")

    @property
    def warning(self) -> Locator:
        """The words that the board may not be true."""
        return self.page.locator("#lost")


@pytest.fixture
def trouble(
    new_context: Callable[..., BrowserContext], tmp_path: Path, free_port: Callable[[], int]
) -> Iterator[Callable[..., Trouble]]:
    """Hang a board: `trouble()`, or with a clock of its own and more of its context's options."""
    clock = FakeClock()
    room = waiting_room(tmp_path, clock)
    with serving_door(room.door, free_port()) as url:
        room.url = url

        def hang(own: datetime | None = None, **options: Any) -> Trouble:
            page = hang_board(new_context, room, **options)
            made = Trouble(room, page, clock, own or datetime(2026, 11, 23, 1, 30, tzinfo=UTC))
            made.prepare()
            made.open()
            return made

        yield hang
    room.door.room.store.close()
