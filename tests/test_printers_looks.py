"""The printers' page on every screen: nothing cut off, every target a finger wide, no barrier."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from printer import finding
from queueing.devices import Kind
from tests.support.printer_house import Make, PrinterHouse, card, printer_house

SIZES = [(1280, 800), (1366, 768), (390, 844)]


@pytest.fixture
def house(
    tmp_path: Path,
    free_port: Callable[[], int],
    new_context: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[PrinterHouse]:
    with printer_house(tmp_path, free_port(), new_context) as made:
        monkeypatch.setattr(finding, "PORT", made.paper.port)
        yield made


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_fits_its_screen_and_every_target_a_finger(
    house: PrinterHouse, width: int, height: int
) -> None:
    house.add("Máy in của máy lấy số ở cửa chính, tầng một, nhà B")
    house.door.device(Kind.KIOSK)
    page = house.open(width, height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Add a printer").click()
    assert page.evaluate("document.querySelector('#edit').scrollWidth") <= width
    expect(page.locator("#save")).to_be_in_viewport(ratio=1)
    small = page.evaluate(
        "[...document.querySelectorAll('button, .input, label.tick')]"
        ".filter((one) => one.getBoundingClientRect().height > 0"
        " && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"
    )
    assert small == []


@pytest.mark.parametrize("step", ["none", "form", "found", "refused", "cards", "sure"])
def test_it_has_no_known_barrier(house: PrinterHouse, step: str) -> None:
    if step in ("cards", "sure"):
        house.paper.condition.cover_open = True
        house.add("A")
        house.add("B", way="virtual", address="paper")
        house.door.device(Kind.KIOSK)
    page = house.open()
    if step in ("form", "found", "refused"):
        page.get_by_role("button", name="Add a printer").click()
    if step == "found":
        page.locator("#host").fill("127.0.0.1")
        page.locator("#find").click()
        expect(page.locator("#found li")).to_have_count(1)
    if step == "refused":
        page.locator("#save").click()
        expect(page.locator("#name-error")).to_be_visible()
    if step == "cards":
        expect(card(page, "A")).to_contain_text("Please close the cover.")
    if step == "sure":
        card(page, "A").get_by_role("button", name="Remove").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
