"""The line at the foot: what staff say first, one line after another, slow, still during a call."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.faults import FAULTS
from tests.support.pictures import Forged

MOVES = {"reduced_motion": "no-preference"}
LONG = "Kính mời bà con nộp hồ sơ trực tuyến để không phải chờ. " * 4
PAUSED = re.compile(r"\bpaused\b")
HOSTILE = {
    "markup": "<img src=x onerror=alert(1)><script>alert(1)</script><b>đậm</b>",
    "wide": "W" * 200,
    "reversed": "\u202eđảo ngược \u2067phải sang trái \u200fא ב ג",
    "emoji": "👨‍👩‍👧‍👦🇻🇳" * 40,
    "invisible": "A\u200b\u200d\ufeff" * 90,
    "stacked": "Z" + "\u0300\u0301\u0302\u0303" * 40 + " Z",
    "lines": "một\nhai\r\nba\u2028bốn",
}


def line(name: str, words: str, *, urgent: bool = False) -> dict[str, Any]:
    return {"id": name, "words": words, "words_en": "", "urgent": urgent}


def on(made: Forged, *lines: dict[str, Any], called: bool = False) -> Page:
    """Open a board with these lines and a clock of ours; nobody has just been called."""
    made.page.clock.install()
    made.shown["ticker"] = list(lines)
    if not called:
        made.shown["calls"] = []
    page = made.open()
    made.hush()
    return page


def run(page: Page, seconds: float) -> None:
    page.clock.run_for(round(seconds * 1000))


def words(page: Page) -> Any:
    return expect(page.locator("#ticker-words"))


def test_what_staff_say_bears_a_word_and_the_branchs_own_lines_follow(
    forged: Callable[..., Forged],
) -> None:
    page = on(forged(), line("n1", "Quầy 4 tạm nghỉ.", urgent=True), line("t0", "Xin giữ phiếu."))
    words(page).to_have_text("Quầy 4 tạm nghỉ.")
    expect(page.locator("#ticker-kind")).to_have_text("Thông báo")
    expect(page.locator("#ticker-kind")).to_be_visible()
    run(page, 7)
    words(page).to_have_text("Quầy 4 tạm nghỉ.")
    run(page, 2)
    words(page).to_have_text("Xin giữ phiếu.")
    expect(page.locator("#ticker-kind")).to_be_hidden()
    run(page, 9)
    words(page).to_have_text("Quầy 4 tạm nghỉ.")


def test_a_new_notice_comes_at_once_and_one_that_is_withdrawn_leaves_at_once(
    forged: Callable[..., Forged],
) -> None:
    made = forged()
    own = [line("t0", "Xin giữ phiếu."), line("t1", "Không nhận bồi dưỡng.")]
    page = on(made, *own)
    words(page).to_have_text("Xin giữ phiếu.")
    made.show(ticker=[line("n7", "Mất điện, xin chờ.", urgent=True), *own])
    run(page, 5)
    words(page).to_have_text("Mất điện, xin chờ.")
    made.show(ticker=own)
    run(page, 5)
    words(page).to_have_text("Xin giữ phiếu.")
    made.show(ticker=[])
    run(page, 5)
    expect(page.locator("#ticker")).to_be_hidden()


def test_a_long_line_moves_slowly_to_its_end_then_comes_the_next(
    forged: Callable[..., Forged],
) -> None:
    page = on(forged(context=MOVES), line("t0", LONG), line("t1", "Xin giữ phiếu."))
    moving = page.locator("#ticker-words.moving")
    expect(moving).to_have_count(1)
    far, seconds, rem = moving.evaluate(
        "(n) => [n.offsetWidth - n.parentNode.clientWidth,"
        " parseFloat(n.style.animationDuration) / 1000,"
        " parseFloat(getComputedStyle(document.documentElement).fontSize)]"
    )
    assert far > 0
    # one width of the screen in 24 s
    assert far / seconds == pytest.approx(5 * rem, rel=0.01)
    run(page, seconds + 5)
    words(page).to_have_text(LONG.strip())
    run(page, 2)
    words(page).to_have_text("Xin giữ phiếu.")
    expect(moving).to_have_count(0)


def test_it_rests_while_a_call_is_marked(forged: Callable[..., Forged]) -> None:
    made = forged({"mark_s": 20}, context=MOVES)
    page = on(made, line("t0", LONG), line("t1", "Xin giữ phiếu."), called=True)
    expect(page.locator("#call")).to_have_class(re.compile("is-new"))
    expect(page.locator("#ticker-words")).to_have_class(PAUSED)
    run(page, 15)
    words(page).to_have_text(LONG.strip())
    run(page, 6)
    expect(page.locator("#ticker-words")).not_to_have_class(PAUSED)


def test_calls_without_a_break_do_not_hold_a_line_for_ever(forged: Callable[..., Forged]) -> None:
    made = forged({"mark_s": 60})
    page = on(made, line("t0", "Xin giữ phiếu."), line("t1", "Không nhận bồi dưỡng."), called=True)
    run(page, 25)
    words(page).to_have_text("Xin giữ phiếu.")
    run(page, 15)
    words(page).to_have_text("Không nhận bồi dưỡng.")


def test_where_nothing_may_move_a_long_line_comes_in_pages(
    forged: Callable[..., Forged],
) -> None:
    page = on(forged(), line("t0", LONG))
    shift = "document.querySelector('#ticker-words').style.transform"
    assert page.evaluate(shift) == ""
    expect(page.locator("#ticker-words.moving")).to_have_count(0)
    run(page, 10)
    first = page.evaluate(shift)
    assert first.startswith("translateX(-")
    run(page, 10)
    assert page.evaluate(shift) != first


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("urgent", [True, False])
def test_nothing_that_is_written_breaks_the_picture(
    forged: Callable[..., Forged], case: str, urgent: bool
) -> None:
    page = on(forged(), line("n1", HOSTILE[case], urgent=urgent))
    assert page.locator("#ticker-words").evaluate("(n) => n.textContent") == HOSTILE[case]
    expect(page.locator("#ticker-words *")).to_have_count(0)
    found = [fault for fault in page.evaluate(FAULTS) if "ticker-words" not in fault]
    assert found == []
    ticker, foot = (page.locator(one).bounding_box() for one in ("#ticker", ".foot"))
    assert ticker is not None
    assert foot is not None
    assert round(ticker["height"]) == 72
    assert foot["y"] + foot["height"] <= 1081
