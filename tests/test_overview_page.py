"""The overview in a supervisor's browser: it lives, it asks, it has no barrier."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect

from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store.printer_setup import add_printer
from queueing.store.screens import Placing
from tests.support.liveboards import board, board_rooms
from tests.support.sockets import screen
from tests.support.tablets import Desks

PAGE = "/supervisor?lang=en"
SIZES = [(1280, 800), (1366, 768)]


def waiting_long(desks: Desks) -> None:
    """One waits too long where counter 1 serves, one where nobody does."""
    office = desks.office
    office.issue("dat-dai")
    office.issue()
    office.hoa.at(1, "open")
    office.clock.forward(minutes=31)


def test_it_follows_the_counters_by_itself(desks: Desks) -> None:
    office = desks.office
    page = desks.sit("ha", PAGE)
    counter = page.locator("[data-counter='1']")
    expect(counter).to_contain_text("Closed")
    office.hoa.at(1, "open")
    expect(counter).to_contain_text("Free")
    expect(counter).to_contain_text("Nguyễn Thị Hoa")
    office.issue()
    expect(page.locator("[data-service='ho-tich'] td").first).to_have_text("1")
    office.hoa.at(1, "call-next")
    expect(counter).to_contain_text("Called")
    expect(counter.locator(".number .digits")).to_have_attribute("data-text", "A001")
    office.hoa.at(1, "start")
    expect(counter).to_contain_text("Serving")
    office.hoa.at(1, "finish")
    office.hoa.at(1, "pause", {"reason": "lunch"})
    expect(counter).to_contain_text("Paused: lunch")


def test_a_number_leads_to_its_history(desks: Desks) -> None:
    desks.office.issue()
    page = desks.sit("ha", PAGE)
    page.locator("[data-service='ho-tich'] .number").click()
    expect(page.locator("#found-number")).to_have_text("A001")
    expect(page.locator(".history tbody tr")).to_have_count(1)


def test_a_number_is_looked_up_from_the_keyboard(desks: Desks) -> None:
    desks.office.issue()
    page = desks.sit("ha", PAGE)
    page.get_by_label("Ticket number").fill("a 1")
    page.keyboard.press("Enter")
    expect(page.locator("#found-number")).to_have_text("A001")


def test_whoever_is_on_a_number_by_keyboard_stays_there(desks: Desks) -> None:
    office = desks.office
    office.issue()
    page = desks.sit("ha", PAGE)
    number = page.locator("[data-service='ho-tich'] .number")
    number.focus()
    office.issue()
    expect(page.locator("[data-service='ho-tich'] td").first).to_have_text("2")
    expect(number).to_be_focused()


def test_an_alert_is_seen_by_one_and_shown_so_to_the_other(desks: Desks) -> None:
    waiting_long(desks)
    page, other = desks.sit("ha", PAGE), desks.sit("son", PAGE)
    expect(page.locator(".alert")).to_have_count(2)
    expect(page.locator("#alerts-count")).to_have_text("2")
    alert = page.locator(".alert[data-kind='wait']")
    alert.get_by_role("button").click()
    for one in (page, other):
        expect(one.locator(".alert-seen")).to_contain_text(re.compile("Seen by Đỗ Thu Hà at"))
        expect(one.locator("#alerts-count")).to_have_text("1")
    desks.office.hoa.at(1, "call-next")
    expect(page.locator(".alert[data-kind='wait']")).to_have_count(0)


def test_a_doubtful_date_is_confirmed_where_it_is_told(desks: Desks) -> None:
    office = desks.office
    office.issue()
    office.clock.forward(days=4)
    office.hoa.post("/counters/1/open")
    page = desks.sit("ha", PAGE)
    alert = page.locator(".alert[data-kind='day']")
    expect(alert).to_contain_text("The date has jumped ahead")
    alert.get_by_role("button", name="The date is right").click()
    expect(alert).to_have_count(0)
    assert office.events()[-1].kind in ("expired", "closed", "day_confirmed")


def test_an_alert_that_is_over_meanwhile_is_said_to_be(desks: Desks) -> None:
    waiting_long(desks)
    page = desks.sit("ha", PAGE)
    button = page.locator(".alert[data-kind='wait']").get_by_role("button")

    def on_the_way(route: Route) -> None:
        desks.office.sql("UPDATE visit SET queued = 0 WHERE service_id = 1")
        route.continue_()

    page.route("**/alerts/**", on_the_way)
    button.click()
    expect(page.locator("#alerts-fault")).to_have_text(
        "This is over already; there is nothing to acknowledge."
    )


def test_a_screen_that_has_just_been_connected_is_shown_to_be(desks: Desks) -> None:
    room = desks.office.room
    room.live.register("board", build=board, rooms=board_rooms)
    admin = Actor(room.branch_id, Role.ADMIN)
    _, secret = room.identity.screens.add(admin, Kind.BOARD, Placing("Bảng khu A"))
    page = desks.sit("ha", PAGE)
    row = page.locator("#health li", has_text="Bảng khu A")
    expect(row).to_contain_text("never connected")
    with screen(desks.url, {"surface": "board"}, Cookie=f"denluot_board={secret}"):
        expect(row).not_to_contain_text("never connected")


def test_who_gets_too_late_by_waiting_alone_is_shown_too(desks: Desks) -> None:
    office = desks.office
    office.issue()
    office.hoa.at(1, "open")
    page = desks.sit("ha", PAGE)
    expect(page.locator("#alerts-none")).to_be_visible()
    office.clock.forward(minutes=31)
    # nothing was written: the page asks by itself
    expect(page.locator(".alert")).to_have_count(1, timeout=20_000)
    expect(page.locator("#overdue .chip")).to_have_count(1)


def test_what_a_counter_serves_is_changed_in_a_dialog(desks: Desks) -> None:
    page = desks.sit("ha", PAGE)
    counter = page.locator("[data-counter='1']")
    expect(counter.locator(".serves span")).to_have_text("A Q")
    counter.get_by_role("button").click()
    dialog = page.locator("#assign")
    expect(dialog).to_be_visible()
    land = dialog.get_by_role("radiogroup", name=re.compile("Land"))
    land.get_by_role("radio", name="Helps").check()
    page.locator("#assign-save").click()
    expect(dialog).to_be_hidden()
    expect(counter.locator(".serves span")).to_have_text("A H Q")
    services = desks.office.hoa.state(1)["counter"]["services"]
    assert [one["code"] for one in services] == ["ho-tich", "dat-dai", "tra-ket-qua"]


def test_the_dialog_warns_of_a_service_that_nobody_would_serve(desks: Desks) -> None:
    page = desks.sit("ha", PAGE)
    page.locator("[data-counter='6'] .change").click()
    warning = page.locator("#assign-warning")
    expect(warning).to_be_hidden()
    online = page.get_by_role("radiogroup", name=re.compile("Help with online"))
    online.get_by_role("radio", name="Not").check()
    expect(warning).to_contain_text("No counter will serve: Help with online")
    expect(page.locator("#assign-save")).to_be_enabled()
    for group in page.get_by_role("radiogroup").all():
        group.get_by_role("radio", name="Not").check()
    expect(page.locator("#assign-save")).to_be_disabled()
    page.locator("#assign-cancel").click()
    expect(page.locator("#assign")).to_be_hidden()


def test_words_that_are_not_of_ours_stay_words(desks: Desks) -> None:
    desks.office.sql("UPDATE officer SET name = '<img src=x onerror=alert(1)>' WHERE login = 'hoa'")
    desks.office.hoa.at(1, "open")
    page = desks.sit("ha", PAGE)
    expect(page.locator("[data-counter='1']")).to_contain_text("<img src=x")
    assert page.locator("#counters img").count() == 0


@pytest.mark.parametrize(("width", "height"), [*SIZES, (390, 844)])
def test_nothing_moves_the_page_sideways(desks: Desks, width: int, height: int) -> None:
    waiting_long(desks)
    page = desks.sit("ha", "/supervisor", viewport={"width": width, "height": height})
    expect(page.locator(".alert")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_counters_and_alerts_stand_in_the_first_screen(
    desks: Desks, width: int, height: int
) -> None:
    waiting_long(desks)
    page = desks.sit("ha", "/supervisor", viewport={"width": width, "height": height})
    expect(page.locator("[data-counter='6']")).to_be_in_viewport(ratio=1)
    expect(page.locator(".alert").last).to_be_in_viewport(ratio=1)
    page.locator("[data-counter='1'] .change").click()
    expect(page.locator("#assign-save")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("step", ["quiet", "busy", "asking", "timeline", "ticket", "unknown"])
def test_it_has_no_known_barrier(desks: Desks, step: str) -> None:
    paths = {
        "timeline": "/supervisor/timeline?lang=en",
        "ticket": "/supervisor/tickets?number=A001&lang=en",
        "unknown": "/supervisor/tickets?number=A999&lang=en",
    }
    if step != "quiet":
        waiting_long(desks)
        desks.office.hoa.at(1, "call-next")
        desks.office.hoa.at(1, "start")
        desks.office.clock.forward(minutes=11)
    page = desks.sit("ha", paths.get(step, PAGE))
    if step == "busy":
        page.locator(".alert button").first.click()
        expect(page.locator(".alert-seen")).to_have_count(1)
    if step == "asking":
        page.locator("[data-counter='6'] .change").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_on_paper_the_timeline_has_no_buttons(desks: Desks) -> None:
    waiting_long(desks)
    page = desks.sit("ha", "/supervisor/timeline?lang=en")
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator(".bars")).to_be_visible()
    expect(page.get_by_text("Internal; not a score of the 766 index.")).to_be_visible()


def test_a_lost_line_is_said(desks: Desks) -> None:
    page = desks.sit("ha", PAGE, prepare=lambda page: page.clock.install())
    expect(page.locator("#line")).to_be_hidden()
    page.route("**/api/**", lambda route: route.abort())
    page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    page.context.set_offline(True)
    page.clock.fast_forward(20_000)
    expect(page.locator("#line")).to_be_visible(timeout=15_000)


def test_a_tickets_slip_is_printed_again_from_its_history(desks: Desks) -> None:
    office = desks.office
    admin = Actor(office.room.branch_id, Role.ADMIN)
    add_printer(office.room.store, admin, name="In", transport="dummy", address="x", width=576)
    office.issue()
    office.sql("UPDATE print_job SET state = 'unknown', cause = 'reset'")
    page = desks.sit("ha", "/supervisor/tickets?number=A001&lang=en")
    page.get_by_role("button", name="Print the slip again").click()
    expect(page.locator("#reprint-said")).to_contain_text("marked as a reprint")
    assert office.sql("SELECT copy FROM print_job ORDER BY id") == [(0,), (1,)]
    office.ha.post("/tickets/1/cancel")
    page.reload()
    expect(page.locator("#found-number")).to_be_visible()
    expect(page.locator("#reprint")).to_have_count(0)
