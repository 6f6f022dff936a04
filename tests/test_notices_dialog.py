"""Speaking to the waiting room from the counter and from the overview: one and the same dialog."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from queueing.clock import parse_iso
from tests.support.office import Office
from tests.support.tablets import Cable, Desks, holds, primary
from tests.support.waiting import eventually

SIZES = [(1280, 800), (1366, 768), (390, 844)]
QUIET = "Please keep your voices down"
SMALL = """
Array.from(document.querySelectorAll("#notices button, .notices-pick, #notices textarea"))
    .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 44)
    .map((one) => one.outerHTML)
"""


def standing(office: Office) -> list[dict[str, Any]]:
    answer = office.ha.get("/api/v1/notices").json
    assert isinstance(answer, dict)
    found: list[dict[str, Any]] = answer["items"]
    return found


def open_dialog(page: Page) -> None:
    page.locator("#notices-open").click()
    expect(page.locator("#notices")).to_be_visible()
    expect(page.locator(".notices-one")).to_have_count(8)


def touch(page: Page, what: str) -> None:
    """Press once the press before is over: a second touch right after one counts for nothing."""
    expect(page.locator(".notices-busy")).to_have_count(0)
    page.locator(what).click()


def told(page: Page, words: str) -> None:
    expect(page.locator("#notices-said")).to_contain_text(words)


def test_a_ready_made_notice_is_sent_by_one_touch_and_said_back(desks: Desks) -> None:
    page = desks.work()
    open_dialog(page)
    expect(page.locator("#notices-voice")).to_have_text("Shown on the boards and spoken.")
    expect(page.locator("#notices-none")).to_be_visible()
    page.locator(".notices-one", has_text=QUIET).click()
    told(page, "Sent to all boards, until 08:40. It is being spoken. “Please keep your voices down")
    expect(page.locator(".notices-row")).to_contain_text("Nguyễn Thị Hoa · until 08:40")
    expect(page.locator("#notices-total")).to_have_text("1 of 6")
    (notice,) = standing(desks.office)
    assert notice["ready"] == "quiet"
    touch(page, f".notices-one:has-text('{QUIET}')")
    told(page, "It was spoken a moment ago and is not repeated yet.")
    assert len(standing(desks.office)) == 1


def test_own_words_are_shown_as_they_will_stand_there(desks: Desks) -> None:
    page = desks.work()
    open_dialog(page)
    send = page.locator("#notices-send")
    expect(send).to_be_disabled()
    # what a chat puts between words is not seen, and the server would refuse it
    page.locator("#notices-words").fill("  Thang máy\u200b hỏng,\n <b>xin</b> đi\u202e thang bộ ")
    expect(page.locator("#notices-shown")).to_have_text("Thang máy hỏng, <b>xin</b> đi thang bộ")
    expect(page.locator("#notices-count")).to_have_text("38 of 200 characters")
    expect(page.locator("#notices-long")).to_be_hidden()
    send.click()
    told(page, "“Thang máy hỏng, <b>xin</b> đi thang bộ”")
    expect(page.locator("#notices-words")).to_have_value("")
    expect(page.locator("#notices-said")).not_to_contain_text("spoken")
    (notice,) = standing(desks.office)
    assert notice["words"] == "Thang máy hỏng, <b>xin</b> đi thang bộ"


def test_too_much_to_read_cannot_be_sent(desks: Desks) -> None:
    page = desks.work()
    open_dialog(page)
    page.locator("#notices-words").fill("đ" * 201)
    expect(page.locator("#notices-count")).to_have_text("201 of 200 characters: too long")
    expect(page.locator("#notices-send")).to_be_disabled()
    # as many as the server counts, not as the browser does
    page.locator("#notices-words").fill("🍵" * 200)
    expect(page.locator("#notices-long")).to_be_visible()
    expect(page.locator("#notices-send")).to_be_enabled()
    page.locator("#notices-send").click()
    told(page, "🍵")


def test_how_long_and_which_boards_are_chosen(desks: Desks) -> None:
    page = desks.work()
    open_dialog(page)
    expect(page.get_by_label("10 min")).to_be_checked()
    page.get_by_label("30 min").check()
    page.get_by_label("Khu B", exact=True).check()
    page.locator("#notices-words").fill("Khu B nghỉ")
    page.locator("#notices-send").click()
    told(page, "Sent to Khu B, until 09:00.")
    (notice,) = standing(desks.office)
    assert notice["zone"]["name"] == "Khu B"
    minutes = (parse_iso(notice["until"]) - desks.office.clock()).total_seconds() / 60
    assert minutes == 30
    # the next one goes where the reader sees that it goes
    expect(page.get_by_label("Khu B", exact=True)).to_be_checked()


def test_a_notice_is_taken_down_by_its_sender_or_a_supervisor(desks: Desks) -> None:
    office = desks.office
    office.hoa.post("/notices", {"words": "của Hoa"})
    office.minh.post("/notices", {"words": "của Minh"})
    page = desks.work()
    open_dialog(page)
    rows = page.locator(".notices-row")
    expect(rows.filter(has_text="của Minh").locator("button")).to_have_count(0)
    rows.filter(has_text="của Hoa").locator("button").click()
    told(page, "Taken down: “của Hoa”")
    expect(rows).to_have_count(1)
    there = desks.sit("ha", "/supervisor?lang=en")
    open_dialog(there)
    there.locator(".notices-row button").click()
    told(there, "Taken down: “của Minh”")
    expect(there.locator("#notices-none")).to_be_visible()
    assert standing(office) == []


def test_a_refusal_stays_until_the_next_deed(desks: Desks) -> None:
    for n in range(6):
        desks.office.minh.post("/notices", {"words": f"Thông báo {n}"})
    page = desks.sit(prepare=lambda page: page.clock.install())
    open_dialog(page)
    page.locator(".notices-one").first.click()
    fault = page.locator("#notices-fault")
    expect(fault).to_have_text(
        "There are 6 notices on the boards already. Take one of them down first, or ask a"
        " supervisor to."
    )
    expect(page.locator(".notices-busy")).to_have_count(0)
    with page.expect_response("**/api/v1/notices"):
        page.clock.fast_forward(11_000)
    expect(fault).to_be_visible()


def test_what_others_do_is_seen_while_it_is_open(desks: Desks) -> None:
    page = desks.sit(prepare=lambda page: page.clock.install())
    open_dialog(page)
    desks.office.minh.post("/notices", {"words": "của Minh"})
    page.clock.fast_forward(11_000)
    expect(page.locator(".notices-row")).to_contain_text("của Minh")


def test_by_keys_it_opens_closes_and_gives_the_focus_back(desks: Desks) -> None:
    desks.office.issue()
    page = desks.work()
    page.keyboard.press("b")
    expect(page.locator("#notices")).to_be_visible()
    expect(page.locator("#notices-title")).to_be_focused()
    # no letter of the counter's means anything here, and Enter sends nothing by itself
    page.keyboard.press("Enter")
    page.keyboard.press("d")
    page.keyboard.press("Escape")
    expect(page.locator("#notices")).to_be_hidden()
    assert standing(desks.office) == []
    expect(page.locator("#primary")).to_be_enabled()
    page.keyboard.press("Enter")
    holds(page, "A001")
    page.locator("#notices-open").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#notices-open")).to_be_focused()


def test_after_a_touch_enter_means_the_next_step_again(desks: Desks) -> None:
    desks.office.issue()
    page = desks.work()
    open_dialog(page)
    page.locator("#notices-close").click()
    expect(page.locator("#notices")).to_be_hidden()
    expect(page.locator("#primary")).to_be_enabled()
    page.keyboard.press("Enter")
    holds(page, "A001")


def test_a_ready_made_one_is_reached_and_sent_by_keys(desks: Desks) -> None:
    page = desks.sit("ha", "/supervisor?lang=en")
    page.locator("#notices-open").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".notices-one")).to_have_count(8)
    # Close, how long, which boards, the first of those that are ready
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.locator(".notices-one").first).to_be_focused()
    page.keyboard.press("Space")
    told(page, "We are closing soon.")
    page.keyboard.press("Escape")
    expect(page.locator("#notices-open")).to_be_focused()


def test_it_does_not_disturb_whom_the_officer_serves(desks: Desks) -> None:
    desks.office.issue()
    page = desks.work()
    primary(page, "Call next number")
    primary(page, "Start serving")
    page.locator("input[name=outcome]").nth(1).check()
    page.locator("#more").click()
    page.locator("#note").fill("đang gõ dở")
    before = desks.office.hoa.state(1)["current"]
    open_dialog(page)
    page.locator(".notices-one").nth(1).click()
    told(page, "Sent")
    page.keyboard.press("Escape")
    assert desks.office.hoa.state(1)["current"] == before
    expect(page.locator("#note")).to_have_value("đang gõ dở")
    expect(page.locator("input[name=outcome]").nth(1)).to_be_checked()


def test_a_second_touch_of_the_same_finger_does_nothing(desks: Desks) -> None:
    page = desks.work()
    open_dialog(page)
    page.locator("#notices-words").fill("một lần thôi")
    page.locator("#notices-send").dblclick()
    told(page, "một lần thôi")
    assert len(standing(desks.office)) == 1
    kinds = [event.kind for event in desks.office.events()]
    assert (kinds.count("notice_sent"), kinds.count("notice_withdrawn")) == (1, 0)


def test_without_an_answer_it_is_tried_again_and_sent_once(desks: Desks) -> None:
    cables: list[Cable] = []
    page = desks.sit(prepare=lambda page: cables.append(Cable(page)))
    open_dialog(page)
    cables[0].loosen()
    page.locator(".notices-one").first.click()
    expect(page.locator("#notices-fault")).to_contain_text("No answer yet.")
    cables[0].put_back()

    def sent() -> bool:
        page.clock.fast_forward(1000)
        return page.locator("#notices-said").is_visible()

    eventually(sent, every_s=0.1, why="the notice is sent once the line is back")
    assert [event.kind for event in desks.office.events()].count("notice_sent") == 1


def test_practice_says_so_and_reaches_no_board(desks: Desks) -> None:
    page = desks.sit(path="/console?training=1&lang=en")
    expect(page.locator("#counters .counter").first).to_be_visible()
    open_dialog(page)
    expect(page.locator(".notices-practice")).to_contain_text("reaches no board")
    page.locator(".notices-one").first.click()
    told(page, "Sent")
    expect(page.locator(".notices-row")).to_have_count(1)
    assert standing(desks.office) == []
    assert "notice_sent" not in [event.kind for event in desks.office.events()]


@pytest.mark.parametrize(("path", "login"), [("/console", "hoa"), ("/supervisor", "ha")])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_everything_can_be_hit_and_nothing_is_cut(
    desks: Desks, path: str, login: str, width: int, height: int
) -> None:
    for n in range(6):
        desks.office.minh.post("/notices", {"words": f"{n}" + "dàilắm" * 33})
    page = desks.sit(login, path, viewport={"width": width, "height": height})
    open_dialog(page)
    page.locator("#notices-words").fill("W" * 200)
    assert page.evaluate(SMALL) == []
    dialog = "document.getElementById('notices')"
    assert page.evaluate(f"{dialog}.scrollWidth <= {dialog}.clientWidth")
    box = page.locator("#notices").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["height"] <= height
    page.locator("#notices-send").scroll_into_view_if_needed()
    expect(page.locator("#notices-close")).to_be_in_viewport(ratio=1 if width < 960 else 0)


@pytest.mark.parametrize(("path", "login"), [("/console", "hoa"), ("/supervisor", "ha")])
def test_it_has_no_known_barrier(desks: Desks, path: str, login: str) -> None:
    desks.office.person(login).post("/notices", {"words": "một thông báo"})
    page = desks.sit(login, path)
    open_dialog(page)
    page.locator(".notices-one").first.click()
    expect(page.locator("#notices-said")).to_be_visible()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.response["violations"] == []
