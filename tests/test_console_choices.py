"""Setting aside, transferring, priority, typed numbers and further services, in a browser."""

import re

from playwright.sync_api import Page, expect

from tests.support.office import Office
from tests.support.tablets import Desks, holds, primary


def question(page: Page, button: str) -> None:
    """Open a question with a button that is ready."""
    expect(page.locator(button)).to_be_enabled()
    page.locator(button).click()
    expect(page.locator("#ask")).to_be_visible()


def answer(page: Page, words: str) -> None:
    """Press what a question offers."""
    page.locator("#ask").get_by_role("button", name=words).first.click()


def called(desks: Desks, counter: int = 1, **options: str) -> Page:
    """Sit at a counter with A001 called."""
    page = desks.work(counter, **options)
    primary(page, "Call next number")
    holds(page, "A001")
    return page


def set_procedure(office: Office) -> None:
    office.sql(
        "INSERT INTO procedure (branch_id, code, name, field, service_id)"
        " SELECT 1, '1.001193', 'Đăng ký khai sinh', 'Hộ tịch', id FROM service"
        " WHERE code = 'ho-tich'"
    )


# -- setting aside ---------------------------------------------------------------------------


def test_one_is_set_aside_with_a_reason_and_a_time_and_served_when_back(desks: Desks) -> None:
    desks.office.issue()
    page = called(desks)
    question(page, "#park")
    page.get_by_role("radio", name="Gone to make copies").check()
    page.get_by_role("radio", name="In 20 min").check()
    answer(page, "Set A001 aside")
    row = page.locator("#parked [data-number=A001]")
    expect(row).to_contain_text("Gone to make copies")
    expect(row).to_contain_text("called again at 08:50")
    expect(row).to_contain_text("just set aside")
    row.click()
    answer(page, "A001 is here: serve now")
    holds(page, "A001")
    expect(page.locator("#stage")).to_have_text("Being served")
    assert desks.office.ticket("A001").state == "serving"


def test_ones_own_words_go_before_the_ready_made_ones(desks: Desks) -> None:
    desks.office.issue()
    page = called(desks)
    question(page, "#park")
    page.get_by_role("radio", name="Paying the fee").check()
    page.locator("#park-other").fill("về lấy sổ hộ khẩu")
    page.keyboard.press("Enter")
    expect(page.locator("#parked [data-number=A001]")).to_contain_text("về lấy sổ hộ khẩu")
    # the same Enter must not have meant the large button behind as well
    assert "started" not in [event.kind for event in desks.office.events()]


def test_a_figure_that_answers_a_question_chooses_no_result_behind_it(desks: Desks) -> None:
    for _ in range(2):
        desks.office.issue()
    page = called(desks)
    primary(page, "Start serving")
    first = page.locator("input[name=outcome]").first
    expect(first).to_be_checked()
    page.locator("#waiting [data-number=A002]").click()
    expect(page.locator("#ask [data-digit='2']")).to_contain_text("priority")
    page.keyboard.press("2")
    expect(page.locator("#ask-title")).to_have_text("Priority of A002")
    expect(first).to_be_checked()


def test_one_whose_time_has_come_is_said_to_be_due_and_comes_next(desks: Desks) -> None:
    office = desks.office
    office.issue()
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "park", {"reason": "photo", "due": "2026-11-23T01:40:00.000Z"})
    office.clock.forward(minutes=12)
    page = desks.sit()
    expect(page.locator("#parked .row-due")).to_have_text("due since 08:40")
    expect(page.locator("#parked .row-time")).to_have_text("12 min")
    expect(page.locator("#service")).to_contain_text("Next: A001")
    expect(page.locator("#why")).to_contain_text("set aside until now")
    primary(page, "Call next number")
    holds(page, "A001")


# -- transferring ----------------------------------------------------------------------------


def test_a_transfer_offers_who_is_at_work_and_goes_to_the_officer(desks: Desks) -> None:
    office = desks.office
    office.issue()
    office.minh.at(2, "open")
    page = called(desks)
    question(page, "#transfer")
    ask = page.locator("#ask")
    expect(ask).to_contain_text("To an officer")
    expect(ask.get_by_role("button", name="Counter 3")).to_have_count(0)
    expect(ask.get_by_role("button", name="Residence – Identity card")).to_contain_text("counter 2")
    expect(ask.get_by_role("button", name="Land – Construction")).to_contain_text("no counter")
    ask.get_by_role("button", name=re.compile("^Trần Văn Minh")).click()
    if "does not serve" in page.locator("#ask-title").inner_text():
        answer(page, "Residence")
    expect(page.locator("#stage")).to_have_text("Nobody at the counter")
    assert [row["number"] for row in office.minh.state(2)["waiting"]] == ["A001"]
    expect(page.locator("#undo")).to_contain_text("transfer of A001")


def test_a_transfer_to_a_service(desks: Desks) -> None:
    desks.office.issue()
    page = called(desks)
    question(page, "#transfer")
    answer(page, "Residence – Identity card")
    expect(page.locator("#stage")).to_have_text("Nobody at the counter")
    desks.office.minh.at(2, "open")
    assert desks.office.minh.state(2)["waiting"][0]["number"] == "A001"


def test_a_target_that_closed_meanwhile_is_refused_and_the_open_ones_shown(desks: Desks) -> None:
    office = desks.office
    office.sql(
        "INSERT OR IGNORE INTO counter_service (counter_id, service_id, tier)"
        " SELECT 2, id, 1 FROM service WHERE code = 'ho-tich'"
    )
    office.issue()
    office.minh.at(2, "open")
    office.person("lan").at(3, "open")
    page = called(desks)
    question(page, "#transfer")
    office.minh.at(2, "close")
    page.locator("#ask").get_by_role("button", name=re.compile("^Counter 2")).click()
    expect(page.locator("#ask-words")).to_contain_text("Counters at work: 1 (Nguyễn Thị Hoa), 3")
    buttons = page.locator("#ask").get_by_role("button", name=re.compile("^Counter"))
    expect(buttons).to_have_count(1)
    assert office.ticket("A001").state == "called"


# -- priority, cancelling ---------------------------------------------------------------------


def test_priority_is_granted_to_one_who_waits_and_taken_from_the_one_called(desks: Desks) -> None:
    office = desks.office
    for _ in range(3):
        office.issue()
    page = called(desks)
    page.locator("#waiting [data-number=A003]").click()
    answer(page, "Grant or take away priority")
    answer(page, "Elderly person")
    first = page.locator("#waiting .row-live").first
    expect(first).to_have_attribute("data-number", "A003")
    expect(first.locator(".badge")).to_have_text("Priority")
    question(page, "#priority")
    answer(page, "Elderly person")
    expect(page.locator("#badges")).to_contain_text("Elderly person")
    question(page, "#priority")
    expect(page.locator("#ask-words")).to_have_text("Now: Elderly person")
    answer(page, "Take the priority away")
    expect(page.locator("#badges .badge")).to_have_count(0)
    assert office.hoa.state(1)["current"]["priority"] is None


def test_one_who_left_is_cancelled_after_a_further_question(desks: Desks) -> None:
    desks.office.issue()
    page = desks.work()
    page.locator("#waiting [data-number=A001]").click()
    answer(page, "Has left: cancel A001")
    expect(page.locator("#ask-words")).to_contain_text("cannot be undone")
    answer(page, "Not now")
    assert desks.office.ticket("A001").state == "waiting"
    page.locator("#waiting [data-number=A001]").click()
    answer(page, "Has left: cancel A001")
    answer(page, "Cancel A001")
    expect(page.locator("#waiting-none")).to_be_visible()
    assert desks.office.ticket("A001").state == "cancelled"


# -- a typed number --------------------------------------------------------------------------


def test_a_typed_number_is_called_and_a_refusal_says_where_it_is(desks: Desks) -> None:
    office = desks.office
    for service in ("ho-tich", "ho-tich", "dat-dai"):
        office.issue(service)
    page = desks.work()
    page.locator("#typed").fill("a 2")
    page.locator("#typed-call").click()
    holds(page, "A002")
    expect(page.locator("#typed")).to_have_value("")
    page.locator("#typed").fill("h1")
    page.locator("#typed-call").click()
    answer(page, "Call h1")
    expect(page.locator("#words")).to_contain_text("which counter 1 does not serve")
    expect(page.locator("#typed")).to_have_value("h1")
    holds(page, "A002")


# -- ending ----------------------------------------------------------------------------------


def test_ending_goes_on_to_a_further_service_with_the_procedure(desks: Desks) -> None:
    office = desks.office
    set_procedure(office)
    office.issue()
    page = called(desks)
    primary(page, "Start serving")
    page.locator("#more").click()
    expect(page.locator("#onward option")).not_to_have_count(1)
    page.locator("#onward").select_option("cu-tru")
    expect(page.locator("#primary")).to_contain_text("Finish, then on to Residence")
    page.locator("#procedure").press_sequentially("khai sinh")
    option = page.get_by_role("option", name="Đăng ký khai sinh")
    option.click()
    expect(page.locator("#procedure")).to_have_value("Đăng ký khai sinh")
    primary(page, "Finish, then on to")
    expect(page.locator("#stage")).to_have_text("Nobody at the counter")
    assert office.sql("SELECT procedure_code FROM visit ORDER BY id")[0] == ("1.001193",)
    office.minh.at(2, "open")
    assert office.minh.state(2)["waiting"][0]["number"] == "A001"


def test_words_that_name_no_procedure_are_not_swallowed(desks: Desks) -> None:
    desks.office.issue()
    page = called(desks)
    primary(page, "Start serving")
    page.locator("#more").click()
    page.locator("#procedure").fill("không có đâu")
    expect(page.locator("#procedure-none")).to_have_text("No procedure fits these words.")
    primary(page, "Finish")
    expect(page.locator("#words")).to_contain_text("choose the procedure from the list")
    assert desks.office.ticket("A001").state == "serving"
    page.locator("#procedure").fill("")
    primary(page, "Finish")
    expect(page.locator("#stage")).to_have_text("Nobody at the counter")


def test_the_list_of_keys_names_every_key_on_a_button(desks: Desks) -> None:
    desks.office.issue()
    page = called(desks)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    told = set(page.locator("#help kbd").all_inner_texts())
    shown = set(page.locator("button kbd, label kbd, h2 kbd").evaluate_all(
        "all => all.filter((k) => !k.closest('dialog, .chip')).map((k) => k.textContent)"
    ))  # fmt: skip
    assert shown <= told
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


# -- meanwhile -------------------------------------------------------------------------------


def test_what_was_asked_of_one_ticket_is_not_done_to_another(desks: Desks) -> None:
    office = desks.office
    office.issue()
    office.issue()
    page = called(desks)
    question(page, "#park")
    # another browser of the same counter is quicker
    office.hoa.at(1, "finish")
    office.hoa.at(1, "call-next")
    holds(page, "A002")
    answer(page, "Set A001 aside")
    expect(page.locator("#words")).to_contain_text("Counter 1 holds A002 by now")
    holds(page, "A002")
    assert office.ticket("A002").state == "called"


def test_a_question_closes_when_the_counter_is_taken_over(desks: Desks) -> None:
    desks.office.issue()
    page = called(desks)
    question(page, "#park")
    desks.office.minh.at(1, "open", {"take": True})
    expect(page.locator("#ask")).to_be_hidden()
    words = page.locator("#chooser-words")
    expect(words).to_have_text("Trần Văn Minh has just taken over counter 1.")
