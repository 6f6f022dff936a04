"""The kiosk of the hall in a browser, its clock in the test's hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.citizens import Hall
from tests.support.door import serving_door

KIOSK = {"width": 1080, "height": 1920}
Open = Callable[..., Page]


@pytest.fixture
def kiosk_page(
    hall: Hall, free_port: Callable[[], int], new_context: Callable[..., BrowserContext]
) -> Iterator[Open]:
    """Open the kiosk of the hall in a browser."""
    port = free_port()

    def go(viewport: dict[str, int] = KIOSK) -> Page:
        context = new_context(viewport=viewport)
        url = f"http://127.0.0.1:{port}"
        context.add_cookies([{"name": "denluot_kiosk", "value": hall.secret, "url": url}])
        page = context.new_page()
        page.clock.install()
        page.goto(f"{url}/kiosk")
        expect(page.locator(".tile").first).to_be_visible()
        return page

    with serving_door(hall.door, port):
        yield go


def settle(page: Page) -> None:
    """Let so much time pass that a touch is no longer taken for a double one."""
    page.clock.fast_forward(1000)


def take(page: Page, button: str = ".take") -> None:
    """Touch the first service and one of the sheet's buttons, once it may be pressed."""
    page.locator(".tile").first.click()
    expect(page.locator("dialog.sheet")).to_be_visible()
    settle(page)
    page.locator(button).click()
    expect(page.locator(".slip-label .digits")).to_be_visible()
