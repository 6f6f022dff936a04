"""Boards that show a state of ours from their first moment on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.support.boards import Line, WaitingRoom, forge, hang_board
from tests.support.films import real_film
from tests.support.waiting import eventually
from web.qr import qr_path

SIZES = {
    "full-hd": {"width": 1920, "height": 1080},
    "uhd": {"width": 3840, "height": 2160},
    "laptop": {"width": 1366, "height": 768},
    "upright": {"width": 1080, "height": 1920},
}
SERVICE = "Lao động – Người có công, bảo trợ xã hội"
NOTICE = "Quầy 4 tạm nghỉ đến 10 giờ 30. Xin ông/bà chờ ở khu A, cán bộ sẽ gọi lại theo thứ tự."
HINT = "Tầng 2, cuối hành lang"
_STATE = re.compile(r'(<script type="application/json" id="state">).*?(</script>)', re.DOTALL)


def call(number: str, counter: int, shown: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A number at a counter, called just now unless told otherwise."""
    return {
        "number": number,
        "counter": counter,
        "counter_name": f"Bàn tiếp nhận và trả kết quả số {counter}",
        "zone": "Khu A",
        "call_seq": 900,
        "at": shown["now"],
        "calls": 1,
        "state": "called",
        "arrow": None,
        "hint": "",
        "hint_en": "",
    } | more


def fill(
    shown: dict[str, Any],
    *,
    counters: int = 6,
    services: int = 7,
    numbers: str = "A{:03}",
    hints: bool = False,
    first: int = 12,
    closing: bool = False,
) -> dict[str, Any]:
    """A busy board: most counters serve, the last one has just called the newest number."""
    way = {"arrow": "left", "hint": HINT, "hint_en": ""} if hints else {}
    shown["waiting"] = [
        {
            "prefix": "AHMBCQDEGKLNPRSTUVXYZ"[place % 21],
            "name": SERVICE,
            "waiting": 0 if place % 4 == 3 else 23,
            "estimate": None if place % 3 == 2 else {"low": 1500, "high": 3000},
        }
        for place in range(services)
    ]
    held = [
        call(
            numbers.format(first + counters - counter),
            counter,
            shown,
            call_seq=500 + counter,
            state="called" if counter == counters else "serving",
            calls=2 if counter == counters and hints else 1,
            **way,
        )
        for counter in range(counters, 0, -1)
        if counter == counters or counter % 4
    ]
    states = ("open", "paused", "closed")
    shown["calls"] = held[:8]
    at = {one["counter"]: one for one in held}
    shown["counters"] = [
        {
            "number": number,
            "name": f"Bàn tiếp nhận và trả kết quả số {number}",
            "zone": "Khu A",
            "state": "open" if number in at else states[number // 4 % 3],
            "arrow": None,
            "hint": "",
            "hint_en": "",
            "call": at.get(number),
        }
        | way
        for number in range(1, counters + 1)
    ]
    shown["ticker"] = [
        {"id": "n1", "words": NOTICE, "words_en": "", "urgent": True},
        {"id": "t0", "words": "Xin giữ phiếu.", "words_en": "Keep your slip.", "urgent": False},
    ]
    shown["links"] = {"procedures": "", "qr": qr_path("http://192.168.100.100:8080/procedures")}
    shown["open"] = not closing
    shown["seq"] += 1
    return shown


def roster(rows: int = 7) -> dict[str, Any]:
    """The duty roster as the panel gets it."""
    duties = [
        {
            "counter": number,
            "field": SERVICE,
            "officer": f"Nguyễn Thị Hồng Hạnh {number}",
            "backup": "Trần Văn Bình" if number % 2 else "",
        }
        for number in range(1, rows + 1)
    ]
    return {"id": "roster", "kind": "roster", "seconds": 15, "day": "2026-11-23", "rows": duties}


def image(place: int, seconds: int = 12) -> dict[str, Any]:
    """A picture for the panel; `serve_media` answers for it."""
    url = f"/media/{place}/picture"
    return {
        "id": f"m{place}",
        "kind": "image",
        "url": url,
        "seconds": seconds,
        "name": f"Áp phích {place}",
    }


def film(place: int) -> dict[str, Any]:
    """A film for the panel."""
    url = f"/media/{place}/film"
    return {"id": f"m{place}", "kind": "video", "url": url, "seconds": 0, "name": f"Phim {place}"}


def serve_media(page: Page, broken: tuple[int, ...] = ()) -> list[str]:
    """Answer for the panel's files, but not for those broken; gives the list of what was asked."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.split("/media/")[1]
        asked.append(path)
        place = int(path.split("/")[0])
        if place in broken:
            route.fulfill(status=404, body="")
        elif path.endswith("/film"):
            route.fulfill(body=real_film(), content_type="video/webm")
        else:
            colour = ("#17573a", "#624000", "#9b1c1c")[place % 3]
            picture = (
                '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="90">'
                f'<rect width="160" height="90" fill="{colour}"/></svg>'
            )
            route.fulfill(body=picture, content_type="image/svg+xml")

    page.route("**/media/**", answer)
    return asked


class Forged:
    """A board on a page that has no line: it shows what it is given."""

    def __init__(self, page: Page, url: str, shown: dict[str, Any]) -> None:
        self.page = page
        self.url = url
        self.shown = shown
        # the place it hangs in wants no sound: the page's own player leaves its sign alone
        self.is_mute = False
        Line(page)
        page.route("**/board?*", self._page)
        self.media = serve_media(page)

    def _page(self, route: Route) -> None:
        answer = route.fetch()
        words = json.dumps(self.shown).replace("<", "\\u003c")
        text = _STATE.sub(lambda m: m[1] + words + m[2], answer.text())
        if self.is_mute:
            assert '"sound": true' in text
            text = text.replace('"sound": true', '"sound": false')
        route.fulfill(response=answer, body=text)

    def open(self, lang: str = "vi", query: str = "") -> Page:
        """Load the page; its letters are there when this returns."""
        forge(self.page, self.shown)
        self.page.goto(f"{self.url}/board?lang={lang}{query}")
        expect(self.page.locator("#clock i").first).to_be_attached()
        self.page.evaluate("document.fonts.ready.then(() => null)")
        return self.page

    def hush(self) -> None:
        """No answer from now on: nothing sets the page's clock back to that of the state."""
        self.page.unroute("**/api/v1/board")
        self.page.route("**/api/v1/board", lambda route: route.abort())

    def show(self, **changes: Any) -> None:
        """Change the state; the page's next polling gets it."""
        self.shown |= changes
        self.shown["seq"] += 1
        self.page.unroute("**/api/v1/board")
        forge(self.page, self.shown)


@pytest.fixture
def forged(
    new_context: Callable[..., BrowserContext], waiting: WaitingRoom
) -> Callable[..., Forged]:
    """Hang boards that show `fill`ed states: forged(look={…}, panel=[…], counters=…)."""

    def make(
        look: dict[str, Any] | None = None,
        panel: tuple[dict[str, Any], ...] = (),
        context: dict[str, Any] | None = None,
        **more: Any,
    ) -> Forged:
        page = hang_board(new_context, waiting, **(context or {}))
        shown = fill(waiting.state(), **more)
        shown["look"] |= {"panel": True, "night": "off"} | (look or {})
        shown["panel"] = {"items": list(panel)}
        return Forged(page, waiting.url, shown)

    return make


def resize(page: Page, size: dict[str, int]) -> None:
    """Make the screen another one, and wait until it is drawn."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    eventually(
        lambda: page.evaluate("[innerWidth, innerHeight]") == [*size.values()], why="it is resized"
    )
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
