"""The console on every screen: the next step at hand, nothing in the way, no barrier."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.support.tablets import Desks, holds, primary

SIZES = [(1280, 800), (1366, 768), (390, 844)]
# found and measured in one breath: a row may be drawn anew at any moment
LOW_BUTTONS = """
Array.from(document.querySelectorAll("button, .chip"))
    .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 38)
    .map((one) => one.outerHTML)
"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_next_step_is_at_hand_on_every_screen(desks: Desks, width: int, height: int) -> None:
    for _ in range(30):
        desks.office.issue()
    page = desks.work(viewport={"width": width, "height": height})
    for words in ("Call next number", "Start serving", "Finish"):
        button = page.locator("#primary")
        expect(button).to_contain_text(words)
        expect(button).to_be_in_viewport(ratio=1)
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 64
        assert box["width"] >= width * (0.4 if words == "Finish" else 0.6)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(LOW_BUTTONS) == []
        button.click()


def test_nothing_stands_over_anything_else_on_a_low_screen(desks: Desks) -> None:
    desks.office.issue(priority="cao-tuoi")
    page = desks.work(viewport={"width": 1366, "height": 768})
    primary(page, "Call next number")
    primary(page, "Start serving")
    page.locator("#more").click()
    for above, below in [("#timer", "#outcomes"), ("#onward", "#park"), ("#park", "#primary")]:
        upper, lower = page.locator(above).bounding_box(), page.locator(below).bounding_box()
        assert upper is not None
        assert lower is not None
        assert upper["y"] + upper["height"] <= lower["y"], (above, below)


QUESTIONS = {
    "parking": "#park",
    "transferring": "#transfer",
    "raising": "#priority",
    "one row": "#waiting .row-live",
    "keys": "#help-open",
}


@pytest.mark.parametrize("step", list(QUESTIONS))
def test_no_question_has_a_known_barrier(desks: Desks, step: str) -> None:
    desks.office.issue(priority="cao-tuoi")
    desks.office.issue()
    desks.office.minh.at(2, "open")
    page = desks.work()
    primary(page, "Call next number")
    holds(page, "A001")
    expect(page.locator("#transfer")).to_be_enabled()
    page.locator(QUESTIONS[step]).first.click()
    expect(page.locator("dialog[open]")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("step", ["choosing", "free", "called", "serving", "asking", "pausing"])
def test_it_has_no_known_barrier(desks: Desks, step: str) -> None:
    desks.office.issue(priority="cao-tuoi")
    desks.office.issue()
    page = desks.sit() if step == "choosing" else desks.work()
    if step in ("called", "serving"):
        primary(page, "Call next number")
        holds(page, "A001")
    if step == "serving":
        primary(page, "Start serving")
        expect(page.locator("#outcomes")).to_be_visible()
        page.locator("#more").click()
        expect(page.locator("#onward")).to_be_visible()
    if step == "pausing":
        page.locator("#pause").click()
    if step == "asking":
        page.locator("#sign-out").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
