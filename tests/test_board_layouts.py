"""Both layouts on every screen: nothing overlaps or is cut, and the call is read at five metres."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.faults import CAPITAL, FAULTS, PALE
from tests.support.pictures import SIZES, Forged, image, resize, roster

HARD = {
    "numbers": "A{}",
    "first": 980,
    "counters": 20,
    "services": 12,
    "hints": True,
    "closing": True,
}
# the called number's type, in the big place or in its cell, in pixels
CALLED = """() => {
  const main = document.querySelector("#main").classList;
  const inPlace = main.contains("layout-one") || main.contains("with-banner");
  const node = document.querySelector(inPlace ? "#number" : ".cell.is-called .cell-number");
  return node.getClientRects().length ? parseFloat(getComputedStyle(node).fontSize) : 0;
}"""
PANELS = {"plain": (), "panel": (roster(),)}


@pytest.mark.parametrize("layout", ["one", "table"])
@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("content", [{}, HARD], ids=["usual", "hard"])
def test_nothing_is_cut_or_lies_on_anything_else(
    forged: Callable[..., Forged], layout: str, panel: str, lang: str, content: dict[str, Any]
) -> None:
    page = forged({"layout": layout}, PANELS[panel], **content).open(lang)
    found = {}
    for size, screen in SIZES.items():
        resize(page, screen)
        found[size] = page.evaluate(FAULTS)
    assert {size: faults for size, faults in found.items() if faults} == {}


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("counters", [1, 4, 6, 10, 16, 24])
def test_in_a_table_the_called_number_is_read_at_five_metres(
    forged: Callable[..., Forged], panel: str, counters: int
) -> None:
    sizes = {}
    for numbers, first in (("A{:03}", 12), ("M{}", 1000)):
        made = forged(
            {"layout": "table"}, PANELS[panel], counters=counters, numbers=numbers, first=first
        )
        page = made.open()
        for name in ("full-hd", "upright"):
            resize(page, SIZES[name])
            sizes[numbers, name] = page.evaluate(CALLED) * CAPITAL / 2.02
    assert {case: mm for case, mm in sizes.items() if mm < 61} == {}


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("hints", [False, True])
def test_in_the_big_place_the_called_number_is_read_at_five_metres(
    forged: Callable[..., Forged], panel: str, hints: bool
) -> None:
    page = forged({}, PANELS[panel], numbers="M{}", first=1000, hints=hints).open()
    for name in ("full-hd", "upright"):
        resize(page, SIZES[name])
        assert page.evaluate(CALLED) * CAPITAL / 2.02 >= 61, name
    # the same share of a screen with more pixels, and of one with fewer
    resize(page, SIZES["uhd"])
    assert page.evaluate(CALLED) * CAPITAL / 4.04 >= 61
    resize(page, SIZES["laptop"])
    assert page.evaluate(CALLED) * CAPITAL / (2.02 * 1366 / 1920) >= 61


def test_a_cell_for_each_counter_says_how_it_is(forged: Callable[..., Forged]) -> None:
    page = forged({"layout": "table"}, counters=12).open("en")
    cells = page.locator(".cell")
    expect(cells).to_have_count(12)
    expect(page.locator("[data-counter='12'] .cell-number .sr-only")).to_have_text("A012")
    expect(page.locator("[data-counter='4'] .cell-state")).to_have_text("Back soon")
    expect(page.locator("[data-counter='8'] .cell-state")).to_have_text("Closed")
    expect(page.locator("#recent")).to_be_hidden()


def test_with_few_counters_the_cells_themselves_are_large_and_no_banner_is_needed(
    forged: Callable[..., Forged],
) -> None:
    page = forged({"layout": "table"}, counters=6).open()
    expect(page.locator("#place")).to_be_hidden()
    expect(page.locator(".cell.is-new")).to_have_count(1)
    expect(page.locator(".cell.is-new")).to_have_attribute("data-counter", "6")


def test_with_many_the_newest_call_stands_above_them(forged: Callable[..., Forged]) -> None:
    page = forged({"layout": "table"}, counters=24).open()
    expect(page.locator("#number")).to_be_visible()
    expect(page.locator("#number")).to_have_attribute("data-text", "A012")
    expect(page.locator("#counter")).to_have_text("Quầy 24")
    expect(page.locator(".cell.is-new")).to_have_attribute("data-counter", "24")


def test_a_table_says_too_that_it_is_closed(forged: Callable[..., Forged]) -> None:
    made = forged({"layout": "table"}, counters=3)
    for counter in made.shown["counters"]:
        counter |= {"call": None, "state": "closed"}
    made.shown |= {"open": False, "opens_at": "2027-01-04T00:30:00.000Z", "calls": []}
    made.shown |= {"waiting": [], "ticker": []}
    page = made.open("en")
    expect(page.locator(".rest-title")).to_have_text("We are closed now")
    expect(page.locator(".rest-words")).to_be_visible()
    assert page.evaluate(FAULTS) == []


def test_the_mark_leaves_a_cell_when_the_branch_says(forged: Callable[..., Forged]) -> None:
    made = forged({"layout": "table", "mark_s": 30}, counters=6)
    made.page.clock.install()
    page = made.open()
    made.hush()
    expect(page.locator(".cell.is-new")).to_have_count(1)
    page.clock.fast_forward(25_000)
    expect(page.locator(".cell.is-new")).to_have_count(1)
    page.clock.fast_forward(6_000)
    expect(page.locator(".cell.is-new")).to_have_count(0)
    expect(page.locator(".cell.is-called")).to_have_count(1)


def test_one_tvs_address_chooses_another_layout_and_theme(forged: Callable[..., Forged]) -> None:
    made = forged({"layout": "one", "theme": "light"})
    page = made.open(query="&layout=table&theme=dark")
    expect(page.locator(".cell")).to_have_count(6)
    assert is_dark(page)
    page = made.open(query="&layout=else&theme=else")
    expect(page.locator(".cell")).to_have_count(0)
    expect(page.locator("#number")).to_be_visible()
    assert not is_dark(page)


def is_dark(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.classList.contains('theme-dark')"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("layout", ["one", "table"])
@pytest.mark.parametrize("counters", [6, 20])
def test_every_text_stands_out_seven_to_one(
    forged: Callable[..., Forged], theme: str, layout: str, counters: int
) -> None:
    page = forged(
        {"theme": theme, "layout": layout}, (roster(),), counters=counters, hints=True
    ).open()
    expect(page.locator(".duty").first).to_be_visible()
    assert is_dark(page) == (theme == "dark")
    for step in ("", "old", "stale"):
        if step == "old":
            page.evaluate(
                "document.querySelectorAll('.is-new').forEach((n) => n.classList.remove('is-new'))"
            )
        if step == "stale":
            page.evaluate("document.querySelector('#lost').hidden = false")
            page.evaluate("document.body.setAttribute('data-line', 'stale')")
        count, pale = page.evaluate(PALE)
        assert count > 20
        assert pale == [], step


def test_arrow_and_words_lead_to_the_counter(forged: Callable[..., Forged]) -> None:
    page = forged(counters=3, hints=True).open()
    expect(page.locator("#hint")).to_have_text("Tầng 2, cuối hành lang")
    expect(page.locator("#arrow .sr-only")).to_have_text("bên trái")
    turned = page.locator("#arrow svg").evaluate("(node) => getComputedStyle(node).transform")
    assert turned.startswith("matrix(-1,")
    page = forged(counters=3).open()
    expect(page.locator("#arrow svg")).to_be_visible()
    expect(page.locator("#arrow .sr-only")).to_have_count(0)
    expect(page.locator("#hint")).to_have_text("")


def test_the_list_beside_a_panel_keeps_to_what_fits(forged: Callable[..., Forged]) -> None:
    made = forged({}, (image(1),), counters=9)
    page = made.open()
    expect(page.locator("#picture-a.is-shown, #picture-b.is-shown")).to_have_count(1)
    expect(page.locator(".row")).to_have_count(6)
    expect(page.locator(".row-number").first).to_have_attribute("data-text", "A012")


def test_beside_a_panel_names_have_the_room_of_ranges_that_nobody_can_tell(
    forged: Callable[..., Forged],
) -> None:
    made = forged({}, (roster(),))
    for one in made.shown["waiting"]:
        one |= {"name": "Hỗ trợ dịch vụ công trực tuyến", "estimate": None}
    page = made.open()
    resize(page, SIZES["full-hd"])
    names = page.locator(".is-list .service-name")
    expect(names).to_have_count(7)
    cut = "all => all.filter((one) => one.scrollWidth > one.clientWidth).length"
    assert names.evaluate_all(cut) == 0
    estimate = {"low": 1500, "high": 3000}
    made.show(waiting=[made.shown["waiting"][0] | {"estimate": estimate}])
    told = page.locator(".service-range:not(.untold)")
    expect(told).to_have_text(re.compile("25–50"))
    expect(told).to_be_visible()
