"""What an administrator changes of a paired screen: its name, and whether it may speak."""

from pathlib import Path
from typing import Any

import pytest

from queueing.devices import Kind
from tests.support.door import Door, csrf, open_door


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path)


def put(door: Door, role: str, path: str, body: dict[str, object]) -> Any:
    secret = door.person(role)
    return door.client(secret).put(f"/api/v1/devices/{path}", json=body, headers=csrf(secret))


def kinds(door: Door) -> list[str]:
    with door.room.store.reading() as db:
        return [row[0] for row in db.execute("SELECT kind FROM event ORDER BY seq DESC LIMIT 2")]


def test_a_board_speaks_until_somebody_says_otherwise(door: Door) -> None:
    board = door.device(Kind.BOARD)
    known = door.room.identity.known(board)
    assert known is not None
    assert known.speaks
    answer = put(door, "admin", "1/speaks", {"speaks": False})
    assert (answer.status_code, answer.json["speaks"]) == (200, False)
    known = door.room.identity.known(board)
    assert known is not None
    assert not known.speaks
    assert kinds(door)[0] == "device_changed"
    assert put(door, "admin", "1/speaks", {"speaks": True}).json["speaks"] is True


def test_saying_the_same_again_is_no_news(door: Door) -> None:
    door.device(Kind.BOARD)
    put(door, "admin", "1/speaks", {"speaks": True})
    assert "device_changed" not in kinds(door)


@pytest.mark.parametrize("kind", [Kind.KIOSK, Kind.AGENT])
def test_nothing_but_a_board_is_told_whether_to_speak(door: Door, kind: Kind) -> None:
    door.device(kind)
    answer = put(door, "admin", "1/speaks", {"speaks": False})
    assert (answer.status_code, answer.json["code"]) == (422, "device_cannot_speak")


def test_a_screen_gets_another_name_and_keeps_its_place(door: Door) -> None:
    token = door.device(Kind.BOARD, zone="a")
    answer = put(door, "admin", "1/name", {"name": "  Bảng phòng chờ  "})
    assert (answer.status_code, answer.json["name"]) == (200, "Bảng phòng chờ")
    known = door.room.identity.known(token)
    assert known is not None
    assert (known.name, known.zone) == ("Bảng phòng chờ", "a")
    assert kinds(door)[0] == "device_changed"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "hai\ndòng", "\u202eksoiK"])
def test_a_name_that_nobody_can_read_is_refused(door: Door, name: str) -> None:
    door.device(Kind.BOARD)
    answer = put(door, "admin", "1/name", {"name": name})
    assert (answer.status_code, answer.json["code"]) == (422, "name_invalid")


@pytest.mark.parametrize(
    ("path", "body"), [("99/name", {"name": "x"}), ("99/speaks", {"speaks": True})]
)
def test_a_device_that_is_not_there_is_not_changed(
    door: Door, path: str, body: dict[str, object]
) -> None:
    answer = put(door, "admin", path, body)
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_device")


@pytest.mark.parametrize("role", ["officer", "supervisor"])
@pytest.mark.parametrize(
    ("path", "body"), [("1/name", {"name": "x"}), ("1/speaks", {"speaks": False})]
)
def test_only_an_administrator_changes_a_screen(
    door: Door, role: str, path: str, body: dict[str, object]
) -> None:
    door.device(Kind.BOARD)
    answer = put(door, role, path, body)
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


@pytest.mark.parametrize("body", [{}, {"speaks": 1}, {"speaks": "no"}, {"speaks": None}])
def test_whether_it_speaks_is_yes_or_no(door: Door, body: dict[str, object]) -> None:
    door.device(Kind.BOARD)
    assert put(door, "admin", "1/speaks", body).json["code"] == "invalid_request"
