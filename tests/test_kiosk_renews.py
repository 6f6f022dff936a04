"""A kiosk loads itself anew by itself, and only when there is a page to load."""

import pytest
from playwright.sync_api import Page, Route, expect

from kiosk import state, views
from queueing.people import Actor, Role
from tests.support.citizens import Hall
from tests.support.kiosks import Open, settle
from tests.support.waiting import eventually

PAGE = "**/kiosk"


class Watched:
    """A kiosk whose loadings are counted, and whose page may be denied to it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.loads = 0
        self.asked = 0
        page.on("domcontentloaded", self._loaded)

    def _loaded(self, page: Page) -> None:
        self.loads += 1

    def deny(self) -> None:
        self.page.route(PAGE, self._deny)

    def _deny(self, route: Route) -> None:
        self.asked += 1
        route.fulfill(status=502, body="not now")

    def later(self, seconds: int) -> bool:
        """Let time pass second by second, as long as the page is not loaded anew."""
        for _ in range(seconds):
            if self.loads:
                break
            # what was asked for may have arrived meanwhile, and be told only now
            self.page.wait_for_timeout(10)
            self.page.clock.fast_forward(1000)
        return True


def another_program(monkeypatch: pytest.MonkeyPatch, *modules: object) -> None:
    """The server runs another program than the one that made the page."""
    for module in modules:
        monkeypatch.setattr(module, "program", lambda: "0.0.2-another")


def renewed(kiosk: Watched) -> None:
    eventually(lambda: kiosk.later(2) and kiosk.loads == 1, within_s=40, why="it loads itself anew")


def test_another_program_is_taken_up_when_nobody_is_before_it(
    hall: Hall, kiosk_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = Watched(kiosk_page())
    another_program(monkeypatch, state, views)
    hall.take()
    renewed(kiosk)
    expect(kiosk.page.locator(".tile").first).to_be_visible()
    hall.take()
    kiosk.loads = 0
    kiosk.later(60)
    assert kiosk.loads == 0, "it is the new one now"


def test_a_page_that_stays_the_old_one_is_not_loaded_over_and_over(
    hall: Hall, kiosk_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = Watched(kiosk_page())
    another_program(monkeypatch, state)
    hall.take()
    renewed(kiosk)
    expect(kiosk.page.locator(".tile").first).to_be_visible()
    kiosk.loads = 0
    hall.take()
    kiosk.later(120)
    assert kiosk.loads == 0


def test_nobody_loses_what_they_are_about_to_do(
    hall: Hall, kiosk_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = Watched(kiosk_page())
    another_program(monkeypatch, state, views)
    hall.take()
    kiosk.page.locator(".tile").first.click()
    sheet = kiosk.page.locator("dialog.sheet")
    expect(sheet).to_be_visible()
    kiosk.later(50)
    assert kiosk.loads == 0
    expect(sheet).to_be_visible()
    kiosk.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    renewed(kiosk)


def test_a_page_that_cannot_be_had_is_asked_for_again_and_not_loaded(
    hall: Hall, kiosk_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = Watched(kiosk_page())
    kiosk.deny()
    another_program(monkeypatch, state, views)
    hall.take()
    eventually(
        lambda: kiosk.later(2) and kiosk.asked >= 3, within_s=40, why="it asks again and again"
    )
    assert kiosk.loads == 0
    expect(kiosk.page.locator(".tile").first).to_be_visible()
    kiosk.page.unroute(PAGE)
    renewed(kiosk)


def test_a_kiosk_that_is_one_no_more_waits_for_the_page_that_says_so(
    hall: Hall, kiosk_page: Open
) -> None:
    kiosk = Watched(kiosk_page())
    settle(kiosk.page)
    kiosk.deny()
    identity = hall.door.room.identity
    known = identity.known(hall.secret)
    assert known is not None
    assert known.actor.device_id is not None
    identity.screens.revoke(Actor(1, Role.ADMIN), known.actor.device_id)
    eventually(
        lambda: kiosk.later(2) and kiosk.asked >= 3, within_s=40, why="it asks again and again"
    )
    assert kiosk.loads == 0
    kiosk.page.unroute(PAGE)
    renewed(kiosk)
    expect(kiosk.page.locator("[data-kind='kiosk']")).to_be_visible()
