"""The board in a browser: what the room reads after each deed."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.support.boards import Line, WaitingRoom, forge, hang_board, hurry

NEW = re.compile(r"\bis-new\b")


def number(page: Page) -> str:
    return page.locator("#number").get_attribute("data-text") or ""


def rows(page: Page) -> list[str]:
    return page.locator(".row-number").evaluate_all(
        "rows => rows.map((row) => row.getAttribute('data-text'))"
    )


def test_at_first_it_says_that_nobody_has_been_called(board: Page, waiting: WaitingRoom) -> None:
    board.goto(f"{waiting.url}/board?lang=en")
    expect(board.locator("#rest")).to_contain_text("No number has been called yet")
    expect(board.locator("#branch")).to_have_text("Điểm Phục vụ hành chính công xã mẫu")
    expect(board.locator("#hotline")).to_have_text("024 0000 0000")
    expect(board.locator("#clock .sr-only")).to_have_text(re.compile(r"^\d\d:\d\d:\d\d$"))
    expect(board.locator("#recent")).to_be_hidden()


def test_a_call_appears_with_its_counter_and_is_marked(board: Page, waiting: WaitingRoom) -> None:
    board.goto(f"{waiting.url}/board?lang=en")
    waiting.issue()
    waiting.issue()
    waiting.call(3)
    expect(board.locator("#number")).to_have_attribute("data-text", "A001")
    expect(board.locator("#counter")).to_have_text("Counter 3")
    expect(board.locator("#where")).to_have_text("Khu A")
    expect(board.locator("#call")).to_have_class(NEW)
    expect(board.locator("#times")).to_have_text("just now")
    expect(board.locator(".row").first).to_have_class(NEW)
    expect(board.locator(".service").first).to_contain_text("1 person")


def test_the_mark_goes_after_ten_seconds_and_the_number_stays(
    board: Page, waiting: WaitingRoom
) -> None:
    board.clock.install()
    board.goto(f"{waiting.url}/board")
    waiting.issue()
    waiting.call(1)
    expect(board.locator("#call")).to_have_class(NEW)
    board.clock.fast_forward(10_000)
    expect(board.locator("#call")).not_to_have_class(NEW)
    expect(board.locator(".row").first).not_to_have_class(NEW)
    assert number(board) == "A001"


def test_the_list_is_true_at_once_while_the_big_place_takes_its_time(
    board: Page, waiting: WaitingRoom
) -> None:
    board.clock.install()
    board.goto(f"{waiting.url}/board")
    for counter in (1, 2, 3):
        waiting.issue()
        waiting.issue("cu-tru")
        waiting.call(counter)
    expect(board.locator(".row")).to_have_count(3)
    listed = rows(board)
    assert number(board) == listed[-1]
    for label in (listed[1], listed[0]):
        board.clock.fast_forward(3_000)
        expect(board.locator("#number")).to_have_attribute("data-text", label)
    assert rows(board) == listed


def test_a_recall_is_said_and_an_undone_call_leaves_at_once(
    board: Page, waiting: WaitingRoom
) -> None:
    board.goto(f"{waiting.url}/board?lang=en")
    waiting.issue()
    waiting.call(1)
    waiting.deed("recall", 1)
    expect(board.locator("#times")).to_have_text("called again, time 2")
    waiting.deed("undo", 1)
    expect(board.locator("#times")).to_have_text("just now")
    waiting.deed("start", 1)
    expect(board.locator("#invite")).to_have_text("Now serving")
    waiting.deed("finish", 1)
    expect(board.locator("#rest")).to_contain_text("Please wait for your turn")
    assert rows(board) == ["A001"]
    waiting.issue("cu-tru")
    waiting.call(2)
    expect(board.locator("#number")).to_have_attribute("data-text", "B001")
    waiting.deed("undo", 2)
    expect(board.locator("#rest")).to_be_visible()
    expect(board.locator(".row")).to_have_count(1)


def test_a_zones_board_names_its_zone_and_shows_no_other_call(
    new_context: Callable[..., BrowserContext], waiting: WaitingRoom
) -> None:
    page = hang_board(new_context, waiting, "b")
    page.goto(f"{waiting.url}/board")
    expect(page.locator("#zone")).to_have_text("Khu B")
    waiting.issue()
    waiting.call(1)
    waiting.issue("dat-dai")
    waiting.call(4)
    expect(page.locator("#number")).to_have_attribute("data-text", "H001")
    assert rows(page) == ["H001"]
    expect(page.locator("#where")).to_have_text("")
    expect(page.locator(".service")).to_have_count(5)


def test_when_closed_it_says_so_and_when_it_opens(board: Page, waiting: WaitingRoom) -> None:
    shown = waiting.state() | {"open": False, "opens_at": "2027-01-04T00:30:00.000Z", "seq": 9}
    Line(board)
    forge(board, shown)
    board.goto(f"{waiting.url}/board?lang=en")
    expect(board.locator("#rest")).to_contain_text("We are closed now")
    expect(board.locator("#rest")).to_contain_text("Opens again at 07:30, Monday 04/01")
    expect(board.locator("#waiting")).to_be_hidden()


def test_after_hours_those_who_wait_are_still_called(board: Page, waiting: WaitingRoom) -> None:
    waiting.issue()
    waiting.issue()
    waiting.call(1)
    shown = waiting.state()
    shown |= {"open": False, "seq": shown["seq"] + 1}
    Line(board)
    forge(board, shown)
    board.goto(f"{waiting.url}/board?lang=en")
    expect(board.locator("#doors")).to_have_text("No more numbers are given out now")
    expect(board.locator("#number")).to_have_attribute("data-text", "A001")
    expect(board.locator("#waiting")).to_be_visible()


def test_it_drops_anything_older_than_what_it_shows(board: Page, waiting: WaitingRoom) -> None:
    waiting.issue()
    waiting.call(1)
    older = waiting.state() | {"calls": [], "seq": 1}
    Line(board)
    forge(board, older)
    board.clock.install()
    with board.expect_response("**/api/v1/board"):
        board.goto(f"{waiting.url}/board")
    board.clock.fast_forward(1_000)
    assert number(board) == "A001"
    board.unroute("**/api/v1/board")
    forge(board, older | {"epoch": "another"})
    hurry(board, board.locator("#rest").is_visible, "takes a state of another epoch")


def test_a_revoked_board_goes_back_to_the_pairing_page(board: Page, waiting: WaitingRoom) -> None:
    board.goto(f"{waiting.url}/board")
    identity = waiting.door.room.identity
    (device,) = identity.screens.all(waiting.door.room.branch_id)
    identity.screens.revoke(waiting.door.system, device.id)
    board.wait_for_selector("#code")
