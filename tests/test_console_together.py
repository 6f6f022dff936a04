"""Several officers and several browsers press at once, on a real server."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
import requests

from tests.support.door import Door, serving_door
from tests.support.office import Office, Person
from tests.support.waiting import eventually

TOGETHER = 6


@pytest.fixture
def address(office: Office, free_port: Callable[[], int]) -> Iterator[str]:
    """Serve the office from threads, as the box does."""
    with serving_door(Door(office.app, office.room, office.clock), free_port()) as url:
        yield url + "/api/v1"


def at_once(presses: list[Callable[[], Any]]) -> list[Any]:
    """Do all of these at the same moment, each in a thread of its own."""
    ready = threading.Barrier(len(presses))

    def press(deed: Callable[[], Any]) -> Any:
        ready.wait(10)
        return deed()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


def press(address: str, person: Person, path: str, body: Any = None, **headers: str) -> Any:
    """One press in a browser of this person's, over the wire."""
    with closing(requests.Session()) as session:
        session.cookies.set("denluot_session", person.secret)
        sent = person.headers() | headers
        return session.post(address + path, json=body or {}, headers=sent, timeout=20)


LOGINS = ("hoa", "minh", "lan", "hung", "thao", "quang")


@pytest.fixture
def six(office: Office) -> Office:
    """Give an office whose six counters all serve ho-tich and are open."""
    office.sql("DELETE FROM counter_service")
    office.sql(
        "INSERT INTO counter_service (counter_id, service_id, tier)"
        " SELECT c.id, s.id, 1 FROM counter c, service s WHERE s.code = 'ho-tich'"
    )
    for number, login in enumerate(LOGINS, start=1):
        office.person(login).at(number, "open")
    return office


def test_officers_who_press_at_once_call_different_people(six: Office, address: str) -> None:
    for _ in range(TOGETHER * 3):
        six.issue()
    called = []
    for _ in range(3):
        answers = at_once(
            [
                lambda n=n, login=login: press(
                    address, six.person(login), f"/counters/{n}/call-next"
                )
                for n, login in enumerate(LOGINS, start=1)
            ]
        )
        called += [answer.json()["ticket"]["number"] for answer in answers]
    assert sorted(called) == [f"A{n:03d}" for n in range(1, TOGETHER * 3 + 1)]


def test_the_last_one_is_called_by_one_officer_only(six: Office, address: str) -> None:
    six.issue()
    answers = at_once(
        [
            lambda n=n, login=login: press(address, six.person(login), f"/counters/{n}/call-next")
            for n, login in enumerate(LOGINS, start=1)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [204] * 5


def test_one_counter_is_taken_by_one_officer(office: Office, address: str) -> None:
    people = [office.person(login) for login in LOGINS]
    answers = at_once([lambda p=p: press(address, p, "/counters/1/open") for p in people])
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"counter_taken"}


def test_two_browsers_of_one_officer_call_one_ticket(office: Office, address: str) -> None:
    for _ in range(8):
        office.issue()
    office.hoa.at(1, "open")
    browsers = [office.hoa, office.person("hoa", fresh=True)]
    seen = {"holding": None}
    answers = at_once(
        [lambda b=b: press(address, b, "/counters/1/call-next", seen) for b in browsers]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert [event.kind for event in office.events()].count("called") == 1


def test_one_press_sent_six_times_is_one_call(office: Office, address: str) -> None:
    for _ in range(8):
        office.issue()
    office.hoa.at(1, "open")
    one = {"Idempotency-Key": "one-press"}
    answers = at_once(
        [lambda: press(address, office.hoa, "/counters/1/call-next", None, **one)] * TOGETHER
    )
    assert {answer.text for answer in answers} == {answers[0].text}
    assert [event.kind for event in office.events()].count("called") == 1


@pytest.mark.parametrize("deed", ["recall", "start", "finish", "no-show", "park", "undo"])
@pytest.mark.parametrize(
    ("seen", "code"), [("A009", "counter_moved_on"), (None, "counter_moved_on")]
)
def test_a_press_meant_for_another_ticket_does_nothing(
    office: Office, deed: str, seen: str | None, code: str
) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    before = len(office.events())
    status, found, words = office.hoa.refused(f"/counters/1/{deed}", {"holding": seen})
    assert (status, found) == (409, code)
    assert "A001" in words
    assert len(office.events()) == before


def test_a_press_for_a_ticket_that_has_gone_does_nothing(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    assert office.hoa.refused("/counters/1/call-next", {"holding": "A001"})[:2] == (
        409,
        "counter_holds_nothing",
    )
    assert office.ticket("A001").state == "waiting"


def test_a_press_that_says_what_it_sees_is_done(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next", {"holding": None})
    assert office.hoa.at(1, "start", {"holding": "A001"})["current"]["state"] == "serving"


def test_a_socket_shows_each_step_to_its_officer(office: Office, address: str) -> None:
    import socketio

    office.issue()
    office.hoa.at(1, "open")
    states: list[dict[str, Any]] = []
    client = socketio.Client(reconnection=False)
    client.on("counter", states.append)
    client.connect(
        address.removesuffix("/api/v1"),
        headers={"Cookie": f"denluot_session={office.hoa.secret}"},
        auth={"surface": "counter", "counter": 1},
    )
    try:
        eventually(lambda: states, why="the first state comes by itself")
        office.hoa.at(1, "call-next")
        eventually(lambda: states[-1]["current"], why="the call is shown")
        assert states[-1]["current"]["number"] == "A001"
        office.minh.at(1, "open", {"take": True})
        eventually(lambda: not states[-1]["counter"]["mine"], why="the take-over is shown")
    finally:
        client.disconnect()
