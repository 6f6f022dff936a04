"""The picture on an unpaired screen: it leads an administrator's phone to the right place."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from queueing.devices import Kind
from queueing.store.screens import Placing
from tests.support.boards import FULL_HD
from tests.support.door import PASSWORD, Door, open_door, serving_door

Make = Callable[..., BrowserContext]
REACHED = "http://192.0.2.44:8080"
PORTRAIT = {"width": 1080, "height": 1920}
PHONE = {"width": 390, "height": 844}
SCREENS = [FULL_HD, PORTRAIT, {"width": 1366, "height": 768}, {"width": 1280, "height": 720}]


@pytest.fixture
def house(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[tuple[Door, str]]:
    door = open_door(tmp_path, surfaces=("kiosk", "display", "staff.admin"), public_url=REACHED)
    with serving_door(door, free_port()) as url:
        yield door, url


def asked(door: Door, kind: str, **headers: str) -> dict[str, object]:
    answer = door.client().post("/api/v1/pairings", json={"kind": kind}, headers=headers)
    assert answer.status_code == 201
    return dict(answer.json)


def code_on(page: Page) -> str:
    expect(page.locator("#code")).to_have_text(re.compile(r"^\w{4}-\w{4}$"))
    return page.locator("#code").inner_text().replace("-", "")


def read(page: Page) -> list[str]:
    picture = Image.open(io.BytesIO(page.screenshot()))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("path", ["/board", "/kiosk"])
@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size['width']}x{size['height']}")
def test_a_camera_before_the_screen_is_led_to_its_code(
    house: tuple[Door, str], new_context: Make, path: str, size: dict[str, int]
) -> None:
    page = new_context(viewport=size).new_page()
    page.goto(house[1] + path)
    code = code_on(page)
    expect(page.locator("#scan")).to_be_in_viewport(ratio=1)
    assert read(page) == [f"{REACHED}/admin/devices?code={code}"]
    assert page.evaluate("document.documentElement.scrollHeight") <= size["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert Axe().run(page).violations_count == 0


def test_a_new_code_brings_a_new_picture(house: tuple[Door, str], new_context: Make) -> None:
    page = new_context(viewport=FULL_HD).new_page()
    page.clock.install()
    page.goto(f"{house[1]}/board")
    first = code_on(page)
    page.clock.fast_forward(10 * 60_000)
    page.clock.fast_forward(5_000)
    expect(page.locator("#code")).not_to_contain_text(first[:4])
    assert read(page) == [f"{REACHED}/admin/devices?code={code_on(page)}"]


def test_where_phones_cannot_come_no_picture_lies(tmp_path: Path) -> None:
    answer = asked(open_door(tmp_path), "board")
    assert (answer["qr"], answer["confirm_at"]) == (None, None)


def test_the_address_is_never_what_the_asker_says(tmp_path: Path) -> None:
    answer = asked(open_door(tmp_path, public_url=REACHED), "board", Host="evil.example")
    assert answer["confirm_at"] == f"{REACHED}/admin/devices?code={answer['code']}"


def test_an_agent_has_no_screen_to_show_a_picture_on(tmp_path: Path) -> None:
    assert asked(open_door(tmp_path, public_url=REACHED), "agent")["qr"] is None


def test_from_the_picture_to_a_paired_board_on_a_phone(
    house: tuple[Door, str], new_context: Make
) -> None:
    door, url = house
    door.person("admin", "mai")
    board = new_context(viewport=FULL_HD).new_page()
    board.goto(f"{url}/board")
    code = code_on(board)
    phone = new_context(viewport=PHONE).new_page()
    phone.goto(f"{url}/admin/devices?code={code}&lang=en")
    phone.get_by_label("Sign-in name").fill("mai")
    phone.get_by_label("Password").fill(PASSWORD)
    phone.keyboard.press("Enter")
    expect(phone.locator(".pair-code")).to_have_text(f"{code[:4]}-{code[4:]}")
    expect(phone.get_by_label("Name, such as")).to_have_value("Waiting-room board 1")
    expect(phone.get_by_label("Counter")).to_have_count(0)
    assert Axe().run(phone).violations_count == 0
    phone.get_by_label("Zone").select_option("a")
    phone.get_by_role("button", name="Pair this screen").click()
    expect(phone.get_by_role("heading", name="Waiting-room board 1")).to_be_visible()
    assert "code=" not in phone.url
    expect(board.locator(".pairing")).to_have_count(0)
    # its scripts are all there and at work: one cut off in mid-sending leaves a file open
    expect(board.locator("#clock .sr-only")).to_have_text(re.compile(r"^\d\d:\d\d:\d\d$"))
    (made,) = door.room.identity.screens.all(1)
    assert (made.kind, made.zone) == (Kind.BOARD, "a")


@pytest.mark.parametrize(
    ("kind", "fields"), [("kiosk", set()), ("counter", {"counter"}), ("board", {"zone"})]
)
def test_only_what_this_kind_of_screen_needs_is_asked(
    tmp_path: Path, kind: str, fields: set[str]
) -> None:
    door = open_door(tmp_path)
    code = asked(door, kind)["code"]
    page = door.client(door.person("admin")).get(f"/admin/devices?code={code}").text
    assert {name for name in ("zone", "counter") if f'name="{name}"' in page} == fields


def test_opening_the_address_pairs_nothing(tmp_path: Path) -> None:
    door = open_door(tmp_path)
    code = asked(door, "board")["code"]
    assert door.client(door.person("admin")).get(f"/admin/devices?code={code}").status_code == 200
    assert door.room.identity.screens.all(1) == []


@pytest.mark.parametrize("typed", ["CCCCDDDD", "x", "<b>", "%00", "A" * 5000, "used"])
def test_a_code_that_is_worth_nothing_is_said_to_be(tmp_path: Path, typed: str) -> None:
    door = open_door(tmp_path)
    admin = door.client(door.person("admin"))
    if typed == "used":
        typed = str(asked(door, "kiosk")["code"])
        confirm = door.room.identity.screens.confirm
        confirm(door.system, typed, Placing("Kiosk"))
    page = admin.get(f"/admin/devices?lang=en&code={typed}")
    assert page.status_code == 200
    assert "This code is not known or no longer valid." in page.text
    assert 'name="code"' in page.text
    assert "<b>" not in page.text


def test_two_screens_are_not_given_one_name_unasked(tmp_path: Path) -> None:
    door = open_door(tmp_path)
    admin = door.client(door.person("admin"))
    for number in (1, 2):
        code = asked(door, "kiosk")["code"]
        page = admin.get(f"/admin/devices?code={code}").text
        (name,) = re.findall(rf'name="name" value="(\D+ {number})"', page)
        door.room.identity.screens.confirm(door.system, str(code), Placing(name))
