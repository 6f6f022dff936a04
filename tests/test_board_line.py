"""A board whose line is cut: it says so, keeps asking, and comes back by itself."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store import Store
from queueing.store.identity import Identity
from queueing.store.screens import Placing
from tests.support.api import Api, token
from tests.support.boards import COOKIE, FULL_HD, Line, WaitingRoom, hurry
from tests.support.server import Server

NEW = re.compile(r"\bis-new\b")


def paired(data: Path) -> str:
    store = Store(data)
    (branch_id,) = store.branch_ids()
    system = Actor(branch_id, Role.SYSTEM)
    secret = Identity(store).screens.add(system, Kind.BOARD, Placing("Bảng"))[1]
    store.close()
    return secret


def mark(page: Page) -> None:
    page.evaluate("() => { window.sameLoad = true; }")


def shown(page: Page) -> str | None:
    return page.locator("#number").get_attribute("data-text")


def is_same_load(page: Page) -> bool:
    return bool(page.evaluate("() => window.sameLoad === true"))


def test_it_says_that_the_server_is_gone_and_recovers_without_a_reload(
    new_context: Callable[..., BrowserContext],
    server: Callable[..., Server],
    sample_data: Path,
) -> None:
    running = server(sample_data)
    context = new_context(viewport=FULL_HD)
    context.add_cookies([{"name": COOKIE, "value": paired(sample_data), "url": running.url}])
    page = context.new_page()
    page.clock.install()
    page.goto(f"{running.url}/board?lang=en")
    mark(page)
    api = Api(running.port, token(sample_data, "officer"))
    api.post("/counters/1/open")
    for _ in range(3):
        api.post("/tickets", {"service": "ho-tich"})
    api.post("/counters/1/call-next")
    expect(page.locator("#number")).to_have_attribute("data-text", "A001")

    running.kill()
    hurry(page, page.locator("#lost").is_visible, "says that the line is cut")
    expect(page.locator("#lost")).to_contain_text("This board may not be up to date")
    expect(page.locator("#waiting")).to_be_hidden()
    assert shown(page) == "A001"

    again = server(sample_data, port=running.port)
    api.close()
    api.post("/counters/1/call-next")
    hurry(page, lambda: shown(page) == "A002", "shows what was called meanwhile")
    hurry(page, page.locator("#lost").is_hidden, "takes the warning away")
    expect(page.locator("#line")).to_have_text("Up to date")
    assert is_same_load(page)
    assert again.is_healthy()
    api.close()


def test_without_a_heartbeat_it_says_so_and_asks_over_http_until_the_socket_is_back(
    board: Page, waiting: WaitingRoom
) -> None:
    board.clock.install()
    line = Line(board)
    board.goto(f"{waiting.url}/board?lang=en")
    mark(board)
    board.clock.fast_forward(15_000)
    expect(board.locator("#line")).to_have_text("Slow line, updated every few seconds")
    waiting.issue()
    waiting.call(2)
    board.clock.fast_forward(4_000)
    expect(board.locator("#number")).to_have_attribute("data-text", "A001")
    expect(board.locator("#call")).to_have_class(NEW)
    expect(board.locator("#lost")).to_be_hidden()
    line.is_cut = False
    up_to_date = board.locator("#line", has_text="Up to date")
    hurry(board, up_to_date.is_visible, "is told of changes again")
    assert is_same_load(board)


def test_what_was_called_long_ago_is_caught_up_in_silence(
    board: Page, waiting: WaitingRoom
) -> None:
    board.clock.install()
    Line(board)
    board.route("**/api/v1/board", lambda route: route.abort())
    board.goto(f"{waiting.url}/board?lang=en")
    hurry(board, board.locator("#lost").is_visible, "says that the line is cut")
    waiting.issue()
    waiting.call(2)
    waiting.sql("UPDATE visit SET called_at = '2026-01-01T00:00:00.000Z'")
    board.unroute("**/api/v1/board")
    hurry(board, lambda: shown(board) == "A001", "catches up")
    expect(board.locator("#lost")).to_be_hidden()
    expect(board.locator("#call")).not_to_have_class(NEW)
    expect(board.locator(".row")).not_to_have_class(NEW)


def test_the_heartbeat_shows_when_the_server_was_last_heard(
    board: Page, waiting: WaitingRoom
) -> None:
    board.goto(f"{waiting.url}/board?lang=en")
    expect(board.locator("#line")).to_have_text("Up to date")
    first = board.locator("#heard").get_attribute("data-text")
    assert first is not None
    expect(board.locator("#heard")).not_to_have_attribute("data-text", first)
