"""The administrator's page of the voice, in a real browser."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store import branches, notices, voice_clips
from queueing.store.device_rows import Placing
from tests.support.ears import EARS
from tests.support.tablets import Desks
from tests.support.tree import ROOT
from tests.support.waiting import eventually
from tests.test_voice_sound import silence, tone
from voice import wav
from voice.wav import Sound
from web.speakers import Screen, SoundReport

PATH = "/admin/voice"
SYSTEM = Actor(1, Role.SYSTEM)
CLIPS = ROOT / "static" / "voice"


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name)


def setting(desks: Desks, name: str) -> str:
    with desks.office.room.store.reading() as db:
        return branches.rules(db, 1).text(name)


def own(desks: Desks) -> dict[tuple[str, str], str]:
    with desks.office.room.store.reading() as db:
        return voice_clips.digests(db, 1)


def test_the_settings_are_kept_only_by_saving(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    accessible(page)
    choice(page, "Ngôn ngữ").select_option(label="Tiếng Việt, rồi tiếng Anh")
    choice(page, "Giọng tiếng Việt").select_option(label="Miền Nam")
    choice(page, "Số lần đọc").select_option(label="3 lần")
    page.get_by_role("slider", name="Âm lượng").fill("60")
    expect(page.get_by_text("60 %")).to_be_visible()
    page.get_by_label("Chuông báo").uncheck()
    page.get_by_role("button", name="Thêm khoảng giờ").click()
    page.get_by_role("textbox", name="từ").fill("11h30")
    page.get_by_role("textbox", name="đến").fill("1330")
    expect(page.get_by_text("Chưa lưu")).to_be_visible()
    assert setting(desks, "voice_volume") == "100"

    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu. Lượt gọi tiếp theo sẽ đọc như thế này.")).to_be_visible()
    assert setting(desks, "voice_languages") == "vi_en"
    assert setting(desks, "voice_accent") == "south"
    assert setting(desks, "voice_times") == "3"
    assert setting(desks, "voice_volume") == "60"
    assert setting(desks, "voice_chime") == "false"
    assert setting(desks, "voice_quiet") == "11:30-13:30"
    page.reload()
    expect(page.get_by_role("textbox", name="từ")).to_have_value("11:30")
    expect(page.get_by_role("textbox", name="đến")).to_have_value("13:30")
    expect(page.get_by_role("slider", name="Âm lượng")).to_have_value("60")
    page.get_by_role("button", name="Gỡ bỏ").click()
    expect(page.get_by_role("textbox", name="từ")).to_have_count(0)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    assert setting(desks, "voice_quiet") == ""


def test_hours_that_are_none_are_refused_at_their_place(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    for begins, ends in (("11:30", ""), ("11:30", "25:00"), ("07:00", "07:00")):
        page.get_by_role("button", name="Thêm khoảng giờ").click()
        page.get_by_role("textbox", name="từ").fill(begins)
        page.get_by_role("textbox", name="đến").fill(ends)
        page.get_by_role("button", name="Lưu").click()
        complaint = page.get_by_text("Mỗi khoảng cần hai giờ khác nhau")
        expect(complaint).to_be_visible()
        expect(page.get_by_role("textbox", name="từ")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#problem")).to_be_hidden()
        accessible(page)
        page.get_by_role("button", name="Gỡ bỏ").click()
        expect(complaint).to_be_hidden()
    assert setting(desks, "voice_quiet") == ""


def test_a_call_is_heard_here_with_what_the_page_shows(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    choice(page, "Giọng tiếng Việt").select_option(label="Miền Nam")
    page.get_by_role("slider", name="Tốc độ").fill("130")
    page.get_by_label("Số phiếu").fill("h7")
    page.get_by_label("Quầy", exact=True).fill("25")
    page.get_by_label("như khi gọi lại").check()
    page.get_by_role("button", name="Nghe thử").click()
    stop = page.get_by_role("button", name="Dừng")
    expect(stop).to_be_focused()
    wanted = "chime nhac-lai moi-so letter-h digit-0 digit-7 den-quay number-20 unit-5"
    eventually(lambda: clips_of(page) == set(wanted.split()), why="the clips are fetched")
    assert any("/vi-south/nhac-lai.mp3" in url for url in fetched(page))
    stop.click()
    expect(page.get_by_role("button", name="Nghe thử")).to_be_visible()
    expect(page.locator("#here-said")).to_be_empty()


def fetched(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "performance.getEntriesByType('resource').map((one) => one.name)"
    )
    return found


def clips_of(page: Page) -> set[str]:
    names = (re.search(r"/static/voice/(?:.*/)?(.+)\.mp3", url) for url in fetched(page))
    return {name[1] for name in names if name}


def test_a_clip_of_the_list_is_heard_and_the_next_one_takes_its_turn(desks: Desks) -> None:
    page = desks.sit("son", PATH, prepare=lambda page: page.add_init_script(EARS))
    for words in ("Mời công dân có số thứ tự", "đến quầy số"):
        page.get_by_role("button", name=f"Nghe “{words}”").click()
    eventually(
        lambda: any("den-quay" in one[2] for one in page.evaluate("ears.clips")), why="it is heard"
    )
    expect(page.locator("#clips-problem")).to_be_hidden()
    expect(page.get_by_text("Không phát được trên máy này.")).to_have_count(0)


def test_what_cannot_be_called_is_said(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    page.get_by_label("Số phiếu").fill("xin chào")
    page.get_by_role("button", name="Nghe thử").click()
    expect(page.get_by_text("không phải số thứ tự")).to_be_visible()
    page.get_by_label("Số phiếu").fill("A1")
    page.get_by_label("Quầy", exact=True).fill("0")
    page.get_by_role("button", name="Nghe thử").click()
    expect(page.get_by_text("Số quầy từ 1 đến 99.")).to_be_visible()


def test_the_boards_are_listed_with_their_sound_and_told_to_speak(desks: Desks) -> None:
    screens = desks.office.room.identity.screens
    first = screens.add(SYSTEM, Kind.BOARD, Placing("Bảng sảnh"))[0]
    screens.add(SYSTEM, Kind.BOARD, Placing("Bảng tầng 2"))
    speakers = desks.office.room.speakers
    report = SoundReport(state="blocked")
    speakers.join(Screen("sid", 1, "", "screen", first.id, report=report))
    page = desks.sit("son", PATH)
    boards = page.get_by_role("list", name="Các bảng")
    expect(boards.get_by_role("listitem").filter(has_text="Bảng tầng 2")).to_contain_text(
        "Chưa kết nối"
    )
    expect(boards.get_by_role("listitem").filter(has_text="Bảng sảnh")).to_contain_text("chặn")
    accessible(page)
    speakers.note("sid", SoundReport(state="ready"))
    page.get_by_role("button", name="Phát trên bảng").click()
    expect(page.get_by_text("Đã gửi. Vài giây nữa sẽ nghe thấy.")).to_be_visible()
    expect(boards.get_by_role("listitem").filter(has_text="Bảng sảnh")).to_contain_text(
        "màn hình này đang đọc số"
    )
    with desks.office.room.store.reading() as db:
        (trial,) = notices.standing(db, 1, None, desks.office.clock())
    assert (trial.trial, trial.zone_id) == (True, None)


def test_a_recording_of_ones_own_is_put_in_heard_and_taken_out(
    desks: Desks, tmp_path: Path
) -> None:
    page = desks.sit("son", PATH)
    page.get_by_label("Bản ghi âm riêng cho “đến quầy số”").set_input_files(
        CLIPS / "vi-south" / "den-quay.mp3"
    )
    said = page.get_by_text("Từ nay “đến quầy số” được đọc bằng bản ghi âm này.")
    expect(said).to_be_visible()
    first = own(desks)["vi", "den-quay"]
    expect(page.get_by_text("3 đoạn, 1 bản ghi âm riêng")).to_be_visible()
    expect(page.get_by_text("Ghi âm riêng ngày 23/11/2026, 1.2 giây")).to_be_visible()
    accessible(page)

    # a stereo recording at another rate, with silence at its ends
    spoken = [*silence(1, 44100), *tone(0.7, level=0.1, rate=44100).samples, *silence(1, 44100)]
    other = tmp_path / "giọng.wav"
    other.write_bytes(wav.write(Sound(44100, spoken)))
    page.get_by_label("Bản ghi âm riêng cho “đến quầy số”").set_input_files(other)
    expect(page.get_by_text("0.8 giây")).to_be_visible()
    second = own(desks)["vi", "den-quay"]
    assert second != first

    with page.expect_response(re.compile(rf"/{second}\.wav$")) as heard:
        page.get_by_role("button", name="Nghe “đến quầy số”").click()
    assert heard.value.status == 200
    page.get_by_role("button", name="Bỏ bản ghi âm của “đến quầy số”").click()
    expect(page.get_by_text("“đến quầy số” lại được đọc bằng giọng có sẵn.")).to_be_visible()
    assert own(desks) == {}
    expect(page.get_by_text("3 đoạn", exact=True)).to_be_visible()


def test_english_clips_have_recordings_of_their_own(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    page.get_by_role("button", name="Tiếng Anh").click()
    page.get_by_label("Bản ghi âm riêng cho “Ticket number”").set_input_files(
        CLIPS / "en" / "again.mp3"
    )
    expect(page.get_by_text("Từ nay “Ticket number” được đọc")).to_be_visible()
    assert list(own(desks)) == [("en", "ticket-number")]
    page.get_by_role("button", name="Tiếng Việt", exact=True).click()
    expect(page.get_by_text("Mời công dân có số thứ tự")).to_be_visible()


def test_a_file_that_is_no_recording_is_refused_with_the_reason(
    desks: Desks, tmp_path: Path
) -> None:
    page = desks.sit("son", PATH)
    field = page.get_by_label("Bản ghi âm riêng cho “Xin nhắc lại”")
    for name, data, words in (
        ("chữ.txt", b"xin nhac lai", "Trình duyệt không đọc được tệp âm thanh này."),
        ("im.wav", wav.write(Sound(8000, silence(1, 8000))), "Bản ghi âm này không nghe thấy gì."),
        ("dài.wav", wav.write(Sound(8000, silence(16, 8000))), "dài hơn 15 giây"),
    ):
        file = tmp_path / name
        file.write_bytes(data)
        field.set_input_files(file)
        expect(page.locator("#clips-problem")).to_contain_text(words)
    assert own(desks) == {}


def test_it_fits_a_phone(desks: Desks) -> None:
    page = desks.sit("son", PATH, viewport={"width": 390, "height": 844})
    page.locator("details").nth(1).click()
    expect(page.get_by_role("button", name="Nghe “ích-xì”")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    accessible(page)


def test_officers_do_not_get_in(desks: Desks) -> None:
    page = desks.sit("hoa", PATH)
    expect(page.get_by_role("heading", name="Ông/bà không có quyền làm việc này")).to_be_visible()
