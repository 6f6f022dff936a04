"""Officers at their tablets: browsers signed in at the console of a served office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, WebSocketRoute, expect

from tests.support.door import Door, serving_door
from tests.support.office import Office
from web.access import SESSION_COOKIE
from web.i18n import COOKIE as LANGUAGE_COOKIE

TABLET = {"width": 1280, "height": 800}


@dataclass
class Desks:
    """An office that is served, and the browsers at its counters."""

    office: Office
    port: int
    new_context: Callable[..., BrowserContext]

    @property
    def url(self) -> str:
        """The office's address."""
        return f"http://127.0.0.1:{self.port}"

    def sit(
        self,
        login: str = "hoa",
        path: str = "/console?lang=en",
        prepare: Callable[[Page], object] = lambda page: None,
        **options: Any,
    ) -> Page:
        """Open a page as somebody of the staff, in a browser of their own; `prepare` it first."""
        context = self.new_context(**({"viewport": TABLET} | options))
        secret = self.office.person(login, fresh=True).secret
        context.add_cookies([{"name": SESSION_COOKIE, "value": secret, "url": self.url}])
        if str(options.get("locale", "")).startswith("en"):
            context.add_cookies([{"name": LANGUAGE_COOKIE, "value": "en", "url": self.url}])
        page = context.new_page()
        prepare(page)
        page.goto(self.url + path)
        return page

    def work(self, counter: int = 1, login: str = "hoa", **options: Any) -> Page:
        """Open a counter and sit down at it."""
        self.office.person(login).at(counter, "open")
        page = self.sit(login, **options)
        expect(page.locator("#primary")).to_be_visible()
        return page


class Cable:
    """A page's cable to the server, which a test may pull and put back. Its clock may run ahead."""

    def __init__(self, page: Page) -> None:
        self.is_out = False
        self._sockets: list[WebSocketRoute] = []
        page.clock.install()
        page.route("**/api/**", self._ask)
        page.route("**/socket.io/**", self._ask)
        page.route_web_socket("**/socket.io/**", self._open)

    def loosen(self) -> None:
        """Nothing asked goes through any more, but the page has not noticed yet."""
        self.is_out = True

    def pull(self) -> None:
        """Nothing goes through any more, and what was open breaks."""
        self.loosen()
        for socket in self._sockets:
            socket.close()
        self._sockets.clear()

    def put_back(self) -> None:
        """Everything goes through again."""
        self.is_out = False

    def _ask(self, route: Route) -> None:
        if self.is_out:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    def _open(self, socket: WebSocketRoute) -> None:
        if self.is_out:
            socket.close()
        else:
            self._sockets.append(socket)
            socket.connect_to_server()


@pytest.fixture
def desks(
    office: Office,
    free_port: Callable[[], int],
    new_context: Callable[..., BrowserContext],
) -> Iterator[Desks]:
    """Give a served office and browsers for its staff."""
    made = Desks(office, free_port(), new_context)
    with serving_door(Door(office.app, office.room, office.clock), made.port):
        yield made


def primary(page: Page, words: str) -> None:
    """Press the large button, which must say this."""
    button = page.locator("#primary")
    expect(button).to_contain_text(words)
    button.click()


def holds(page: Page, number: str) -> None:
    """The page shows this ticket at the counter."""
    expect(page.locator("#number .digits")).to_have_attribute("data-text", number)
