"""What each page weighs, and how soon the kiosk can be touched, in a real Chromium."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from playwright.sync_api import Browser, BrowserContext, Response, sync_playwright

from benchmarks.bench import Bench
from benchmarks.figures import Table, verdict
from benchmarks.house import SERVICES, SYSTEM, House, serving
from queueing.devices import Kind
from queueing.people import Role
from queueing.store import Store
from queueing.store.identity import Identity
from queueing.store.screens import Placing
from tests.support.browser import find_chromium, launch_options
from web.access import DEVICE_COOKIES, SESSION_COOKIE

BOARD_MOST_KB = 150.0
KIOSK_MOST_MS = 1000.0
STARTS = 5
# these are compressed already
PACKED = ("font/", "image/png", "image/jpeg", "image/webp", "audio/")
SETTLE_MS = 1500


@dataclass
class Weight:
    """What one page made the browser load, in bytes."""

    requests: int = 0
    sent: int = 0
    gz: int = 0
    fonts: int = 0
    elsewhere: list[str] = field(default_factory=list)

    def add(self, response: Response, origin: str) -> None:
        """Count one answer in."""
        if not response.url.startswith(origin):
            self.elsewhere.append(response.url)
        body = response.body() if response.ok else b""
        kind = response.headers.get("content-type", "")
        packed = body if kind.startswith(PACKED) else gzip.compress(body, 6)
        self.requests += 1
        self.sent += int(response.headers.get("content-length", len(body)))
        self.gz += len(packed)
        if kind.startswith("font/"):
            self.fonts += len(body)


def cookies(house: House) -> dict[str, dict[str, str]]:
    """For each page its visitor's cookie, by name and secret."""
    store = Store(house.file)
    identity = Identity(store)
    screens = {
        role: {DEVICE_COOKIES[role]: identity.screens.add(SYSTEM, kind, Placing(str(kind)))[1]}
        for role, kind in ((Role.KIOSK, Kind.KIOSK), (Role.BOARD, Kind.BOARD))
    }
    people = {
        login: {SESSION_COOKIE: identity.sign_in_without_password(1, login)}
        for login in ("hoa", "ha")
    }
    store.close()
    return {
        "/board": screens[Role.BOARD],
        "/kiosk": screens[Role.KIOSK],
        "/console": people["hoa"],
        "/supervisor/visits": people["ha"],
        "/sign-in": {},
    }


def ticket_page(house: House) -> str:
    """The address of a new ticket's page on a phone."""
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
    headers = {"Authorization": f"Bearer {house.kiosk}", "Content-Type": "application/json"}
    line.request("POST", "/api/v1/tickets", json.dumps({"service": SERVICES[0]}), headers)
    token = json.loads(line.getresponse().read())["token"]
    line.close()
    return f"/t/{token}"


@contextmanager
def visit(browser: Browser, origin: str, jar: dict[str, str]) -> Iterator[BrowserContext]:
    """A browser that has never been here, with these cookies only."""
    with browser.new_context(locale="vi-VN", viewport={"width": 1080, "height": 1920}) as context:
        context.add_cookies([{"name": k, "value": v, "url": origin} for k, v in jar.items()])
        yield context


def weigh(browser: Browser, origin: str, path: str, jar: dict[str, str]) -> Weight:
    """Load a page with an empty cache and count all that comes."""
    answers: list[Response] = []
    with visit(browser, origin, jar) as context:
        page = context.new_page()
        # not the bound method itself, on which playwright could keep no mark of its own
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
        first = page.goto(origin + path)
        if first is None or not first.ok:
            raise RuntimeError(f"{path.split('/')[1]} answered {first and first.status}")
        page.wait_for_timeout(SETTLE_MS)
        weight = Weight()
        for answer in answers:
            weight.add(answer, origin)
    return weight


def kiosk_ready_ms(browser: Browser, origin: str, jar: dict[str, str]) -> float:
    """From the navigation's beginning until a tile can be touched, with an empty cache."""
    with visit(browser, origin, jar) as context:
        page = context.new_page()
        page.goto(f"{origin}/kiosk", wait_until="commit")
        page.locator(".tiles button").first.wait_for()
        return float(page.evaluate("performance.now()"))


def run(bench: Bench) -> list[Table]:
    """Weigh every page."""
    weights = Table(
        "Pages",
        ("page", "requests", "sent, kB", "gz, kB", "of it fonts", "budget", "met"),
    )
    chromium = find_chromium()
    if chromium is None:
        raise RuntimeError("there is no Chromium here: make chromium")
    house = bench.fresh("pages")
    visitors = cookies(house)
    with serving(house), sync_playwright() as playwright:
        origin = f"http://127.0.0.1:{house.port}"
        browser = playwright.chromium.launch(**launch_options(chromium))
        elsewhere: list[str] = []
        for path, jar in {**visitors, ticket_page(house): {}}.items():
            weight = weigh(browser, origin, path, jar)
            elsewhere += weight.elsewhere
            is_board = path == "/board"
            weights.add(
                "/t/…" if path.startswith("/t/") else path,
                str(weight.requests),
                f"{weight.sent / 1000:.0f}",
                f"{weight.gz / 1000:.0f}",
                f"{weight.fonts / 1000:.0f}",
                f"≤ {BOARD_MOST_KB:.0f} kB gz" if is_board else "",
                verdict(weight.gz / 1000 <= BOARD_MOST_KB) if is_board else "",
            )
        jar = visitors["/kiosk"]
        ready = median(kiosk_ready_ms(browser, origin, jar) for _ in range(STARTS))
        browser.close()
    weights.add(
        "requests that leave the box", str(len(elsewhere)), "", "", "", "0", verdict(not elsewhere)
    )
    weights.notes.append(
        f"The kiosk can be touched {ready:.0f} ms after its address was entered, with an empty"
        f" cache (median of {STARTS}; budget {KIOSK_MOST_MS:.0f} ms:"
        f" {verdict(ready <= KIOSK_MOST_MS)})."
    )
    return [weights]
