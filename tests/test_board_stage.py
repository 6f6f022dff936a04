"""Which call stands in the big place: the page's own module in a browser, with times of ours."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from web.resources import static_folder

# It imports nothing, so that it runs without a page of ours.
SOURCE = (static_folder() / "display" / "stage.js").read_bytes()
MODULE = "data:text/javascript;base64," + base64.b64encode(SOURCE).decode()

# Steps: ["take", now, [[number, call_seq, called_at, state?], …], epoch?] or ["step", now].
# After each one: [number in the big place, is it new, the marked rows];
# with look.turns instead which announcement it is.
RUN = """async ([module, steps, look]) => {
  const { Stage } = await import(module);
  const stage = new Stage();
  return steps.map(([deed, now, calls, epoch]) => {
    if (deed === "take") {
      const rows = calls.map(([number, call_seq, at, state]) => (
        { number, call_seq, at: new Date(at).toISOString(), state: state || "called" }));
      stage.take({ epoch: epoch || "e", calls: rows, look }, now);
    } else stage.step(now);
    const shown = stage.current();
    const marked = stage.calls.map((c) => c.number).filter((n) => stage.isMarked(n, now));
    return look.turns ? stage.announced() : [shown && shown.number, stage.isNew(now), marked];
  });
}"""
SECOND = 1000
MINUTES = 60 * SECOND
T = 1_000_000


@pytest.fixture
def play(new_context: Callable[..., BrowserContext]) -> Any:
    page = new_context().new_page()
    return lambda *steps, mark_s=10, hold_s=3, turns=False: page.evaluate(
        RUN, [MODULE, list(steps), {"mark_s": mark_s, "hold_s": hold_s, "turns": turns}]
    )


def test_calls_within_a_second_each_get_three_seconds_in_their_order(play: Any) -> None:
    calls = [["C", 3, T], ["B", 2, T], ["A", 1, T]]
    seen = play(
        ["take", T, calls],
        ["step", T + 2.9 * SECOND],
        ["step", T + 3 * SECOND],
        ["step", T + 5.9 * SECOND],
        ["step", T + 6 * SECOND],
        ["step", T + 60 * SECOND],
    )
    assert [shown for shown, _, _ in seen] == ["A", "A", "B", "B", "C", "C"]
    assert seen[0][2] == ["C", "B", "A"]


def test_a_call_that_comes_alone_is_shown_at_once(play: Any) -> None:
    seen = play(
        ["take", T, [["A", 1, T]]],
        ["take", T + 4 * SECOND, [["B", 2, T + 4 * SECOND], ["A", 1, T]]],
    )
    assert [shown for shown, _, _ in seen] == ["A", "B"]


def test_a_new_call_is_marked_for_ten_seconds(play: Any) -> None:
    seen = play(["take", T, [["A", 1, T]]], ["step", T + 9.9 * SECOND], ["step", T + 10 * SECOND])
    assert seen == [["A", True, ["A"]], ["A", True, ["A"]], ["A", False, []]]


def test_the_branch_says_how_long_a_call_is_marked_and_holds_the_big_place(play: Any) -> None:
    seen = play(
        ["take", T, [["B", 2, T], ["A", 1, T]]],
        ["step", T + 4.9 * SECOND],
        ["step", T + 5 * SECOND],
        ["step", T + 29.9 * SECOND],
        ["step", T + 30 * SECOND],
        mark_s=30,
        hold_s=5,
    )
    assert [shown for shown, _, _ in seen] == ["A", "A", "B", "B", "B"]
    assert [marked for _, _, marked in seen] == [["B", "A"]] * 4 + [[]]


def test_a_call_older_than_twenty_seconds_is_shown_but_not_as_new(play: Any) -> None:
    old = T - 20.1 * SECOND
    fresh = T - 19 * SECOND
    assert play(["take", T, [["A", 1, old]]]) == [["A", False, []]]
    assert play(["take", T, [["A", 1, fresh]]]) == [["A", True, ["A"]]]
    caught_up = play(
        ["take", T, [["A", 1, T]]],
        ["take", T + 60 * SECOND, [["C", 3, T + 59 * SECOND], ["B", 2, T + 30 * SECOND]]],
    )
    assert caught_up[1] == ["C", True, ["C"]]


def test_the_same_state_again_announces_nothing(play: Any) -> None:
    calls = [["A", 1, T]]
    seen = play(["take", T, calls], ["take", T + 12 * SECOND, calls])
    assert seen[1] == ["A", False, []]


def test_an_undone_call_leaves_at_once_and_the_next_one_comes(play: Any) -> None:
    seen = play(
        ["take", T, [["B", 2, T], ["A", 1, T]]],
        ["take", T + 500, [["B", 2, T]]],
        ["take", T + 900, []],
    )
    assert [shown for shown, _, _ in seen] == ["A", "B", None]


def test_an_undone_call_that_still_waited_for_its_time_never_comes(play: Any) -> None:
    seen = play(
        ["take", T, [["B", 2, T], ["A", 1, T]]],
        ["take", T + 500, [["A", 1, T]]],
        ["step", T + 4 * SECOND],
    )
    assert [shown for shown, _, _ in seen] == ["A", "A", "A"]


def test_a_recalled_number_is_marked_again(play: Any) -> None:
    seen = play(
        ["take", T, [["A", 1, T]]],
        ["step", T + 15 * SECOND],
        ["take", T + 20 * SECOND, [["A", 2, T + 20 * SECOND]]],
    )
    assert [new for _, new, _ in seen] == [True, False, True]


def test_an_undone_recall_is_not_taken_for_a_new_call(play: Any) -> None:
    seen = play(
        ["take", T, [["A", 1, T]]],
        ["take", T + SECOND, [["B", 2, T + SECOND], ["A", 1, T]]],
        ["step", T + 5 * SECOND],
        ["take", T + 12 * SECOND, [["A", 3, T + 12 * SECOND], ["B", 2, T + SECOND]]],
        ["step", T + 23 * SECOND],
        ["take", T + 24 * SECOND, [["B", 2, T + SECOND], ["A", 1, T]]],
    )
    assert seen[4:] == [["A", False, []], ["A", False, []]]


def test_a_number_that_is_being_served_may_stand_but_is_not_news(play: Any) -> None:
    assert play(["take", T, [["A", 1, T, "serving"]]]) == [["A", False, []]]


@pytest.mark.parametrize("state", ["finished", "no_show", "parked"])
def test_a_number_that_is_done_with_makes_room_for_one_still_open(play: Any, state: str) -> None:
    seen = play(
        ["take", T, [["B", 2, T], ["A", 1, T - 90 * SECOND]]],
        ["take", T + SECOND, [["B", 2, T, state], ["A", 1, T - 90 * SECOND]]],
        ["take", T + SECOND, [["B", 2, T, state], ["A", 1, T - 90 * SECOND, state]]],
    )
    assert [shown for shown, _, _ in seen] == ["B", "A", None]


def test_another_epoch_begins_anew(play: Any) -> None:
    seen = play(
        ["take", T, [["A", 50, T]]],
        ["take", T + SECOND, [["B", 2, T + SECOND]], "restored"],
    )
    assert seen[1] == ["B", True, ["B"]]


def test_a_server_clock_that_is_set_back_does_not_hold_a_call_in_the_big_place(play: Any) -> None:
    calls = [["C", 3, T], ["B", 2, T], ["A", 1, T]]
    back = T - 20 * MINUTES
    seen = play(
        ["take", T, calls],
        ["step", T + 1 * SECOND],
        # what is called from now on bears the time of before: the server's deeds never go back
        ["take", back, [["D", 4, T + SECOND], *calls]],
        ["step", back + 3 * SECOND],
        ["step", back + 6 * SECOND],
        ["step", back + 9 * SECOND],
    )
    assert [shown for shown, _, _ in seen] == ["A", "A", "A", "B", "C", "D"]


def test_nor_does_it_keep_calls_marked_as_new(play: Any) -> None:
    back = T - 20 * MINUTES
    seen = play(
        ["take", T, [["A", 1, T]]],
        ["step", back],
        ["step", back + 9.9 * SECOND],
        ["step", back + 10 * SECOND],
    )
    assert seen == [["A", True, ["A"]]] * 3 + [["A", False, []]]


def test_a_clock_that_goes_back_by_a_moment_announces_nothing_anew(play: Any) -> None:
    seen = play(["take", T, [["A", 1, T]]], ["step", T - 40], ["step", T + 5 * SECOND], turns=True)
    assert seen == [1, 1, 1]
