"""Take the pictures of docs/screens/ anew, from the demo with simulated people in it.

`python -m tools.shots [NAME …]` takes all, or those named. A page that is not there fails the
run, so that no picture outlives its page.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import find_chromium, launch_options
from tests.support.ports import free_port
from tests.support.server import Server, start_server

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"


@dataclass(frozen=True)
class Shot:
    """One picture: its file's name, the page, the window in CSS pixels, steps before it."""

    name: str
    path: str
    width: int
    height: int
    steps: Callable[[Page], object] | None = None


SHOTS = (
    Shot("kiosk", "/kiosk", 1080, 1920),
    Shot("kiosk-low", "/kiosk", 1366, 768),
    Shot("board", "/board", 1920, 1080),
)


def take(shot: Shot, browser: Browser, server: Server) -> Path:
    """Take one picture in a context of its own. Raises RuntimeError when the page fails."""
    target = FOLDER / f"{shot.name}.png"
    with browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        answer = page.goto(server.url + shot.path)
        if answer is None or not answer.ok:
            raise RuntimeError(f"{shot.path} answered {answer and answer.status}")
        if shot.steps:
            shot.steps(page)
        page.evaluate("document.fonts.ready.then(() => null)")
        page.screenshot(path=target)
    return target


def main(names: list[str]) -> int:
    """Take the pictures named, or all."""
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium here: make chromium")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        server = start_server(place / "data", free_port(), place / "log", ["--people"], mode="demo")
        try:
            browser = playwright.chromium.launch(**launch_options(chromium))
            for shot in SHOTS:
                if not names or shot.name in names:
                    print(take(shot, browser, server).name)
            browser.close()
        finally:
            server.kill()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
