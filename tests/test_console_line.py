"""The console while the line to the server is bad: it says so, waits, and does nothing twice."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.boards import hurry
from tests.support.tablets import Cable, Desks, holds, primary
from tests.support.waiting import eventually


def called(desks: Desks) -> int:
    return sum(event.kind == "called" for event in desks.office.events())


def lose_answers(page: Page, path: str, times: int) -> list[str]:
    """Let a deed reach the server but not its answers the page; gives the keys that were sent."""
    keys: list[str] = []

    def on_the_way(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) <= times:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(path, on_the_way)
    return keys


def test_a_press_whose_answer_is_lost_is_sent_again_and_done_once(desks: Desks) -> None:
    for _ in range(4):
        desks.office.issue()
    page = desks.work()
    keys = lose_answers(page, "**/call-next", times=2)
    primary(page, "Call next number")
    expect(page.locator("#line")).to_contain_text("No answer yet to “Call next number”")
    expect(page.locator("#primary")).to_be_disabled()
    expect(page.locator("#line")).to_be_hidden()
    holds(page, "A001")
    assert len(keys) == 3
    assert len(set(keys)) == 1, "the same key for every try"
    assert called(desks) == 1


def test_a_press_that_never_arrived_is_done_once_when_the_line_is_back(desks: Desks) -> None:
    desks.office.issue()
    desks.office.issue()
    page = desks.work()
    tries: list[int] = []

    def on_the_way(route: Route) -> None:
        tries.append(1)
        route.abort("connectionrefused") if len(tries) < 3 else route.continue_()

    page.route("**/call-next", on_the_way)
    primary(page, "Call next number")
    holds(page, "A001")
    assert called(desks) == 1


def test_a_new_press_has_a_new_key(desks: Desks) -> None:
    desks.office.issue()
    page = desks.work()
    keys = lose_answers(page, "**/*call*", times=0)
    primary(page, "Call next number")
    holds(page, "A001")
    expect(page.locator("#recall")).to_be_enabled()
    page.locator("#recall").click()
    expect(page.locator("#recall-count")).to_contain_text("2 times")
    assert len(keys) == len(set(keys)) == 2


@pytest.fixture
def plugged(desks: Desks) -> tuple[Page, Cable]:
    """Give a page at work with A001 called, and its cable."""
    desks.office.issue()
    desks.office.issue()
    cables: list[Cable] = []
    page = desks.work(prepare=lambda page: cables.append(Cable(page)))
    expect(page.locator("#primary")).to_be_enabled()
    primary(page, "Call next number")
    holds(page, "A001")
    # the live line may show the number before the deed's own answer is read
    expect(page.locator("#recall")).to_be_enabled()
    return page, cables[0]


def says(page: Page, words: str) -> bool:
    return words in page.locator("#line").inner_text()


def test_without_a_server_it_says_so_blocks_and_recovers_by_itself(
    desks: Desks, plugged: tuple[Page, Cable]
) -> None:
    page, cable = plugged
    cable.pull()
    hurry(page, lambda: says(page, "No connection to the server"), "it is noticed")
    for button in ("#primary", "#recall", "#no-show"):
        expect(page.locator(button)).to_be_disabled()
    # meanwhile somebody else goes on with the counter
    desks.office.hoa.at(1, "start")
    cable.put_back()
    hurry(page, lambda: not page.locator("#line").is_visible(), "the line is back")
    expect(page.locator("#outcomes")).to_be_visible()
    primary(page, "Finish")
    eventually(lambda: desks.office.ticket("A001").state == "finished", why="it works again")


def test_the_list_of_counters_recovers_too(desks: Desks) -> None:
    cables: list[Cable] = []
    page = desks.sit(prepare=lambda page: cables.append(Cable(page)))
    expect(page.locator("[data-counter='1']")).to_contain_text("Free")
    cables[0].pull()
    hurry(page, lambda: says(page, "No connection to the server"), "it is noticed")
    cables[0].put_back()
    desks.office.minh.at(1, "open")
    card = page.locator("[data-counter='1']")
    hurry(page, lambda: "Trần Văn Minh is here" in card.inner_text(), "the list is true again")
    expect(page.locator("#line")).to_be_hidden()


def test_a_press_that_may_or_may_not_have_been_done_is_said_to_be_so(
    desks: Desks, plugged: tuple[Page, Cable]
) -> None:
    page, cable = plugged
    cable.loosen()
    page.locator("#recall").click()
    cable.pull()
    hurry(page, lambda: page.locator("#words").is_visible(), "it gives up")
    expect(page.locator("#words")).to_contain_text("It is not certain whether “Call again” was")
    cable.put_back()
    hurry(page, lambda: not page.locator("#line").is_visible(), "the line is back")
    assert desks.office.hoa.state(1)["current"]["calls"] == 1, "nothing comes through late"


def test_a_question_says_that_the_line_is_cut_and_keeps_what_was_typed(
    desks: Desks, plugged: tuple[Page, Cable]
) -> None:
    page, cable = plugged
    page.locator("#park").click()
    page.locator("#park-other").fill("về lấy sổ")
    cable.pull()
    hurry(page, lambda: page.locator("#ask-line").is_visible(), "it is noticed")
    expect(page.locator("#ask .button-primary")).to_be_disabled()
    cable.put_back()
    hurry(page, lambda: not page.locator("#ask-line").is_visible(), "the line is back")
    page.locator("#ask .button-primary").click()
    expect(page.locator("#parked .row-words")).to_contain_text("về lấy sổ")
