"""The kiosk's screen and its paper: what is told before choosing, after, and by the scanner."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from queueing.store.jobs import Jobs
from tests.support.citizens import Hall
from tests.support.kiosks import Open, settle, take
from tests.support.waiting import eventually

SCAN = """(address) => {
  const press = (key) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  [...address].forEach(press);
  return press("Enter");
}"""


def scan(page: Page, token: str) -> None:
    """Type a ticket's address as a scanner does: all of it at once, however slow this computer."""
    goes_on = page.evaluate(SCAN, f"https://hang-doi.example/t/{token}")
    assert not goes_on, "it is not the press of whatever button has the focus"


def print_all(hall: Hall, printer: int) -> None:
    jobs = Jobs(hall.door.room.store)
    while (job := jobs.claim(printer, "spool", 30)) is not None:
        assert jobs.sending(job.id, "spool", 30)
        assert jobs.settle(job.id, "spool", "printed")


def test_it_warns_before_the_choice_when_the_paper_is_out(hall: Hall, kiosk_page: Open) -> None:
    hall.printer()
    page = kiosk_page()
    warning = page.locator(".printer-warning")
    expect(warning).to_be_hidden()
    hall.sql("UPDATE printer SET trouble = 'paper_out'")
    page.reload()
    expect(warning).to_have_text("Máy in đang hết giấy. Số hiện trên màn hình.")


def test_it_says_where_the_slip_comes_out_when_another_printer_takes_over(
    hall: Hall, kiosk_page: Open
) -> None:
    first = hall.printer()
    other = hall.sql(
        "INSERT INTO printer (branch_id, name, transport, address, width)"
        " VALUES (1, 'Bàn hướng dẫn', 'dummy', 'x', 576) RETURNING id"
    )[0][0]
    hall.sql("UPDATE printer SET fallback_id = ?, trouble = 'mute' WHERE id = ?", other, first)
    page = kiosk_page()
    expect(page.locator(".printer-warning")).to_have_text("Phiếu được in tại: Bàn hướng dẫn")
    take(page)
    expect(page.locator(".paper")).to_have_text("Phiếu được in tại: Bàn hướng dẫn")
    print_all(hall, other)
    expect(page.locator(".paper")).to_have_text("Mời ông/bà lấy phiếu tại: Bàn hướng dẫn")


def test_without_paper_by_choice_of_the_branch(hall: Hall, kiosk_page: Open) -> None:
    hall.printer()
    hall.set("paper_mode", "never")
    page = kiosk_page()
    expect(page.locator(".printer-warning")).to_contain_text("không in phiếu")
    take(page)
    expect(page.locator(".result")).to_have_attribute("data-paper", "none")
    expect(page.locator(".qr img")).to_be_visible()


def test_without_paper_by_choice_of_the_citizen(hall: Hall, kiosk_page: Open) -> None:
    hall.printer()
    hall.set("paper_mode", "ask")
    page = kiosk_page()
    take(page, ".bare")
    expect(page.locator(".paper")).to_have_text(
        "Số của ông/bà vẫn có hiệu lực: xin ghi nhớ số hoặc quét mã."
    )
    assert hall.sql("SELECT count(*) FROM print_job") == [(0,)]


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1366, 768)])
def test_a_shown_code_is_answered_and_its_slip_printed_again(
    hall: Hall, kiosk_page: Open, width: int, height: int
) -> None:
    printer = hall.printer()
    token = hall.take()["token"]
    hall.take()
    print_all(hall, printer)
    page = kiosk_page({"width": width, "height": height})
    scan(page, token)
    expect(page.locator(".shown-number")).to_have_attribute("data-text", "A001")
    expect(page.locator(".lead")).to_have_text("Ông/bà là người tiếp theo")
    again = page.get_by_role("button", name="In lại phiếu")
    expect(again).to_be_in_viewport(ratio=1)
    assert Axe().run(page).violations_count == 0
    settle(page)
    again.click()
    expect(page.get_by_text("Đang in phiếu")).to_be_visible()
    print_all(hall, printer)
    expect(page.get_by_text("Mời ông/bà nhận phiếu")).to_be_visible()
    assert hall.sql("SELECT copy FROM print_job WHERE ticket_id = 1") == [(0,), (1,)]
    page.get_by_role("button", name="Xong").click()
    expect(page.locator(".tile").first).to_be_visible()


def test_who_missed_the_call_may_wait_again_at_the_kiosk(hall: Hall, kiosk_page: Open) -> None:
    token = hall.take()["token"]
    officer = hall.officer()
    hall.door.room.operations.call_next(officer, 1)
    hall.door.room.operations.no_show(officer, 1)
    page = kiosk_page()
    scan(page, token)
    expect(page.locator(".lead")).to_contain_text("đã được gọi")
    settle(page)
    page.get_by_role("button", name="Xếp hàng lại").click()
    expect(page.locator(".lead")).to_have_text("Ông/bà là người tiếp theo")
    # without a printer there is nothing to print again
    expect(page.get_by_role("button", name="In lại phiếu")).to_have_count(0)


def test_a_code_that_is_no_ticket_s_is_said_to_be_unknown(hall: Hall, kiosk_page: Open) -> None:
    page = kiosk_page()
    scan(page, "x" * 22)
    expect(page.locator("[role='alert']")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Không đọc được mã này")


def test_what_is_typed_slowly_or_is_no_address_is_not_taken_for_a_code(
    hall: Hall, kiosk_page: Open
) -> None:
    token = hall.take()["token"]
    page = kiosk_page()
    page.keyboard.type(f"/t/{token}", delay=150)
    page.keyboard.press("Enter")
    page.keyboard.type("https://example.org/")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-screen", "choose")


def begin(page: Page) -> None:
    """Touch the first service and press the large button."""
    page.locator(".tile").first.click()
    settle(page)
    page.locator(".take").click()


def given_up(page: Page) -> None:
    """Say that no number is wanted any more, and let what is under way come to its end."""
    settle(page)
    page.get_by_role("button", name="Tôi không lấy số nữa").click()
    expect(page.locator(".tile").first).to_be_visible()
    for _ in range(4):
        page.clock.fast_forward(3000)


def test_a_press_that_was_given_up_leaves_nobody_in_the_queue(hall: Hall, kiosk_page: Open) -> None:
    page = kiosk_page()
    lost: list[int] = []

    def on_the_way(route: Route) -> None:
        # the number is given out, and the kiosk does not hear of it
        route.fetch()
        lost.append(1)
        route.abort("connectionreset")

    page.route("**/api/v1/tickets", on_the_way)
    begin(page)
    expect(page.locator("body")).to_have_attribute("data-screen", "holding")
    given_up(page)
    eventually(lambda: [one.state for one in hall.tickets()] == ["cancelled"], why="taken back")
    assert lost


def test_a_number_that_was_shown_is_kept_though_the_kiosk_dies(
    hall: Hall, kiosk_page: Open
) -> None:
    page = kiosk_page()
    take(page)
    page.clock.fast_forward(1)
    page.evaluate(
        "localStorage.setItem('denluot.kiosk.pending', JSON.stringify(Object.assign("
        "JSON.parse(localStorage.getItem('denluot.kiosk.pending')), { at: 1 })))"
    )
    page.reload()
    expect(page.locator(".tile").first).to_be_visible()
    take(page)
    assert [one.state for one in hall.tickets()] == ["waiting", "waiting"]
