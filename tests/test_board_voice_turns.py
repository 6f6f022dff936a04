"""What a board says and when: the page's own module in a browser, with times of ours."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from web.resources import static_folder

# It imports nothing, so that it runs without a page of ours.
SOURCE = (static_folder() / "display" / "voice" / "turns.js").read_bytes()
MODULE = "data:text/javascript;base64," + base64.b64encode(SOURCE).decode()

# Steps: ["take", now, speaker, [[seq, at], …], {epoch, cutOff}] gives whether speaking must stop;
# ["next"] gives [seq, times] or null; ["done"] gives what is said up to; ["back"].
RUN = """async ([module, steps]) => {
  const { Turns } = await import(module);
  const turns = new Turns("me");
  return steps.map(([deed, now, speaker, say, more]) => {
    const { epoch, cutOff } = more || {};
    if (deed === "take") {
      const all = say.map(([seq, at]) => ({ seq, at: new Date(at).toISOString() }));
      const voice = { speaker, say: all, said: (more || {}).said || 0 };
      return turns.take({ epoch: epoch || "e", voice }, now, cutOff);
    }
    if (deed === "next") {
      const turn = turns.next(2);
      return turn && [turn.announcement.seq, turn.times];
    }
    if (deed === "back") return turns.back() || null;
    if (deed === "said") return turns.said;
    turns.done();
    return turns.said;
  });
}"""
SECOND = 1000
T = 1_000_000
NEXT, DONE, BACK, SAID = ["next"], ["done"], ["back"], ["said"]


@pytest.fixture
def play(new_context: Callable[..., BrowserContext]) -> Any:
    page = new_context().new_page()
    return lambda *steps: page.evaluate(RUN, [MODULE, list(steps)])


def test_calls_are_said_one_after_another_in_their_order(play: Any) -> None:
    both = [[1, T], [2, T]]
    assert play(["take", T, "me", both], NEXT, NEXT, DONE, NEXT, DONE, NEXT) == [
        False, [1, 2], None, 1, [2, 2], 2, None,
    ]  # fmt: skip


def test_only_the_screen_that_is_named_speaks(play: Any) -> None:
    assert play(["take", T, "other", [[1, T]]], NEXT) == [False, None]
    assert play(["take", T, None, [[1, T]]], NEXT) == [False, None]


def test_what_was_said_is_not_said_again_though_a_late_state_names_it(play: Any) -> None:
    one = ["take", T, "me", [[1, T]]]
    assert play(one, NEXT, DONE, one, NEXT) == [False, [1, 2], 1, False, None]


def test_a_call_that_is_old_when_it_is_first_heard_of_is_left_out_for_good(play: Any) -> None:
    later = T + 21 * SECOND
    assert play(["take", later, "me", [[1, T], [2, later]]], NEXT, DONE) == [False, [2, 2], 2]
    assert play(["take", later, "me", [[1, T]]], NEXT, DONE) == [False, None, 1]


def test_a_call_that_had_to_wait_its_turn_is_still_said(play: Any) -> None:
    both = [[1, T], [2, T]]
    after = ["take", T + 40 * SECOND, "me", [[2, T]]]
    assert play(["take", T, "me", both], NEXT, DONE, after, NEXT)[-1] == [2, 2]


def test_what_waits_behind_an_old_one_is_not_counted_as_said(play: Any) -> None:
    later = T + 30 * SECOND
    # 1 waits and is fresh; 2 came too late: it counts as said only after 1
    steps = [["take", T, "me", [[1, T]]], ["take", later, "me", [[1, T], [2, T]]], NEXT, DONE]
    assert play(*steps, ["take", later, "me", [[2, T]]], ["done"]) == [
        False, False, [1, 2], 1, False, 2,
    ]  # fmt: skip


def test_the_voice_stops_when_its_number_is_called_no_more(play: Any) -> None:
    assert play(["take", T, "me", [[1, T]]], NEXT, ["take", T, "me", []])[-1] is True
    same = ["take", T, "me", [[1, T], [2, T]]]
    assert play(["take", T, "me", [[1, T]]], NEXT, same)[-1] is False


def test_the_voice_stops_when_another_screen_gets_the_word(play: Any) -> None:
    assert play(["take", T, "me", [[1, T]]], NEXT, ["take", T, "other", [[1, T]]])[-1] is True


def test_the_next_screen_takes_over_what_waited(play: Any) -> None:
    both = [[1, T], [2, T]]
    taken = ["take", T + 9 * SECOND, "me", [[2, T]]]
    assert play(["take", T, "other", both], taken, NEXT)[-1] == [2, 2]


def test_when_many_wait_each_is_said_once(play: Any) -> None:
    many = [[seq, T] for seq in range(1, 5)]
    steps = [NEXT, DONE] * 4
    seen = play(["take", T, "me", many], *steps)
    assert [one for one in seen if isinstance(one, list)] == [[1, 1], [2, 1], [3, 2], [4, 2]]


def test_one_that_could_not_be_begun_keeps_its_place(play: Any) -> None:
    both = [[1, T], [2, T]]
    assert play(["take", T, "me", both], NEXT, BACK, NEXT)[-1] == [1, 2]


def test_what_another_screen_took_over_in_mid_word_does_not_count_as_said(play: Any) -> None:
    seven, taken = [[7, T]], ["take", T, "other", [[7, T]]]
    assert play(["take", T, "me", seven], NEXT, taken, BACK, SAID)[2:] == [True, None, 0]
    # and if the other goes away at once, it is this one's again
    again = ["take", T, "me", seven]
    assert play(["take", T, "me", seven], NEXT, taken, BACK, again, NEXT)[-1] == [7, 2]


def test_what_was_taken_back_in_mid_word_is_gone(play: Any) -> None:
    gone = ["take", T, "me", []]
    assert play(["take", T, "me", [[7, T]]], NEXT, gone, BACK, NEXT)[2:] == [True, None, None]


def test_what_another_has_said_is_known_to_the_next_speaker(play: Any) -> None:
    both = [[1, T], [2, T]]
    heard = ["take", T, "other", both, {"said": 1}]
    assert play(["take", T, "other", both], heard, ["take", T, "me", both], NEXT)[-1] == [2, 2]


def test_after_a_restore_everything_begins_anew(play: Any) -> None:
    other = ["take", T, "me", [[1, T]], {"epoch": "f"}]
    assert play(["take", T, "me", [[1, T]]], NEXT, DONE, other, NEXT)[-1] == [1, 2]


def test_cut_off_from_the_line_the_last_speaker_goes_on_while_nobody_else_is_there(
    play: Any,
) -> None:
    first = ["take", T, "me", []]
    assert play(first, ["take", T, None, [[1, T]], {"cutOff": True}], NEXT)[-1] == [1, 2]
    assert play(first, ["take", T, None, [[1, T]]], NEXT)[-1] is None
    assert play(first, ["take", T, "other", [[1, T]], {"cutOff": True}], NEXT)[-1] is None
