"""A ticket as its holder sees it and what its holder may do."""

from typing import Any

import pytest

from queueing.devices import Kind
from queueing.staff import GUESSES
from queueing.store.jobs import Jobs
from tests.support.citizens import TICKETS, Hall, problem
from tests.support.door import bearer, csrf

UNKNOWN = "A" * 22


def seen(hall: Hall, token: str, *names: str) -> list[Any]:
    state = hall.look(token)
    return [state[name] for name in names]


def test_a_waiting_ticket_knows_its_place(hall: Hall) -> None:
    tokens = [hall.take()["token"] for _ in range(3)]
    assert hall.look(tokens[2]) == {
        "epoch": hall.door.room.store.epoch,
        "seq": hall.door.room.store.last_seq(1),
        "now": "2026-11-23T01:30:00.000Z",
        "number": "A003",
        "state": "waiting",
        "service": {
            "code": "ho-tich",
            "prefix": "A",
            "name": "Hộ tịch – Chứng thực",
            "name_en": "Civil status – Certification",
        },
        "ahead": 2,
        "estimate": None,
        "counter": None,
        "counter_name": None,
        "zone": None,
        "issued_at": "2026-11-23T01:30:00.000Z",
        "day": "2026-11-23",
        "calls": 0,
        "outcome": None,
        "may": {"cancel": True, "postpone": True, "rejoin": False},
        "print": None,
        "branch": {"name": "Điểm Phục vụ hành chính công xã mẫu", "hotline": "024 0000 0000"},
    }


def test_it_follows_the_ticket_from_call_to_finish(hall: Hall) -> None:
    officer, deeds = hall.officer(), hall.door.room.operations
    token = hall.take()["token"]
    deeds.call_next(officer, 1)
    deeds.recall(officer, 1)
    names = ("state", "counter", "zone", "calls", "ahead", "outcome")
    assert seen(hall, token, *names) == ["called", 1, "Khu A", 2, None, None]
    assert hall.look(token)["may"] == {"cancel": True, "postpone": True, "rejoin": False}
    deeds.start(officer, 1)
    assert seen(hall, token, *names) == ["serving", 1, "Khu A", 2, None, None]
    assert hall.look(token)["may"] == {"cancel": False, "postpone": False, "rejoin": False}
    deeds.finish(officer, 1, outcome="supplement")
    assert seen(hall, token, *names) == ["finished", None, None, 2, None, "supplement"]


def test_a_parked_ticket_has_no_counter_and_no_place(hall: Hall) -> None:
    officer, deeds = hall.officer(), hall.door.room.operations
    token = hall.take()["token"]
    deeds.call_next(officer, 1)
    deeds.park(officer, 1, "chờ giấy tờ")
    assert seen(hall, token, "state", "counter", "ahead") == ["parked", None, None]


def test_a_transferred_ticket_waits_in_its_new_service(hall: Hall) -> None:
    officer, deeds = hall.officer(), hall.door.room.operations
    token = hall.take()["token"]
    hall.take("tra-ket-qua")
    deeds.call_next(officer, 1)
    hall.door.clock.forward(minutes=1)
    deeds.transfer(officer, 1, service="tra-ket-qua")
    state = hall.look(token)
    assert (state["number"], state["state"]) == ("A001", "waiting")
    assert state["service"]["code"] == "tra-ket-qua"
    assert state["calls"] == 0


def test_the_page_learns_what_the_printer_did(hall: Hall) -> None:
    printer = hall.printer()
    token = hall.take()["token"]
    assert hall.look(token)["print"] == {"state": "queued", "cause": None, "elsewhere": None}
    jobs = Jobs(hall.door.room.store)
    job = jobs.claim(printer, "spool", 30)
    assert job is not None
    assert jobs.put_back(job.id, "spool", "paper_out", 1)
    assert hall.look(token)["print"] == {"state": "queued", "cause": "paper_out", "elsewhere": None}


def test_the_holder_leaves(hall: Hall) -> None:
    token, other = hall.take()["token"], hall.take()["token"]
    answer = hall.do(token, "cancel")
    assert answer.status_code == 200
    assert [answer.json[name] for name in ("state", "outcome")] == ["cancelled", "left"]
    assert answer.json["may"] == {"cancel": False, "postpone": False, "rejoin": False}
    assert answer.json["seq"] == hall.door.room.store.last_seq(1)
    assert hall.look(other)["ahead"] == 0


def test_a_called_holder_who_leaves_frees_the_counter(hall: Hall) -> None:
    officer = hall.officer()
    token = hall.take()["token"]
    hall.door.room.operations.call_next(officer, 1)
    assert hall.do(token, "cancel").json["state"] == "cancelled"
    assert hall.sql("SELECT ticket_id FROM counter WHERE number = 1") == [(None,)]


def test_the_holder_lets_others_go_first(hall: Hall) -> None:
    tokens = [hall.take()["token"] for _ in range(4)]
    answer = hall.do(tokens[0], "postpone", {"places": 2})
    assert [answer.json[name] for name in ("state", "ahead")] == ["waiting", 2]
    assert [hall.look(token)["ahead"] for token in tokens] == [2, 0, 1, 3]


def test_it_may_be_postponed_only_so_often(hall: Hall) -> None:
    hall.set("postpone_most", "1")
    token = hall.take()["token"]
    hall.take()
    assert hall.do(token, "postpone", {"places": 1}).json["may"]["postpone"] is False
    with hall.unchanged():
        problem(hall.do(token, "postpone", {"places": 1}), 409, "too_often")


@pytest.mark.parametrize("places", [0, -1, 1001, 1.5, "2", None, True, 10**30])
def test_places_that_are_no_places_are_refused(hall: Hall, places: Any) -> None:
    token = hall.take()["token"]
    with hall.unchanged():
        problem(hall.do(token, "postpone", {"places": places}), 422, "invalid_request")


def test_more_places_than_the_branch_allows_are_refused(hall: Hall) -> None:
    token = hall.take()["token"]
    with hall.unchanged():
        problem(hall.do(token, "postpone", {"places": 21}), 422, "places_invalid")


def no_show(hall: Hall) -> str:
    officer, deeds = hall.officer(), hall.door.room.operations
    token = str(hall.take()["token"])
    deeds.call_next(officer, 1)
    deeds.no_show(officer, 1)
    return token


def test_who_missed_the_call_joins_again_once(hall: Hall) -> None:
    token = no_show(hall)
    assert hall.look(token)["may"] == {"cancel": False, "postpone": False, "rejoin": True}
    answer = hall.do(token, "rejoin")
    assert [answer.json[name] for name in ("state", "calls", "outcome")] == ["waiting", 0, None]
    actor = hall.staff[0]
    hall.door.room.operations.call_next(actor, 1)
    hall.door.room.operations.no_show(actor, 1)
    assert hall.look(token)["may"]["rejoin"] is False
    with hall.unchanged():
        problem(hall.do(token, "rejoin"), 409, "too_often")


def test_who_missed_the_call_yesterday_cannot_join_today(hall: Hall) -> None:
    token = no_show(hall)
    hall.door.clock.forward(days=1)
    assert hall.look(token)["may"]["rejoin"] is False
    problem(hall.do(token, "rejoin"), 409, "not_today")
    assert hall.look(token)["state"] == "no_show"


@pytest.mark.parametrize("deed", ["cancel", "postpone", "rejoin"])
def test_a_step_that_is_not_legal_now_says_where_the_ticket_is(hall: Hall, deed: str) -> None:
    officer, deeds = hall.officer(), hall.door.room.operations
    token = hall.take()["token"]
    deeds.call_next(officer, 1)
    deeds.start(officer, 1)
    body = {"places": 1} if deed == "postpone" else {}
    with hall.unchanged():
        found = problem(hall.do(token, deed, body), 409, "wrong_state")
    assert (found["state"], found["counter"], found["number"]) == ("serving", 1, "A001")
    assert set(found["allowed"]) >= {"finish", "park", "transfer"}


# -- who may ----------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["cancel", "postpone", "rejoin"])
def test_an_unknown_token_does_nothing(hall: Hall, deed: str) -> None:
    hall.take()
    with hall.unchanged():
        problem(hall.do(UNKNOWN, deed, {"places": 1}), 404, "unknown_ticket")


@pytest.mark.parametrize("token", ["x" * 201, "é" * 30, "%00", "..%2f..", "null", " "])
def test_odd_tokens_are_not_found(hall: Hall, token: str) -> None:
    answer = hall.door.client().get(f"{TICKETS}/{token}")
    assert answer.status_code == 404
    assert answer.json["code"] in ("unknown_ticket", "not_found")


def test_staff_name_a_ticket_by_its_id(hall: Hall) -> None:
    ticket_id = hall.take()["id"]
    headers = bearer(hall.door.token("officer"))
    client = hall.door.client()
    assert client.get(f"{TICKETS}/{ticket_id}", headers=headers).json["number"] == "A001"
    answer = client.post(f"{TICKETS}/{ticket_id}/cancel", json={}, headers=headers)
    assert answer.json["state"] == "cancelled"
    problem(client.get(f"{TICKETS}/999", headers=headers), 404, "unknown_ticket")


def test_an_id_opens_nothing_to_anybody_else(hall: Hall) -> None:
    ticket_id = hall.take()["id"]
    path = f"{TICKETS}/{ticket_id}"
    kiosk = csrf(hall.secret)
    with hall.unchanged():
        problem(hall.door.client().get(path), 401, "not_signed_in")
        problem(hall.door.client().post(f"{path}/cancel", json={}), 401, "not_signed_in")
        problem(hall.client.get(path), 403, "forbidden")
        problem(hall.client.post(f"{path}/cancel", json={}, headers=kiosk), 403, "forbidden")


def test_staffs_deed_needs_their_pages_csrf_token(hall: Hall) -> None:
    ticket_id = hall.take()["id"]
    secret = hall.door.person("officer")
    path, client = f"{TICKETS}/{ticket_id}/cancel", hall.door.client(secret)
    with hall.unchanged():
        problem(client.post(path, json={}), 403, "csrf_failed")
    assert client.post(path, json={}, headers=csrf(secret)).status_code == 200


def test_another_sites_page_cannot_cancel_with_a_token(hall: Hall) -> None:
    token = hall.take()["token"]
    with hall.unchanged():
        answer = hall.do(token, "cancel", Origin="https://evil.example")
        problem(answer, 403, "csrf_failed")


# -- guessing ---------------------------------------------------------------------------


def guess(hall: Hall, n: int) -> int:
    client = hall.door.client()
    return [client.get(f"{TICKETS}/{UNKNOWN[:-3]}{i:03}").status_code for i in range(n)][-1]


def test_many_wrong_tokens_from_one_place_must_wait_and_right_ones_never(hall: Hall) -> None:
    token = hall.take()["token"]
    assert guess(hall, GUESSES["ticket"].free) == 404
    assert guess(hall, 2) == 429
    answer = hall.door.client().get(f"{TICKETS}/{UNKNOWN}")
    assert int(answer.headers["Retry-After"]) >= 1
    problem(answer, 429, "too_many_tries")
    assert hall.look(token)["state"] == "waiting"
    assert hall.do(token, "cancel").status_code == 200
    hall.door.clock.forward(minutes=2)
    assert guess(hall, 1) == 404


def test_right_tokens_read_a_thousand_times_are_no_guesses(hall: Hall) -> None:
    token = hall.take()["token"]
    for _ in range(GUESSES["ticket"].free * 2):
        hall.look(token)
    assert hall.sql("SELECT count(*) FROM failure") == [(0,)]


def test_a_paired_kiosk_is_never_throttled(hall: Hall) -> None:
    guess(hall, GUESSES["ticket"].free + 3)
    for _ in range(3):
        problem(hall.client.get(f"{TICKETS}/{UNKNOWN}"), 404, "unknown_ticket")
    board = hall.door.device(Kind.BOARD)
    problem(hall.door.client(board).get(f"{TICKETS}/{UNKNOWN}"), 404, "unknown_ticket")
