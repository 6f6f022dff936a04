"""A served branch with an administrator at the printers' page, and a printer on a socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page

from queueing.clock import utc_now
from queueing.store import printer_setup
from tests.support.door import Door, open_door, serving_door
from tests.support.socket_printer import SocketPrinter
from web.access import SESSION_COOKIE

Make = Callable[..., BrowserContext]


class PrinterHouse:
    """A served branch, its administrator and a printer on a socket."""

    def __init__(self, door: Door, url: str, paper: SocketPrinter, make: Make) -> None:
        self.door, self.url, self.paper, self.make = door, url, paper, make
        self.secret = door.person("admin", "thuy")

    def open(self, width: int = 1280, height: int = 800, path: str = "/admin/printers") -> Page:
        """The page, in English, in a browser of its own."""
        context = self.make(viewport={"width": width, "height": height})
        context.add_cookies([{"name": SESSION_COOKIE, "value": self.secret, "url": self.url}])
        page = context.new_page()
        page.goto(f"{self.url}{path}?lang=en")
        return page

    def add(self, name: str, address: str | None = None, way: str = "network") -> int:
        """Set a printer up behind the page's back; its id."""
        added = printer_setup.add_printer(
            self.door.room.store,
            self.door.system,
            name=name,
            transport=way,
            address=address or self.paper.address,
            width=576,
        )
        return added.id


@contextmanager
def printer_house(folder: Path, port: int, make: Make) -> Iterator[PrinterHouse]:
    """Serve the branch as long as the context lasts, its spool printing."""
    door = open_door(folder, clock=utc_now)
    with SocketPrinter() as paper, serving_door(door, port, prints=True) as url:
        yield PrinterHouse(door, url, paper, make)


def card(page: Page, name: str) -> Locator:
    """The card of the printer of that name."""
    return page.get_by_role("listitem", name=name)
