"""The board's voice while the line is bad: old calls are no news, and nobody is forgotten."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from tests.support.boards import WaitingRoom, waiting_room
from tests.support.branch import FakeClock
from tests.support.door import serving_door
from tests.support.ears import Television
from tests.support.waiting import eventually
from tests.test_board_voice import Hang, call, settings

NOTHING: list[str] = []


class Cable:
    """The board's whole network: sockets and HTTP, which a test unplugs and plugs in again."""

    def __init__(self) -> None:
        self.is_cut = False
        self.sockets_only = False
        self._sockets: list[Callable[[], None]] = []

    def lay(self, page: Page) -> None:
        """Take a page's network over, before it is opened."""
        page.route_web_socket("**/socket.io/**", self._socket)
        page.route("**/api/v1/board", self._answer)
        page.route("**/socket.io/**", self._answer)

    def _socket(self, socket: object) -> None:
        if self.is_cut or self.sockets_only:
            socket.close()  # type: ignore[attr-defined]
            return
        socket.connect_to_server()  # type: ignore[attr-defined]
        self._sockets.append(socket.close)  # type: ignore[attr-defined]

    def _answer(self, route: Route) -> None:
        blocked = self.is_cut or (self.sockets_only and "socket.io" in route.request.url)
        route.abort() if blocked else route.continue_()

    def unplug(self, *, sockets_only: bool = False) -> None:
        """Nothing gets through any more, or HTTP alone."""
        self.is_cut, self.sockets_only = not sockets_only, sockets_only
        for close in self._sockets:
            close()
        self._sockets.clear()

    def plug_in(self) -> None:
        """All is well again."""
        self.is_cut = self.sockets_only = False


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def hall(tmp_path: Path, free_port: Callable[[], int], clock: FakeClock) -> Iterator[WaitingRoom]:
    """Give a served waiting room whose clock a test moves."""
    found = waiting_room(tmp_path, clock)
    settings(found, voice_times="1", voice_chime="false")
    with serving_door(found.door, free_port()) as url:
        found.url = url
        yield found
    found.door.room.store.close()


@pytest.fixture
def cable() -> Cable:
    return Cable()


@pytest.fixture
def tv(hall: WaitingRoom, television: Hang, cable: Cable) -> Television:
    found = television(hall, before=cable.lay)
    has_the_word(found, hall)
    return found


def sooner_or_later(tv: Television, look: Callable[[], object], why: str) -> None:
    """Wait for something outside the page; the cable is served only while the page is asked."""
    eventually(lambda: tv.page.evaluate("1") and look(), within_s=30, why=why)


def has_the_word(tv: Television, hall: WaitingRoom) -> None:
    def named() -> bool:
        return [one["speaker"] for one in hall.door.room.speakers.report(1).values()] == [True]

    sooner_or_later(tv, named, "the board has the word")


def is_all_said(tv: Television, hall: WaitingRoom) -> None:
    sooner_or_later(tv, lambda: hall.state()["voice"]["say"] == [], "nothing is left to say")


def shows(tv: Television, number: str) -> None:
    shown = tv.page.locator("#number")
    eventually(lambda: shown.get_attribute("data-text") == number, within_s=30, why=number)


def test_a_call_of_half_a_minute_ago_is_shown_and_not_spoken(
    hall: WaitingRoom, tv: Television, cable: Cable, clock: FakeClock
) -> None:
    cable.unplug()
    hall.issue()
    hall.call(1)
    clock.forward(seconds=30)
    cable.plug_in()
    shows(tv, "A001")
    has_the_word(tv, hall)
    # it is left out for good, and what comes next is heard
    is_all_said(tv, hall)
    assert tv.names() == NOTHING
    hall.issue()
    hall.call(2)
    tv.hears(call("A002", 2))


def test_a_call_of_a_blink_ago_is_spoken_after_all(
    hall: WaitingRoom, tv: Television, cable: Cable, clock: FakeClock
) -> None:
    cable.unplug()
    hall.issue()
    hall.call(1)
    clock.forward(seconds=5)
    cable.plug_in()
    tv.hears(call("A001", 1))
    is_all_said(tv, hall)


def test_over_http_alone_the_voice_goes_on(hall: WaitingRoom, tv: Television, cable: Cable) -> None:
    cable.unplug(sockets_only=True)
    sooner_or_later(tv, lambda: hall.door.room.speakers.report(1) == {}, "it is off the line")
    hall.issue()
    hall.call(1)
    tv.hears(call("A001", 1))


def test_loading_the_page_anew_repeats_nothing(hall: WaitingRoom, tv: Television) -> None:
    hall.issue()
    hall.call(1)
    tv.hears(call("A001", 1))
    is_all_said(tv, hall)
    tv.page.reload()
    has_the_word(tv, hall)
    hall.issue()
    hall.call(2)
    tv.hears(call("A002", 2))
