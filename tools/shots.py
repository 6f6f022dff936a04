"""Take the pictures of docs/screens/ anew: a morning is played through the API, then looked at.

`python -m tools.shots [NAME …]` takes all, or those named. A page that is not there fails the
run, so that no picture outlives its page.
"""

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import requests
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import find_chromium, launch_options
from tests.support.ports import free_port
from tests.support.server import denluot, start_server
from tests.support.waiting import eventually

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
SERVICES = ("ho-tich", "cu-tru", "ho-tich", "dat-dai", "tra-ket-qua", "ho-tich", "lao-dong")


class Morning:
    """A branch some people into its day: all that the pictures show."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.api = requests.Session()
        self.api.headers["Authorization"] = f"Bearer {token}"
        self.tickets: list[dict[str, str]] = []
        self.link = ""

    def play(self) -> None:
        """Take numbers, call, serve and finish some of them; counter 1 stays free."""
        self.tickets = [self.post("tickets", service=code) for code in SERVICES * 3]
        for counter in (2, 3, 4, 5, 6):
            self.post(f"counters/{counter}/open")
        for counter in (4, 6, 3):
            self.serve(counter)
        for counter in (5, 4, 2):
            self.post(f"counters/{counter}/call-next")

    def serve(self, counter: int) -> None:
        """Call the next one to a counter, serve and finish, if anybody waits for it."""
        if self.post(f"counters/{counter}/call-next"):
            self.post(f"counters/{counter}/start")
            self.post(f"counters/{counter}/finish", outcome="received")

    def post(self, deed: str, **body: str) -> dict[str, str]:
        """Do one deed. Raises requests.HTTPError with the reason when it is refused."""
        answer = self.api.post(f"{self.url}/api/v1/{deed}", json=body, timeout=10)
        if not answer.ok:
            raise requests.HTTPError(f"{deed}: {answer.status_code} {answer.text}")
        return dict(answer.json()) if answer.content else {}

    def first_link(self) -> str:
        """Return the path of the one-time link that the server printed at its first start."""
        return self.link

    def waiting_ticket(self) -> str:
        """Return the path of the page of a ticket that waits."""
        return f"/t/{self.tickets[-2]['token']}"


@dataclass(frozen=True)
class Shot:
    """One picture: its file's name, the page, the window in CSS pixels, who, what first."""

    name: str
    path: str | Callable[[Morning], str]
    width: int
    height: int
    login: str = ""
    steps: Callable[[Page], object] = lambda page: None


def open_sheet(page: Page) -> None:
    """Touch the first service's tile."""
    page.locator(".tile").first.click()
    page.locator(".take").wait_for()


def take_number(page: Page) -> None:
    """Take a number, as a citizen does with two touches."""
    open_sheet(page)
    page.wait_for_timeout(1000)  # the sheet ignores the second touch of a double one
    page.locator(".take").click()
    page.locator(".slip-label").wait_for()


def work_at_counter_one(page: Page) -> None:
    """Take the free counter, call the next one and begin."""
    page.locator("[data-counter='1']").click()
    page.locator("#primary:enabled").click()
    page.locator("#timer").wait_for()
    page.wait_for_timeout(1000)  # and so does the counter's main button
    page.locator("#primary:enabled").click()
    page.locator("#outcomes").wait_for()


def lose_server(page: Page) -> None:
    """Pull the cable, and wait until the kiosk says that the server is gone."""
    page.context.set_offline(True)
    page.locator(".message-lost").wait_for(timeout=60_000)


SHOTS = (
    Shot("start", "/", 1280, 800),
    Shot("kiosk", "/kiosk", 1080, 1920),
    Shot("kiosk-low", "/kiosk", 1366, 768),
    Shot("kiosk-sheet", "/kiosk", 1080, 1920, steps=open_sheet),
    Shot("kiosk-number", "/kiosk", 1080, 1920, steps=take_number),
    Shot("kiosk-lost", "/kiosk", 1080, 1920, steps=lose_server),
    Shot("procedure", "/procedures/1.001193", 390, 844),
    Shot("phone", Morning.waiting_ticket, 390, 844),
    Shot("board", "/board", 1920, 1080),
    Shot("sign-in", "/sign-in", 1280, 800),
    Shot("console", "/console", 1280, 800, "hoa", work_at_counter_one),
    Shot("console-phone", "/console", 390, 844, "lan"),
    Shot("practice", "/console?training=1", 1280, 800, "minh"),
    Shot("overview", "/supervisor", 1280, 800, "ha"),
    Shot("timeline", "/supervisor/timeline", 1280, 800, "ha"),
    Shot("history", "/supervisor/tickets?number=Q001", 1280, 800, "ha"),
    Shot("report", "/supervisor/reports", 1280, 800, "ha"),
    Shot("visits", "/supervisor/visits", 1280, 800, "ha"),
    Shot("visits-print", "/supervisor/visits/print", 1280, 800, "ha"),
    Shot("devices", "/admin/devices", 1280, 800, "son"),
    Shot("printers", "/admin/printers", 1280, 800, "son"),
    Shot("slip-page", "/admin/slip", 1280, 800, "son"),
    Shot("paper", "/admin/paper", 1280, 800, "son"),
)


# of a box that was only just set up: nobody can sign in yet, no screen is paired
FIRST_SHOTS = (
    Shot("pairing", "/board", 1280, 800),
    Shot("set-up", Morning.first_link, 1280, 800),
)


def take(shot: Shot, browser: Browser, morning: Morning) -> None:
    """Take one picture in a context of its own. Raises RuntimeError when the page fails."""
    path = shot.path if isinstance(shot.path, str) else shot.path(morning)
    with browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
    ) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        if shot.login:
            page.goto(f"{morning.url}/sign-in?next={path}")
            page.locator(f"[data-login='{shot.login}']").click()
            page.wait_for_url(f"{morning.url}{path}")
        answer = page.goto(morning.url + path)
        if answer is None or not answer.ok:
            raise RuntimeError(f"{path} answered {answer and answer.status}")
        page.evaluate("document.fonts.ready.then(() => null)")
        shot.steps(page)
        page.wait_for_timeout(700)  # the socket's first state, and any change it draws
        keep(page.screenshot(), shot.name)


def keep(picture: bytes, name: str) -> None:
    """Save a picture with 64 colours: flat pages need no more, and the repository stays small."""
    Image.open(BytesIO(picture)).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(
        FOLDER / f"{name}.png", optimize=True
    )


def keep_slip(papers: Path) -> None:
    """Copy the first paper of the virtual printer, as it would lie in the hand."""
    first = eventually(lambda: sorted(papers.rglob("*.png"))[:1], why="a paper was printed")
    keep(first[0].read_bytes(), "slip")


def main(names: list[str]) -> int:
    """Take the pictures named, or all."""
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium here: make chromium")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder) / "data"
        server = start_server(data, free_port(), Path(folder) / "log", mode="demo")
        try:
            made = denluot("token", "create", "--data", data, "--role", "admin", "--name", "shots")
            morning = Morning(server.url, made.stdout.strip())
            morning.play()
            keep_slip(data)
            browser = playwright.chromium.launch(**launch_options(chromium))
            for shot in SHOTS:
                if not names or shot.name in names:
                    take(shot, browser, morning)
                    print(f"docs/screens/{shot.name}.png")
            take_first(names, browser, Path(folder))
            browser.close()
        finally:
            server.kill()
    return 0


def take_first(names: list[str], browser: Browser, folder: Path) -> None:
    """Take the pictures of a fresh box, which is served as on a real one."""
    wanted = [shot for shot in FIRST_SHOTS if not names or shot.name in names]
    if not wanted:
        return
    data = folder / "fresh"
    denluot("setup", "--sample", "--data", data)
    server = start_server(data, free_port(), folder / "fresh.log")
    try:
        morning = Morning(server.url, "")
        found = re.search(r"/setup/\S+", server.output)
        morning.link = found[0] if found else ""
        for shot in wanted:
            take(shot, browser, morning)
            print(f"docs/screens/{shot.name}.png")
    finally:
        server.kill()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
