"""The report in a browser: figures, chart and tables, on screen and on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.tablets import Desks

REPORT = "/supervisor/reports"
ENGLISH = {"locale": "en-GB"}


@pytest.fixture
def report(desks: Desks) -> Page:
    """Give the report of a day on which three were called, at a supervisor's desk."""
    office = desks.office
    for _ in range(3):
        office.issue()
    office.hoa.at(1, "open")
    for minutes in (10, 60, 5):
        office.clock.forward(minutes=minutes)
        office.hoa.at(1, "call-next")
        office.hoa.at(1, "start")
    return desks.sit("ha", REPORT, **ENGLISH)


def test_the_chart_shows_each_hour_and_tells_it_in_words(report: Page) -> None:
    chart = report.get_by_role("img")
    expect(chart).to_be_visible()
    expect(chart.locator(".chart-value")).to_have_text(["3", "1", "2", "75"])
    expect(chart.locator("desc")).to_contain_text("8:00: 3 joined, 1 called")


def test_the_tables_say_the_same(report: Page) -> None:
    hour = report.get_by_role("row", name="08:00–09:00")
    expect(hour.get_by_role("cell").nth(0)).to_have_text("3")
    expect(report.get_by_role("row", name="Counter 1").get_by_role("cell").nth(0)).to_have_text("2")
    expect(report.locator(".key")).to_contain_text("1:15:00")


def test_days_are_chosen(report: Page) -> None:
    report.get_by_role("link", name="Day before").click()
    expect(report.locator("h1")).to_contain_text("22/11/2026")
    report.get_by_label("to day").fill("2026-11-23")
    report.get_by_role("button", name="Show").click()
    expect(report.locator("h1")).to_contain_text("22/11/2026 – 23/11/2026")
    expect(report.get_by_role("img")).to_be_visible()


def test_on_paper_there_are_no_buttons_and_it_says_what_it_is_not(report: Page) -> None:
    report.emulate_media(media="print")
    expect(report.get_by_role("button", name="Print", include_hidden=True)).to_be_hidden()
    expect(report.get_by_text("Internal; not a score of the 766 index.")).to_be_visible()
    expect(report.get_by_role("img")).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_page_never_moves_sideways(desks: Desks, size: tuple[int, int]) -> None:
    desks.office.issue()
    page = desks.sit("ha", REPORT, viewport={"width": size[0], "height": size[1]}, **ENGLISH)
    expect(page.get_by_role("img")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_it_has_no_known_barrier(report: Page) -> None:
    found = Axe().run(report)
    assert found.violations_count == 0, found.generate_report()
