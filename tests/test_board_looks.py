"""The board's picture: nothing cut off or too small, enough contrast, on every screen."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.boards import FULL_HD, Line, WaitingRoom, forge, hang_board

SCREENS = {
    "full-hd": FULL_HD,
    "uhd": {"width": 3840, "height": 2160},
    "laptop": {"width": 1366, "height": 768},
    "upright": {"width": 1080, "height": 1920},
    "old": {"width": 1280, "height": 1024},
}
LONG = "Lao động – Người có công – Bảo trợ xã hội và Giảm nghèo bền vững"
# Of Be Vietnam Pro: how high its capitals stand, and the accents on them, in em.
CAPITAL, ACCENTS = 0.74, 0.36

# Anything that sticks out of the screen, of its own box, or into its neighbour below.
FAULTS = """() => {
  const shown = (node) => node.getClientRects().length && !node.closest(".skip, .sr-only");
  const name = (node) => node.id || node.className;
  const all = [...document.querySelectorAll("body *")].filter(shown);
  const faults = all.filter((node) => {
    const box = node.getBoundingClientRect();
    const isOff = box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
    return isOff || box.left < -1 || box.top < -1;
  }).map((node) => "off the screen: " + name(node));
  const whole = "#clock i, #number i, #counter, .row i, .row-counter, .service-count, "
    + ".service-range, #today, #invite, #times";
  [...document.querySelectorAll(whole)].filter(shown).forEach((node) => {
    const holder = node.closest(".service, .row, .place, .top");
    const box = node.getBoundingClientRect();
    const room = holder.getBoundingClientRect();
    const isText = node.tagName !== "I" && node.clientWidth;
    if (isText && node.scrollWidth > node.clientWidth + 1) faults.push("cut: " + name(node));
    const isWide = box.right > room.right + 1 || box.left < room.left - 1;
    if (isWide) faults.push("too wide: " + name(node));
  });
  const rows = [...document.querySelectorAll(".row")];
  const bottom = (node) => node.getBoundingClientRect().bottom;
  const end = bottom(document.querySelector(".calls"));
  if (rows.some((row) => bottom(row) > end + 1)) faults.push("too many rows");
  return faults;
}"""
MEASURES = """() => {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const number = document.querySelector("#number");
  const to = document.querySelector(".to");
  return {
    mm: parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--mm")),
    number: parseFloat(getComputedStyle(number).fontSize),
    counter: parseFloat(getComputedStyle(to).fontSize),
    bottom: number.getBoundingClientRect().bottom,
    base: document.querySelector("#counter").getBoundingClientRect(),
  };
}"""


def crowded(state: dict[str, Any], services: int, calls: int, *, label: str = "M1234") -> None:
    """Fill a state with more and longer things than any sample has."""
    state["branch"]["name"] = "Trung tâm Phục vụ hành chính công phường Văn Miếu – Quốc Tử Giám"
    state["waiting"] = [
        {
            "prefix": "MQWABCDEGHKLNPRSTUVXYZ"[place % 22],
            "name": LONG,
            "waiting": 0 if place % 5 == 4 else 123,
            "estimate": None if place % 5 == 3 else {"low": 6000, "high": 9000},
        }
        for place in range(services)
    ]
    state["calls"] = [
        {
            "number": f"B{24000 - place}" if place else label,
            "counter": 100 + place,
            "counter_name": f"Tiếp nhận và trả kết quả {LONG}",
            "zone": "Khu tiếp nhận và trả kết quả tầng 2",
            "call_seq": 5000 - place,
            "at": state["now"],
            "calls": 2,
            "state": "called" if place == 0 else "finished",
        }
        for place in range(calls)
    ]
    state["seq"] += 1


def resize(page: Page, screen: str) -> None:
    size = SCREENS[screen]
    page.set_viewport_size(size)
    page.wait_for_function("(s) => innerWidth === s.width && innerHeight === s.height", arg=size)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.fixture
def hang(new_context: Callable[..., BrowserContext], waiting: WaitingRoom) -> Callable[..., Page]:
    """Hang a board that shows a state of ours on a screen of this size."""

    def make(services: int, calls: int, lang: str = "vi", **more: Any) -> Page:
        page = hang_board(new_context, waiting)
        state = waiting.state()
        crowded(state, services, calls, **more)
        Line(page)
        forge(page, state)
        page.goto(f"{waiting.url}/board?lang={lang}")
        expect(page.locator("#number")).to_have_attribute("data-text", state["calls"][0]["number"])
        page.evaluate("document.fonts.ready.then(() => null)")
        return page

    return make


@pytest.mark.parametrize(("services", "calls"), [(7, 6), (16, 12), (30, 8)])
def test_nothing_is_cut_off_or_sticks_out_on_any_screen(
    hang: Callable[..., Page], services: int, calls: int
) -> None:
    found = {}
    for lang in ("vi", "en"):
        page = hang(services, calls, lang)
        for screen in SCREENS:
            resize(page, screen)
            found[screen, lang] = page.evaluate(FAULTS)
    assert {one: faults for one, faults in found.items() if faults} == {}


@pytest.mark.parametrize("label", ["A012", "M1234", "B24000"])
def test_the_called_number_is_read_at_five_metres(hang: Callable[..., Page], label: str) -> None:
    found = hang(7, 6, label=label).evaluate(MEASURES)
    assert found["mm"] == 2.02
    assert found["number"] * CAPITAL / found["mm"] >= 61


def test_the_counter_is_read_at_five_metres_too(board: Page, waiting: WaitingRoom) -> None:
    waiting.issue()
    waiting.call(3)
    board.goto(f"{waiting.url}/board")
    found = board.evaluate(MEASURES)
    assert found["counter"] * CAPITAL / found["mm"] >= 61


def test_the_accents_of_the_counter_do_not_touch_the_number(
    board: Page, waiting: WaitingRoom
) -> None:
    waiting.issue()
    waiting.call(3)
    board.goto(f"{waiting.url}/board")
    board.evaluate("document.fonts.ready.then(() => null)")
    for screen in SCREENS:
        resize(board, screen)
        found = board.evaluate(MEASURES)
        # the baseline lies below the middle of a line by half the height of a capital
        middle = (found["base"]["top"] + found["base"]["bottom"]) / 2
        accents = middle + (CAPITAL / 2 - CAPITAL - ACCENTS) * found["counter"]
        assert found["bottom"] <= accents, screen


def test_every_text_stands_out_seven_to_one_new_and_old(
    hang: Callable[..., Page], waiting: WaitingRoom
) -> None:
    page = hang(7, 6)
    assert contrast_faults(page) == []
    page.evaluate(
        "document.querySelectorAll('.is-new').forEach((n) => n.classList.remove('is-new'))"
    )
    page.evaluate("document.querySelector('#lost').hidden = false")
    page.evaluate("document.body.setAttribute('data-line', 'stale')")
    assert contrast_faults(page) == []


def contrast_faults(page: Page) -> list[str]:
    rules = {"runOnly": ["color-contrast-enhanced", "color-contrast"]}
    options = {"runOnly": {"type": "rule", "values": rules["runOnly"]}}
    found = Axe().run(page, options=options).response
    assert found["passes"], "it looked at something"
    return [node["html"] for rule in found["violations"] for node in rule["nodes"]]


def test_readers_find_no_fault_with_the_page(hang: Callable[..., Page]) -> None:
    found = Axe().run(hang(7, 6)).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def test_nothing_flashes_and_with_reduced_motion_nothing_moves(
    hang: Callable[..., Page],
) -> None:
    page = hang(7, 6)
    repeats = page.evaluate(
        "() => document.getAnimations().map((a) => a.effect.getComputedTiming())"
        ".filter((t) => t.iterations > 1 || t.duration > 1).length"
    )
    assert repeats == 0


def test_the_new_number_settles_once(
    new_context: Callable[..., BrowserContext], waiting: WaitingRoom
) -> None:
    page = hang_board(new_context, waiting, reduced_motion="no-preference")
    page.goto(f"{waiting.url}/board")
    waiting.issue()
    waiting.call(1)
    expect(page.locator("#call")).to_have_class("call is-new settle")
    motion = page.locator(".number").evaluate(
        "(node) => { const s = getComputedStyle(node);"
        " return [s.animationName, s.animationIterationCount, s.animationDuration]; }"
    )
    assert motion == ["settle", "1", "0.7s"]
