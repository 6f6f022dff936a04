"""A branch's ways of working at the counter, and the keyboard alone, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.office import Office
from tests.support.tablets import Desks, holds, primary
from tests.test_console_rules import settle


def serving(desks: Desks) -> Page:
    """Sit at counter 1 with A001 being served."""
    page = desks.work()
    primary(page, "Call next number")
    holds(page, "A001")
    primary(page, "Start serving")
    expect(page.locator("#outcomes")).to_be_visible()
    return page


def kinds(office: Office) -> list[str]:
    return [event.kind for event in office.events()]


def test_one_tap_ends_with_the_chosen_result_and_calls_the_next(desks: Desks) -> None:
    for _ in range(2):
        desks.office.issue()
    page = serving(desks)
    page.get_by_role("radio", name="Guided").check()
    expect(page.locator("#finish-next")).to_be_enabled()
    page.locator("#finish-next").click()
    holds(page, "A002")
    expect(page.locator("#recent .row-words")).to_have_text("Guided")
    page.locator("#undo").click()
    holds(page, "A001")
    expect(page.locator("#waiting [data-number=A002]")).to_be_visible()


def test_where_nobody_waits_the_one_tap_is_off(desks: Desks) -> None:
    desks.office.issue()
    page = serving(desks)
    expect(page.locator("#finish-next")).to_be_disabled()
    desks.office.issue()
    expect(page.locator("#finish-next")).to_be_enabled()


def test_a_branch_without_one_tap_has_no_such_button(desks: Desks) -> None:
    settle(desks.office, call_next_finishes=False)
    desks.office.issue()
    desks.office.issue()
    page = serving(desks)
    expect(page.locator("#finish-next")).to_be_hidden()
    expect(page.locator("#typed-form")).to_be_hidden()
    # who waits can still be given priority, but not called over the one being served
    page.locator("#waiting .row-live").click()
    ask = page.locator("#ask")
    expect(ask.get_by_role("button", name="Grant or take away priority")).to_be_visible()
    expect(ask.get_by_role("button", name="Call A002")).to_have_count(0)
    page.keyboard.press("Escape")
    primary(page, "Finish")
    expect(page.locator("#primary")).to_contain_text("Call next number")


def test_where_arrival_is_not_confirmed_the_end_comes_straight_after_the_call(
    desks: Desks,
) -> None:
    settle(desks.office, confirm_arrival=False)
    desks.office.issue()
    desks.office.issue()
    page = desks.work()
    primary(page, "Call next number")
    holds(page, "A001")
    for button in ("#recall", "#no-show", "#outcomes"):
        expect(page.locator(button)).to_be_visible()
    expect(page.locator("#timer-words")).to_contain_text("target 10 min")
    box = page.locator("#primary").bounding_box()
    assert box is not None
    expect(page.locator("#primary")).to_be_enabled()
    primary(page, "Finish")
    expect(page.locator("#primary")).to_contain_text("Call next number")
    assert desks.office.sql("SELECT outcome, start_inferred FROM visit WHERE id = 1") == [
        ("received", 1)
    ]


def test_a_touch_meant_for_one_ticket_does_not_end_the_next(desks: Desks) -> None:
    settle(desks.office, confirm_arrival=False)
    for _ in range(3):
        desks.office.issue()
    page = desks.work()
    primary(page, "Call next number")
    holds(page, "A001")
    expect(page.locator("#finish-next")).to_be_enabled()
    page.locator("#finish-next").dblclick()
    holds(page, "A002")
    expect(page.locator("#finish-next")).to_be_enabled()
    assert kinds(desks.office).count("finished") == 1


def test_recalls_are_counted_and_end(desks: Desks) -> None:
    settle(desks.office, recalls_most=2)
    desks.office.issue()
    page = desks.work()
    primary(page, "Call next number")
    for count in ("0/2", "1/2"):
        expect(page.locator("#recall-count")).to_have_text(count)
        expect(page.locator("#recall")).to_be_enabled()
        page.locator("#recall").click()
    expect(page.locator("#recall-count")).to_have_text("2/2")
    expect(page.locator("#recall")).to_be_disabled()
    expect(page.locator("#no-show")).to_be_enabled()


def test_an_idle_counter_counts_down_to_its_own_call(desks: Desks) -> None:
    settle(desks.office, auto_call_seconds=30)
    page = desks.work()
    expect(page.locator("#auto")).to_be_hidden()
    desks.office.issue()
    expect(page.locator("#auto")).to_have_text(
        re.compile(r"Calls the next number by itself in \d+ s")
    )
    desks.office.clock.forward(seconds=31)
    desks.office.room.operations.auto_call(1)
    holds(page, "A001")
    expect(page.locator("#auto")).to_be_hidden()
    expect(page.locator("#undo-words")).to_contain_text("call of A001")


def test_another_rule_says_its_own_reason(desks: Desks) -> None:
    settle(desks.office, calling_policy="accumulating")
    desks.office.issue()
    desks.office.clock.forward(minutes=4)
    desks.office.issue(priority="cao-tuoi")
    desks.office.clock.forward(minutes=6)
    page = desks.work()
    expect(page.locator("#why")).to_contain_text("longest credit: 2 × 6 min > 1 × 10 min")
    primary(page, "Call next number")
    holds(page, "A002")
    expect(page.locator("#why")).to_contain_text("2 × 6 min > 1 × 10 min")


# -- the keyboard alone ----------------------------------------------------------------------


def ready(page: Page, *buttons: str) -> None:
    for button in buttons:
        expect(page.locator(button)).to_be_enabled()


def asked(page: Page) -> None:
    expect(page.locator("#ask")).to_be_visible()


@pytest.fixture
def keyed(desks: Desks) -> Page:
    """Give a page at work with three who wait."""
    for _ in range(3):
        desks.office.issue()
    desks.office.minh.at(2, "open")
    return desks.work()


def test_setting_aside_and_taking_up_again_by_keys(keyed: Page, desks: Desks) -> None:
    keys = keyed.keyboard
    ready(keyed, "#primary")
    keys.press("Enter")
    holds(keyed, "A001")
    ready(keyed, "#park")
    keys.press("p")
    asked(keyed)
    keys.press("2")
    keys.press("Enter")
    expect(keyed.locator("#parked .row-words")).to_contain_text("Fetching papers")
    ready(keyed, "#primary")
    keys.press("k")
    keys.press("Enter")
    asked(keyed)
    keys.press("1")
    holds(keyed, "A001")
    assert desks.office.ticket("A001").state == "serving"


def test_transferring_giving_priority_and_typing_by_keys(keyed: Page, desks: Desks) -> None:
    keys = keyed.keyboard
    ready(keyed, "#primary")
    keys.press("Enter")
    holds(keyed, "A001")
    ready(keyed, "#transfer")
    keys.press("c")
    asked(keyed)
    keys.press("1")
    expect(keyed.locator("#stage")).to_have_text("Nobody at the counter")
    ready(keyed, "#primary")
    keys.press("w")
    keys.press("ArrowDown")
    expect(keyed.locator("#waiting [data-number=A003]")).to_be_focused()
    keys.press("Enter")
    asked(keyed)
    keys.press("2")
    expect(keyed.locator("#ask-title")).to_have_text("Priority of A003")
    keys.press("1")
    expect(keyed.locator("#waiting .row-live").first).to_have_attribute("data-number", "A003")
    ready(keyed, "#primary")
    keys.press("/")
    expect(keyed.locator("#typed")).to_be_focused()
    keys.type("a2")
    keys.press("Enter")
    holds(keyed, "A002")
    assert desks.office.ticket("A003").class_id is not None


def test_a_counter_is_chosen_and_taken_over_by_keys(desks: Desks) -> None:
    desks.office.minh.at(2, "open")
    page = desks.sit()
    expect(page.locator("[data-counter='2']")).to_contain_text("Trần Văn Minh is here")
    page.keyboard.press("2")
    asked(page)
    page.keyboard.press("Enter")
    expect(page.locator("#desk-name")).to_have_text("Counter 2")
    page.keyboard.press("d")
    expect(page.locator("#chooser-words")).to_have_text("Counter 2 is closed.")
    expect(page.locator("[data-counter='1']")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#desk-name")).to_have_text("Counter 1")


def test_ending_calling_pausing_and_closing_by_keys(keyed: Page, desks: Desks) -> None:
    keys = keyed.keyboard
    for number in ("A001", "A002"):
        ready(keyed, "#primary")
        keys.press("Enter") if number == "A001" else keys.press("n")
        holds(keyed, number)
        ready(keyed, "#primary")
        keys.press("Enter")
        expect(keyed.locator("#outcomes")).to_be_visible()
        ready(keyed, "#finish-next")
    keys.press("3")
    keys.press("Enter")
    expect(keyed.locator("#recent .row-words").first).to_have_text("Refused")
    ready(keyed, "#pause")
    keys.press("t")
    asked(keyed)
    keys.press("3")
    expect(keyed.locator("#desk-state")).to_have_text("paused · Meeting")
    ready(keyed, "#close")
    keys.press("d")
    expect(keyed.locator("#chooser-words")).to_have_text("Counter 1 is closed.")
    assert desks.office.minh.state(1)["counter"]["state"] == "closed"


def test_the_keyboard_stays_at_its_row_when_somebody_comes(keyed: Page, desks: Desks) -> None:
    """Else Enter, meant for the row, would call the next ticket."""
    ready(keyed, "#primary")
    keyed.keyboard.press("w")
    keyed.keyboard.press("ArrowDown")
    row = keyed.locator("#waiting .row-live:focus")
    number = row.get_attribute("data-number")
    waiting = keyed.locator("#waiting .row-live").count()
    desks.office.issue()
    expect(keyed.locator("#waiting .row-live")).to_have_count(waiting + 1)
    expect(row).to_have_attribute("data-number", str(number))
    keyed.keyboard.press("Enter")
    asked(keyed)
    expect(keyed.locator("#ask-title")).to_contain_text(str(number))
    assert desks.office.hoa.state(1)["current"] is None


def test_a_colleagues_note_and_dossier_are_seen_at_the_next_counter(desks: Desks) -> None:
    office = desks.office
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    told = {"outcome": "received", "dossier": "H26.1-7", "note": "thiếu bản sao"}
    office.hoa.at(1, "finish", told | {"next_service": "cu-tru"})
    page = desks.work(2, "minh")
    primary(page, "Call next number")
    holds(page, "A001")
    expect(page.locator("#facts")).to_contain_text("H26.1-7")
    expect(page.locator("#facts")).to_contain_text("thiếu bản sao")
