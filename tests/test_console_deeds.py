"""Every deed at a counter, done through the API; each answers with the counter's state."""

from typing import Any

import pytest

from tests.support.office import Office


@pytest.fixture
def called(office: Office) -> Office:
    """Give an office where A001 was called to the first counter."""
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    return office


def current(state: dict[str, Any]) -> tuple[str, str]:
    return state["current"]["number"], state["current"]["state"]


def test_opening_a_counter_makes_it_ones_own(office: Office) -> None:
    state = office.hoa.at(1, "open")
    assert state["counter"]["state"] == "open"
    assert state["counter"]["mine"] is True
    assert state["counter"]["officer"]["name"] == "Nguyễn Thị Hoa"
    assert office.hoa.at(1, "open")["seq"] == state["seq"], "nothing happens twice"


def test_taking_over_moves_the_counter_and_what_it_holds(called: Office) -> None:
    state = called.minh.at(1, "open", {"take": True})
    assert state["counter"]["officer"]["name"] == "Trần Văn Minh"
    assert current(state) == ("A001", "called")
    assert called.hoa.state(1)["counter"]["mine"] is False


def test_pausing_and_going_on(office: Office) -> None:
    office.hoa.at(1, "open")
    assert office.hoa.at(1, "pause")["counter"]["state"] == "paused"
    assert office.hoa.at(1, "open")["counter"]["state"] == "open"


def test_closing_lets_go_of_the_counter(office: Office) -> None:
    office.hoa.at(1, "open")
    state = office.hoa.at(1, "close")
    assert state["counter"]["state"] == "closed"
    assert state["counter"]["officer"] is None
    assert state["allowed"] == ["open"]


def test_calling_the_next_names_ticket_visit_and_reason(office: Office) -> None:
    ticket = office.issue(priority="cao-tuoi")
    office.hoa.at(1, "open")
    office.clock.forward(minutes=4)
    answer = office.hoa.at(1, "call-next")
    assert answer["ticket"] == {
        "id": ticket.id,
        "number": "A001",
        "service": "ho-tich",
        "state": "called",
        "priority": "cao-tuoi",
        "counter": 1,
        "issued_at": "2026-11-23T01:30:00.000Z",
        "calls": 1,
    }
    assert answer["visit"] == ticket.visit_id
    assert "4" in answer["why"]


def test_calling_when_nobody_waits_is_204_and_writes_nothing(office: Office) -> None:
    office.hoa.at(1, "open")
    seq = office.hoa.state(1)["seq"]
    answer = office.hoa.post("/counters/1/call-next")
    assert (answer.status_code, answer.data) == (204, b"")
    assert office.hoa.state(1)["seq"] == seq


def test_calling_the_next_finishes_the_one_still_there(called: Office) -> None:
    called.issue()
    called.hoa.at(1, "call-next")
    assert current(called.hoa.state(1)) == ("A002", "called")
    assert called.ticket("A001").state == "finished"


def test_a_number_is_called_out_of_order_however_it_is_typed(office: Office) -> None:
    office.issue()
    office.issue()
    office.hoa.at(1, "open")
    state = office.hoa.at(1, "call", {"number": " a2 "})
    assert current(state) == ("A002", "called")
    assert state["current"]["why_rule"] == "chosen"


def test_recalling_counts(called: Office) -> None:
    assert called.hoa.at(1, "recall")["current"]["calls"] == 2


def test_starting_begins_the_service_time(called: Office) -> None:
    called.clock.forward(seconds=30)
    state = called.hoa.at(1, "start")
    assert current(state) == ("A001", "serving")
    assert state["current"]["started_at"] == state["now"]


@pytest.mark.parametrize("outcome", ["received", "supplement", "refused", "returned", "guided"])
def test_finishing_records_each_result(called: Office, outcome: str) -> None:
    called.hoa.at(1, "start")
    state = called.hoa.at(1, "finish", {"outcome": outcome})
    assert state["current"] is None
    assert state["recent"][0] == {
        "number": "A001",
        "service": "ho-tich",
        "outcome": outcome,
        "ended_at": state["now"],
    }


def test_finishing_keeps_the_dossier_and_the_note_out_of_the_history(called: Office) -> None:
    body = {"outcome": "received", "dossier": "H26.1-001", "note": "gọi lại sau", "procedure": None}
    called.hoa.at(1, "finish", body)
    assert called.sql("SELECT dossier, note FROM visit_text") == [("H26.1-001", "gọi lại sau")]
    assert not any("H26.1" in event.data or "gọi lại" in event.data for event in called.events())


def test_finishing_with_a_next_service_keeps_the_number(called: Office) -> None:
    called.hoa.at(1, "finish", {"next_service": "tra-ket-qua"})
    state = called.hoa.state(1)
    assert [(row["number"], row["service"]) for row in state["waiting"]] == [
        ("A001", "tra-ket-qua")
    ]


def test_who_does_not_come_is_a_no_show(called: Office) -> None:
    state = called.hoa.at(1, "no-show")
    assert state["recent"][0]["outcome"] == "no_show"
    assert called.ticket("A001").state == "no_show"


def test_setting_aside_and_calling_back(called: Office) -> None:
    state = called.hoa.at(1, "park", {"reason": "đi photo", "due": "2026-11-23T02:00:00.000Z"})
    assert state["current"] is None
    assert state["parked"][0]["reason"] == "đi photo"
    assert state["parked"][0]["due"] == "2026-11-23T02:00:00.000Z"
    assert "resume" in state["allowed"]
    state = called.hoa.at(1, "resume", {"number": "A001", "present": True})
    assert current(state) == ("A001", "serving")


def test_transferring_to_a_service_opens_a_new_visit(called: Office) -> None:
    state = called.hoa.at(1, "transfer", {"service": "cu-tru"})
    assert state["recent"][0]["outcome"] == "transferred"
    called.minh.at(2, "open")
    assert [row["number"] for row in called.minh.state(2)["waiting"]] == ["A001"]


def test_transferring_to_a_colleague_is_shown_to_nobody_else(called: Office) -> None:
    called.minh.at(2, "open")
    officer = called.minh.state(2)["counter"]["officer"]["id"]
    called.hoa.at(1, "transfer", {"officer": officer})
    assert [row["number"] for row in called.minh.state(2)["waiting"]] == ["A001"]
    assert called.hoa.state(1)["waiting_total"] == 0


def test_a_doubtful_date_is_confirmed_by_the_staff(office: Office) -> None:
    office.issue()
    office.clock.forward(days=3)
    office.hoa.at(1, "open")
    assert office.hoa.state(1)["day"] == {"date": "2026-11-26", "doubt": "jumped"}
    answer = office.hoa.post("/day/confirm")
    assert (answer.status_code, answer.json) == (200, {"day": "2026-11-26"})
    assert office.hoa.state(1)["day"]["doubt"] is None
    assert office.ticket("A001").state == "expired"


def test_a_repeated_key_gives_the_first_answer_and_calls_nobody_else(office: Office) -> None:
    office.issue()
    office.issue()
    office.hoa.at(1, "open")
    first = office.hoa.post("/counters/1/call-next", key="press-1")
    again = office.hoa.post("/counters/1/call-next", key="press-1")
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert [event.kind for event in office.events()].count("called") == 1


def test_a_program_may_open_several_counters(office: Office) -> None:
    room = office.room
    secret = room.identity.create_token(office_actor(office), "máy gọi", "officer")[1]
    client = office.app.test_client()
    header = {"Authorization": f"Bearer {secret}"}
    for number in (3, 4):
        answer = client.post(f"/api/v1/counters/{number}/open", json={}, headers=header)
        assert answer.status_code == 200
        assert answer.json is not None
        assert answer.json["counter"]["mine"] is True
    held = client.get("/api/v1/counters", headers=header).json
    assert held is not None
    assert held["held"] == [3, 4]
    assert held["items"][2]["officer"] is None


def office_actor(office: Office) -> Any:
    from queueing.people import Actor, Role

    return Actor(office.room.branch_id, Role.SYSTEM)


def test_the_list_of_counters_says_who_sits_where(called: Office) -> None:
    answer = called.minh.get("/api/v1/counters").json
    assert answer is not None
    first, second = answer["items"][:2]
    assert first["officer"]["name"] == "Nguyễn Thị Hoa"
    assert (first["ticket"], first["mine"], first["zone"]) == ("A001", False, "Khu A")
    assert first["services"] == ["Hộ tịch – Chứng thực", "Trả kết quả"]
    assert (second["state"], second["officer"], answer["held"]) == ("closed", None, [])


# -- any ticket ------------------------------------------------------------------------------


def test_a_priority_is_granted_and_taken_away(office: Office) -> None:
    office.issue()
    ticket = office.issue()
    office.hoa.at(1, "open")
    answer = office.hoa.post(f"/tickets/{ticket.id}/priority", {"class": "co-cong"}).json
    assert answer is not None
    assert answer["priority"] == "co-cong"
    assert office.hoa.state(1)["waiting"][0]["number"] == "A002"
    assert office.hoa.state(1)["waiting"][0]["priority"]["name"] == "Người có công"
    office.hoa.post(f"/tickets/{ticket.id}/priority", {"class": None})
    assert office.hoa.state(1)["waiting"][0]["number"] == "A001"


def test_a_waiting_ticket_is_moved_by_a_supervisor(office: Office) -> None:
    ticket = office.issue()
    answer = office.ha.post(f"/tickets/{ticket.id}/transfer", {"service": "cu-tru"}).json
    assert answer is not None
    assert (answer["service"], answer["state"]) == ("cu-tru", "waiting")


def test_a_further_paper_is_asked_for(office: Office) -> None:
    office.sql(
        "INSERT INTO printer (branch_id, name, transport, address, width, is_default)"
        " VALUES (1, 'Máy in', 'dummy', 'x', 576, 1)"
    )
    ticket = office.issue()
    answer = office.hoa.post(f"/tickets/{ticket.id}/reprint")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["job"] >= 1


def test_a_tickets_history_tells_every_event_with_its_reason(called: Office) -> None:
    called.hoa.at(1, "park", {"reason": "thiếu bản sao"})
    called.hoa.at(1, "resume", {"number": "A001"})
    called.hoa.at(1, "undo")
    answer = called.ha.get(f"/api/v1/tickets/{called.ticket('A001').id}/history").json
    assert answer is not None
    assert answer["number"] == "A001"
    rows = answer["items"]
    assert [(row["kind"], row["state"]) for row in rows] == [
        ("issued", "waiting"),
        ("called", "called"),
        ("parked", "parked"),
        ("resumed", "called"),
        ("undone", "parked"),
    ]
    assert "chờ" in rows[1]["reason"]
    assert rows[2]["reason"] == "thiếu bản sao"
    assert rows[4]["data"]["kind"] == "resumed"
    assert (rows[1]["counter"], rows[1]["officer"]["name"]) == (1, "Nguyễn Thị Hoa")
    assert "token" not in str(rows)
