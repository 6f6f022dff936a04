"""The watch over the browser tests sees what it is there for."""

from playwright.sync_api import Browser

from tests.support.browser import Watch
from tests.support.waiting import eventually

BAD_PAGE = """data:text/html,<!doctype html>
<meta http-equiv="Content-Security-Policy" content="style-src 'none'">
<style>p { color: red }</style>
<img src="http://elsewhere.example/a.png">
<script>throw new Error("nobody caught me")</script>"""


def test_it_sees_strangers_policy_breaks_and_uncaught_errors(browser: Browser) -> None:
    watch = Watch()
    with browser.new_context() as context:
        watch.over(context)
        page = context.new_page()
        page.goto(BAD_PAGE)
        eventually(lambda: page.title() == "" and len(watch.faults) >= 3, why="three faults")
    told = sorted(fault.split(":")[0] for fault in watch.faults)
    assert told == [
        "an uncaught error in a page",
        "broke the content security policy",
        "left the box",
    ]


def test_it_has_nothing_to_say_of_a_decent_page(browser: Browser) -> None:
    watch = Watch()
    with browser.new_context() as context:
        watch.over(context)
        context.new_page().goto("data:text/html,<!doctype html><p>Mời số A012</p>")
    assert watch.faults == []
