"""The board at night, the code for phones, and the place to touch for sound."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.support.faults import FAULTS, PALE
from tests.support.pictures import SIZES, Forged, image, resize

CLOSED: dict[str, Any] = {
    "open": False,
    "opens_at": "2027-01-04T00:30:00.000Z",
    "calls": [],
    "counters": [],
    "ticker": [],
    "waiting": [],
}
PLAYER = "import('/static/display/sound.js').then((sound) => sound.drawSound({state: '%s', %s}))"

# what of the night lies where the button is, or would be touched instead of it
OVER_BUTTON = """() => {
  const button = document.querySelector("#enable").getBoundingClientRect();
  const words = document.querySelector("#night-words").getBoundingClientRect();
  const middle = [(button.left + button.right) / 2, (button.top + button.bottom) / 2];
  const top = document.elementFromPoint(...middle);
  const isOver = words.width > 0 && words.left < button.right && words.right > button.left
    && words.top < button.bottom - 1 && words.bottom > button.top + 1;
  return [isOver && "the clock", !top.closest("#enable") && top.id].filter(Boolean);
}"""


def closed(made: Forged, **more: Any) -> Page:
    made.shown |= CLOSED | more
    return made.open()


def spot(page: Page) -> Any:
    return page.evaluate("document.querySelector('#night-words').style.transform")


def test_when_all_have_gone_a_dim_clock_says_when_it_opens(forged: Callable[..., Forged]) -> None:
    page = closed(forged({"night": "clock"}))
    expect(page.locator("#night")).to_be_visible()
    expect(page.locator("#night-opens")).to_have_text("Mở lại lúc 07:30, Thứ Hai 04/01")
    for screen in SIZES.values():
        resize(page, screen)
        assert page.evaluate(FAULTS) == []
    assert page.evaluate(PALE)[1] == []


def test_the_clock_stands_elsewhere_a_minute_later(forged: Callable[..., Forged]) -> None:
    made = forged({"night": "clock"})
    made.page.clock.install()
    page = closed(made)
    made.hush()
    seen = [spot(page)]
    for _ in range(3):
        page.clock.fast_forward(60_000)
        page.clock.run_for(300)
        seen.append(spot(page))
        assert page.evaluate(FAULTS) == []
    assert len(set(seen)) == 4


def test_a_dark_screen_shows_nothing_at_all(forged: Callable[..., Forged]) -> None:
    made = forged({"night": "dark"})
    made.is_mute = True
    page = closed(made)
    expect(page.locator("#night")).to_be_visible()
    expect(page.locator("#night-words")).to_be_hidden()
    colours = Image.open(BytesIO(page.screenshot())).convert("RGB").getcolors()
    assert colours == [(1920 * 1080, (0, 0, 0))]


@pytest.mark.parametrize("night", ["clock", "dark"])
def test_at_night_too_the_place_to_touch_for_sound_is_seen_and_reached(
    forged: Callable[..., Forged], night: str
) -> None:
    made = forged({"night": night})
    made.is_mute = True
    made.page.clock.install()
    page = closed(made)
    made.hush()
    expect(page.locator("#night")).to_be_visible()
    page.evaluate(PLAYER % ("blocked", "onEnable: () => { window.touched = true; }"))
    button = page.locator("#enable")
    expect(button).to_be_focused()
    for screen in SIZES.values():
        resize(page, screen)
        # the clock wanders, and never over it
        for _ in range(11):
            page.clock.fast_forward(60_000)
            page.clock.run_for(300)
            assert page.evaluate(OVER_BUTTON) == []
    # dim: nothing of it is brighter than the clock
    picture = Image.open(BytesIO(button.screenshot())).convert("L")
    assert 100 < max(picture.tobytes()) <= 160
    assert page.evaluate(PALE)[1] == []
    # a finger, where nothing else may lie above it
    button.click()
    assert page.evaluate("window.touched")


def test_without_night_it_says_that_it_is_closed(forged: Callable[..., Forged]) -> None:
    page = closed(forged({"night": "off"}))
    expect(page.locator("#night")).to_be_hidden()
    expect(page.locator(".rest-title")).to_be_visible()


@pytest.mark.parametrize("reason", ["open", "waiting", "call", "notice"])
def test_it_ends_at_once_when_anybody_needs_the_board(
    forged: Callable[..., Forged], reason: str
) -> None:
    made = forged({"night": "clock"})
    day = {name: made.shown[name] for name in CLOSED if name in made.shown}
    made.page.clock.install()
    page = closed(made)
    expect(page.locator("#night")).to_be_visible()
    changes: dict[str, dict[str, Any]] = {
        "open": {"open": True},
        "waiting": {"waiting": day["waiting"]},
        "call": {"calls": day["calls"]},
        "notice": {"ticker": day["ticker"]},
    }
    made.show(**changes[reason])
    page.clock.run_for(5_000)
    expect(page.locator("#night")).to_be_hidden()


def test_at_night_no_film_plays_and_no_picture_is_kept(forged: Callable[..., Forged]) -> None:
    made = forged({"night": "clock"}, (image(1),))
    page = closed(made)
    expect(page.locator("#night")).to_be_visible()
    assert made.media == []
    expect(page.locator("#picture-a[src], #picture-b[src], #film[src]")).to_have_count(0)


@pytest.mark.parametrize("layout", ["one", "table"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("panel", [(), (image(1),)], ids=["plain", "panel"])
def test_a_phone_reads_the_code_from_the_screen(
    forged: Callable[..., Forged], layout: str, theme: str, panel: tuple[dict[str, Any], ...]
) -> None:
    made = forged({"layout": layout, "theme": theme}, panel, services=12)
    page = made.open()
    for name in ("full-hd", "upright"):
        resize(page, SIZES[name])
        box = page.locator("#code-picture svg").bounding_box()
        assert box is not None
        side = box["width"] / 2.02
        assert side >= 32
        # from 1.5 m: two millimetres a module
        assert side / made.shown["links"]["qr"]["size"] >= 2
        read = zxingcpp.read_barcodes(Image.open(BytesIO(page.screenshot())))
        assert [one.text for one in read] == ["http://192.168.100.100:8080/procedures"]
    expect(page.locator(".code-words")).to_have_text("Quét mã xem thủ tục")


def test_without_a_code_its_place_is_the_others(forged: Callable[..., Forged]) -> None:
    made = forged()
    made.shown["links"] = {"procedures": "", "qr": None}
    page = made.open()
    expect(page.locator("#code")).to_be_hidden()
    box = page.locator("#waiting").bounding_box()
    assert box is not None
    assert box["width"] > 1800


def test_where_sound_is_blocked_a_remotes_ok_key_turns_it_on(
    forged: Callable[..., Forged],
) -> None:
    made = forged()
    made.is_mute = True
    page = made.open()
    made.hush()
    page.evaluate(PLAYER % ("off", ""))
    expect(page.locator("#enable")).to_be_hidden()
    expect(page.locator("#sound")).to_have_text("Không có tiếng")
    page.evaluate(PLAYER % ("blocked", "onEnable: () => { window.touched = true; }"))
    button = page.get_by_role("button", name="Chạm vào đây để bật tiếng")
    expect(button).to_be_focused()
    cursor = "getComputedStyle(document.documentElement).cursor"
    assert page.evaluate(cursor) == "auto"
    page.keyboard.press("Enter")
    assert page.evaluate("window.touched")
    page.evaluate(PLAYER % ("speaking", ""))
    expect(button).to_be_hidden()
    expect(page.locator("#sound")).to_have_text("Đang đọc")
    assert page.evaluate(cursor) == "none"
