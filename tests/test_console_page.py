"""An officer's day at the console, in a browser."""

import re

from playwright.sync_api import Page, expect

from tests.support.office import Office
from tests.support.tablets import Desks, holds, primary


def kinds(office: Office) -> list[str]:
    return [event.kind for event in office.events()]


def rows(page: Page, which: str) -> list[str]:
    return page.locator(f"#{which} .row-number").evaluate_all(
        "rows => rows.map((row) => row.getAttribute('data-text'))"
    )


def test_the_whole_path_from_choosing_a_counter_to_a_result(desks: Desks) -> None:
    office = desks.office
    office.issue(priority="cao-tuoi")
    office.clock.forward(minutes=7)
    office.issue()
    page = desks.sit()
    page.locator("[data-counter='1']").click()
    expect(page.locator("#desk-name")).to_have_text("Counter 1")
    assert rows(page, "waiting") == ["A001", "A002"]
    expect(page.locator("#waiting .badge")).to_have_text("Priority")
    expect(page.locator("#waiting .row-time").first).to_have_text("7 min")
    primary(page, "Call next number")
    holds(page, "A001")
    expect(page.locator("#badges")).to_contain_text("Elderly person")
    expect(page.locator("#why")).to_contain_text("priority, waited 7 min")
    page.locator("#recall").click()
    expect(page.locator("#recall-count")).to_have_text("(2 times so far)")
    primary(page, "Start serving")
    expect(page.locator("#stage")).to_have_text("Being served")
    page.get_by_role("radio", name="To be supplemented").check()
    page.locator("#more").click()
    page.locator("#dossier").fill("H26.1-7")
    page.locator("#note").fill("thiếu bản sao")
    primary(page, "Finish")
    expect(page.locator("#recent .row-words")).to_have_text("To be supplemented")
    expect(page.locator("#figures")).to_contain_text("Visits today: 1")
    expect(page.locator("#service")).to_contain_text("Next: A002")
    assert kinds(office)[-4:] == ["called", "recalled", "started", "finished"]
    assert office.sql("SELECT dossier, note FROM visit_text") == [("H26.1-7", "thiếu bản sao")]


def test_what_was_chosen_for_one_citizen_does_not_stick_to_the_next(desks: Desks) -> None:
    desks.office.issue()
    desks.office.issue()
    page = desks.work()
    primary(page, "Call next number")
    primary(page, "Start serving")
    page.get_by_role("radio", name="Refused").check()
    page.locator("#more").click()
    page.locator("#note").fill("riêng của A001")
    primary(page, "Finish")
    primary(page, "Call next number")
    holds(page, "A002")
    primary(page, "Start serving")
    expect(page.locator("input[value=received]")).to_be_checked()
    expect(page.locator("#note")).to_have_value("")
    expect(page.locator("#extras")).to_be_hidden()


def test_everything_is_done_from_the_keyboard(desks: Desks) -> None:
    desks.office.issue()
    desks.office.issue()
    page = desks.work()
    keys = page.keyboard
    expect(page.locator("#primary")).to_be_enabled()
    keys.press("Enter")
    holds(page, "A001")
    expect(page.locator("#recall")).to_be_enabled()
    keys.press("r")
    expect(page.locator("#recall-count")).to_contain_text("2 times")
    expect(page.locator("#no-show")).to_be_enabled()
    keys.press("v")
    expect(page.locator("#recent .row-words")).to_have_text("Absent")
    expect(page.locator("#primary")).to_be_enabled()
    keys.press("Enter")
    holds(page, "A002")
    expect(page.locator("#primary")).to_be_enabled()
    keys.press("Enter")
    expect(page.locator("#outcomes")).to_be_visible()
    expect(page.locator("#more")).to_be_enabled()
    keys.press("5")
    keys.press("g")
    expect(page.locator("#dossier")).to_be_focused()
    keys.type("vrz1")
    expect(page.locator("#primary")).to_be_enabled()
    keys.press("Enter")
    expect(page.locator("#recent .row-words").first).to_have_text("Guided")
    assert desks.office.sql("SELECT dossier FROM visit_text") == [("vrz1",)]
    expect(page.locator("#undo")).to_be_enabled()
    keys.press("z")
    holds(page, "A002")


def test_a_touch_meant_for_the_step_before_does_not_do_the_next(desks: Desks) -> None:
    desks.office.issue()
    page = desks.work()
    box = page.locator("#primary").bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + 50, box["y"] + 20)
    holds(page, "A001")
    expect(page.locator("#primary")).to_contain_text("Start serving")
    expect(page.locator("#primary")).to_be_enabled()
    assert kinds(desks.office)[-1] == "called"


def test_the_undo_counts_down_and_takes_back(desks: Desks) -> None:
    desks.office.issue()
    page = desks.work()
    primary(page, "Call next number")
    undo = page.locator("#undo-words")
    expect(undo).to_have_text(re.compile(r"Undo: call of A001 \((30|29|28) s\)"))
    first = undo.inner_text()
    expect(undo).not_to_have_text(first)
    page.locator("#undo").click()
    expect(page.locator("#stage")).to_have_text("Nobody at the counter")
    expect(page.locator("#undo")).to_be_hidden()
    assert rows(page, "waiting") == ["A001"]


def test_the_undo_goes_away_when_its_time_is_over(desks: Desks) -> None:
    desks.office.sql("INSERT INTO setting VALUES (1, 'undo_seconds', '2')")
    desks.office.issue()
    page = desks.work()
    primary(page, "Call next number")
    expect(page.locator("#undo")).to_be_visible()
    expect(page.locator("#undo")).to_be_hidden()


def test_two_browsers_at_one_counter_stay_in_step(desks: Desks) -> None:
    desks.office.issue()
    one = desks.work()
    other = desks.sit()
    expect(other.locator("#desk-name")).to_have_text("Counter 1")
    primary(one, "Call next number")
    holds(other, "A001")
    primary(other, "Start serving")
    expect(one.locator("#outcomes")).to_be_visible()


def test_taking_over_asks_first_and_tells_the_other(desks: Desks) -> None:
    desks.office.issue()
    hoa = desks.work()
    primary(hoa, "Call next number")
    minh = desks.sit("minh")
    minh.locator("[data-counter='1']").click()
    question = minh.locator("#ask")
    expect(question).to_contain_text("Nguyễn Thị Hoa holds this counter and is with A001")
    minh.get_by_role("button", name="Not now").click()
    assert desks.office.hoa.state(1)["counter"]["mine"] is True
    minh.locator("[data-counter='1']").click()
    minh.get_by_role("button", name="Take over counter 1").click()
    holds(minh, "A001")
    expect(hoa.locator("#chooser-words")).to_have_text(
        "Trần Văn Minh has just taken over counter 1."
    )
    expect(hoa.locator("#counters")).to_be_visible()


def test_one_who_waits_is_called_out_of_turn_after_a_question(desks: Desks) -> None:
    desks.office.issue()
    desks.office.issue()
    page = desks.work()
    page.locator("#waiting [data-number=A002]").click()
    expect(page.locator("#ask")).to_contain_text("Out of turn")
    page.get_by_role("button", name="Call A002", exact=True).click()
    holds(page, "A002")


def test_one_who_was_set_aside_is_called_back(desks: Desks) -> None:
    desks.office.issue()
    page = desks.work()
    primary(page, "Call next number")
    holds(page, "A001")
    desks.office.hoa.at(1, "park", {"reason": "đi photo"})
    row = page.locator("#parked [data-number=A001]")
    expect(row).to_contain_text("đi photo")
    row.click()
    page.get_by_role("button", name="Call A001", exact=True).click()
    holds(page, "A001")


def test_pausing_closing_and_going_on(desks: Desks) -> None:
    page = desks.work()
    page.locator("#pause").click()
    page.get_by_role("button", name="Lunch").click()
    expect(page.locator("#desk-state")).to_have_text("paused · Lunch")
    expect(page.locator("#stage")).to_have_text("The counter is paused: Lunch")
    primary(page, "Open the counter again")
    expect(page.locator("#desk-state")).to_have_text("open")
    expect(page.locator("#primary")).to_contain_text("Nobody to call")
    expect(page.locator("#primary")).to_be_disabled()
    page.locator("#close").click()
    expect(page.locator("#chooser-words")).to_have_text("Counter 1 is closed.")


def test_somebody_who_comes_while_nobody_waits_can_be_called(desks: Desks) -> None:
    page = desks.work()
    expect(page.locator("#primary")).to_be_disabled()
    desks.office.issue()
    primary(page, "Call next number")
    holds(page, "A001")


def test_the_time_says_in_words_when_it_is_long(desks: Desks) -> None:
    desks.office.issue()
    page = desks.work()
    primary(page, "Call next number")
    expect(page.locator("#timer-words")).to_have_text("since the last call")
    desks.office.clock.forward(seconds=70)
    page.reload()
    expect(page.locator("#timer-words")).to_contain_text("may be called again")
    primary(page, "Start serving")
    expect(page.locator("#timer-words")).to_contain_text("being served")
    for minutes, words in ((9, "close to the target of 10 min"), (2, "over the target of 10 min")):
        desks.office.clock.forward(minutes=minutes)
        page.reload()
        expect(page.locator("#timer-words")).to_have_text(words)
    expect(page.locator("#timer")).to_have_class(re.compile("timer-over"))


def test_a_refusal_is_told_in_words_and_the_true_state_shown(desks: Desks) -> None:
    desks.office.issue()
    page = desks.work()
    primary(page, "Call next number")
    holds(page, "A001")
    # what the page shows grows old while its line is cut: another browser was quicker
    page.route("**/recall", lambda route: (desks.office.hoa.at(1, "start"), route.continue_())[1])
    page.locator("#recall").click()
    expect(page.locator("#words")).to_contain_text("Ticket A001 is being served")
    expect(page.locator("#outcomes")).to_be_visible()


def test_a_doubtful_date_is_shown_and_confirmed(desks: Desks) -> None:
    desks.office.issue()
    desks.office.clock.forward(days=3)
    desks.office.person("hoa", fresh=True)
    page = desks.work()
    expect(page.locator("#doubt-words")).to_contain_text("26/11/2026")
    page.locator("#doubt-confirm").click()
    page.get_by_role("button", name="Yes, today is 26/11/2026").click()
    expect(page.locator("#doubt")).to_be_hidden()
    # the day that ended closed every counter
    expect(page.locator("#chooser")).to_be_visible()
    assert desks.office.ticket("A001").state == "expired"


def test_signing_out_offers_to_close_the_counter(desks: Desks) -> None:
    page = desks.work()
    page.locator("#sign-out").click()
    page.get_by_role("button", name="Close the counter and sign out").click()
    page.wait_for_url("**/sign-in**")
    assert desks.office.minh.state(1)["counter"]["state"] == "closed"
    page.goto(desks.url + "/console")
    assert "/sign-in" in page.url


def test_an_ended_session_leads_to_the_sign_in(desks: Desks) -> None:
    page = desks.work()
    desks.office.sql("UPDATE session SET ended_at = '2026-11-23T01:30:00.000Z'")
    page.locator("#close").click()
    page.wait_for_url("**/sign-in**")
