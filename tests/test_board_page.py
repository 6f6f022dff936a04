"""The administrator's page of the boards, in a real browser: looks, lines, roster, ways."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.support.tablets import Desks
from tests.support.tree import ROOT
from tests.support.waiting import eventually

PATH = "/admin/board"


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def kept(desks: Desks) -> dict[str, Any]:
    """Return what the API says is set up."""
    answer = desks.office.person("son").get("/api/v1/board-setup").json
    assert isinstance(answer, dict)
    return answer


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu. Các bảng đang hiện như vậy.")).to_be_visible()


def row(page: Page, part: str, n: int) -> Locator:
    return page.locator(f'#{part}-rows [data-row="{n}"]')


def test_lines_roster_and_ways_are_kept_by_saving_and_shown_again(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    page.get_by_role("button", name="Thêm dòng", exact=True).click()
    first = row(page, "ticker", 1)
    expect(first.get_by_label("Tiếng Việt")).to_be_focused()
    first.get_by_label("Tiếng Việt").fill("Chiều thứ Sáu  điểm phục vụ nghỉ")
    first.get_by_label("Tiếng Anh").fill("Closed on Friday afternoon")
    page.get_by_role("button", name="Thêm dòng", exact=True).click()
    row(page, "ticker", 2).get_by_label("Tiếng Việt").fill("Đường dây nóng 1022")
    page.get_by_role("button", name="Thêm dòng phân công").click()
    duty = row(page, "roster", 1)
    duty.get_by_label("Lĩnh vực").fill("Hộ tịch")
    duty.get_by_label("Cán bộ").fill("Nguyễn Thị H.")
    duty.get_by_label("Người thay").fill("Trần Văn M.")
    page.get_by_label("Áp dụng từ ngày").fill("2026-11-23")
    page.get_by_label("Số giây trên bảng").first.fill("20")
    way = page.get_by_role("group", name="Quầy 3")
    way.get_by_label("Mũi tên").select_option("left")
    way.get_by_label("Tiếng Việt").fill("Cuối hành lang")
    expect(page.get_by_text("Chưa lưu")).to_be_visible()
    assert kept(desks)["setup"]["ticker"] == []
    accessible(page)
    save(page)
    assert kept(desks)["setup"] == {
        "ticker": [
            {
                "words": "Chiều thứ Sáu điểm phục vụ nghỉ",
                "words_en": "Closed on Friday afternoon",
            },
            {"words": "Đường dây nóng 1022", "words_en": ""},
        ],
        "roster": [
            {"counter": 1, "field": "Hộ tịch", "officer": "Nguyễn Thị H.", "backup": "Trần Văn M."}
        ],
        "roster_from": "2026-11-23",
        "roster_seconds": 20,
        "hints": [{"counter": 3, "arrow": "left", "words": "Cuối hành lang", "words_en": ""}],
    }
    # as it was cleaned
    expect(row(page, "ticker", 1).get_by_label("Tiếng Việt")).to_have_value(
        "Chiều thứ Sáu điểm phục vụ nghỉ"
    )
    page.reload()
    expect(row(page, "ticker", 2).get_by_label("Tiếng Việt")).to_have_value("Đường dây nóng 1022")
    expect(row(page, "roster", 1).get_by_label("Cán bộ")).to_have_value("Nguyễn Thị H.")
    expect(page.get_by_role("group", name="Quầy 3").get_by_label("Mũi tên")).to_have_value("left")
    expect(page.get_by_text("Chưa lưu")).to_have_count(0)


def test_rows_are_moved_and_removed(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    for n, words in enumerate(("một", "hai", "ba"), 1):
        page.get_by_role("button", name="Thêm dòng", exact=True).click()
        row(page, "ticker", n).get_by_label("Tiếng Việt").fill(words)
    row(page, "ticker", 3).get_by_role("button", name="Chuyển lên").click()
    row(page, "ticker", 1).get_by_role("button", name="Chuyển xuống").click()
    row(page, "ticker", 3).get_by_role("button", name="Gỡ bỏ").click()
    save(page)
    assert [one["words"] for one in kept(desks)["setup"]["ticker"]] == ["ba", "một"]
    page.get_by_label("Chiếu bảng phân công lên màn hình").uncheck()
    save(page)
    assert kept(desks)["setup"]["roster_seconds"] == 0


def test_there_is_an_end_to_lines_and_their_letters(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    add = page.get_by_role("button", name="Thêm dòng", exact=True)
    for _ in range(12):
        add.click()
    expect(add).to_be_disabled()
    field = row(page, "ticker", 1).get_by_label("Tiếng Việt")
    field.fill("Ồ" * 300)
    expect(field).to_have_value("Ồ" * 200)


def test_what_the_server_refuses_is_told_in_words_and_nothing_is_lost(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    page.get_by_role("button", name="Thêm dòng", exact=True).click()
    row(page, "ticker", 1).get_by_label("Tiếng Việt").fill("gõ\u202e ngược")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Dòng chữ chạy: có dòng chứa ký tự không nhìn thấy")).to_be_visible()
    expect(row(page, "ticker", 1).get_by_label("Tiếng Việt")).to_have_value("gõ\u202e ngược")
    page.get_by_label("Số lượt gọi gần đây").fill("99")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_label("Số lượt gọi gần đây")).to_be_focused()
    assert kept(desks)["settings"]["board_calls"] == 6


def test_looks_are_kept_and_sketched(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    sketch = page.locator("#sketch")
    expect(sketch.locator(".sk-one")).to_be_visible()
    page.get_by_label("Cách bố trí").select_option("table")
    expect(sketch.locator(".sk-one")).to_be_hidden()
    expect(sketch.locator(".sk-table")).to_be_visible()
    page.locator('[name="board_theme"]').select_option("dark")
    expect(sketch).to_have_class(re.compile("theme-dark"))
    page.get_by_label("Ô chiếu hình, phim và bảng phân công").uncheck()
    expect(sketch.locator(".sk-panel")).to_be_hidden()
    expect(page.get_by_text("Ô chiếu đang tắt ở mục “Hình thức”")).to_be_visible()
    save(page)
    settings = kept(desks)["settings"]
    assert (settings["board_layout"], settings["board_theme"]) == ("table", "dark")
    assert settings["board_panel"] is False
    page.reload()
    expect(page.get_by_label("Cách bố trí")).to_have_value("table")


@pytest.mark.parametrize(
    ("inches", "metres", "words"),
    [
        ("43", "5", "Đủ. Trên màn hình 43 inch, số được gọi cao ít nhất 62 mm; đọc từ 5 m cần 61"),
        ("55", "6", "Đủ."),
        ("32", "5", "Nếu mở bảng bằng địa chỉ /board?mm=2.71"),
        ("43", "10", "Màn hình 85 inch thì đủ, hoặc xếp ghế gần hơn."),
        ("", "5", "Xin nhập cỡ màn hình và khoảng cách."),
    ],
)
def test_it_reckons_whether_the_number_can_be_read(
    desks: Desks, inches: str, metres: str, words: str
) -> None:
    page = desks.sit("son", PATH)
    page.get_by_label("Màn hình, inch").fill(inches)
    page.get_by_label("Ghế xa nhất, mét").fill(metres)
    expect(page.locator("#reach-said")).to_contain_text(words)
    # it is only reckoned with
    expect(page.get_by_text("Chưa lưu")).to_have_count(0)


def test_leaving_with_something_unsaved_is_asked_about(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    page.get_by_role("button", name="Thêm dòng", exact=True).click()
    row(page, "ticker", 1).get_by_label("Tiếng Việt").fill("Chưa xong")
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.goto(desks.url + "/")
    eventually(lambda: asked == ["beforeunload"], why="the browser asks")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1366, 768), (390, 844)])
def test_everything_is_in_reach_and_long_words_stay_in_the_page(
    desks: Desks, width: int, height: int
) -> None:
    desks.office.sql(
        "UPDATE counter SET name = ? WHERE number = 2",
        "Quầy tiếp nhận hồ sơ đất đai và trả kết quả thủ tục hành chính liên thông",
    )
    desks.office.sql("UPDATE branch SET name = ?", "Điểm phục vụ hành chính công " * 4)
    page = desks.sit("son", PATH, viewport={"width": width, "height": height})
    page.get_by_role("button", name="Thêm dòng phân công").click()
    row(page, "roster", 1).get_by_label("Cán bộ").fill("Nguyễn" * 12)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in page.locator("button, label.tick, select, .input, .file").all():
        box = control.bounding_box()
        if box is not None:
            assert box["height"] >= 44
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
    page.locator("#hints").scroll_into_view_if_needed()
    expect(page.locator("#save")).to_be_in_viewport()


def test_it_is_found_from_the_start_page_and_speaks_english(desks: Desks) -> None:
    page = desks.sit("son", "/?lang=en", locale="en-GB")
    page.get_by_role("link", name=re.compile("^Board set-up")).click()
    expect(page.get_by_role("heading", name="What boards show")).to_be_visible()
    expect(page.locator("#reach-said")).to_contain_text("Yes. On 43 inches")
    accessible(page)


def test_it_is_for_administrators(desks: Desks) -> None:
    page = desks.sit("ha", PATH)
    expect(page.get_by_role("heading", name="Ông/bà không có quyền")).to_be_visible()


def test_the_reckoning_goes_by_the_boards_own_sizes() -> None:
    own = (ROOT / "static/display/look.js").read_text(encoding="utf-8")
    ours = (ROOT / "static/admin/board/look.js").read_text(encoding="utf-8")
    for name in ("LEAST_REM", "MOST_REM", "CAPITAL"):
        figures = [re.findall(rf"const {name} = ([\d.]+);", script) for script in (own, ours)]
        assert figures[0] == figures[1] != [], name
    style = (ROOT / "static/display/board.css").read_text(encoding="utf-8")
    # 100 / 120 of a percent of the width
    assert "font-size: 0.8333vw" in style
    assert "const REM_WIDE = 120;" in ours
