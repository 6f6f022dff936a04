"""The devices' page in a browser: who may speak, what a board says of itself, on every screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from queueing.devices import Kind
from queueing.store.media import add_media
from queueing.store.screens import Placing
from tests.support.door import Door, open_door, serving_door
from web.access import SESSION_COOKIE
from web.speakers import Screen, SoundReport

Make = Callable[..., BrowserContext]
LONG = "Bảng gọi số phòng chờ lớn tầng một, phía cầu thang bên phải"


@dataclass
class Desk:
    """An administrator's browser before a house with some screens."""

    door: Door
    url: str
    new_context: Make

    def add(self, kind: Kind, name: str) -> int:
        placing = Placing(name, counter=3 if kind is Kind.COUNTER else None)
        return self.door.room.identity.screens.add(self.door.system, kind, placing)[0].id

    def says(self, device_id: int, **report: object) -> None:
        """Let a board be connected and report this of itself."""
        speakers, sid = self.door.room.speakers, str(device_id)
        speakers.join(Screen(sid, 1, "", f"screen-{sid}", device_id))
        if report:
            speakers.note(sid, SoundReport.model_validate(report))

    def open(self, width: int = 1280, height: int = 800) -> Page:
        context = self.new_context(viewport={"width": width, "height": height})
        secret = self.door.person("admin")
        context.add_cookies([{"name": SESSION_COOKIE, "value": secret, "url": self.url}])
        page = context.new_page()
        page.goto(f"{self.url}/admin/devices?lang=en")
        return page


@pytest.fixture
def desk(tmp_path: Path, free_port: Callable[[], int], new_context: Make) -> Iterator[Desk]:
    door = open_door(tmp_path, surfaces=("staff.admin",))
    with serving_door(door, free_port()) as url:
        yield Desk(door, url, new_context)


def test_a_board_is_silenced_and_allowed_to_speak_again(desk: Desk) -> None:
    board = desk.add(Kind.BOARD, "Bảng A")
    page = desk.open()
    box = page.get_by_label("May speak")
    expect(box).to_be_checked()
    box.uncheck()
    expect(page.get_by_role("status")).to_have_text("Bảng A stays silent.")
    assert desk.door.room.identity.screens.one(1, board).speaks is False
    page.reload()
    expect(page.get_by_label("May speak")).not_to_be_checked()


def test_only_boards_have_that_switch(desk: Desk) -> None:
    desk.add(Kind.KIOSK, "Kiosk")
    desk.add(Kind.COUNTER, "Quầy 3")
    page = desk.open()
    expect(page.locator(".device")).to_have_count(2)
    expect(page.get_by_label("May speak")).to_have_count(0)


def test_a_switch_whose_change_fails_stands_as_it_was(desk: Desk) -> None:
    board = desk.add(Kind.BOARD, "Bảng A")
    page = desk.open()
    page.route("**/speaks", lambda route: route.abort())
    page.get_by_label("May speak").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("May speak")).to_be_checked()
    assert desk.door.room.identity.screens.one(1, board).speaks is True


def test_a_screen_is_renamed_or_told_why_not(desk: Desk) -> None:
    device = desk.add(Kind.KIOSK, "Kiosk")
    page = desk.open()
    page.get_by_role("button", name="Rename").click()
    name = page.get_by_label("New name")
    expect(name).to_have_value("Kiosk")
    name.fill("   ")
    page.get_by_role("button", name="Save the name").click()
    expect(page.locator("#rename-problem")).to_contain_text("name")
    name.fill("Máy lấy số ở cửa")
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Máy lấy số ở cửa")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert desk.door.room.identity.screens.one(1, device).name == "Máy lấy số ở cửa"


def test_what_a_board_reports_is_said_in_words_and_followed(desk: Desk) -> None:
    board = desk.add(Kind.BOARD, "Bảng A")
    page = desk.open()
    page.clock.install()
    page.reload()
    card = page.locator(f"#device-{board}")
    expect(card).to_contain_text("Never connected yet")
    desk.says(board, state="blocked")
    page.clock.fast_forward(5000)
    expect(card).to_contain_text("Connected")
    expect(card).to_contain_text("The browser blocks the sound.")
    store = desk.door.room.store
    add_media(store, desk.door.system, "Tranh Tết", "image", "image/jpeg", "0" * 32, 1)
    desk.says(board, state="ready", missing=["digit-1"], unplayable=["m1", "m9"])
    page.clock.fast_forward(5000)
    expect(card).to_contain_text("Sound is well: this screen speaks.")
    expect(card).to_contain_text("could not load: digit-1")
    expect(card).to_contain_text("cannot show: Tranh Tết, m9")
    desk.door.room.speakers.leave(str(board))
    page.clock.fast_forward(5000)
    expect(card).not_to_contain_text("Sound is well")


def test_a_board_that_may_not_speak_is_not_blamed_for_silence(desk: Desk) -> None:
    board = desk.add(Kind.BOARD, "Bảng A")
    desk.door.room.identity.screens.set_speaks(desk.door.system, board, False)
    desk.says(board, state="blocked")
    page = desk.open()
    expect(page.locator(".device")).to_contain_text("Connected")
    expect(page.locator(".is-trouble")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1366, 768), (390, 844)])
def test_it_fits_its_screen_and_every_target_a_finger(desk: Desk, width: int, height: int) -> None:
    desk.says(desk.add(Kind.BOARD, LONG), state="blocked", missing=["number-12"] * 30)
    desk.says(desk.add(Kind.BOARD, "B" * 60), state="ready")
    desk.add(Kind.KIOSK, "Kiosk")
    page = desk.open(width, height)
    expect(page.locator(".device")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        "[...document.querySelectorAll('main button, .input, label.speaks')]"
        ".filter((one) => one.getBoundingClientRect().height > 0"
        " && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"
    )
    assert small == []
    assert Axe().run(page).violations_count == 0


def test_whoever_was_signed_out_is_not_left_before_an_old_list(desk: Desk) -> None:
    desk.add(Kind.BOARD, "Bảng A")
    page = desk.open()
    page.clock.install()
    page.reload()
    page.context.clear_cookies(name=SESSION_COOKIE)
    page.clock.fast_forward(5000)
    expect(page.get_by_label("Password")).to_be_visible()
