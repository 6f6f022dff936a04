"""The kiosk and the phones hear of changes at once, and each only of what it may see."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.doors import Doors
from tests.support.citizens import Hall, open_hall
from tests.support.door import serving_door
from tests.support.sockets import Screen, screen

Served = tuple[Hall, str]


@pytest.fixture
def served(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Served]:
    hall = open_hall(tmp_path)
    with serving_door(hall.door, free_port()) as url:
        yield hall, url


@contextmanager
def kiosk(served: Served) -> Iterator[Screen]:
    hall, url = served
    head = {"Cookie": f"denluot_kiosk={hall.secret}"}
    with screen(url, {"surface": "kiosk"}, **head) as one:
        one.wait(lambda: one.states("kiosk"), "the first state")
        yield one


@contextmanager
def phone(served: Served, token: str) -> Iterator[Screen]:
    with screen(served[1], {"surface": "ticket", "ticket": token}) as one:
        one.wait(lambda: one.states("ticket"), "the first state")
        yield one


def test_the_kiosk_sees_who_waits_as_the_api_tells_it(served: Served) -> None:
    hall, _ = served
    with kiosk(served) as one:
        seen = lambda: one.states("kiosk")[-1]["services"][0]["waiting"]  # noqa: E731
        assert seen() == 0
        hall.take()
        one.wait(lambda: seen() == 1, "one waits")
        told = one.states("kiosk")[-1]
        assert {**told, "now": 0} == {**hall.kiosk(), "now": 0}


def test_a_phone_follows_its_own_ticket_and_no_other(served: Served) -> None:
    hall, _ = served
    first, second = hall.take(), hall.take()
    officer, deeds = hall.officer(), hall.door.room.operations
    with phone(served, second["token"]) as one:
        last = lambda: one.states("ticket")[-1]  # noqa: E731
        assert (last()["number"], last()["ahead"]) == ("A002", 1)
        hall.do(first["token"], "cancel")
        one.wait(lambda: last()["ahead"] == 0, "nobody ahead")
        deeds.call_next(officer, 1)
        one.wait(lambda: last()["state"] == "called", "the call")
        assert last()["counter"] == 1
        assert {name for name, _ in one.got} <= {"ticket", "beat"}
        assert {state["number"] for state in one.states("ticket")} == {"A002"}


def test_a_stranger_hears_nothing_and_a_wrong_token_is_refused(served: Served) -> None:
    _, url = served
    for wish, code in (
        ({"surface": "kiosk"}, "not_signed_in"),
        ({"surface": "ticket"}, "not_signed_in"),
        ({"surface": "ticket", "ticket": "A" * 22}, "unknown_ticket"),
        ({"surface": "kiosk", "ticket": "A" * 22}, "unknown_ticket"),
    ):
        with screen(url, wish) as one:
            assert one.got == []
            assert code in str(one.refusal)


def test_a_holder_does_not_see_the_kiosk(served: Served) -> None:
    hall, url = served
    with screen(url, {"surface": "kiosk", "ticket": hall.take()["token"]}) as one:
        assert one.got == []
        assert "forbidden" in str(one.refusal)


def test_the_doors_open_and_close_on_screens_though_nothing_is_written(served: Served) -> None:
    hall, _ = served
    hall.hours((0, "09:00", "10:00"))
    doors = Doors(hall.door.room)
    doors.look()
    with kiosk(served) as one:
        states = lambda: [state["open"] for state in one.states("kiosk")]  # noqa: E731
        assert states() == [False]
        seq = hall.door.room.store.last_seq(1)
        hall.door.clock.forward(minutes=30)
        doors.look()
        one.wait(lambda: states() == [False, True], "open")
        doors.look()
        hall.door.clock.forward(hours=1)
        doors.look()
        one.wait(lambda: states() == [False, True, False], "closed again")
        assert hall.door.room.store.last_seq(1) == seq


def test_the_serving_process_looks_at_the_clock_by_itself(
    tmp_path: Path, free_port: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.doors.LOOK_S", 0.1)
    hall = open_hall(tmp_path)
    hall.hours((0, "09:00", "10:00"))
    with serving_door(hall.door, free_port()) as url, kiosk((hall, url)) as one:
        one.wait(lambda: one.states("kiosk")[-1]["open"] is False, "closed")
        hall.door.clock.forward(minutes=30)
        one.wait(lambda: one.states("kiosk")[-1]["open"] is True, "open")
