"""The panel beside the calls: pictures, films and the roster in turn, and what cannot be shown."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.pictures import Forged, film, image, roster, serve_media
from tests.support.waiting import eventually

WITH_PANEL = re.compile(r"\bwith-panel\b")
SHOWN = ".slot.is-shown"
LOADING = """() => {
  const film = document.querySelector("#film");
  const pictures = [...document.querySelectorAll("#picture-a, #picture-b")];
  return pictures.some((one) => one.hasAttribute("src") && !one.getAttribute("data-load"))
    || (film.hasAttribute("src") && !film.error && film.currentTime === 0);
}"""
UNPLAYABLE = "import('/static/display/panel.js').then((panel) => panel.unplayable())"


def on(made: Forged) -> Page:
    """Open the board with a clock of ours, its polling in silence."""
    made.page.clock.install()
    page = made.open()
    made.hush()
    return page


def run(page: Page, seconds: float) -> None:
    """Let the page's time run, step by step as its timers ask."""
    page.clock.run_for(round(seconds * 1000))


def live(page: Page, seconds: int) -> None:
    """Let the page's time run, but no faster than what it asks for comes.

    Ten of its seconds without an answer are a bad line to it, and may be a few milliseconds here.
    """
    for _ in range(seconds):
        eventually(lambda: not page.evaluate(LOADING), within_s=30, why="what was asked for came")
        run(page, 1)


def unplayable(page: Page) -> Any:
    return page.evaluate(UNPLAYABLE)


def test_pictures_follow_one_another_each_for_its_time(forged: Callable[..., Forged]) -> None:
    page = on(forged({}, (image(1, 10), image(2, 20))))
    expect(page.locator(SHOWN)).to_have_attribute("alt", "Áp phích 1")
    expect(page.locator("#main")).to_have_class(WITH_PANEL)
    run(page, 10.5)
    expect(page.locator(SHOWN)).to_have_attribute("alt", "Áp phích 2")
    run(page, 12)
    expect(page.locator(SHOWN)).to_have_attribute("alt", "Áp phích 2")
    run(page, 9)
    expect(page.locator(SHOWN)).to_have_attribute("alt", "Áp phích 1")
    assert unplayable(page) == []


def test_the_next_picture_is_there_before_its_turn(forged: Callable[..., Forged]) -> None:
    made = forged({}, (image(1, 60), image(2, 60)))
    page = on(made)
    expect(
        page.locator("#picture-a[data-load='ready'], #picture-b[data-load='ready']")
    ).to_have_count(2)
    assert made.media == ["1/picture", "2/picture"]
    expect(page.locator(SHOWN)).to_have_count(1)


def test_a_single_picture_is_loaded_once_and_never_flickers(
    forged: Callable[..., Forged],
) -> None:
    made = forged({}, (image(1, 3),))
    page = on(made)
    expect(page.locator(SHOWN)).to_have_attribute("alt", "Áp phích 1")
    page.evaluate(
        "window.changes = 0; new MutationObserver(() => { window.changes += 1; })"
        ".observe(document.querySelector('#panel'), {subtree: true, attributes: true})"
    )
    run(page, 12)
    assert page.evaluate("window.changes") == 0
    assert made.media == ["1/picture"]


def test_what_cannot_be_shown_is_left_out_told_and_tried_again_later(
    forged: Callable[..., Forged],
) -> None:
    made = forged({}, (image(1, 5), image(2, 5), film(3)))
    made.page.unroute("**/media/**")
    serve_media(made.page, broken=(2, 3))
    page = on(made)
    expect(page.locator(SHOWN)).to_have_attribute("alt", "Áp phích 1")
    run(page, 30)
    expect(page.locator(SHOWN)).to_have_attribute("alt", "Áp phích 1")
    assert sorted(unplayable(page)) == ["m2", "m3"]
    made.page.unroute("**/media/**")
    serve_media(made.page)
    run(page, 560)
    assert sorted(unplayable(page)) == ["m2", "m3"]
    live(page, 60)
    assert unplayable(page) == [], "both were tried again, and shown"


def test_a_panel_with_nothing_to_show_leaves_the_room_to_the_calls(
    forged: Callable[..., Forged],
) -> None:
    made = forged({}, (image(1), image(2)))
    made.page.unroute("**/media/**")
    serve_media(made.page, broken=(1, 2))
    page = on(made)
    run(page, 25)
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#main")).not_to_have_class(WITH_PANEL)


def test_a_newer_list_forgets_what_was_unplayable(forged: Callable[..., Forged]) -> None:
    made = forged({}, (image(1), image(2)))
    made.page.unroute("**/media/**")
    serve_media(made.page, broken=(1, 2))
    page = on(made)
    run(page, 25)
    assert sorted(unplayable(page)) == ["m1", "m2"]
    made.show(panel={"items": [image(4)]})
    eventually(lambda: (run(page, 1), unplayable(page) == [])[1], why="the newer list is there")
    live(page, 10)
    expect(page.locator(SHOWN)).to_have_attribute("alt", "Áp phích 4")
    assert unplayable(page) == []


def test_a_film_plays_without_sound_to_its_end_and_gives_way(
    forged: Callable[..., Forged],
) -> None:
    made = forged({}, (film(1), image(2, 600)))
    page = made.open()
    expect(page.locator("#film")).to_have_class("slot is-shown")
    assert page.evaluate("document.querySelector('#film').muted")
    expect(page.locator(SHOWN)).to_have_attribute("alt", "Áp phích 2")
    expect(page.locator("#film")).not_to_have_attribute("src", "/media/1/film")
    assert page.evaluate("document.querySelector('#film').networkState") == 0


def test_a_film_that_is_alone_plays_again(forged: Callable[..., Forged]) -> None:
    made = forged({}, (film(1),))
    page = made.open()
    page.evaluate(
        "window.plays = 0; document.querySelector('#film')"
        ".addEventListener('playing', () => { window.plays += 1; })"
    )
    eventually(lambda: page.evaluate("window.plays >= 2"), why="it plays again")
    assert made.media == ["1/film"]
    assert unplayable(page) == []


def test_a_film_that_does_not_get_on_is_left_out(forged: Callable[..., Forged]) -> None:
    made = forged({}, (film(1), image(2, 600)))
    made.page.add_init_script("HTMLMediaElement.prototype.play = () => new Promise(() => null)")
    page = on(made)
    run(page, 11)
    expect(page.locator(SHOWN)).to_have_attribute("alt", "Áp phích 2")
    assert unplayable(page) == ["m1"]


def test_the_roster_comes_in_pages_with_the_other_media(forged: Callable[..., Forged]) -> None:
    page = on(forged({}, (roster(7), image(2, 12))))
    expect(page.locator(".roster-title")).to_have_text("Phân công nhiệm vụ")
    expect(page.locator(".duty")).to_have_count(3)
    expect(page.locator(".duty-counter").first).to_have_text("Quầy 1")
    expect(page.locator(".roster-page")).to_have_text("trang 1/3")
    run(page, 16)
    expect(page.locator(".roster-page")).to_have_text("trang 2/3")
    expect(page.locator(".duty-counter").first).to_have_text("Quầy 4")
    run(page, 31)
    expect(page.locator(SHOWN)).to_have_attribute("alt", "Áp phích 2")
    expect(page.locator(".duty")).to_have_count(0)


def test_without_a_panel_there_is_no_roster_either(forged: Callable[..., Forged]) -> None:
    made = forged({"panel": False}, (roster(),))
    page = on(made)
    run(page, 3)
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator(".duty")).to_have_count(0)


def test_pictures_change_without_any_motion_where_none_is_wanted(
    forged: Callable[..., Forged],
) -> None:
    calm = forged({}, (image(1),)).open()
    duration = "getComputedStyle(document.querySelector('.slot')).transitionDuration"
    assert calm.evaluate(duration) == "0s"
    usual = forged({}, (image(1),), context={"reduced_motion": "no-preference"}).open()
    assert usual.evaluate(duration).startswith("0.9s")
