"""Which credential lets a request in, and whom each route keeps out."""

from pathlib import Path

import pytest

from queueing.devices import Kind
from queueing.people import Actor, Role
from tests.support.door import Door, bearer, csrf, open_door
from tests.support.probe import probe


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path, probe())


KNOCKS = {
    "nobody": {"everyone"},
    "kiosk": {"everyone", "paired", "kiosk"},
    "board": {"everyone", "paired", "board"},
    "counter": {"everyone", "paired"},
    "officer": {"everyone", "paired", "officer"},
    "supervisor": {"everyone", "paired", "officer", "supervisor"},
    "admin": {"everyone", "paired", "officer", "supervisor"},
}
ROUTES = ("everyone", "paired", "kiosk", "board", "officer", "supervisor")


def cookie_for(door: Door, who: str) -> list[str]:
    if who == "nobody":
        return []
    if who in ("kiosk", "board", "counter"):
        return [door.device(Kind(who), counter=1)]
    return [door.person(who)]


@pytest.mark.parametrize("who", KNOCKS)
def test_each_cookie_opens_its_own_routes_and_no_other(door: Door, who: str) -> None:
    client = door.client(*cookie_for(door, who))
    answers = {route: client.get(f"/api/v1/probe/{route}").status_code for route in ROUTES}
    shut = 401 if who == "nobody" else 403
    assert answers == {route: 200 if route in KNOCKS[who] else shut for route in ROUTES}


@pytest.mark.parametrize("who", ["kiosk", "officer", "supervisor", "admin"])
def test_a_bearer_token_opens_the_same_routes_as_the_cookie_of_its_role(
    door: Door, who: str
) -> None:
    client, head = door.client(), bearer(door.token(who))
    answers = {
        route: client.get(f"/api/v1/probe/{route}", headers=head).status_code for route in ROUTES
    }
    assert answers == {route: 200 if route in KNOCKS[who] else 403 for route in ROUTES}


def test_with_several_cookies_the_route_chooses(door: Door) -> None:
    client = door.client(
        door.device(Kind.KIOSK), door.device(Kind.BOARD, zone="b"), door.person("admin")
    )
    assert client.get("/api/v1/probe/kiosk").json["role"] == "kiosk"
    assert client.get("/api/v1/probe/board").json["role"] == "board"
    assert client.get("/api/v1/probe/supervisor").json["role"] == "admin"
    # a board in an administrator's browser still shows its own zone
    paired = client.get("/api/v1/probe/paired").json
    assert (paired["role"], paired["zone"]) == ("board", "b")


def test_a_deed_is_done_as_the_one_whose_page_asked(door: Door) -> None:
    kiosk, admin = door.device(Kind.KIOSK), door.person("admin")
    client = door.client(kiosk, admin)
    assert client.post("/api/v1/probe/kiosk", headers=csrf(kiosk)).status_code == 201
    assert client.post("/api/v1/probe/kiosk", headers=csrf(admin)).json["code"] == "csrf_failed"
    assert client.post("/api/v1/probe/officer", headers=csrf(admin)).status_code == 201


def test_a_wrong_bearer_token_is_not_covered_up_by_a_cookie(door: Door) -> None:
    client = door.client(door.person("admin"))
    answer = client.get("/api/v1/probe/officer", headers=bearer("dlt_wrong"))
    assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_a_session_is_no_device_and_a_device_no_session(door: Door) -> None:
    client = door.client()
    client.set_cookie("denluot_kiosk", door.person("admin"))
    client.set_cookie("denluot_session", door.device(Kind.KIOSK))
    assert client.get("/api/v1/probe/paired").status_code == 401


def test_a_revoked_device_and_a_disabled_officer_are_kept_out_at_once(door: Door) -> None:
    kiosk = door.client(door.device(Kind.KIOSK))
    officer = door.client(door.person("officer", "thuy"))
    assert kiosk.get("/api/v1/probe/kiosk").status_code == 200
    assert officer.get("/api/v1/probe/officer").status_code == 200
    identity = door.room.identity
    identity.screens.revoke(door.system, identity.screens.all(1)[0].id)
    identity.officers.disable(door.system, identity.officers.by_login(1, "thuy").id)
    assert kiosk.get("/api/v1/probe/kiosk").status_code == 401
    assert officer.get("/api/v1/probe/officer").status_code == 401


def issue(door: Door) -> tuple[str, int]:
    actor = Actor(1, Role.KIOSK, device_id=1)
    with door.room.store.reading() as db:
        service = db.execute("SELECT code FROM service WHERE active = 1").fetchone()[0]
    ticket = door.room.operations.issue(actor, service).ticket
    return ticket.token, ticket.id


def test_a_ticket_s_holder_needs_no_sign_in_and_others_only_its_id(door: Door) -> None:
    token, ticket_id = issue(door)
    stranger, officer = door.client(), door.person("officer")
    answer = stranger.post(f"/api/v1/probe/ticket/{token}")
    assert answer.json == {"caller": f"holder:{ticket_id}", "role": str(ticket_id), "zone": None}
    assert stranger.post(f"/api/v1/probe/ticket/{ticket_id}").json["code"] == "not_signed_in"
    mine = door.client(officer).post(f"/api/v1/probe/ticket/{ticket_id}", headers=csrf(officer))
    assert mine.json["caller"].startswith("officer:")


def test_only_wrong_ticket_tokens_are_throttled(door: Door) -> None:
    token, _ = issue(door)
    client = door.client()
    codes = [client.post(f"/api/v1/probe/ticket/wrong{n}").json["code"] for n in range(40)]
    assert codes[0] == "unknown_ticket"
    assert codes[-1] == "too_many_tries"
    for _ in range(40):
        assert client.post(f"/api/v1/probe/ticket/{token}").status_code == 200
