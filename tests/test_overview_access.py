"""The overview is for supervisors and administrators: over HTTP, and over the socket."""

from collections.abc import Callable
from pathlib import Path

import pytest

from queueing.devices import Kind
from tests.support.branch import FakeClock
from tests.support.door import Door, bearer, csrf, open_door, serving_door
from tests.support.sockets import screen

PATHS = ("/api/v1/overview",)
PAGES = ("/supervisor", "/supervisor/timeline", "/supervisor/tickets?number=A001")
DEEDS: tuple[tuple[str, dict[str, object]], ...] = (
    ("/api/v1/alerts/ack", {"key": "x"}),
    ("/api/v1/counters/1/services", {"services": []}),
)


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path, clock=FakeClock(), surfaces=("staff.console", "staff.supervisor"))


def outsiders(door: Door) -> dict[str, str]:
    return {
        "officer": door.person("officer"),
        "kiosk": door.device(Kind.KIOSK),
        "board": door.device(Kind.BOARD),
        "counter": door.device(Kind.COUNTER, counter=1),
    }


def test_nobody_else_reads_it(door: Door) -> None:
    for name, secret in outsiders(door).items():
        for path in PATHS:
            assert door.client(secret).get(path).status_code == 403, (name, path)
    for role in ("kiosk", "officer"):
        head = bearer(door.token(role))
        assert door.app.test_client().get(PATHS[0], headers=head).status_code == 403
    assert door.app.test_client().get(PATHS[0]).status_code == 401


def test_nobody_else_does_its_deeds(door: Door) -> None:
    for name, secret in outsiders(door).items():
        for path, body in DEEDS:
            answer = door.client(secret).post(path, json=body, headers=csrf(secret))
            assert answer.status_code == 403, (name, path)
    for path, body in DEEDS:
        assert door.app.test_client().post(path, json=body).status_code == 401


def test_nobody_else_opens_its_pages(door: Door) -> None:
    officer = door.client(door.person("officer"))
    for path in PAGES:
        assert officer.get(path).status_code == 403, path
        assert door.app.test_client().get(path).headers["Location"].startswith("/sign-in")


def test_a_deed_needs_the_pages_own_token(door: Door) -> None:
    client = door.client(door.person("supervisor"))
    for path, body in DEEDS:
        answer = client.post(path, json=body)
        assert (answer.status_code, answer.get_json(force=True)["code"]) == (403, "csrf_failed")


@pytest.mark.parametrize("role", ["supervisor", "admin"])
def test_supervisors_and_administrators_see_it(door: Door, role: str) -> None:
    client = door.client(door.person(role))
    assert client.get("/api/v1/overview").status_code == 200
    for path in PAGES[:2]:
        assert client.get(path).status_code == 200
    head = bearer(door.token(role))
    assert door.app.test_client().get("/api/v1/overview", headers=head).status_code == 200


def test_the_socket_is_as_strict_and_sends_what_http_answers(
    door: Door, free_port: Callable[[], int]
) -> None:
    refused, allowed = outsiders(door), {r: door.person(r) for r in ("supervisor", "admin")}
    names = {"kiosk": "kiosk", "board": "board", "counter": "counter"}
    with serving_door(door, free_port()) as url:
        for who, secret in refused.items():
            head = {"Cookie": f"denluot_{names.get(who, 'session')}={secret}"}
            with screen(url, {"surface": "overview"}, **head) as one:
                assert one.refusal["message"] == "forbidden", who
                assert one.got == []
        for secret in allowed.values():
            head = {"Cookie": f"denluot_session={secret}"}
            with screen(url, {"surface": "overview"}, **head) as one:
                one.wait(lambda one=one: one.states("overview"), "the state")  # type: ignore[misc]
                answer = door.client(secret).get("/api/v1/overview").json
                assert one.states("overview")[0] == answer


def test_an_officer_who_names_no_surface_is_sent_no_overview(
    door: Door, free_port: Callable[[], int]
) -> None:
    secret = door.person("officer", "thuy")
    with serving_door(door, free_port()) as url:
        client = door.client(secret)
        assert client.post("/api/v1/counters/1/open", json={}, headers=csrf(secret)).status_code
        with screen(url, None, Cookie=f"denluot_session={secret}") as one:
            one.wait(lambda: one.states("counter"), "the counter's state")
            assert one.states("overview") == []
