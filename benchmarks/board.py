"""From the press to the pixels: a real board in Chromium, what it costs its computer at rest."""

from __future__ import annotations

import contextlib
import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from benchmarks import process
from benchmarks.bench import Bench
from benchmarks.figures import Table, percentile, verdict
from benchmarks.house import COUNTERS, SYSTEM, House, serving
from benchmarks.live import audience
from boards.setup import BoardSetup, Duty, Line
from queueing.people import Role
from queueing.store import Store
from queueing.store.identity import Identity
from tests.support.browser import find_chromium, launch_options
from web.access import DEVICE_COOKIES

EVERY_S = 0.3
FULL_HD = (1920, 1080)
BOARDS = 50
LONG = "Xin giữ gìn trật tự, chuẩn bị sẵn giấy tờ và nghe gọi số. " * 3
PIXELS = ("what", "page changed", "painted", "all of them")
CALM = ("what it shows", "% of a core, page", "% of a core, all", "heap, MB", "RSS of page, MB")
# how long a page settles before its computer is looked at
SETTLE_S = 20.0

# When a called number is first in the list, and two frames later, when it has been painted: in the
# clock that all pages of one browser share.
EYES = """
window.seen = {};
const clock = () => performance.timeOrigin + performance.now();
new MutationObserver(() => {
  const first = document.querySelector("#calls .row-number");
  const number = first && first.getAttribute("data-text");
  if (!number || window.seen[number]) return;
  const times = window.seen[number] = [clock(), 0];
  requestAnimationFrame(() => requestAnimationFrame(() => { times[1] = clock(); }));
}).observe(document, { subtree: true, childList: true, attributes: true });
"""
PRESS = """
async ([counter, token]) => {
  const at = performance.timeOrigin + performance.now();
  const answer = await fetch("/api/v1/counters/" + counter + "/call-next", {
    method: "POST",
    headers: { Authorization: "Bearer " + token, "Content-Type": "application/json" },
    body: "{}",
    credentials: "omit",
  });
  if (answer.status !== 200) throw new Error("call-next answered " + answer.status);
  return [(await answer.json()).ticket.number, at];
}
"""


@dataclass
class Seen:
    """Milliseconds from the press until the board's page was changed, and until it was painted."""

    drawn: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)
    missing: int = 0


@contextlib.contextmanager
def browser_of(playwright: Playwright) -> Iterator[Browser]:
    """Chromium as a television has it. Raises RuntimeError where there is none."""
    chromium = find_chromium()
    if chromium is None:
        raise RuntimeError("there is no Chromium here: make chromium")
    browser = playwright.chromium.launch(**launch_options(chromium))
    try:
        yield browser
    finally:
        browser.close()


def hang(browser: Browser, house: House) -> Page:
    """A board of this house in Full HD, watched."""
    origin = f"http://127.0.0.1:{house.port}"
    width, height = FULL_HD
    context = browser.new_context(
        locale="vi-VN", viewport={"width": width, "height": height}, reduced_motion="no-preference"
    )
    cookie = {"name": DEVICE_COOKIES[Role.BOARD], "value": house.boards[-1], "url": origin}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.add_init_script(EYES)
    page.goto(f"{origin}/board")
    page.locator("#calls .row-number").first.wait_for()
    return page


def press(browser: Browser, house: House, board: Page, calls: int) -> Seen:
    """Call so many times from a page of the same browser, and ask the board afterwards."""
    context = browser.new_context(locale="vi-VN")
    desk = context.new_page()
    desk.goto(f"http://127.0.0.1:{house.port}/sign-in")
    sent: dict[str, float] = {}
    begin = time.monotonic()
    for turn in range(calls):
        time.sleep(max(0.0, begin + turn * EVERY_S - time.monotonic()))
        counter = turn % COUNTERS
        number, at = desk.evaluate(PRESS, [counter + 1, house.officers[counter]])
        sent[number] = at
    time.sleep(1.0)
    times = board.evaluate("window.seen")
    context.close()
    found = Seen()
    for number, at in sent.items():
        drawn, painted = times.get(number, (0.0, 0.0))
        if painted:
            found.drawn.append(drawn - at)
            found.painted.append(painted - at)
        else:
            found.missing += 1
    return found


def add_calls(table: Table, what: str, seen: Seen) -> None:
    """The rows of one number of boards."""
    for share in (0.5, 0.99, 1.0):
        called = "longest" if share == 1.0 else f"p{share * 100:.0f}"
        times = (f"{percentile(found, share):.1f}" for found in (seen.drawn, seen.painted))
        table.add(f"{what}, {called}, ms", *times)
    table.add(f"{what}, calls not painted", "", f"{seen.missing}", verdict(not seen.missing))


def dress(house: House) -> None:
    """Give the boards three pictures, a roster, and a line at the foot that has to move."""
    store = Store(house.file)
    token = Identity(store).create_token(SYSTEM, "admin", "admin")[1]
    lines = (Line(LONG), Line("Điểm phục vụ nhận hồ sơ đến 17 giờ."))
    roster = tuple(Duty(n, "Hộ tịch", "Nguyễn Thị Hoa") for n in range(1, COUNTERS + 1))
    store.close()
    house.furnish(BoardSetup(lines, roster))
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    for number in range(3):
        out = BytesIO()
        Image.effect_noise((1280, 720), 40 + number).convert("RGB").save(out, "JPEG")
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "image/jpeg"}
        line.request("POST", f"/api/v1/media?name=Tranh{number}", out.getvalue(), headers)
        answer = line.getresponse()
        words = answer.read().decode(errors="replace")
        if answer.status != 201:
            raise RuntimeError(f"media answered {answer.status}: {words[:200]}")
    line.close()


def processes(browser: Browser) -> dict[str, list[int]]:
    """The browser's processes by what they do."""
    line = browser.new_browser_cdp_session()
    found: dict[str, list[int]] = {}
    for one in line.send("SystemInfo.getProcessInfo")["processInfo"]:
        found.setdefault(one["type"], []).append(int(one["id"]))
    line.detach()
    return found


def heap_mb(page: Page) -> float:
    """What the page's scripts hold, after everything that may go has gone."""
    line = page.context.new_cdp_session(page)
    line.send("HeapProfiler.enable")
    line.send("HeapProfiler.collectGarbage")
    used = float(line.send("Runtime.getHeapUsage")["usedSize"])
    line.detach()
    return used / 1e6


def rest(browser: Browser, board: Page, seconds: float) -> tuple[float, float, float, float]:
    """Per cent of a core for the page's process and for all of Chromium; its heap and RSS in MB."""
    found = processes(browser)
    renderers = found.get("renderer", [])
    everyone = [pid for pids in found.values() for pid in pids]

    def used(pids: list[int]) -> float:
        return sum(process.cpu_s(pid) for pid in pids)

    before, begun = (used(renderers), _own(everyone)), time.monotonic()
    time.sleep(seconds)
    span = time.monotonic() - begun
    page, whole = used(renderers) - before[0], _own(everyone) - before[1]
    rss = max(process.rss_mb(pid) for pid in renderers)
    return 100 * page / span, 100 * whole / span, heap_mb(board), rss


def _own(pids: list[int]) -> float:
    """Processor seconds of these processes; a family is counted once."""
    families: set[int] = set()
    for pid in pids:
        families.update(process.family(pid))
    return sum(process.own_cpu_s(pid) for pid in families)


def run(bench: Bench) -> list[Table]:
    """Measure presses with no other board and with many, then the board at rest."""
    scale = bench.scale
    pixels = Table("From the press to a real board's pixels", PIXELS)
    calm = Table("A real board at rest", CALM)
    house = bench.fresh("board")
    # two rounds; the services are not asked for alike
    house.fill(6 * scale.presses + 50)
    many = min(BOARDS, max(scale.boards))
    with serving(house), sync_playwright() as playwright:
        with browser_of(playwright) as browser:
            board = hang(browser, house)
            add_calls(pixels, "this board alone", press(browser, house, board, scale.presses))
            with audience(house, many):
                seen = press(browser, house, board, scale.presses)
            add_calls(pixels, f"{many} more boards", seen)
        for what in ("calls and waits", "with pictures, a roster and a moving line"):
            with browser_of(playwright) as browser:
                board = hang(browser, house)
                if calm.rows:
                    board.locator("#panel").wait_for()
                    board.locator("#ticker-words.moving").wait_for()
                time.sleep(min(SETTLE_S, scale.idle_s))
                figures = rest(browser, board, 1.5 * scale.idle_s)
            calm.add(what, *(f"{one:.1f}" for one in figures))
            if not calm.rows[1:]:
                dress(house)
    pixels.notes.append(
        f"{scale.presses} calls each, one every {EVERY_S * 1000:.0f} ms, from before the request is"
        " sent to the frame after the one in which the board's page changed; both pages are in one"
        " Chromium, 1920 × 1080, without a GPU. 200 boards at once are in *From the press to the"
        " last board*."
    )
    calm.notes.append(
        f"Over {1.5 * scale.idle_s:.0f} s in which nobody presses. Without a GPU every picture is"
        " painted by the processor; a TV's computer has one."
    )
    return [pixels, calm]
