"""The printers' page in an administrator's browser: set up, looked after, told the truth."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from printer import finding
from queueing.devices import Kind
from tests.support.printer_house import Make, PrinterHouse, card, printer_house


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


def test_a_network_printer_is_found_added_and_tried_out(house: PrinterHouse) -> None:
    page = house.open()
    expect(page.locator("#none")).to_be_visible()
    page.get_by_role("button", name="Add a printer").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name", exact=True).fill("Máy in cửa chính")
    form.get_by_label("Or look for it").fill("127.0.0.1")
    form.get_by_role("button", name="Look for printers").click()
    expect(form.locator("#found li")).to_contain_text("a receipt printer, ready")
    form.get_by_role("button", name=f"Take {house.paper.address}").click()
    expect(form.get_by_label("Address")).to_have_value(house.paper.address)
    form.get_by_label("Maker and model").select_option("TM-T88V")
    expect(form.get_by_label("Dots in a line")).to_have_value("512")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    one = card(page, "Máy in cửa chính")
    expect(one).to_contain_text("Default printer")
    expect(one).to_contain_text("TM-T88V")
    expect(one.get_by_role("status")).to_contain_text(re.compile("Asked at .*: Ready"))
    one.get_by_role("button", name="Print a test slip").click()
    assert house.paper.wait_for(1)[0].width == 512
    expect(one.locator("[data-row=trial]")).to_contain_text("Came out at")
    expect(one.get_by_role("status")).to_have_text("The test slip came out.")


def test_it_is_done_wholly_by_keyboard(house: PrinterHouse) -> None:
    page = house.open()
    page.get_by_role("button", name="Add a printer").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type("Bàn phím")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#address")).to_be_focused()
    page.keyboard.type(house.paper.address)
    page.keyboard.press("Enter")
    expect(card(page, "Bàn phím").get_by_role("heading")).to_be_focused()
    expect(card(page, "Bàn phím")).to_contain_text("Ready")


def test_what_is_refused_is_said_beside_its_field(house: PrinterHouse) -> None:
    page = house.open()
    page.get_by_role("button", name="Add a printer").click()
    form = page.get_by_role("dialog")
    save = form.get_by_role("button", name="Save")
    save.click()
    expect(page.locator("#name-error")).to_contain_text("Please give a name")
    expect(page.locator("#name")).to_be_focused()
    page.locator("#name").fill("A")
    page.locator("#address").fill("host:0")
    save.click()
    expect(page.locator("#name-error")).to_be_hidden()
    expect(page.locator("#address-error")).to_contain_text("not the address of a printer")
    expect(page.locator("#address")).to_have_attribute("aria-invalid", "true")
    page.locator("#address").fill("10.0.0.9")
    page.locator("#profile").select_option("TM-T88V")
    page.locator("#paper").select_option("576")
    save.click()
    expect(page.locator("#width-error")).to_contain_text("512 dots in a line at most")
    page.locator("#profile").select_option("POS-5890")
    expect(page.locator("#paper")).to_have_value("384")
    expect(page.locator("#cut")).not_to_be_checked()
    # the printer itself can be, only its roll cannot: it is not added a second time
    page.locator("#roll").fill("900")
    save.click()
    expect(page.locator("#roll-error")).to_contain_text("between 1 and 500 metres")
    page.locator("#roll").fill("30")
    save.click()
    expect(form).to_be_hidden()
    expect(page.locator(".printer")).to_have_count(1)
    expect(card(page, "A")).to_contain_text("58 mm paper (384 dots), torn off by hand")
    expect(card(page, "A")).to_contain_text("about 272 tickets")


def test_elsewhere_is_not_searched(house: PrinterHouse) -> None:
    page = house.open()
    page.get_by_role("button", name="Add a printer").click()
    page.locator("#host").fill("8.8.8.8")
    page.locator("#host").press("Enter")
    expect(page.locator("#find-said")).to_have_text(
        "Only addresses of the local network can be searched."
    )
    page.locator("#host").fill("127.0.0.2")
    page.locator("#find").click()
    expect(page.locator("#found")).to_contain_text("takes no papers on port 9100")
    expect(page.locator("#find-said")).to_contain_text("No new printer was found")


def test_a_lost_answer_adds_no_second_printer(house: PrinterHouse) -> None:
    page = house.open()
    lost: list[object] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/printers", lose)
    page.get_by_role("button", name="Add a printer").click()
    page.locator("#name").fill("A")
    page.locator("#address").fill(house.paper.address)
    page.locator("#save").click()
    expect(page.locator("#edit-fault")).to_contain_text("did not answer")
    page.locator("#save").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".printer")).to_have_count(1)


def test_an_empty_roll_is_shown_with_what_to_do_and_who_prints_meanwhile(
    house: PrinterHouse,
) -> None:
    first = house.add("A")
    house.add("B", way="virtual", address="paper")
    page = house.open()
    one = card(page, "A")
    expect(one).to_contain_text("Ready")
    house.paper.condition.paper_out = True
    one.get_by_role("button", name="Ask now").click()
    expect(one.get_by_role("status")).to_contain_text("Out of paper")
    expect(one.locator(".state")).to_have_text("Out of paper")
    expect(one).to_contain_text("Please put a new roll of paper in.")
    expect(one).to_contain_text(re.compile(r"since \d\d:\d\d"))
    expect(one).to_contain_text("Meanwhile slips wait")
    one.get_by_role("button", name="Edit").click()
    page.locator("#fallback").select_option(label="B")
    page.locator("#roll").fill("80")
    page.locator("#save").click()
    expect(one).to_contain_text("Meanwhile slips come out of “B”.")
    expect(one.locator("[data-row=left]")).to_contain_text("used up")
    house.paper.condition.paper_out = False
    one.get_by_role("button", name="Ask now").click()
    expect(one.locator(".state")).to_have_text("Ready")
    with house.door.room.store.writing() as db:
        db.execute("UPDATE printer SET used_mm = 40000, used_papers = 400 WHERE id = ?", (first,))
    # nothing was written into the history: the page asks by itself
    expect(one.locator("[data-row=left]")).to_contain_text("about 400 tickets")
    one.get_by_role("button", name="A new roll is in").click()
    expect(one.locator("[data-row=left]")).to_contain_text("about 727 tickets")


def test_the_default_moves_and_the_keyboard_stays_where_it_was(house: PrinterHouse) -> None:
    house.add("A")
    house.add("B", way="virtual", address="paper")
    page = house.open()
    button = card(page, "B").get_by_role("button", name="Make it the default")
    button.focus()
    page.keyboard.press("Enter")
    expect(card(page, "B")).to_contain_text("Default printer")
    expect(page.locator(".printer h3").first).to_have_text("B")
    expect(card(page, "A").get_by_text("Default printer")).to_be_hidden()
    expect(page.locator(".printer h3").first).to_be_focused()


def test_removing_asks_first(house: PrinterHouse) -> None:
    house.add("A")
    page = house.open()
    card(page, "A").get_by_role("button", name="Remove").click()
    sure = page.get_by_role("dialog")
    expect(sure).to_contain_text("Remove this printer?")
    sure.get_by_role("button", name="Keep it").click()
    expect(card(page, "A")).to_be_visible()
    card(page, "A").get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove the printer").click()
    expect(page.locator(".printer")).to_have_count(0)
    expect(page.locator("#none")).to_be_visible()
    expect(page.get_by_role("button", name="Add a printer")).to_be_focused()


def test_a_kiosk_is_given_its_printer(house: PrinterHouse) -> None:
    house.add("A")
    own = house.add("B", way="virtual", address="paper")
    house.door.device(Kind.KIOSK)
    page = house.open()
    choice = page.get_by_label("A kiosk")
    expect(choice).to_have_value("")
    choice.select_option(label="B")
    expect(page.locator("#kiosks-said")).to_have_text("Kept: A kiosk prints on B.")
    (kiosk,) = house.door.room.identity.screens.all(1)
    assert kiosk.printer_id == own


def test_a_lost_line_is_said(house: PrinterHouse) -> None:
    house.add("A")
    page = house.open()
    expect(page.locator("#line")).to_be_hidden()
    page.context.set_offline(True)
    expect(page.locator("#line")).to_contain_text("The server does not answer")
    page.context.set_offline(False)
    expect(page.locator("#line")).to_be_hidden()


def test_the_page_is_for_administrators_and_is_led_to(house: PrinterHouse) -> None:
    page = house.open(path="/")
    page.get_by_role("link", name=re.compile("^Printers")).click()
    expect(page).to_have_url(f"{house.url}/admin/printers")
    page.get_by_role("link", name="Devices").click()
    page.get_by_role("link", name="Printers").click()
    expect(page).to_have_url(f"{house.url}/admin/printers")
    officer = house.door.client(house.door.person("supervisor"))
    assert officer.get("/admin/printers").status_code == 403
    assert house.door.client().get("/admin/printers").status_code == 302


def test_a_code_for_a_printer_on_another_computer(house: PrinterHouse) -> None:
    page = house.open()
    form = page.locator("#invite-form")
    form.get_by_role("button", name="Make a code").click()
    expect(page.locator("#invite-error")).to_be_visible()
    form.get_by_label("Name").fill("Máy in sảnh")
    form.get_by_role("button", name="Make a code").click()
    code = page.locator("#invite-code")
    expect(code).to_have_text(re.compile("^[A-Z0-9]{4}-[A-Z0-9]{4}$"))
    expect(page.locator("#invite-command")).to_contain_text(f"--code {code.inner_text()}")
    expect(page.locator("#invite-error")).to_be_hidden()
