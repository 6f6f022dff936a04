"""What a branch settles for its counters, as the counter's state and its deeds show it."""

from typing import Any

import pytest

from tests.support.office import Office


def settle(office: Office, **settings: object) -> None:
    """Set the branch's settings."""
    for name, value in settings.items():
        office.sql("INSERT INTO setting VALUES (1, ?, ?)", name, str(value).lower())


def numbers(state: dict[str, Any]) -> list[str]:
    return [row["number"] for row in state["waiting"]]


def queue_up(office: Office) -> None:
    """Three of the elderly and four others, in turns, thirty seconds apart."""
    for index in range(7):
        office.clock.forward(seconds=30)
        office.issue(priority="cao-tuoi" if index % 2 else None)


@pytest.mark.parametrize("policy", ["strict", "interleaved", "accumulating"])
def test_the_list_is_the_order_of_the_branchs_rule(office: Office, policy: str) -> None:
    settle(office, calling_policy=policy, interleave_ordinary=1)
    queue_up(office)
    office.hoa.at(1, "open")
    promised = numbers(office.hoa.state(1))
    called = []
    while (coming := office.hoa.state(1)["next"]) is not None:
        answer = office.hoa.at(1, "call-next")
        assert coming["number"] == answer["ticket"]["number"]
        called.append(answer["ticket"]["number"])
        office.hoa.at(1, "finish")
    assert promised == called
    assert len(called) == 7


def test_who_is_next_comes_with_the_reason(office: Office) -> None:
    settle(office, calling_policy="accumulating")
    office.issue()
    office.clock.forward(minutes=4)
    office.issue(priority="cao-tuoi")
    office.clock.forward(minutes=6)
    office.hoa.at(1, "open")
    coming = office.hoa.state(1)["next"]
    assert (coming["number"], coming["service"], coming["why_rule"]) == (
        "A002",
        "ho-tich",
        "credit",
    )
    assert (coming["why_facts"]["b"], coming["why_facts"]["over_s"]) == (2.0, 600)


def test_a_due_ticket_is_next_before_those_who_wait(office: Office) -> None:
    office.issue()
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "park", {"due": "2026-11-23T01:40:00.000Z"})
    assert office.hoa.state(1)["next"]["number"] == "A002"
    office.clock.forward(minutes=11)
    assert office.hoa.state(1)["next"]["number"] == "A001"
    assert office.hoa.state(1)["next"]["why_rule"] == "due"


def test_recalls_end_where_the_branch_says(office: Office) -> None:
    settle(office, recalls_most=2)
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    assert "recall" in office.hoa.at(1, "recall")["allowed"]
    state = office.hoa.at(1, "recall")
    assert (state["current"]["calls"], "recall" in state["allowed"]) == (3, False)
    status, code, words = office.hoa.refused("/counters/1/recall")
    assert (status, code) == (409, "too_often")
    assert "2" in words


def test_the_state_tells_the_rules(office: Office) -> None:
    assert office.hoa.state(1)["rules"] == {
        "call_next_finishes": True,
        "confirm_arrival": True,
        "recalls_most": 0,
        "auto_call_seconds": 0,
        "calling_policy": "strict",
    }
    settle(office, confirm_arrival=False, call_next_finishes=False)
    rules = office.hoa.state(1)["rules"]
    assert (rules["confirm_arrival"], rules["call_next_finishes"]) == (False, False)


def test_an_idle_counter_tells_when_it_will_call_by_itself(office: Office) -> None:
    settle(office, auto_call_seconds=20)
    office.hoa.at(1, "open")
    assert office.hoa.state(1)["auto_call_at"] is None, "nobody waits"
    office.issue()
    assert office.hoa.state(1)["auto_call_at"] == "2026-11-23T01:30:20.000Z"
    office.clock.forward(seconds=19)
    assert office.room.operations.auto_call(1) == []
    office.clock.forward(seconds=1)
    assert [called.ticket.label for called in office.room.operations.auto_call(1)] == ["A001"]
    state = office.hoa.state(1)
    assert (state["auto_call_at"], state["current"]["number"]) == (None, "A001")


def test_a_paused_counter_does_not_call_by_itself(office: Office) -> None:
    settle(office, auto_call_seconds=20)
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "pause")
    assert office.hoa.state(1)["auto_call_at"] is None


# -- pausing with a reason -------------------------------------------------------------------


def test_the_reason_of_a_pause_is_shown_until_it_ends(office: Office) -> None:
    office.hoa.at(1, "open")
    state = office.hoa.at(1, "pause", {"reason": "lunch"})
    assert (state["counter"]["state"], state["counter"]["reason"]) == ("paused", "lunch")
    assert office.minh.get("/api/v1/counters/1").json["counter"]["reason"] == "lunch"  # type: ignore[index]
    assert office.hoa.at(1, "open")["counter"]["reason"] is None


@pytest.mark.parametrize(("body", "code"), [
    ({"reason": "vui"}, "unknown_reason"),
    ({"reason": 1}, "invalid_request"),
    ({"why": "lunch"}, "invalid_request"),
])  # fmt: skip
def test_an_odd_reason_is_refused(office: Office, body: Any, code: str) -> None:
    office.hoa.at(1, "open")
    assert office.hoa.refused("/counters/1/pause", body)[:2] == (422, code)
    assert office.hoa.state(1)["counter"]["state"] == "open"


# -- ending and calling as one deed ----------------------------------------------------------


def test_ending_and_calling_is_one_deed_with_its_own_result(office: Office) -> None:
    settle(office, call_next_finishes=False)
    office.issue()
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    ending = {"outcome": "guided", "note": "xem lại", "holding": "A001"}
    state = office.hoa.at(1, "finish-and-call-next", ending)
    assert state["current"]["number"] == "A002"
    assert state["recent"][0]["outcome"] == "guided"
    state = office.hoa.at(1, "undo")
    assert (state["current"]["number"], state["recent"]) == ("A001", [])
    assert numbers(state) == ["A002"]


def test_ending_and_calling_where_nobody_waits_leaves_the_counter_free(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    state = office.hoa.at(1, "finish-and-call-next")
    assert (state["current"], state["recent"][0]["outcome"]) == (None, "received")


def test_ending_and_calling_what_another_browser_ended_is_refused(office: Office) -> None:
    office.issue()
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "finish-and-call-next")
    refused = office.hoa.refused("/counters/1/finish-and-call-next", {"holding": "A001"})
    assert refused[:2] == (409, "counter_moved_on")
    assert "A002" in refused[2]


def test_a_repeated_key_ends_and_calls_once(office: Office) -> None:
    for _ in range(3):
        office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    first = office.hoa.post("/counters/1/finish-and-call-next", key="press")
    again = office.hoa.post("/counters/1/finish-and-call-next", key="press")
    assert first.data == again.data
    assert office.hoa.state(1)["current"]["number"] == "A002"


# -- what can be chosen, and refusals that say it --------------------------------------------


def test_the_choices_are_what_is_at_work(office: Office) -> None:
    office.hoa.at(1, "open")
    office.minh.at(2, "open")
    office.minh.at(2, "pause", {"reason": "break"})
    office.sql("UPDATE service SET paused = 1 WHERE code = 'dat-dai'")
    office.issue("cu-tru")
    found = office.hoa.get("/api/v1/counters/1/choices").json
    assert found is not None
    (other,) = found["counters"]
    assert (other["number"], other["state"], other["reason"]) == (2, "paused", "break")
    assert other["officer"]["name"] == "Trần Văn Minh"
    by_code = {row["code"]: row for row in found["services"]}
    assert (by_code["cu-tru"]["waiting"], by_code["cu-tru"]["counters"]) == (1, [2])
    assert by_code["dat-dai"]["paused"] is True
    assert "cao-tuoi" in [row["code"] for row in found["priorities"]]


def test_choices_of_no_counter_are_refused(office: Office) -> None:
    answer = office.hoa.get("/api/v1/counters/99/choices")
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (404, "unknown_counter")


def test_a_closed_target_is_refused_with_what_is_open(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.minh.at(2, "open")
    office.hoa.at(1, "call-next")
    office.sql("UPDATE service SET paused = 1 WHERE code = 'dat-dai'")
    for body, code, words in [
        ({"counter": 3}, "target_not_open", "1 (Nguyễn Thị Hoa), 2 (Trần Văn Minh)"),
        ({"officer": 99}, "target_not_open", "2 (Trần Văn Minh)"),
        ({"service": "dat-dai"}, "target_closed", "Cư trú – Căn cước"),
        ({"service": "x"}, "target_unknown", "Cư trú – Căn cước"),
    ]:
        refusal = office.hoa.refused("/counters/1/transfer", body)
        assert refusal[1] == code
        assert words in refusal[2]
    assert office.ticket("A001").state == "called"


@pytest.mark.parametrize("typed", ["a12", "A012", "A 12", " a-12 ", "A.012"])
def test_a_number_is_understood_however_it_is_typed(office: Office, typed: str) -> None:
    for _ in range(12):
        office.issue()
    office.hoa.at(1, "open")
    state = office.hoa.at(1, "call", {"number": typed})
    assert state["current"]["number"] == "A012"


def test_a_refused_number_is_told_where_it_is(office: Office) -> None:
    for service in ("ho-tich", "dat-dai", "ho-tich"):
        office.issue(service)
    office.hoa.language = "en"
    office.minh.at(1, "open")
    office.minh.at(1, "call-next")
    office.hoa.at(3, "open")
    office.ha.post(f"/tickets/{office.ticket('A002').id}/cancel")
    asked = {
        "a1": "Ticket A001 is called at counter 1.",
        "a2": "Ticket A002 is cancelled. This cannot be done now.",
        "a9": "There is no ticket A009 today.",
    }
    for typed, words in asked.items():
        assert office.hoa.refused("/counters/3/call", {"number": typed})[2] == words
    elsewhere = office.minh.refused("/counters/1/call", {"number": "H001"})
    assert elsewhere[1] == "not_served_here"
