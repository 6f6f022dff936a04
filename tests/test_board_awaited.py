"""Nobody who was called and is still awaited leaves a board, however many counters call at once."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.boards import hurry
from tests.support.faults import FAULTS
from tests.support.pictures import SIZES, Forged, call, image, resize, roster

# rows that stick out of the list, or that are too low for their own type
CRUSHED = """() => {
  const list = document.querySelector("#calls").getBoundingClientRect();
  return [...document.querySelectorAll(".row")].filter((row) => {
    const box = row.getBoundingClientRect();
    const type = parseFloat(getComputedStyle(row).fontSize);
    return box.height < type * 1.15 || box.top < list.top - 1 || box.bottom > list.bottom + 1
      || box.left < list.left - 1 || box.right > list.right + 1;
  }).map((row) => row.textContent);
}"""


def awaiting(shown: dict[str, Any], count: int, numbers: str = "A{:03}") -> dict[str, Any]:
    """So many counters have called, and nobody has come yet; the newest call comes first."""
    shown["calls"] = [
        call(numbers.format(900 + counter), counter, shown, call_seq=500 + counter)
        for counter in range(count, 0, -1)
    ]
    return shown


def rows(page: Page) -> list[str]:
    """The list's numbers as they stand at one moment."""
    found = page.locator(".row-number")
    return list(found.evaluate_all("all => all.map((one) => one.getAttribute('data-text'))"))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("numbers", ["A{:03}", "M1{:03}"])
@pytest.mark.parametrize("count", [9, 14, 24])
def test_a_long_list_shows_every_number_whole(
    forged: Callable[..., Forged], count: int, numbers: str, lang: str
) -> None:
    made = forged()
    awaiting(made.shown, count, numbers)
    page = made.open(lang)
    faults = {}
    for size, screen in SIZES.items():
        resize(page, screen)
        expect(page.locator(".row")).to_have_count(count)
        faults[size] = page.evaluate(FAULTS) + page.evaluate(CRUSHED)
    assert {size: found for size, found in faults.items() if found} == {}


def test_a_list_that_grows_short_again_is_a_usual_one(forged: Callable[..., Forged]) -> None:
    made = forged()
    awaiting(made.shown, 14)
    made.page.clock.install()
    page = made.open()
    expect(page.locator(".row")).to_have_count(14)
    made.show(calls=made.shown["calls"][:5])
    page.clock.run_for(5_000)
    expect(page.locator(".row")).to_have_count(5)
    assert page.evaluate(FAULTS) + page.evaluate(CRUSHED) == []
    assert page.locator("#calls").get_attribute("style") in (None, "")


def test_beside_a_panel_those_awaited_come_before_those_who_have_come(
    forged: Callable[..., Forged],
) -> None:
    made = forged({}, (image(1),))
    awaiting(made.shown, 9)
    for place, one in enumerate(made.shown["calls"]):
        one["state"] = "called" if place in (0, 4, 8) else "serving"
    page = made.open()
    expect(page.locator(".with-panel .row")).to_have_count(6)
    # the three awaited, and of the others the newest; all of them in the order of their calls
    assert rows(page) == ["A909", "A908", "A907", "A906", "A905", "A901"]
    expect(page.locator("#recent-page")).to_be_empty()


@pytest.mark.parametrize(("numbers", "fits"), [("A{:03}", 6), ("M1{:03}", 4)])
def test_more_awaited_than_fit_beside_a_panel_are_shown_in_turn(
    forged: Callable[..., Forged], numbers: str, fits: int
) -> None:
    made = forged({}, (roster(),))
    awaiting(made.shown, 14, numbers)
    # newer than all, but over: it must not take anybody's place
    made.shown["calls"].insert(0, call("A888", 2, made.shown, call_seq=900, state="finished"))
    made.page.clock.install()
    page = made.open()
    expect(page.locator(".with-panel .row")).to_have_count(fits)
    seen: set[str] = set()

    def all_were_seen() -> bool:
        found = rows(page)
        assert len(found) == fits
        seen.update(found)
        return len(seen) >= 14

    hurry(page, all_were_seen, "everybody who is awaited is shown in turn")
    assert seen == {numbers.format(900 + counter) for counter in range(1, 15)}
    for screen in SIZES.values():
        resize(page, screen)
        assert page.evaluate(FAULTS) == []
    expect(page.locator("#recent-page")).to_contain_text(f"/{-(-14 // fits)}")
