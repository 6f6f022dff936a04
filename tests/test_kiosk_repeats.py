"""A press that is sent again takes no second number, however it comes again."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app import create_app
from queueing.devices import Kind
from tests.support.citizens import TICKETS, Hall, open_hall, problem
from tests.support.door import csrf

KEY = {"Idempotency-Key": "6b9d6bd5-2c0f-4a3a-9d0b-6f3f3a1d1c11"}
GOOD = {"service": "ho-tich"}


def test_a_repeat_gets_the_very_same_answer_and_takes_no_number(hall: Hall) -> None:
    first = hall.ask(GOOD, **KEY)
    with hall.unchanged():
        again = hall.ask(GOOD, **KEY)
    assert (first.status_code, first.text) == (again.status_code, again.text)
    assert [ticket.label for ticket in hall.tickets()] == ["A001"]


def test_a_repeat_is_answered_even_after_the_doors_have_closed(hall: Hall) -> None:
    first = hall.ask(GOOD, **KEY)
    hall.hours((1, "07:30", "11:30"))
    assert hall.ask(GOOD, **KEY).text == first.text
    problem(hall.ask(GOOD), 409, "branch_closed")


def test_a_repeat_after_a_restart_gets_the_same_answer(hall: Hall) -> None:
    first = hall.ask(GOOD, **KEY)
    hall.door.room.store.close()
    hall.door.app = create_app(hall.door.room.config, hall.door.clock)
    client = hall.door.client(hall.secret)
    again = client.post(TICKETS, json=GOOD, headers=csrf(hall.secret) | KEY)
    hall.door.app.extensions["denluot"].store.close()
    assert again.text == first.text


@pytest.mark.parametrize("body", [{"service": "cu-tru"}, GOOD | {"language": "en"}])
def test_the_same_key_for_something_else_is_refused(hall: Hall, body: dict[str, str]) -> None:
    hall.ask(GOOD, **KEY)
    with hall.unchanged():
        problem(hall.ask(body, **KEY), 422, "idempotency_key_reused")


def test_a_refused_press_keeps_no_answer_and_may_succeed_later(hall: Hall) -> None:
    hall.sql("UPDATE service SET paused = 1")
    with hall.unchanged():
        problem(hall.ask(GOOD, **KEY), 409, "service_closed")
    hall.sql("UPDATE service SET paused = 0")
    assert hall.ask(GOOD, **KEY).json["number"] == "A001"


def test_two_kiosks_may_use_the_same_key(hall: Hall) -> None:
    other = hall.door.device(Kind.KIOSK)
    hall.ask(GOOD, **KEY)
    answer = hall.door.client(other).post(TICKETS, json=GOOD, headers=csrf(other) | KEY)
    assert answer.json["number"] == "A002"


@pytest.mark.parametrize("key", ["", "k" * 201, "ê", "a\tb"])
def test_a_key_that_is_none_is_refused(hall: Hall, key: str) -> None:
    with hall.unchanged():
        answer = hall.ask(GOOD, **{"Idempotency-Key": key})
        problem(answer, 422, "idempotency_key_invalid")


def test_presses_at_the_same_moment_with_one_key_take_one_number(hall: Hall) -> None:
    def press(_: int) -> tuple[int, str]:
        client = hall.door.client(hall.secret)
        answer = client.post(TICKETS, json=GOOD, headers=csrf(hall.secret) | KEY)
        return answer.status_code, answer.text

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(press, range(24)))
    assert len(set(answers)) == 1
    assert answers[0][0] == 201
    assert [ticket.label for ticket in hall.tickets()] == ["A001"]


def test_two_servers_on_one_file_give_one_number_for_one_key_and_none_twice(
    tmp_path: Path,
) -> None:
    hall = open_hall(tmp_path)
    apps = [hall.door.app, create_app(hall.door.room.config, hall.door.clock)]

    def press(n: int) -> str:
        client = apps[n % 2].test_client()
        client.set_cookie("denluot_kiosk", hall.secret)
        headers = csrf(hall.secret) | {"Idempotency-Key": f"press-{n // 4}"}
        answer = client.post(TICKETS, json=GOOD, headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json["number"])

    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(press, range(80)))
    assert sorted(set(numbers)) == [f"A{n:03}" for n in range(1, 21)]
    assert all(len(set(numbers[at : at + 4])) == 1 for at in range(0, 80, 4))
    for app in apps:
        app.extensions["denluot"].store.close()


def test_a_holders_repeat_is_done_once(hall: Hall) -> None:
    hall.set("postpone_most", "1")
    first, *_ = [hall.take() for _ in range(4)]
    done = hall.do(first["token"], "postpone", {"places": 1}, **KEY)
    with hall.unchanged():
        again = hall.do(first["token"], "postpone", {"places": 1}, **KEY)
    assert (done.status_code, again.text) == (200, done.text)
    with hall.unchanged():
        other = hall.do(first["token"], "postpone", {"places": 2}, **KEY)
        problem(other, 422, "idempotency_key_reused")
