"""What a counter may not do: each a problem with a stable code, in words, and nothing written."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.office import Office, Person


@pytest.fixture
def busy(office: Office) -> Iterator[Office]:
    """Give an office with A001 called at Hoa's counter 1 and A002 waiting, to which nothing more
    is done.
    """
    office.issue()
    office.issue()
    office.issue("dat-dai")
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    before = len(office.events())
    yield office
    assert len(office.events()) == before, "a refusal writes nothing"


Case = tuple[str, str, Any, int, str]
CASES: list[Case] = [
    ("hoa", "/counters/99/open", {}, 404, "unknown_counter"),
    ("hoa", "/counters/2/open", {}, 409, "officer_elsewhere"),
    ("minh", "/counters/1/open", {}, 409, "counter_taken"),
    ("hoa", "/counters/1/pause", {}, 409, "counter_holds_ticket"),
    ("hoa", "/counters/1/close", {}, 409, "counter_holds_ticket"),
    ("minh", "/counters/1/call-next", {}, 403, "counter_not_yours"),
    ("minh", "/counters/2/call-next", {}, 409, "counter_closed"),
    ("hoa", "/counters/1/call", {"number": "A001"}, 409, "at_counter_already"),
    ("hoa", "/counters/1/call", {"number": "A099"}, 404, "unknown_number"),
    ("hoa", "/counters/1/call", {"number": "??"}, 422, "unreadable_number"),
    ("hoa", "/counters/1/call", {"number": "H001"}, 409, "not_served_here"),
    ("hoa", "/counters/1/call", {}, 422, "invalid_request"),
    ("hoa", "/counters/1/resume", {"number": "A002"}, 409, "wrong_state"),
    ("minh", "/counters/1/recall", {}, 403, "counter_not_yours"),
    ("hoa", "/counters/1/finish", {"outcome": "vui"}, 422, "unknown_outcome"),
    ("hoa", "/counters/1/finish", {"procedure": "9.9"}, 422, "unknown_procedure"),
    ("hoa", "/counters/1/finish", {"next_service": "x"}, 404, "target_unknown"),
    ("hoa", "/counters/1/finish", {"note": "x" * 501}, 422, "text_too_long"),
    ("hoa", "/counters/1/finish", {"note": "x" * 9000}, 422, "invalid_request"),
    ("hoa", "/counters/1/finish", {"dossier": 12}, 422, "invalid_request"),
    ("hoa", "/counters/1/finish", {"odd": 1}, 422, "invalid_request"),
    ("hoa", "/counters/1/park", {"due": "tomorrow"}, 422, "due_invalid"),
    ("hoa", "/counters/1/transfer", {}, 422, "transfer_nowhere"),
    ("hoa", "/counters/1/transfer", {"service": "x"}, 404, "target_unknown"),
    ("hoa", "/counters/1/transfer", {"counter": 3}, 409, "target_not_open"),
    ("hoa", "/day/confirm", {}, 409, "day_certain"),
    ("hoa", "/tickets/2/priority", {"class": "x"}, 422, "unknown_priority"),
    ("hoa", "/tickets/2/priority", {}, 422, "invalid_request"),
    ("hoa", "/tickets/2/transfer", {"service": "cu-tru"}, 403, "forbidden"),
    ("hoa", "/counters/99999999999999999999/open", {}, 404, "not_found"),
    ("hoa", "/tickets/99999999999999999999/priority", {"class": None}, 404, "not_found"),
    ("ha", "/visits/99999999999999999999/correct", {"outcome": "guided"}, 404, "not_found"),
    ("hoa", "/tickets/99/priority", {"class": None}, 404, "unknown_ticket"),
    ("hoa", "/tickets/1/reprint", {}, 409, "no_printer"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]}-{case[4]}")
def test_what_cannot_be_done_is_refused_with_its_code(busy: Office, case: Case) -> None:
    login, path, body, status, code = case
    assert busy.person(login).refused(path, body)[:2] == (status, code)


@pytest.mark.parametrize("deed", ["recall", "start", "finish", "no-show", "park"])
def test_an_empty_counter_has_nobody_to_do_it_to(office: Office, deed: str) -> None:
    office.hoa.at(1, "open")
    assert office.hoa.refused(f"/counters/1/{deed}")[:2] == (409, "counter_holds_nothing")


@pytest.mark.parametrize("deed", ["recall", "start", "no-show"])
def test_who_is_being_served_is_not_called_again(office: Office, deed: str) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "start")
    status, code, words = office.hoa.refused(f"/counters/1/{deed}")
    assert (status, code) == (409, "wrong_state")
    assert "A001" in words


def test_a_paused_counter_calls_nobody(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "pause")
    assert office.hoa.refused("/counters/1/call-next")[1] == "counter_paused"


def test_a_branch_may_forbid_calling_before_finishing(office: Office) -> None:
    office.sql("INSERT INTO setting VALUES (1, 'call_next_finishes', 'false')")
    office.issue()
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    assert office.hoa.refused("/counters/1/call-next")[1] == "counter_holds_ticket"
    assert "call-next" not in office.hoa.state(1)["allowed"]


def test_the_words_say_what_is_true_now_in_the_users_language(busy: Office) -> None:
    minh = busy.minh
    assert "Nguyễn Thị Hoa" in minh.refused("/counters/1/open")[2]
    minh.language = "en"
    words = minh.refused("/counters/1/open")[2]
    assert words == "Counter 1 is held by Nguyễn Thị Hoa."


# -- undo ------------------------------------------------------------------------------------


def test_nothing_to_undo_at_a_fresh_counter(office: Office) -> None:
    office.hoa.at(1, "open")
    assert office.hoa.refused("/counters/1/undo")[1] == "nothing_to_undo"


def test_an_undo_is_not_undone(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "undo")
    assert office.hoa.refused("/counters/1/undo")[1] == "nothing_to_undo"


def test_it_is_too_late_to_undo_after_the_time_set(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.clock.forward(seconds=31)
    assert office.hoa.refused("/counters/1/undo")[1] == "undo_too_late"


def test_what_somebody_else_has_touched_since_is_not_undone(office: Office) -> None:
    ticket = office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.ha.post(f"/tickets/{ticket.id}/cancel")
    # the cancelling was the counter's last deed, and it was not the officer's
    assert office.hoa.refused("/counters/1/undo")[1] in ("undo_overtaken", "nothing_to_undo")


def test_anothers_deed_is_not_undone(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.minh.at(1, "open", {"take": True})
    assert office.minh.refused("/counters/1/undo")[1] == "nothing_to_undo"
    assert office.hoa.refused("/counters/1/undo")[1] == "counter_not_yours"


# -- who asks --------------------------------------------------------------------------------

READS = ["/api/v1/counters", "/api/v1/counters/1"]
SUPERVISED = ["/api/v1/tickets/1/history", "/api/v1/visits", "/api/v1/visits?format=csv"]


@pytest.mark.parametrize("path", [*READS, *SUPERVISED])
def test_a_stranger_reads_nothing(office: Office, path: str) -> None:
    answer = office.app.test_client().get(path)
    assert answer.status_code == 401
    assert answer.get_json(force=True)["code"] == "not_signed_in"


@pytest.mark.parametrize("path", SUPERVISED)
def test_an_officer_does_not_read_what_is_for_supervisors(office: Office, path: str) -> None:
    answer = office.hoa.get(path)
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (403, "forbidden")


@pytest.mark.parametrize("path", ["/counters/1/open", "/day/confirm", "/tickets/1/priority"])
def test_a_stranger_does_nothing(office: Office, path: str) -> None:
    answer = office.app.test_client().post("/api/v1" + path, json={})
    assert answer.status_code == 401


def without_csrf(person: Person) -> dict[str, str]:
    return {}


def with_wrong_csrf(person: Person) -> dict[str, str]:
    return {"X-CSRF-Token": "0" * 40}


@pytest.mark.parametrize("headers", [without_csrf, with_wrong_csrf])
def test_another_sites_page_does_nothing(
    office: Office, headers: Callable[[Person], dict[str, str]]
) -> None:
    answer = office.hoa.client.post("/api/v1/counters/1/open", json={}, headers=headers(office.hoa))
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (403, "csrf_failed")
    assert office.hoa.state(1)["counter"]["state"] == "closed"
