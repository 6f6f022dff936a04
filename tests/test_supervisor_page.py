"""The supervisor's pages in a browser."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.tablets import Desks

LOG = "/supervisor/visits"
ENGLISH = {"locale": "en-GB"}


@pytest.fixture
def log(desks: Desks) -> Page:
    """Give the log of a day with two visits, at a supervisor's desk."""
    office = desks.office
    office.issue(priority="cao-tuoi")
    office.issue()
    office.hoa.at(1, "open")
    office.clock.forward(minutes=3)
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "start")
    office.clock.forward(seconds=425)
    office.hoa.at(1, "finish")
    return desks.sit("ha", LOG, **ENGLISH)


def test_each_visit_has_its_line(log: Page) -> None:
    lines = log.locator("tbody tr")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("waiting")
    cells = lines.nth(1).locator("th, td").all_inner_texts()
    assert cells[0] == "A001"
    assert cells[5:9] == ["3:00", "0:00", "7:05", "7:05"]
    assert cells[10] == "Dossier received"


def test_the_csv_is_downloaded_by_one_press(log: Page, tmp_path: Path) -> None:
    with log.expect_download() as started:
        log.get_by_role("link", name="Download CSV").click()
    target = tmp_path / started.value.suggested_filename
    started.value.save_as(target)
    assert target.name == "luot-giao-dich_2026-11-23.csv"
    text = target.read_text(encoding="utf-8-sig")
    assert text.startswith("Day,Number,")
    assert "A001" in text


def test_a_day_is_chosen(desks: Desks) -> None:
    desks.office.issue()
    page = desks.sit("ha", "/supervisor/visits")
    page.get_by_role("link", name="Ngày trước").click()
    expect(page.locator("h1")).to_contain_text("22/11/2026")
    expect(page.locator("#main")).to_contain_text("Ngày này không có lượt nào.")
    page.get_by_label("Ngày", exact=True).fill("2026-11-23")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator("h1")).to_contain_text("23/11/2026")
    expect(page.locator("tbody tr")).to_have_count(1)


def test_the_sheet_for_printing_has_no_buttons_and_says_what_it_is_not(log: Page) -> None:
    log.get_by_role("link", name="Print view").click()
    expect(log.locator("tbody tr").first).to_contain_text("A001")
    log.emulate_media(media="print")
    expect(log.get_by_role("button", name="Print", include_hidden=True)).to_be_hidden()
    expect(log.get_by_text("Internal; not a score of the 766 index.")).to_be_visible()
    expect(log.locator("tbody tr")).to_have_count(2)
    width = log.evaluate("document.documentElement.scrollWidth")
    assert width <= log.evaluate("innerWidth")


def test_the_log_is_searched_and_filtered(log: Page) -> None:
    log.get_by_label("Number").fill("a 1")
    log.get_by_role("button", name="Show").click()
    expect(log.locator("tbody tr")).to_have_count(1)
    expect(log.locator("tbody tr")).to_contain_text("A001")
    with log.expect_download() as started:
        log.get_by_role("link", name="Download CSV").click()
    assert started.value.path().read_text(encoding="utf-8-sig").count("A00") == 1
    log.get_by_role("link", name="Clear filters").click()
    expect(log.locator("tbody tr")).to_have_count(2)
    log.locator("select[name=outcome]").select_option(label="still open")
    log.get_by_role("button", name="Show").click()
    expect(log.locator("tbody th")).to_have_text(["A002"])


def test_a_number_that_cannot_be_one_is_said_beside_its_field(log: Page) -> None:
    log.get_by_label("Number").fill("??")
    log.get_by_role("button", name="Show").click()
    expect(log.get_by_role("alert")).to_contain_text("is not a ticket number")
    expect(log.get_by_label("Number")).to_have_attribute("aria-invalid", "true")
    expect(log.locator("tbody tr")).to_have_count(0)


def test_a_result_is_corrected_in_sight_of_what_it_was(log: Page, desks: Desks) -> None:
    log.get_by_role("button", name="Correct A001").click()
    log.get_by_role("button", name="Save the correction").click()
    expect(log.get_by_role("alert")).to_have_text("Nothing was changed.")
    log.get_by_role("radio", name="Guided").check()
    log.get_by_role("button", name="Save the correction").click()
    line = log.locator("tbody tr").nth(1)
    expect(line).to_contain_text("corrected, was: Dossier received")
    expect(line).to_contain_text("Guided")
    kinds = [event.kind for event in desks.office.events()]
    assert kinds.count("corrected") == 1


def test_a_correction_that_is_refused_says_why_and_changes_nothing(log: Page) -> None:
    log.get_by_role("button", name="Correct A001").click()
    log.get_by_label("Code of the procedure").fill("no-such")
    log.get_by_role("button", name="Save the correction").click()
    expect(log.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    log.get_by_role("button", name="Not now").click()
    expect(log.get_by_role("dialog")).to_be_hidden()
    expect(log.locator("tbody tr").nth(1)).not_to_contain_text("corrected")


def test_the_open_dialogue_has_no_known_barrier(log: Page) -> None:
    log.get_by_role("button", name="Correct A001").click()
    found = Axe().run(log)
    assert found.violations_count == 0, found.generate_report()


def test_signing_out(log: Page, desks: Desks) -> None:
    log.get_by_role("button", name="Sign out").click()
    log.wait_for_url("**/sign-in**")
    log.goto(desks.url + LOG)
    assert "/sign-in" in log.url


def test_a_phone_shows_it_without_the_page_moving_sideways(desks: Desks) -> None:
    desks.office.issue()
    page = desks.sit("ha", LOG, locale="en-GB", viewport={"width": 390, "height": 844})
    expect(page.locator("tbody tr")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", [LOG, "/supervisor/visits/print"])
def test_it_has_no_known_barrier(desks: Desks, path: str) -> None:
    desks.office.issue()
    found = Axe().run(desks.sit("ha", path))
    assert found.violations_count == 0, found.generate_report()
