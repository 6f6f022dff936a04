"""A notice that is sent at a counter stands on real boards at once, and leaves them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from queueing.devices import Kind
from tests.support.boards import WaitingRoom, hang_board
from tests.support.branch import FakeClock
from tests.support.door import bearer, open_door, serving_door
from tests.support.sockets import Screen, screen

BOARD = {"surface": "board"}


@pytest.fixture
def room(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[WaitingRoom]:
    """Give a served branch with boards and counters, and an officer who is a program."""
    door = open_door(tmp_path, surfaces=("display", "staff.console"), beat_s=0.5)
    known = door.room.identity.known(door.token("officer"))
    assert known is not None
    with serving_door(door, free_port()) as url:
        yield WaitingRoom(door, known.actor, url)
    door.room.store.close()


@pytest.fixture
def officer(room: WaitingRoom) -> dict[str, str]:
    return bearer(room.door.token("officer"))


def board_head(room: WaitingRoom, zone: str | None = None) -> dict[str, str]:
    return {"Cookie": f"denluot_board={room.door.device(Kind.BOARD, zone=zone)}"}


def send(room: WaitingRoom, officer: dict[str, str], **body: Any) -> Any:
    answer = room.door.client().post("/api/v1/notices", json=body, headers=officer)
    assert answer.status_code == 201, answer.text
    return answer.json


def ticker(board: Screen) -> list[str]:
    states = board.states("board")
    return [line["words"] for line in states[-1]["ticker"]] if states else []


def test_it_stands_on_a_board_at_once_and_is_gone_when_taken_down(
    room: WaitingRoom, officer: dict[str, str]
) -> None:
    with screen(room.url, BOARD, **board_head(room)) as board:
        board.wait(lambda: board.states("board"), "the first state")
        sent = send(room, officer, words="<b>Thang máy</b> hỏng")
        board.wait(lambda: ticker(board) == ["<b>Thang máy</b> hỏng"], "the notice")
        (line,) = board.states("board")[-1]["ticker"]
        assert (line["id"], line["urgent"], line["words_en"]) == (f"n{sent['id']}", True, "")
        gone = room.door.client().delete(f"/api/v1/notices/{sent['id']}", headers=officer)
        assert gone.status_code == 204
        board.wait(lambda: ticker(board) == [], "the board without it")


def test_a_ready_made_one_has_its_words_in_both_languages_and_is_to_be_spoken(
    room: WaitingRoom, officer: dict[str, str]
) -> None:
    with screen(room.url, BOARD, **board_head(room)) as board:
        board.wait(lambda: board.states("board"), "the first state")
        send(room, officer, ready="quiet")
        board.wait(lambda: ticker(board), "the notice")
        state = board.states("board")[-1]
        assert state["ticker"][0]["words_en"].startswith("Please keep your voices down")
        assert state["ticker"][0]["words"].startswith("Xin ông/bà giữ trật tự")
        assert [one["kind"] for one in state["voice"]["say"]] == ["notice"]


def test_it_reaches_the_boards_it_is_for_and_no_others(
    room: WaitingRoom, officer: dict[str, str]
) -> None:
    zones = room.door.client().get("/api/v1/notices", headers=officer).get_json()["zones"]
    here, there = zones[0]["code"], zones[1]["code"]
    with (
        screen(room.url, BOARD, **board_head(room, here)) as one,
        screen(room.url, BOARD, **board_head(room, there)) as other,
    ):
        send(room, officer, words="chỉ ở đây", zone=here)
        send(room, officer, words="khắp nơi")
        one.wait(lambda: ticker(one) == ["khắp nơi", "chỉ ở đây"], "both notices")
        other.wait(lambda: ticker(other) == ["khắp nơi"], "the notice for all")


def test_what_has_run_out_is_in_no_state_any_more(
    room: WaitingRoom, officer: dict[str, str]
) -> None:
    send(room, officer, words="năm phút", minutes=5)
    clock = room.door.clock
    assert isinstance(clock, FakeClock)
    clock.forward(minutes=4)
    assert [line["words"] for line in room.state()["ticker"]] == ["năm phút"]
    clock.forward(minutes=1)
    assert room.state()["ticker"] == []


def test_somebody_in_the_room_reads_it(
    room: WaitingRoom, officer: dict[str, str], new_context: Callable[..., BrowserContext]
) -> None:
    page = hang_board(new_context, room)
    page.goto(room.url + "/board")
    expect(page.locator("#ticker")).to_be_hidden()
    sent = send(room, officer, words="<i>Nghỉ</i> đến 14 giờ")
    expect(page.locator("#ticker-words")).to_have_text("<i>Nghỉ</i> đến 14 giờ")
    room.door.client().delete(f"/api/v1/notices/{sent['id']}", headers=officer)
    expect(page.locator("#ticker")).to_be_hidden()
