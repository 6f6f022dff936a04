"""A board that hangs for a month: what it shows stays true, and it grows by nothing."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, CDPSession, Page

from tests.support.boards import WaitingRoom, hang_board

DRIVER = Path(__file__).with_name("support") / "soak.js"
DAYS = 30
BY_DAY = 490
BY_NIGHT = 10
# a smaller picture of the same page: painting it in software is what takes the time
SMALL = {"width": 960, "height": 540}
PICTURES = ["/media/1/a", "/media/2/b", "/media/3/c"]
# the page loads itself anew every night; here it may not, which is harder than life is
NEVER = "export function isTimeToRenew() { return false; }"


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (320, 240), "#9b1c1c").save(out, "PNG")
    return out.getvalue()


def open_board(page: Page, url: str) -> None:
    page.route("**/static/display/renew.js", lambda route: answer(route, NEVER))
    painted = picture()
    page.route("**/media/**", lambda route: route.fulfill(body=painted, content_type="image/png"))
    page.add_init_script(path=DRIVER)
    page.goto(f"{url}/board")
    page.wait_for_function("window.soak && window.soak.name")


def answer(route: Any, script: str) -> None:
    route.fulfill(body=script, content_type="text/javascript")


def live(page: Page, day: int) -> int:
    """One day passes; gives how many states the page has been sent so far."""
    return int(
        page.evaluate(
            "([day, pictures, lit, dark]) => window.soak.run(day, pictures, lit, dark)",
            [day, PICTURES, BY_DAY, BY_NIGHT],
        )
    )


def size(line: CDPSession) -> dict[str, float]:
    """What the page holds on to, after everything that may go has gone."""
    for _ in range(3):
        line.send("HeapProfiler.collectGarbage")
    metrics = {one["name"]: one["value"] for one in line.send("Performance.getMetrics")["metrics"]}
    return {
        "heap": float(line.send("Runtime.getHeapUsage")["usedSize"]),
        "nodes": metrics["Nodes"],
        "listeners": metrics["JSEventListeners"],
        "documents": metrics["Documents"],
    }


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_month_of_states_leaves_nothing_behind(
    new_context: Callable[..., BrowserContext], waiting: WaitingRoom
) -> None:
    page = hang_board(new_context, waiting, reduced_motion="no-preference", viewport=SMALL)
    open_board(page, waiting.url)
    line = page.context.new_cdp_session(page)
    line.send("HeapProfiler.enable")
    line.send("Performance.enable")
    for day in range(1, 3):
        live(page, day)
    early = size(line)
    for day in range(3, DAYS + 1):
        states = live(page, day)
    late = size(line)
    assert states >= 15_000
    assert page.evaluate("window.soak.wrong.slice(0, 3)") == []
    # it spoke all the while: a silent page would prove less
    assert page.evaluate("window.soak.spoken") > 500
    assert late["heap"] - early["heap"] < 1_000_000, (early, late)
    assert abs(late["nodes"] - early["nodes"]) <= 20, (early, late)
    assert abs(late["listeners"] - early["listeners"]) <= 5, (early, late)
    assert late["documents"] <= early["documents"], (early, late)
