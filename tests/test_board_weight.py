"""The board's page is light: old televisions on a thin line load it."""

import gzip
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response, expect

from tests.support.boards import WaitingRoom

MOST = 150_000


def test_page_scripts_and_fonts_weigh_at_most_150_kb(board: Page, waiting: WaitingRoom) -> None:
    for counter in (1, 2, 4):
        waiting.issue("ho-tich" if counter < 3 else "dat-dai")
        waiting.issue()
        waiting.call(counter)
    loaded: dict[str, Response] = {}
    board.on("response", lambda answer: loaded.setdefault(urlsplit(answer.url).path, answer))
    board.goto(f"{waiting.url}/board", wait_until="networkidle")
    expect(board.locator("#number")).to_be_visible()
    weights = {
        path: len(gzip.compress(answer.body()))
        for path, answer in loaded.items()
        if "/socket.io/" not in path
    }
    assert {"/board", "/static/display/main.js", "/static/vendor/socket.io.min.js"} <= set(weights)
    assert any(path.endswith(".woff2") for path in weights)
    assert sum(weights.values()) <= MOST, weights
