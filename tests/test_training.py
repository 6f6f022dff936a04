"""Training mode: the real rules on made-up tickets, and nothing real is ever touched."""

from typing import Any

import pytest

from tests.support.office import Office, Person


def headers(person: Person) -> dict[str, str]:
    return person.headers() | {"X-Training": "1"}


def practise(person: Person, path: str, body: Any = None) -> Any:
    answer = person.client.post("/api/v1" + path, json=body or {}, headers=headers(person))
    assert answer.status_code == 200, answer.text
    return answer.json


def sandbox(person: Person, counter: int = 1) -> Any:
    answer = person.client.get(f"/api/v1/counters/{counter}", headers={"X-Training": "1"})
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_whole_round_is_practised_and_the_real_branch_stays_empty(office: Office) -> None:
    hoa, before = office.hoa, office.events()
    practise(hoa, "/counters/1/open")
    number = practise(hoa, "/counters/1/call-next")["ticket"]["number"]
    practise(hoa, "/counters/1/start")
    assert practise(hoa, "/counters/1/undo")["current"]["state"] == "called"
    practise(hoa, "/counters/1/finish", {"outcome": "guided", "note": "thử"})
    assert sandbox(hoa)["recent"][0]["number"] == number
    assert office.events() == before
    assert office.sql("SELECT count(*) FROM ticket") == [(0,)]
    assert office.sql("SELECT count(*) FROM answer") == [(0,)]
    assert hoa.state(1)["counter"]["state"] == "closed"


def test_somebody_always_waits_and_colleagues_are_at_work(office: Office) -> None:
    hoa = office.hoa
    practise(hoa, "/counters/1/open")
    for _ in range(12):
        assert practise(hoa, "/counters/1/call-next")["ticket"]["number"]
    desks = hoa.client.get("/api/v1/counters", headers={"X-Training": "1"}).json
    assert isinstance(desks, dict)
    at_work = [one for one in desks["items"] if one["state"] == "open"]
    assert len(at_work) >= 2


def test_each_officer_practises_alone(office: Office) -> None:
    practise(office.hoa, "/counters/1/open")
    assert sandbox(office.minh)["counter"]["state"] == "closed"
    practise(office.minh, "/counters/1/open")
    assert sandbox(office.minh)["counter"]["mine"]


def test_a_real_ticket_is_unknown_in_practice(office: Office) -> None:
    ticket = office.issue()
    answer = office.hoa.client.post(
        f"/api/v1/tickets/{ticket.id + 900}/cancel", json={}, headers=headers(office.hoa)
    )
    assert answer.status_code == 404
    assert office.ticket(ticket.label).state == "waiting"


def test_practice_without_a_session_is_refused_and_never_becomes_real(office: Office) -> None:
    stranger, before = office.app.test_client(), office.events()
    answer = stranger.post("/api/v1/counters/1/open", json={}, headers={"X-Training": "1"})
    assert answer.status_code == 401
    assert office.events() == before


def test_practice_needs_its_csrf_token_like_everything(office: Office) -> None:
    answer = office.hoa.client.post("/api/v1/counters/1/open", json={}, headers={"X-Training": "1"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/api/v1/visits", "/api/v1/board", "/api/v1/services"])
def test_what_is_no_practice_stays_real_whatever_the_header_says(office: Office, path: str) -> None:
    office.issue()
    practise(office.hoa, "/counters/1/open")
    with_header = office.ha.client.get(path, headers={"X-Training": "1"}).json
    without = office.ha.client.get(path).json
    assert with_header == without


def test_no_password_no_screen_and_no_printer_is_in_a_sandbox(office: Office) -> None:
    practise(office.hoa, "/counters/1/open")
    (room,) = office.room.training._rooms.values()
    with room.store.reading() as db:
        hashed = db.execute("SELECT count(password_hash) FROM officer").fetchone()[0]
        others = [
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("device", "api_token", "session", "printer", "print_job")
        ]
    assert (hashed, others) == (0, [0, 0, 0, 0, 0])
