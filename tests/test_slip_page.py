"""The administrator's page of the slip, in a real browser."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from printer.layout import PLAIN
from queueing.store import slip_layouts
from queueing.store.slip_layouts import SlipSetup
from tests.support.slips import as_file, wordmark
from tests.support.tablets import Desks
from tests.support.waiting import eventually

PATH = "/admin/slip"


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def setup(desks: Desks) -> SlipSetup:
    with desks.office.room.store.reading() as db:
        return slip_layouts.slip_setup(db, 1)


# A picture that is drawn anew while it is being decoded is refused: the newer one is waited for.
HEIGHT = """async (picture) => {
  for (let tries = 100; ; tries -= 1) {
    try {
      await picture.decode();
      return picture.naturalHeight;
    } catch (error) {
      if (!tries) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}"""


def heights(page: Page) -> list[int]:
    """How long the two papers are, once their pictures are there."""
    papers = page.locator(".paper")
    expect(papers).to_have_count(2)
    found = [paper.evaluate(HEIGHT) for paper in papers.all()]
    assert [paper.evaluate("i => i.naturalWidth") for paper in papers.all()] == [576, 384]
    return found


def test_what_is_typed_is_drawn_and_kept_only_by_saving(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    before = heights(page)
    accessible(page)
    page.get_by_label("Dòng 1").first.fill("Số 12  đường Trần Phú")
    expect(page.get_by_text("Chưa lưu")).to_be_visible()
    eventually(lambda: heights(page)[0] > before[0], why="the new line is drawn")
    page.get_by_label("Ngôn ngữ trên phiếu").select_option(label="Tiếng Việt kèm tiếng Anh")
    page.get_by_label("Cảm ơn ông/bà").uncheck()
    eventually(lambda: heights(page)[1] > before[1] + 200, why="both languages are drawn")
    assert setup(desks) == SlipSetup()

    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu. Phiếu mới sẽ in như thế này.")).to_be_visible()
    assert setup(desks).layout == PLAIN.as_json() | {
        "header": ["Số 12 đường Trần Phú"],
        "language": "both",
        "thanks": False,
    }
    page.reload()
    expect(page.get_by_label("Dòng 1").first).to_have_value("Số 12 đường Trần Phú")
    expect(page.get_by_label("Cảm ơn ông/bà")).not_to_be_checked()
    accessible(page)

    page.get_by_role("button", name="Trở về mẫu thông thường").click()
    eventually(lambda: heights(page) == before, why="the usual slip is drawn")
    expect(page.get_by_text("Chưa lưu")).to_be_visible()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    assert setup(desks).layout == PLAIN.as_json()


def test_a_logo_is_chosen_drawn_and_removed(desks: Desks, tmp_path: Path) -> None:
    page = desks.sit("son", PATH)
    before = heights(page)
    (good := tmp_path / "logo.png").write_bytes(as_file(wordmark()))
    (large := tmp_path / "large.png").write_bytes(b"\x89PNG" + b"\0" * 5_000_000)
    (broken := tmp_path / "broken.png").write_bytes(b"\x89PNG and then nothing")
    choose = page.locator("#logo-file")
    choose.set_input_files(large)
    expect(page.get_by_text("Hình này lớn hơn 2 MB")).to_be_visible()
    choose.set_input_files(good)
    expect(page.get_by_text("Đã lưu biểu trưng.")).to_be_visible()
    eventually(lambda: heights(page)[0] > before[0] + 60, why="the logo is drawn")
    assert setup(desks).logo is not None
    accessible(page)
    page.get_by_role("button", name="Gỡ biểu trưng").click()
    expect(page.get_by_text("Đã gỡ biểu trưng.")).to_be_visible()
    eventually(lambda: heights(page) == before, why="the slip is without it again")
    assert setup(desks).logo is None
    expect(choose).to_be_focused()
    choose.evaluate("input => input.setAttribute('accept', '*/*')")
    choose.set_input_files(broken)
    expect(page.get_by_text("Tệp này không phải hình đọc được")).to_be_visible()


def test_the_preview_can_be_of_a_late_or_an_english_speaking_citizen(desks: Desks) -> None:
    page = desks.sit("son", PATH)
    before = heights(page)
    page.get_by_label("lấy số lúc gần hết giờ").check()
    eventually(lambda: heights(page)[0] > before[0] + 50, why="the note is drawn")
    page.locator("#preview-language").select_option("en")
    eventually(lambda: heights(page)[0] > before[0] + 100, why="the English slip is drawn")
    expect(page.get_by_text("Chưa lưu")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1366, 768), (390, 844)])
def test_everything_is_in_reach_and_nothing_runs_out_of_the_page(
    desks: Desks, width: int, height: int
) -> None:
    page = desks.sit("son", PATH, viewport={"width": width, "height": height})
    heights(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in page.locator("button, label.tick, select, .input, .file").all():
        box = control.bounding_box()
        if box is not None:
            assert box["height"] >= 44
    if width >= 1280:
        form, proof = page.locator("#layout").bounding_box(), page.locator(".proof").bounding_box()
        assert form is not None
        assert proof is not None
        assert form["x"] + form["width"] <= proof["x"]
        expect(page.locator("#save")).to_be_in_viewport()


def test_it_is_found_from_the_start_page_and_speaks_english(desks: Desks) -> None:
    page = desks.sit("son", "/?lang=en", locale="en-GB")
    page.get_by_role("link", name=re.compile("^Slip")).click()
    expect(page.get_by_role("heading", name="What the slip shows")).to_be_visible()
    heights(page)
    accessible(page)
