"""A board whose server ends and comes back, as the same program, another one, or another house."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from benchmarks.crew import Helper
from display import state, views
from tests.support.api import Api, token
from tests.support.boards import COOKIE, FULL_HD, Line, WaitingRoom, forge, hurry
from tests.support.server import Server
from tests.support.trouble import Trouble
from tests.support.waiting import eventually
from tests.test_board_line import is_same_load, mark, paired, shown

BOARDS = 200
# whatever the board said of its line, also for the blink of an eye
WATCH = """() => {
  window.lines = [];
  new MutationObserver(() => window.lines.push(document.body.getAttribute("data-line")))
    .observe(document.body, { attributes: true, attributeFilter: ["data-line"] });
}"""


def test_a_server_that_is_back_in_a_blink_is_not_worth_a_word(
    new_context: Callable[..., BrowserContext],
    server: Callable[..., Server],
    sample_data: Path,
) -> None:
    running = server(sample_data)
    context = new_context(viewport=FULL_HD)
    context.add_cookies([{"name": COOKIE, "value": paired(sample_data), "url": running.url}])
    page = context.new_page()
    page.clock.install()
    with page.expect_websocket() as opened:
        page.goto(f"{running.url}/board?lang=en")
    opened.value.wait_for_event("framereceived", lambda frame: '"beat"' in str(frame))
    mark(page)
    api = Api(running.port, token(sample_data, "officer"))
    api.post("/counters/1/open")
    for _ in range(2):
        api.post("/tickets", {"service": "ho-tich"})
    api.post("/counters/1/call-next")
    expect(page.locator("#number")).to_have_attribute("data-text", "A001")
    page.evaluate(WATCH)
    # by its own time the board misses the server for a second or two, however slow this computer is
    page.clock.pause_at(datetime.fromtimestamp(page.evaluate("Date.now()") / 1000 + 1, UTC))
    page.evaluate("window.lines.length = 0")
    with page.expect_event("requestfailed"):
        running.kill()
    again = server(sample_data, port=running.port)
    api.close()
    api.post("/counters/1/call-next")
    assert shown(page) == "A001"
    page.clock.fast_forward(1000)
    expect(page.locator("#number")).to_have_attribute("data-text", "A002")
    page.clock.fast_forward(1000)
    assert set(page.evaluate("window.lines")) <= {"live"}
    assert is_same_load(page)
    assert again.is_healthy()
    api.close()


def test_two_hundred_boards_all_see_a_call(
    server: Callable[..., Server], sample_data: Path
) -> None:
    secret = paired(sample_data)
    running = server(sample_data)
    screen = {"headers": f"Cookie: {COOKIE}={secret}\r\n", "wish": {"surface": "board"}}
    helper = Helper("boards", {"port": running.port, "deflate": True, "screens": [screen] * BOARDS})
    api = Api(running.port, token(sample_data, "officer"))
    try:
        assert helper.hear() == "ready"
        api.post("/counters/1/open")
        numbers = []
        for _ in range(3):
            api.post("/tickets", {"service": "ho-tich"})
            numbers.append(api.post("/counters/1/call-next").body["ticket"]["number"])

        def everywhere() -> bool:
            helper.tell("")
            found = helper.hear()
            assert found["lost"] == 0, "nobody was hung up on"
            # of numbers that follow at once, the states between may be left out; never the last
            return bool(found["seen"].get(numbers[-1], [0])[0] == BOARDS)

        eventually(everywhere, within_s=30, every_s=0.3, why="all boards see the last call")
    finally:
        helper.end()
        api.close()


def another_program(monkeypatch: pytest.MonkeyPatch, *modules: object) -> None:
    for module in modules:
        monkeypatch.setattr(module, "program", lambda: "0.0.2-another")


def test_another_program_is_taken_up_in_a_quiet_moment(
    trouble: Callable[..., Trouble], monkeypatch: pytest.MonkeyPatch
) -> None:
    board = trouble()
    board.room.issue()
    board.room.call(1)
    board.until(lambda: board.news != [], "the call is marked")
    another_program(monkeypatch, state, views)
    board.room.issue()
    board.stay(12)
    assert board.reloads == 0, "not while a call is looked at"
    board.until(lambda: board.reloads == 1, "it loads itself anew", within_s=40)
    board.until(lambda: board.is_heard and board.rows == ["A001"], "it shows the same")
    assert board.news == []
    board.stay(60)
    assert board.reloads == 1, "the new program stays"


def test_a_page_that_stays_the_old_one_is_not_loaded_again_and_again(
    trouble: Callable[..., Trouble], monkeypatch: pytest.MonkeyPatch
) -> None:
    board = trouble()
    another_program(monkeypatch, state)
    board.room.issue()
    board.until(lambda: board.reloads == 1, "it loads itself anew", within_s=40)
    board.until(lambda: board.is_heard, "it is live")
    board.stay(120)
    assert board.reloads == 1


def test_nothing_is_loaded_anew_over_a_line_that_is_cut(
    trouble: Callable[..., Trouble], monkeypatch: pytest.MonkeyPatch
) -> None:
    board = trouble()
    another_program(monkeypatch, state, views)
    board.room.issue()
    board.hear()
    board.cut()
    board.later(120)
    board.later(24 * 3600)
    assert board.reloads == 0
    board.mend()
    board.until(lambda: board.line == "live", "the line is back")
    board.until(lambda: board.reloads == 1, "once it is back", within_s=60)


def test_another_house_is_shown_though_it_counts_from_one(
    board: Page, waiting: WaitingRoom
) -> None:
    waiting.issue()
    waiting.call(1)
    board.clock.install()
    Line(board)
    board.goto(f"{waiting.url}/board?lang=en")
    mark(board)
    expect(board.locator("#number")).to_have_attribute("data-text", "A001")
    forge(board, waiting.state() | {"epoch": "another", "seq": 1, "calls": [], "counters": []})
    hurry(board, board.locator("#rest").is_visible, "the other house is shown")
    assert is_same_load(board)
