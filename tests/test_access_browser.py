"""The door as people walk through it, in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from app import SURFACES
from tests.support.door import PASSWORD, Door, open_door, serving_door

Make = Callable[..., BrowserContext]


@pytest.fixture
def house(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[tuple[Door, str]]:
    door = open_door(tmp_path, surfaces=tuple(SURFACES))
    with serving_door(door, free_port()) as url:
        yield door, url


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_from_the_set_up_link_to_a_paired_kiosk(house: tuple[Door, str], new_context: Make) -> None:
    door, url = house
    admin = new_context().new_page()
    admin.goto(f"{url}/setup/{door.room.identity.create_setup_link(1)}")
    accessible(admin)
    admin.get_by_label("Họ và tên").fill("Trần Thị Mai")
    admin.get_by_label("Tên đăng nhập").fill("mai")
    admin.get_by_label("Mật khẩu", exact=False).first.fill(PASSWORD)
    admin.get_by_label("Nhập lại mật khẩu").fill("một mật khẩu khác")
    admin.get_by_role("button", name="Lưu và đăng nhập").click()
    expect(admin.get_by_role("alert")).to_contain_text("không giống nhau")
    admin.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    admin.get_by_role("button", name="Lưu và đăng nhập").click()
    expect(admin).to_have_url(f"{url}/admin/devices")
    accessible(admin)

    kiosk = new_context(viewport={"width": 1080, "height": 1920}).new_page()
    kiosk.goto(f"{url}/kiosk")
    expect(kiosk.locator("#code")).not_to_have_text("…")
    accessible(kiosk)
    admin.get_by_label("Mã trên màn hình").fill(kiosk.locator("#code").inner_text().lower())
    admin.get_by_label("Tên, ví dụ").fill("Máy ở cửa")
    admin.get_by_role("button", name="Ghép nối màn hình này").click()
    expect(admin.get_by_role("heading", name="Máy ở cửa")).to_be_visible()
    expect(kiosk.locator(".pairing")).to_have_count(0)
    assert "ghép nối" not in kiosk.title()

    admin.get_by_role("button", name="Thu hồi").click()
    expect(admin.get_by_role("dialog")).to_contain_text("Máy ở cửa")
    admin.get_by_role("dialog").get_by_role("button", name="Thu hồi").click()
    expect(admin.get_by_role("heading", name="Máy ở cửa")).to_have_count(0)
    admin.get_by_role("button", name="Đăng xuất").click()
    expect(admin).to_have_url(f"{url}/sign-in")


def test_signing_in_leads_back_to_the_page_that_was_asked_for(
    house: tuple[Door, str], new_context: Make
) -> None:
    door, url = house
    door.person("admin", "thuy")
    page = new_context().new_page()
    page.goto(f"{url}/admin/devices")
    accessible(page)
    page.get_by_label("Tên đăng nhập").fill("thuy")
    page.get_by_label("Mật khẩu").fill("không phải thế này")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Mật khẩu")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{url}/admin/devices")


def test_the_demo_signs_in_with_one_tap_and_pairs_by_itself(
    tmp_path: Path, free_port: Callable[[], int], new_context: Make
) -> None:
    door = open_door(tmp_path, surfaces=tuple(SURFACES), demo=True)
    with serving_door(door, free_port()) as url:
        page = new_context().new_page()
        page.goto(url)
        accessible(page)
        page.get_by_role("link", name="Đăng nhập").click()
        accessible(page)
        page.locator("[data-login]").first.click()
        expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
        page.goto(f"{url}/board")
        expect(page.locator(".pairing")).to_have_count(0)
