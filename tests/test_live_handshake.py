"""Who is let onto the live line, and what they get there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import websocket

from queueing.devices import Kind
from queueing.people import Actor, Role
from tests.support.door import Door, bearer
from tests.support.liveboards import live_door
from tests.support.sockets import screen
from tests.support.waiting import eventually

Served = tuple[Door, str]


@pytest.fixture
def served(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Served]:
    with live_door(tmp_path, free_port()) as door_and_url:
        yield door_and_url


def cookie(secret: str, name: str) -> dict[str, str]:
    return {"Cookie": f"denluot_{name}={secret}"}


def issue(door: Door) -> tuple[str, int]:
    with door.room.store.reading() as db:
        service = db.execute("SELECT code FROM service WHERE active = 1").fetchone()[0]
    ticket = door.room.operations.issue(Actor(1, Role.KIOSK), service).ticket
    return ticket.token, ticket.id


def test_a_board_gets_its_zone_s_state_at_once(served: Served) -> None:
    door, url = served
    head = cookie(door.device(Kind.BOARD, zone="b"), "board")
    with screen(url, {"surface": "board", "zone": "a"}, **head) as board:
        board.wait(lambda: board.states("board"), "the first state")
        first = board.states("board")[0]
        assert first["key"] == "b"
        assert first["epoch"] == door.room.store.epoch
        assert first["seq"] == door.room.store.last_seq(1)
        assert first["name"] == "Điểm phục vụ"


def test_a_screen_is_noted_as_soon_as_it_connects(served: Served) -> None:
    door, url = served
    with screen(url, {"surface": "board"}, **cookie(door.device(Kind.BOARD), "board")):
        (device,) = door.room.identity.screens.all(1)
        eventually(
            lambda: door.room.identity.screens.one(1, device.id).seen_at is not None,
            why="it is noted without waiting a minute",
        )


def test_a_token_in_the_header_is_as_good_as_a_cookie(served: Served) -> None:
    door, url = served
    head = bearer(door.token("officer"))
    with screen(url, {"surface": "board", "zone": "a"}, **head) as board:
        board.wait(lambda: board.states("board"), "the first state")
        assert board.states("board")[0]["key"] == "a"


def test_a_ticket_s_holder_gets_that_ticket_alone(served: Served) -> None:
    door, url = served
    token, ticket_id = issue(door)
    with screen(url, {"surface": "ticket", "ticket": token}) as phone:
        phone.wait(lambda: phone.states("ticket"), "the ticket")
        assert phone.states("ticket")[0]["key"] == str(ticket_id)
        assert not phone.states("board")


def test_with_no_name_every_surface_it_may_see_comes(served: Served) -> None:
    door, url = served
    secret = door.person("officer", "thuy")
    thuy = door.room.identity.officers.by_login(1, "thuy")
    door.room.operations.open(Actor(1, Role.OFFICER, officer_id=thuy.id), 2)
    with screen(url, None, **cookie(secret, "session")) as staff:
        staff.wait(lambda: staff.states("board") and staff.states("counter"), "both states")
        assert staff.states("counter")[0]["key"] == "2"


@pytest.mark.parametrize(
    ("who", "auth", "code"),
    [
        (None, {"surface": "board"}, "not_signed_in"),
        (None, None, "not_signed_in"),
        ("kiosk", {"surface": "board"}, "forbidden"),
        ("kiosk", None, "forbidden"),
        ("board", {"surface": "counter", "counter": 1}, "forbidden"),
        ("board", {"surface": "ticket"}, "forbidden"),
        ("officer", {"surface": "counter", "counter": 1}, "forbidden"),
        ("officer", {"surface": "nothing"}, "forbidden"),
    ],
)
def test_others_are_refused_with_a_code(
    served: Served, who: str | None, auth: Any, code: str
) -> None:
    door, url = served
    head: dict[str, str] = {}
    if who == "officer":
        head = cookie(door.person("officer"), "session")
    elif who:
        head = cookie(door.device(Kind(who)), who)
    with screen(url, auth, **head) as one:
        assert one.refusal == {"message": code}
        assert one.got == []


@pytest.mark.parametrize(
    "auth",
    [
        "board",
        [1, 2],
        {"surface": 7},
        {"surface": "board", "zone": {"a": 1}},
        {"surface": "board", "counter": "1"},
        {"surface": "board", "counter": -1},
        {"surface": "board", "counter": 10**12},
        {"surface": "board", "zone": "x" * 101},
        {"surface": "x" * 5000},
        {"ticket": ["a"]},
        {"ticket": "a\0b"},
    ],
)
def test_a_hostile_handshake_is_refused_whoever_sends_it(served: Served, auth: Any) -> None:
    door, url = served
    with screen(url, auth, **cookie(door.person("admin"), "session")) as one:
        assert one.refusal == {"message": "bad_request"}


def test_half_a_surrogate_pair_is_refused_at_once(served: Served) -> None:
    url = served[1].replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
    line = websocket.create_connection(url, timeout=5)
    line.recv()
    line.send('40{"surface": "ticket", "ticket": "\\ud800"}')
    assert line.recv() == '44{"message":"bad_request"}'
    line.close()


def test_the_branch_is_never_taken_from_a_message(served: Served) -> None:
    door, url = served
    head = cookie(door.device(Kind.BOARD), "board")
    auth = {"surface": "board", "branch": 2, "branch_id": 2}
    with screen(url, auth, **head) as board:
        board.wait(lambda: board.states("board"), "the first state")
        assert board.states("board")[0]["seq"] == door.room.store.last_seq(1)


def test_another_site_s_page_is_not_let_on(served: Served) -> None:
    door, url = served
    head = {**cookie(door.device(Kind.BOARD), "board"), "Origin": "http://evil.example"}
    with screen(url, {"surface": "board"}, **head) as one:
        assert one.got == []
        assert one.refusal is not None or one.closed.is_set()


def test_wrong_ticket_tokens_are_throttled_and_a_right_one_never(served: Served) -> None:
    door, url = served
    token, _ = issue(door)
    codes = []
    for n in range(34):
        with screen(url, {"surface": "ticket", "ticket": f"wrong{n}"}) as one:
            codes.append(one.refusal["message"])
    assert codes[0] == "unknown_ticket"
    assert codes[-1] == "too_many_tries"
    with screen(url, {"surface": "ticket", "ticket": token}) as phone:
        phone.wait(lambda: phone.states("ticket"), "the ticket")


def test_the_demo_s_line_answers_to_no_other_name(
    tmp_path: Path, free_port: Callable[[], int]
) -> None:
    with live_door(tmp_path, free_port(), demo=True) as (door, url):
        head = {**cookie(door.device(Kind.BOARD), "board"), "Host": "evil.example"}
        with screen(url, {"surface": "board"}, **head) as one:
            assert one.got == []
        with screen(url, {"surface": "board"}, **cookie(door.device(Kind.BOARD), "board")) as one:
            one.wait(lambda: one.states("board"), "the state")


def test_a_phone_is_refused_when_the_sockets_run_out_and_a_board_is_not(
    tmp_path: Path, free_port: Callable[[], int]
) -> None:
    with live_door(tmp_path, free_port(), threads=31) as (door, url):
        token, _ = issue(door)
        head = cookie(door.device(Kind.BOARD), "board")
        with screen(url, {"surface": "ticket", "ticket": token}) as first:
            first.wait(lambda: first.states("ticket"), "the first phone")
            with screen(url, {"surface": "ticket", "ticket": token}) as second:
                assert second.refusal == {"message": "busy"}
            with screen(url, {"surface": "board"}, **head) as board:
                board.wait(lambda: board.states("board"), "the board")


def test_a_line_on_which_nobody_says_who_they_are_is_hung_up(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.idlers.GRACE_S", 0.3)
    door, url = served
    with screen(url, {"surface": "board"}, **cookie(door.device(Kind.BOARD), "board")) as board:
        silent = websocket.create_connection(
            url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket", timeout=10
        )
        assert silent.recv().startswith("0")
        # engine.io's own word for "close", then the end of the connection
        assert silent.recv() in ("1", "")
        silent.close(timeout=0)
        board.wait(lambda: board.states("beat"), "the board's heartbeat")
        assert not board.closed.is_set()
