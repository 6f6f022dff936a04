"""Who may see which board, over HTTP, on the page and by socket."""

from collections.abc import Callable
from pathlib import Path

import pytest

from queueing.devices import Kind
from tests.support.boards import WaitingRoom, called, waiting_room
from tests.support.citizens import problem
from tests.support.door import bearer, serving_door
from tests.support.sockets import screen
from tests.support.waiting import eventually

BOARD = "/api/v1/board"


@pytest.fixture
def room(tmp_path: Path) -> WaitingRoom:
    found = waiting_room(tmp_path, clock=None)
    for service, counter in (("ho-tich", 1), ("dat-dai", 4)):
        found.issue(service)
        found.call(counter)
    return found


def test_a_board_of_a_zone_sees_its_zone_and_no_other(room: WaitingRoom) -> None:
    client = room.door.client(room.door.device(Kind.BOARD, zone="b"))
    assert called(client.get(BOARD).json) == [("H001", 4)]
    assert client.get(f"{BOARD}/b").json == client.get(BOARD).json
    problem(client.get(f"{BOARD}/a"), 403, "forbidden")
    problem(client.get(f"{BOARD}/c"), 403, "forbidden")


@pytest.mark.parametrize("kind", [Kind.BOARD, Kind.KIOSK, Kind.COUNTER])
def test_any_other_paired_screen_sees_the_whole_branch(room: WaitingRoom, kind: Kind) -> None:
    counter = 1 if kind is Kind.COUNTER else None
    client = room.door.client(room.door.device(kind, counter=counter))
    assert called(client.get(BOARD).json) == [("H001", 4), ("A001", 1)]
    assert called(client.get(f"{BOARD}/a").json) == [("A001", 1)]
    problem(client.get(f"{BOARD}/c"), 404, "not_found")


@pytest.mark.parametrize("role", ["kiosk", "officer", "supervisor", "admin"])
def test_a_token_sees_the_whole_branch(room: WaitingRoom, role: str) -> None:
    answer = room.door.client().get(BOARD, headers=bearer(room.door.token(role)))
    assert called(answer.json) == [("H001", 4), ("A001", 1)]


def test_an_officer_in_the_browser_of_a_board_sees_the_other_zone_too(room: WaitingRoom) -> None:
    board, officer = room.door.device(Kind.BOARD, zone="b"), room.door.person("officer")
    client = room.door.client(board, officer)
    assert called(client.get(f"{BOARD}/a").json) == [("A001", 1)]


@pytest.mark.parametrize("path", [BOARD, f"{BOARD}/a"])
def test_strangers_and_revoked_boards_see_nothing(room: WaitingRoom, path: str) -> None:
    problem(room.door.client().get(path), 401, "not_signed_in")
    secret = room.door.device(Kind.BOARD)
    client = room.door.client(secret)
    known = room.door.room.identity.known(secret)
    assert known is not None
    assert known.actor.device_id is not None
    room.door.room.identity.screens.revoke(room.door.system, known.actor.device_id)
    problem(client.get(path), 401, "not_signed_in")


def test_http_gives_the_state_that_the_server_sends(room: WaitingRoom) -> None:
    client = room.door.client(room.door.device(Kind.BOARD))
    assert client.get(BOARD).json == room.state()


def test_a_screen_that_is_not_paired_gets_the_pairing_page(room: WaitingRoom) -> None:
    assert 'data-kind="board"' in room.door.client().get("/board").text


def test_the_page_of_a_zones_board_shows_that_zone(room: WaitingRoom) -> None:
    client = room.door.client(room.door.device(Kind.BOARD, zone="b"))
    page = client.get("/board").text
    assert '"zone": "b"' in page
    assert "A001" not in page
    assert client.get("/board?zone=a").status_code == 403


def test_staff_may_look_at_any_zone(room: WaitingRoom) -> None:
    client = room.door.client(room.door.person("officer"))
    assert "A001" in client.get("/board").text
    assert "A001" not in client.get("/board?zone=b").text
    assert "H001" in client.get("/board?zone=b").text
    assert client.get("/board?zone=c").status_code == 422


def test_the_room_reads_vietnamese_whatever_the_televisions_browser_wishes(
    room: WaitingRoom,
) -> None:
    client = room.door.client(room.door.device(Kind.BOARD))
    english = {"Accept-Language": "en-US"}
    assert '<html lang="vi"' in client.get("/board", headers=english).text
    assert '<html lang="en"' in client.get("/board?lang=en").text


def test_a_socket_gets_its_zones_board_and_each_change_of_it(
    room: WaitingRoom, free_port: Callable[[], int]
) -> None:
    secret = room.door.device(Kind.BOARD, zone="a")
    with serving_door(room.door, free_port()) as url:
        with screen(url, {"surface": "board"}, Cookie=f"denluot_board={secret}") as shown:
            eventually(lambda: shown.states("board"), why="the first state")
            assert called(shown.states("board")[0]) == [("A001", 1)]
            room.issue()
            room.call(2)
            newest = [("A002", 2), ("A001", 1)]
            eventually(lambda: called(shown.states("board")[-1]) == newest, why="the call")
        with screen(
            url, {"surface": "board", "zone": "b"}, Cookie=f"denluot_board={secret}"
        ) as other:
            assert other.refusal
        with screen(
            url, {"surface": "board", "zone": "c"}, **bearer(room.door.token("officer"))
        ) as astray:
            assert astray.refusal


def test_a_kiosk_gets_no_board_by_socket(room: WaitingRoom, free_port: Callable[[], int]) -> None:
    secret = room.door.device(Kind.KIOSK)
    with (
        serving_door(room.door, free_port()) as url,
        screen(url, {"surface": "board"}, Cookie=f"denluot_kiosk={secret}") as shown,
    ):
        assert shown.refusal
        assert shown.states("board") == []
