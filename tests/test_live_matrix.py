"""Every kind of identity against every live surface of the real app."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import requests

from app import SURFACES
from queueing.devices import Kind
from queueing.people import Actor, Role
from tests.support.door import Door, bearer, open_door, serving_door
from tests.support.sockets import screen

ALL = ("kiosk", "board", "counter", "ticket", "overview")
PATHS = {
    "kiosk": "kiosk",
    "board": "board",
    "counter": "counters/1",
    "overview": "overview",
}
MAY = {
    "nobody": set(),
    "kiosk": {"kiosk"},
    "board": {"board"},
    "counter": set(),
    "agent": set(),
    "officer": {"board", "counter"},
    "supervisor": {"kiosk", "board", "counter", "overview"},
    "admin": {"kiosk", "board", "counter", "overview"},
    "kiosk token": {"kiosk"},
    "officer token": {"board", "counter"},
    "supervisor token": {"kiosk", "board", "counter", "overview"},
    "admin token": {"kiosk", "board", "counter", "overview"},
    "holder": {"ticket"},
    "revoked board": set(),
    "disabled officer": set(),
    "signed-out officer": set(),
    "revoked token": set(),
}


@dataclass
class House:
    """A served app with one of each identity."""

    url: str
    heads: dict[str, dict[str, str]]
    ticket: str


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, free_port: Callable[[], int]
) -> Iterator[House]:
    door = open_door(tmp_path_factory.mktemp("matrix"), surfaces=tuple(SURFACES))
    with door.room.store.reading() as db:
        service = db.execute("SELECT code FROM service WHERE active = 1").fetchone()[0]
    issued = door.room.operations.issue(Actor(1, Role.KIOSK), service)
    with serving_door(door, free_port()) as url:
        yield House(url, _heads(door), issued.ticket.token)


def _heads(door: Door) -> dict[str, dict[str, str]]:
    identity = door.room.identity
    devices = {str(kind): door.device(kind, counter=1) for kind in Kind}
    people = {role: door.person(role) for role in ("officer", "supervisor", "admin")}
    tokens = {role: door.token(role) for role in ("kiosk", "officer", "supervisor", "admin")}
    lost_board, lost_token = door.device(Kind.BOARD), door.token("admin")
    identity.screens.revoke(door.system, identity.screens.all(1)[0].id)
    identity.revoke_token(door.system, identity.tokens(1)[-1].id)
    dismissed, gone = door.person("officer", "dismissed"), door.person("officer", "gone")
    dismissed_id = identity.officers.by_login(1, "dismissed").id
    identity.officers.disable(door.system, dismissed_id)
    identity.sign_out(gone)

    def cookie(name: str, secret: str) -> dict[str, str]:
        return {"Cookie": f"denluot_{name}={secret}"}

    return {
        "nobody": {},
        "holder": {},
        **{kind: cookie(kind, secret) for kind, secret in devices.items()},
        **{role: cookie("session", secret) for role, secret in people.items()},
        **{f"{role} token": bearer(secret) for role, secret in tokens.items()},
        "revoked board": cookie("board", lost_board),
        "disabled officer": cookie("session", dismissed),
        "signed-out officer": cookie("session", gone),
        "revoked token": bearer(lost_token),
    }


@pytest.mark.parametrize("who", MAY)
def test_it_sees_its_own_surfaces_and_is_refused_at_all_others(house: House, who: str) -> None:
    seen = set()
    for surface in ALL:
        auth: dict[str, object] = {"surface": surface, "counter": 1}
        if who == "holder":
            auth["ticket"] = house.ticket
        with screen(house.url, auth, **house.heads[who]) as one:
            if one.refusal is None:
                one.wait(lambda one=one: one.got, f"{surface} for {who}")  # type: ignore[misc]
                assert {name for name, _ in one.got} - {"beat"} == {surface}
                seen.add(surface)
            else:
                assert one.refusal["message"] in ("forbidden", "not_signed_in")
                assert one.got == []
    assert seen == MAY[who]


def test_what_is_sent_is_what_http_answers(house: House) -> None:
    head = house.heads["admin token"]
    for surface, path in PATHS.items():
        with screen(house.url, {"surface": surface, "counter": 1}, **head) as one:
            one.wait(lambda one=one, surface=surface: one.states(surface), surface)  # type: ignore[misc]
            sent = one.states(surface)[0]
        answer = requests.get(f"{house.url}/api/v1/{path}", headers=head, timeout=5).json()
        assert sent == answer
