"""Two administrators at the same page, and rows of counters out of use, in a real browser."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Dialog, Page, expect

from tests.support.office import Person
from tests.support.tablets import Desks
from tests.test_setup_seen import FORMS, Form

REFUSED = "Người khác vừa sửa các mục này"


def type_board(page: Page) -> None:
    page.get_by_label("Số lượt gọi gần đây").fill("9")


def type_voice(page: Page) -> None:
    page.get_by_role("combobox", name="Số lần đọc").select_option("1")


def type_slip(page: Page) -> None:
    page.get_by_label("Dòng 1").first.fill("Số 12 đường Trần Phú")


PAGES = [
    ("/admin/board", FORMS[0], type_board, '[name="board_calls"]', "9", "6"),
    ("/admin/voice", FORMS[1], type_voice, '[name="voice_times"]', "1", "3"),
    ("/admin/slip", FORMS[2], type_slip, '[name="header"] >> nth=0', "Số 12 đường Trần Phú", ""),
]


@pytest.mark.parametrize(("path", "form", "type_in", "field", "typed", "anew"), PAGES)
def test_the_page_tells_that_somebody_else_was_first_and_keeps_what_was_typed(
    desks: Desks, path: str, form: Form, type_in: Any, field: str, typed: str, anew: str
) -> None:
    page, other = desks.sit("son", path), desks.office.person("son")
    type_in(page)
    assert form.save(other, form.read(other), form.other).status_code == 200
    kept = form.read(other)
    save = page.get_by_role("button", name="Lưu", exact=True)
    told = page.get_by_role("alert").filter(has_text=REFUSED)
    for _ in range(2):
        save.click()
        expect(told).to_be_visible()
        expect(save).not_to_have_attribute("aria-disabled", "true")
    expect(told).to_be_in_viewport()
    expect(page.locator(field)).to_have_value(typed)
    assert form.read(other) == kept
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    # another refusal, or a preview that is drawn, does not take the word back
    if path == "/admin/slip":
        with page.expect_response("**/api/v1/slip/preview"):
            page.get_by_label("Dòng 2").first.fill("Phường 5")
        expect(told).to_be_visible()
    # leaving something unsaved is asked about here as well
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    with page.expect_navigation():
        page.get_by_role("button", name="Tải lại trang").click()
    assert asked == ["beforeunload"]
    expect(page.locator(field)).to_have_value(anew)
    expect(told).to_be_hidden()
    type_in(page)
    save.click()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    assert form.read(other) != kept


def test_the_word_is_gone_when_the_other_took_it_back_and_this_is_saved(desks: Desks) -> None:
    page, other = desks.sit("son", "/admin/board"), desks.office.person("son")
    first = FORMS[0].read(other)
    page.get_by_label("Số lượt gọi gần đây").fill("9")
    assert FORMS[0].save(other, first, FORMS[0].other).status_code == 200
    save = page.get_by_role("button", name="Lưu", exact=True)
    save.click()
    expect(page.get_by_text(REFUSED)).to_be_visible()
    assert FORMS[0].save(other, FORMS[0].read(other), first["settings"]).status_code == 200
    save.click()
    expect(page.get_by_text("Đã lưu. Các bảng đang hiện như vậy.")).to_be_visible()
    expect(page.get_by_text(REFUSED)).to_be_hidden()


def test_saving_twice_on_one_page_is_no_conflict(desks: Desks) -> None:
    page = desks.sit("son", "/admin/board")
    for calls in ("8", "9"):
        page.get_by_label("Số lượt gọi gần đây").fill(calls)
        page.get_by_role("button", name="Lưu", exact=True).click()
        expect(page.get_by_text("Đã lưu. Các bảng đang hiện như vậy.")).to_be_visible()
    assert FORMS[0].read(desks.office.person("son"))["settings"]["board_calls"] == 9


def with_counter_out_of_use(desks: Desks) -> Person:
    """Set a roster and ways, and switch their counter off; gives the administrator."""
    son = desks.office.person("son")
    setup = {
        "roster": [
            {"counter": 1, "field": "Hộ tịch", "officer": "Nguyễn Thị H."},
            {"counter": 3, "field": "Đất đai", "officer": "Trần Văn M."},
        ],
        "hints": [{"counter": 3, "arrow": "left", "words": "Cuối hành lang"}],
        "roster_seconds": 15,
    }
    body = FORMS[0].read(son) | {"setup": setup}
    assert FORMS[0].save(son, body, {}).status_code == 200
    desks.office.sql("UPDATE counter SET active = 0 WHERE number = 3")
    return son


def test_rows_of_counters_out_of_use_are_marked_and_stay_until_they_are_removed(
    desks: Desks,
) -> None:
    son = with_counter_out_of_use(desks)
    before = FORMS[0].read(son)["setup"]
    page = desks.sit("son", "/admin/board")
    first, second = page.locator("#roster-rows > li").all()
    words = "Quầy này đã ngừng: các bảng bỏ qua dòng này."
    expect(first.get_by_text(words)).to_be_hidden()
    expect(second.get_by_text(words)).to_be_visible()
    way = page.get_by_role("group", name="Quầy 3 (không còn)")
    expect(way.get_by_text(words)).to_be_visible()
    expect(page.get_by_role("group", name="Quầy 1").get_by_text(words)).to_be_hidden()
    page.get_by_role("button", name="Thêm dòng", exact=True).click()
    page.locator("#ticker-rows").get_by_label("Tiếng Việt").fill("Chiều nay nghỉ")
    save = page.get_by_role("button", name="Lưu", exact=True)
    said = page.get_by_text("Đã lưu. Các bảng đang hiện như vậy.")
    save.click()
    expect(said).to_be_visible()
    after = FORMS[0].read(son)["setup"]
    assert after == before | {"ticker": [{"words": "Chiều nay nghỉ", "words_en": ""}]}
    second = page.locator("#roster-rows > li").nth(1)
    second.get_by_label("Quầy").select_option("2")
    expect(second.get_by_text(words)).to_be_hidden()
    way.get_by_label("Mũi tên").select_option("")
    way.get_by_label("Tiếng Việt").fill("")
    expect(said).to_be_hidden()
    save.click()
    expect(said).to_be_visible()
    after = FORMS[0].read(son)["setup"]
    assert ([one["counter"] for one in after["roster"]], after["hints"]) == ([1, 2], [])
    expect(way).to_have_count(0)
