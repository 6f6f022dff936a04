"""Pictures and films on the administrator's page of the boards, in a real browser."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Response, Route, expect

from boards.media import MB
from staff.admin import board_media_views
from tests.support.films import film, photo, real_film
from tests.support.media import items, put, sent
from tests.support.tablets import Desks
from tests.support.waiting import eventually
from tests.test_board_page import PATH, accessible


def file(tmp_path: Path, name: str, data: bytes) -> Path:
    (made := tmp_path / name).write_bytes(data)
    return made


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))


def names(desks: Desks) -> list[str]:
    return [one["name"] for one in items(desks.office.person("son"))]


def test_a_picture_is_sent_and_shown(desks: Desks, tmp_path: Path) -> None:
    page = desks.sit("son", PATH)
    expect(page.get_by_text("Chưa có gì.")).to_be_visible()
    page.locator("#files").set_input_files(file(tmp_path, "Thông báo nghỉ lễ.jpg", photo()))
    mine = card(page, "Thông báo nghỉ lễ")
    expect(mine).to_contain_text("Đang hiện trên bảng")
    expect(mine).to_contain_text("Hình · 12 giây")
    eventually(
        lambda: mine.locator("img").evaluate("i => i.naturalWidth") == 320, why="it is shown"
    )
    expect(page.get_by_text("Đã đưa “Thông báo nghỉ lễ” lên bảng.")).to_be_visible()
    expect(page.locator("#sending li")).to_have_count(0)
    assert names(desks) == ["Thông báo nghỉ lễ"]
    accessible(page)
    page.reload()
    expect(card(page, "Thông báo nghỉ lễ")).to_be_visible()


def test_a_film_plays_on_the_page_and_one_that_does_not_is_told_of(
    desks: Desks, tmp_path: Path
) -> None:
    page = desks.sit("son", PATH)
    good = file(tmp_path, "phim.webm", real_film())
    bad = file(tmp_path, "phim hỏng.mp4", film(300_000))
    page.locator("#files").set_input_files([good, bad])
    broken = card(page, "phim hỏng")
    expect(broken).to_contain_text("Xin xuất phim thành MP4 mã hóa H.264")
    expect(broken).to_contain_text("Không chiếu được")
    whole = card(page, "phim").filter(has_not_text="hỏng")
    eventually(
        lambda: whole.locator("video").evaluate("v => v.videoWidth") == 64, why="it can be played"
    )
    expect(whole.locator(".media-unplayable")).to_be_hidden()
    expect(whole).to_contain_text("Đang hiện trên bảng")
    accessible(page)


def test_a_film_that_is_given_in_parts_plays_to_its_end(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_media_views, "_PART_MOST", 400)
    sent(desks.office.person("son"), real_film(), "Phim dài")
    parts: list[int] = []
    page = desks.sit(
        "son", PATH, prepare=lambda page: page.on("response", lambda one: note(one, parts))
    )
    video = card(page, "Phim dài").locator("video")
    video.evaluate("v => { v.muted = true; v.play(); }")
    eventually(lambda: video.evaluate("v => v.ended"), why="it plays to its end")
    assert len(parts) >= 3
    assert set(parts) == {206}


def note(answer: Response, parts: list[int]) -> None:
    if "/media/" in answer.url and "/api/" not in answer.url:
        parts.append(answer.status)


def test_what_is_no_picture_or_too_large_is_refused_in_words(desks: Desks, tmp_path: Path) -> None:
    page = desks.sit("son", PATH)
    choose = page.locator("#files")
    choose.set_input_files(file(tmp_path, "ho so.pdf", b"%PDF-1.7 and so on"))
    expect(page.get_by_text("Tệp này không thuộc loại nào trong số đó.")).to_be_visible()
    page.get_by_role("button", name="Đóng").click()
    choose.set_input_files(file(tmp_path, "lon.jpg", b"\xff\xd8\xff" + b"\0" * 21 * MB))
    expect(page.get_by_text("Tệp lớn hơn 20 MB, là giới hạn ở đây.")).to_be_visible()
    choose.set_input_files(file(tmp_path, "trong.jpg", b""))
    expect(page.get_by_text("Tệp trống.")).to_be_visible()
    choose.set_input_files(file(tmp_path, "hong.jpg", photo()[:2000]))
    expect(page.get_by_text("Hình này bị hỏng, không đọc được.")).to_be_visible()
    assert names(desks) == []
    accessible(page)


def test_sending_can_be_stopped_and_the_next_file_goes_on(desks: Desks, tmp_path: Path) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page = desks.sit("son", PATH)
    page.route("**/api/v1/media?name=lau", hold)
    page.locator("#files").set_input_files(
        [file(tmp_path, "lau.mp4", film()), file(tmp_path, "nhanh.jpg", photo())]
    )
    line = page.locator("#sending li").filter(has_text="lau.mp4")
    # what the browser asks for arrives only while something is asked of the page
    eventually(lambda: page.title() and held, why="it is being sent")
    expect(page.locator("#sending li").filter(has_text="nhanh.jpg")).to_contain_text("Chờ gửi")
    line.get_by_role("button", name="Dừng gửi").click()
    expect(card(page, "nhanh")).to_be_visible()
    expect(page.locator("#sending li")).to_have_count(0)
    assert names(desks) == ["nhanh"]


def test_a_line_that_breaks_is_told_of(desks: Desks, tmp_path: Path) -> None:
    page = desks.sit("son", PATH)
    page.route("**/api/v1/media?name=*", lambda route: route.abort("connectionreset"))
    page.locator("#files").set_input_files(file(tmp_path, "phim.mp4", film()))
    expect(page.get_by_text("Mất kết nối khi đang gửi. Xin gửi lại tệp.")).to_be_visible()
    page.get_by_role("button", name="Đóng").click()
    expect(page.locator("#sending li")).to_have_count(0)


def test_it_is_named_scheduled_switched_ordered_and_deleted(desks: Desks) -> None:
    son = desks.office.person("son")
    office = desks.office
    office.sql("INSERT INTO zone (branch_id, code, name) VALUES (1, 'b9', 'Khu B9')")
    sent(son, photo(), "Một")
    sent(son, photo(200, 100), "Hai")
    page = desks.sit("son", PATH)
    card(page, "Một").get_by_role("button", name="Tên và lịch chiếu").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Tên")).to_be_focused()
    accessible(page)
    dialog.get_by_label("Tên").fill("Phim tuyên truyền")
    dialog.get_by_label("Số giây").fill("30")
    dialog.get_by_label("Trên bảng nào").select_option("b9")
    dialog.get_by_label("Thứ Bảy").uncheck()
    dialog.get_by_label("Chủ Nhật").uncheck()
    dialog.get_by_label("Từ ngày").fill("2026-11-01")
    dialog.get_by_label("Đến hết ngày").fill("2026-10-01")
    dialog.get_by_label("Từ giờ").fill("22:00")
    dialog.get_by_label("Đến giờ").fill("06:00")
    dialog.get_by_role("button", name="Lưu", exact=True).click()
    expect(dialog.get_by_text("Ngày cuối trước ngày đầu")).to_be_visible()
    dialog.get_by_label("Đến hết ngày").fill("2026-11-30")
    dialog.get_by_role("button", name="Lưu", exact=True).click()
    mine = card(page, "Phim tuyên truyền")
    expect(mine).to_contain_text("từ 01/11/2026 đến 30/11/2026")
    expect(mine).to_contain_text("22:00–06:00")
    expect(mine).to_contain_text("bảng của Khu B9")
    expect(mine).to_contain_text("Chưa đến giờ chiếu")
    kept = items(son)[0]
    assert (kept["seconds"], kept["zone"], kept["weekdays"]) == (30, "b9", "12345")
    assert (kept["from_time"], kept["to_time"]) == ("22:00", "06:00")

    card(page, "Hai").get_by_role("button", name="Tắt").click()
    expect(card(page, "Hai")).to_contain_text("Đang tắt")
    card(page, "Hai").get_by_role("button", name="Chuyển lên").click()
    expect(page.get_by_text("Đã đổi thứ tự.")).to_be_visible()
    assert [(one["name"], one["active"]) for one in items(son)] == [
        ("Hai", False),
        ("Phim tuyên truyền", True),
    ]
    mine.get_by_role("button", name="Xóa").click()
    page.get_by_role("dialog").get_by_role("button", name="Giữ lại").click()
    expect(mine).to_be_visible()
    mine.get_by_role("button", name="Xóa").click()
    page.get_by_role("dialog").get_by_role("button", name="Xóa").click()
    expect(mine).to_have_count(0)
    assert names(desks) == ["Hai"]


def test_a_picture_of_a_zone_out_of_use_stays_there_unless_every_board_is_chosen(
    desks: Desks,
) -> None:
    son = desks.office.person("son")
    desks.office.sql("INSERT INTO zone (branch_id, code, name) VALUES (1, 'b9', 'Khu B9')")
    one = sent(son, photo(), "Nội bộ")
    assert put(son, f"/media/{one['id']}", {"name": "Nội bộ", "zone": "b9"}).status_code == 200
    desks.office.sql("UPDATE zone SET active = 0")
    page = desks.sit("son", PATH)
    mine = card(page, "Nội bộ")
    expect(mine).to_contain_text("bảng của Khu B9 (đã ngừng)")
    expect(mine).to_contain_text("Không hiện trên bảng nào")
    mine.get_by_role("button", name="Tắt").click()
    expect(mine).to_contain_text("Đang tắt")
    mine.get_by_role("button", name="Bật").click()
    expect(mine).to_contain_text("Không hiện trên bảng nào")
    assert items(son)[0]["zone"] == "b9"
    dialog = page.get_by_role("dialog")
    for _ in range(2):
        mine.get_by_role("button", name="Tên và lịch chiếu").click()
        choice = dialog.get_by_label("Trên bảng nào")
        expect(choice.locator("option")).to_have_text(
            ["Mọi bảng", "Chỉ bảng của Khu B9 (đã ngừng)"]
        )
        expect(choice).to_have_value("b9")
        dialog.get_by_label("Tên").fill("Nội bộ, bản mới")
        dialog.get_by_role("button", name="Lưu", exact=True).click()
        expect(dialog).to_be_hidden()
        mine = card(page, "Nội bộ, bản mới")
        expect(mine).to_be_visible()
        assert items(son)[0]["zone"] == "b9"
    mine.get_by_role("button", name="Tên và lịch chiếu").click()
    dialog.get_by_label("Trên bảng nào").select_option("")
    dialog.get_by_role("button", name="Lưu", exact=True).click()
    expect(mine).to_contain_text("Đang hiện trên bảng")
    assert items(son)[0]["zone"] is None


def test_a_zone_that_is_newer_than_the_page_is_kept(desks: Desks) -> None:
    son = desks.office.person("son")
    one = sent(son, photo(), "Một")
    page = desks.sit("son", PATH, prepare=lambda page: page.clock.install())
    mine = card(page, "Một")
    expect(mine).to_be_visible()
    desks.office.sql("INSERT INTO zone (branch_id, code, name) VALUES (1, 'b9', 'Khu B9')")
    assert put(son, f"/media/{one['id']}", {"name": "Một", "zone": "b9"}).status_code == 200
    page.clock.run_for(60_000)
    expect(mine).to_contain_text("bảng của Khu B9")
    mine.get_by_role("button", name="Tên và lịch chiếu").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Trên bảng nào")).to_have_value("b9")
    dialog.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu.", exact=True)).to_be_visible()
    assert items(son)[0]["zone"] == "b9"


def test_two_administrators_at_once_see_what_is_there(desks: Desks) -> None:
    son = desks.office.person("son")
    sent(son, photo(), "Một")
    sent(son, photo(200, 100), "Hai")
    page = desks.sit("son", PATH)
    expect(card(page, "Hai")).to_be_visible()
    sent(son, photo(100, 200), "Ba")
    card(page, "Hai").get_by_role("button", name="Chuyển lên").click()
    expect(page.get_by_text("Danh sách vừa thay đổi. Xin xem lại.")).to_be_visible()
    expect(card(page, "Ba")).to_be_visible()


def test_a_picture_whose_file_is_gone_is_told_of(desks: Desks) -> None:
    sent(desks.office.person("son"), photo(), "Một")
    shutil.rmtree(desks.office.room.config.data / "media")
    page = desks.sit("son", PATH)
    expect(card(page, "Một")).to_contain_text("Máy không còn tệp của hình này.")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_long_names_stay_in_the_page(desks: Desks, width: int, height: int) -> None:
    sent(desks.office.person("son"), photo(), "Tuyêntruyền" * 10)
    page = desks.sit("son", PATH, viewport={"width": width, "height": height})
    expect(page.get_by_role("heading", name="Tuyêntruyền")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in page.locator("#media button, #media .file").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= width
