"""What the kiosk says of its paper, numbers without paper, and a further paper by the code."""

from typing import Any

import pytest

from queueing.devices import Kind
from queueing.store.jobs import Jobs
from tests.support.citizens import Hall, as_json, problem
from tests.support.door import csrf

OK = {"state": "ok", "cause": None, "elsewhere": None, "near_end": False}


def again(hall: Hall, token: str) -> Any:
    """Show a ticket's code to the kiosk's scanner and ask for a further paper."""
    path = "/api/v1/kiosk/reprint"
    return hall.client.post(path, json={"ticket": token}, headers=csrf(hall.secret))


def print_next(hall: Hall, printer: int, state: str = "printed") -> int:
    jobs = Jobs(hall.door.room.store)
    job = jobs.claim(printer, "spool", 30)
    assert job is not None
    assert jobs.sending(job.id, "spool", 30)
    assert jobs.settle(job.id, "spool", state)
    return job.id


def second_printer(hall: Hall, first: int) -> int:
    other = hall.sql(
        "INSERT INTO printer (branch_id, name, transport, address, width)"
        " VALUES (1, 'Quầy hướng dẫn', 'dummy', 'x', 576) RETURNING id"
    )[0][0]
    hall.sql("UPDATE printer SET fallback_id = ? WHERE id = ?", other, first)
    return int(other)


def test_another_printer_that_takes_over_is_named_before_and_after(hall: Hall) -> None:
    first = hall.printer()
    other = second_printer(hall, first)
    assert hall.kiosk()["printer"] == OK
    token = hall.take()["token"]
    assert hall.look(token)["print"] == {"state": "queued", "cause": None, "elsewhere": None}
    jobs = Jobs(hall.door.room.store)
    job = jobs.claim(first, "spool", 30)
    assert job is not None
    assert jobs.put_back(job.id, "spool", "paper_out", 30)
    # what waited goes there, and so does what comes
    assert hall.look(token)["print"]["elsewhere"] == "Quầy hướng dẫn"
    assert hall.kiosk()["printer"] == OK | {"elsewhere": "Quầy hướng dẫn"}
    answer = hall.take()
    assert answer["print"]["elsewhere"] == "Quầy hướng dẫn"
    assert hall.sql("SELECT printer_id, moved_from FROM print_job") == [(other, first)] * 2


def test_when_both_are_in_trouble_the_kiosk_s_own_trouble_is_told(hall: Hall) -> None:
    other = second_printer(hall, hall.printer())
    hall.sql("UPDATE printer SET trouble = 'mute' WHERE id = ?", other)
    hall.sql("UPDATE printer SET trouble = 'paper_out', near_end = 1 WHERE id <> ?", other)
    assert hall.kiosk()["printer"] == {
        "state": "trouble",
        "cause": "paper_out",
        "elsewhere": None,
        "near_end": True,
    }


def test_a_branch_may_give_out_no_paper_at_all(hall: Hall) -> None:
    hall.printer()
    hall.set("paper_mode", "never")
    found = hall.kiosk()
    assert (found["printer"]["state"], found["ask_paper"]) == ("off", False)
    answer = hall.take()
    assert answer["print"] is None
    assert answer["url"].endswith(answer["token"])
    problem(again(hall, answer["token"]), 409, "no_paper_mode")
    assert hall.sql("SELECT count(*) FROM print_job") == [(0,)]


def test_whoever_wants_no_paper_gets_none(hall: Hall) -> None:
    hall.printer()
    hall.set("paper_mode", "ask")
    assert hall.kiosk()["ask_paper"] is True
    assert hall.take(paper=False)["print"] is None
    assert hall.take()["print"] is not None
    problem(hall.ask({"service": "ho-tich", "paper": "no"}), 422, "invalid_request")


def test_a_further_paper_is_marked_and_says_what_the_first_did(hall: Hall) -> None:
    printer = hall.printer()
    answer = hall.take()
    print_next(hall, printer)
    shown = again(hall, answer["token"])
    assert shown.status_code == 200
    assert as_json(shown)["print"]["state"] == "queued"
    assert hall.sql("SELECT copy, kind FROM print_job ORDER BY id") == [(0, "slip"), (1, "slip")]
    first, second = (row[0] for row in hall.sql("SELECT content FROM print_job ORDER BY id"))
    assert first == second


def test_one_that_is_still_on_its_way_is_not_asked_for_twice(hall: Hall) -> None:
    hall.printer()
    token = hall.take()["token"]
    assert again(hall, token).status_code == 200
    assert hall.sql("SELECT count(*) FROM print_job") == [(1,)]


def test_a_few_papers_only(hall: Hall) -> None:
    printer = hall.printer()
    hall.set("reprint_most", "1")
    token = hall.take()["token"]
    print_next(hall, printer)
    assert again(hall, token).status_code == 200
    print_next(hall, printer)
    assert "1" in problem(again(hall, token), 409, "too_often")["detail"]
    # an officer may go on
    officer = hall.officer()
    assert hall.door.room.operations.reprint(officer, 1) == 3


@pytest.mark.parametrize("deed", ["cancel", "finish"])
def test_who_is_no_longer_in_the_queue_gets_none(hall: Hall, deed: str) -> None:
    printer = hall.printer()
    token = hall.take()["token"]
    print_next(hall, printer)
    if deed == "cancel":
        assert hall.do(token, "cancel").status_code == 200
    else:
        officer = hall.officer()
        hall.door.room.operations.call_next(officer, 1)
        hall.door.room.operations.finish(officer, 1)
    problem(again(hall, token), 409, "wrong_state")


def test_yesterday_s_ticket_gets_none(hall: Hall) -> None:
    hall.printer()
    hall.set("paper_mode", "ask")
    token = hall.take(paper=False)["token"]
    hall.door.clock.forward(hours=24)
    problem(again(hall, token), 409, "not_today")


def test_who_took_no_paper_may_have_one_later_and_it_is_the_first(hall: Hall) -> None:
    hall.printer()
    hall.set("paper_mode", "ask")
    token = hall.take(paper=False)["token"]
    assert again(hall, token).status_code == 200
    assert hall.sql("SELECT copy FROM print_job") == [(0,)]


def test_a_code_that_is_no_ticket_s_prints_nothing(hall: Hall) -> None:
    hall.printer()
    with hall.unchanged():
        problem(again(hall, "x" * 22), 404, "unknown_ticket")
        problem(again(hall, ""), 422, "invalid_request")


def test_only_a_paired_kiosk_prints_by_the_code(hall: Hall) -> None:
    hall.printer()
    token = hall.take()["token"]
    stranger = hall.door.client()
    refused = stranger.post("/api/v1/kiosk/reprint", json={"ticket": token})
    problem(refused, 401, "not_signed_in")


def test_without_a_printer_it_says_so(hall: Hall) -> None:
    problem(again(hall, hall.take()["token"]), 409, "no_printer")


# -- a press that was given up -----------------------------------------------------------------


def withdraw(hall: Hall, key: str) -> bool:
    path = "/api/v1/kiosk/withdraw"
    answer = hall.client.post(path, json={"key": key}, headers=csrf(hall.secret))
    assert answer.status_code == 200, answer.text
    return bool(as_json(answer)["withdrawn"])


def press(hall: Hall, key: str) -> None:
    assert hall.ask({"service": "ho-tich"}, **{"Idempotency-Key": key}).status_code == 201


def test_a_number_nobody_saw_is_taken_back(hall: Hall) -> None:
    press(hall, "one")
    assert withdraw(hall, "one") is True
    assert hall.tickets()[0].state == "cancelled"
    assert withdraw(hall, "one") is False, "once is enough"
    assert withdraw(hall, "never pressed") is False


def test_one_whose_slip_may_have_come_out_stays(hall: Hall) -> None:
    printer = hall.printer()
    press(hall, "one")
    print_next(hall, printer)
    assert withdraw(hall, "one") is False
    assert hall.tickets()[0].state == "waiting"
    press(hall, "two")
    assert withdraw(hall, "two") is True, "its slip still waits, and is not printed any more"


def test_one_that_was_called_meanwhile_stays(hall: Hall) -> None:
    press(hall, "one")
    officer = hall.officer()
    hall.door.room.operations.call_next(officer, 1)
    hall.door.room.operations.start(officer, 1)
    assert withdraw(hall, "one") is False
    assert hall.tickets()[0].state == "serving"


def test_another_kiosks_press_is_not_taken_back(hall: Hall) -> None:
    press(hall, "one")
    other = hall.door.device(Kind.KIOSK)
    client = hall.door.client(other)
    answer = client.post("/api/v1/kiosk/withdraw", json={"key": "one"}, headers=csrf(other))
    assert as_json(answer) == {"withdrawn": False}


# -- two kiosks, one printer ---------------------------------------------------------------------


def test_two_kiosks_on_one_printer_print_in_the_order_of_their_numbers(hall: Hall) -> None:
    hall.printer()
    shared = second_printer(hall, 1)
    secrets = [hall.door.device(Kind.KIOSK, printer="Quầy hướng dẫn") for _ in range(2)]
    clients = [hall.door.client(secret) for secret in secrets]
    for turn in range(6):
        client, secret = clients[turn % 2], secrets[turn % 2]
        body = {"service": "ho-tich"}
        answer = client.post("/api/v1/tickets", json=body, headers=csrf(secret))
        assert answer.status_code == 201
    jobs, order = Jobs(hall.door.room.store), []
    while (job := jobs.claim(shared, "spool", 30)) is not None:
        order.append(job.content["number"])
        assert jobs.sending(job.id, "spool", 30)
        assert jobs.settle(job.id, "spool", "printed")
    assert order == [f"A00{n}" for n in range(1, 7)]
