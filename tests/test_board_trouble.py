"""A board under trouble: what it shows in each phase, and that nothing old is ever news."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import APIResponse, Route, expect

from tests.support.trouble import Trouble
from tests.support.waiting import eventually

Hang = Callable[..., Trouble]


SERVICES = ("ho-tich", "ho-tich", "cu-tru", "dat-dai")


def called(trouble: Trouble, counter: int = 1) -> str:
    """Somebody takes a number and is called; gives the number."""
    trouble.room.issue(SERVICES[counter - 1])
    return trouble.room.call(counter)


def news_of_before(trouble: Trouble) -> str:
    """A call that everybody has seen: it is marked no more."""
    number = called(trouble)
    trouble.until(lambda: trouble.news == [number, number], "the call is marked")
    trouble.until(lambda: trouble.news == [], "the mark goes")
    trouble.hear()
    trouble.until(lambda: trouble.line == "live", "it is live")
    trouble.hear()
    return number


def still_works(trouble: Trouble, counter: int) -> None:
    """The next call is news, and the page was never loaded anew."""
    number = called(trouble, counter)
    trouble.until(lambda: number in trouble.news, "the next call is news")
    assert trouble.rows[0] == number
    assert trouble.reloads == 0


def test_a_line_cut_for_a_second_is_not_worth_a_word(trouble: Hang) -> None:
    board = trouble()
    first = news_of_before(board)
    board.cut()
    second = called(board, 2)
    board.later(1)
    assert (board.line, board.rows) == ("live", [first])
    expect(board.warning).to_be_hidden()
    board.mend()
    board.until(lambda: board.rows == [second, first], "what was called is shown")
    assert second in board.news
    assert first not in board.news
    assert board.line == "live"
    still_works(board, 3)


@pytest.mark.parametrize("seconds", [60, 3600])
def test_a_line_cut_for_longer_is_said_and_caught_up_in_silence(
    trouble: Hang, seconds: int
) -> None:
    board = trouble()
    first = news_of_before(board)
    board.cut()
    board.until(lambda: board.line == "lost", "it says that the line is cut", within_s=20)
    expect(board.warning).to_contain_text("This board may not be up to date")
    expect(board.page.locator("#waiting")).to_be_hidden()
    second = called(board, 2)
    board.later(seconds)
    assert board.line == "lost"
    assert (board.big, board.rows, board.news) == (first, [first], [])
    third = called(board, 3)
    board.mend()
    board.until(lambda: board.rows == [third, second, first], "it catches up")
    assert set(board.news) == {third}, "only what has just been called is news"
    board.until(lambda: board.line == "live", "it is live again")
    expect(board.warning).to_be_hidden()
    still_works(board, 4)


def test_a_line_that_goes_deaf_is_found_out_in_twenty_seconds(trouble: Hang) -> None:
    board = trouble()
    first = news_of_before(board)
    board.deafen()
    second = called(board, 2)
    took = board.until(lambda: board.line == "lost", "it notices", within_s=40)
    assert took <= 25
    assert (board.rows, board.news) == ([first], [])
    board.later(60)
    board.mend()
    board.until(lambda: board.rows == [second, first], "it catches up")
    assert board.news == []
    board.until(lambda: board.line == "live", "it is live again")
    still_works(board, 3)


@pytest.mark.parametrize("hours", [0.1, 8, 72])
@pytest.mark.parametrize("is_reached", [True, False], ids=["reached", "alone"])
def test_a_computer_that_slept_wakes_without_old_news(
    trouble: Hang, hours: float, is_reached: bool
) -> None:
    board = trouble()
    first = called(board)
    board.until(lambda: first in board.news, "the call is marked")
    board.cut()
    board.sleep(hours)
    if is_reached:
        board.mend()
    board.later(1)
    board.until(lambda: board.news == [], "what was news before the sleep is none", within_s=1)
    if not is_reached:
        board.until(lambda: board.line == "lost", "it says that it is alone", within_s=20)
        board.mend()
    board.until(lambda: board.line == "live", "it is live again")
    assert board.news == []
    expect(board.warning).to_be_hidden()


def test_an_answer_of_before_the_sleep_is_not_believed_after_it(trouble: Hang) -> None:
    board = trouble()
    first = called(board)
    board.until(lambda: first in board.news, "the call is marked")
    held: list[tuple[Route, APIResponse]] = []
    board.page.route("**/api/v1/board", lambda route: held.append((route, route.fetch())))
    board.page.evaluate("window.dispatchEvent(new Event('online'))")
    eventually(lambda: board.page.evaluate("true") and held, why="it has asked")
    board.cut()
    board.sleep(8)
    board.page.unroute("**/api/v1/board")
    for route, response in held:
        with board.page.expect_event("requestfinished"):
            route.fulfill(response=response)
    for _ in range(3):
        board.later(1)
        assert board.news == []
    board.mend()
    board.until(lambda: board.line == "live", "it is live again")
    assert board.news == []


@pytest.mark.parametrize("years", [-3, 3])
def test_a_television_with_a_wrong_clock_shows_the_same(trouble: Hang, years: int) -> None:
    wrong = datetime(2026 + years, 2, 3, 4, 5, 6, tzinfo=UTC)
    board = trouble(wrong, timezone_id="America/Los_Angeles")
    first = news_of_before(board)
    expect(board.page.locator("#clock")).to_have_attribute("data-text", re.compile("08:30:[123]"))
    expect(board.page.locator("#today")).to_contain_text("23/11/2026")
    board.cut()
    board.until(lambda: board.line == "lost", "it says that the line is cut", within_s=20)
    expect(board.page.locator("#lost-since")).to_contain_text("08:30:")
    second = called(board, 2)
    board.later(60)
    board.mend()
    board.until(lambda: board.rows == [second, first], "it catches up")
    assert board.news == []
    board.until(lambda: board.line == "live", "it is live again")
    still_works(board, 3)


@pytest.mark.parametrize("years", [-3, 3])
def test_a_clock_that_is_set_right_meanwhile_changes_nothing(trouble: Hang, years: int) -> None:
    board = trouble()
    first = news_of_before(board)
    board.set_clock(board.own + timedelta(days=365 * years))
    board.until(lambda: board.line == "live", "it is live")
    assert (board.rows, board.news) == ([first], [])
    expect(board.page.locator("#today")).to_contain_text("23/11/2026")
    still_works(board, 2)


def test_a_clock_that_was_set_back_does_not_hide_a_dead_line(trouble: Hang) -> None:
    board = trouble()
    news_of_before(board)
    board.deafen()
    board.set_clock(board.own - timedelta(days=3 * 365))
    took = board.until(lambda: board.line == "lost", "it notices", within_s=40)
    assert took <= 25
