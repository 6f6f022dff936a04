"""Writing to many lines at once: quickly to those that are free, and never at another's cost."""

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import websocket

from queueing.devices import Kind
from tests.support.door import Door
from tests.support.liveboards import board, live_door, write
from tests.support.waiting import eventually
from web.loop import NUDGE_S, Loop

Served = tuple[Door, str]
LARGE = "Điểm phục vụ " * 10_000
STATES = 60


@pytest.fixture
def served(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Served]:
    with live_door(tmp_path, free_port(), beat_s=60, watch_s=60) as door_and_url:
        yield door_and_url


def dial(served: Served, **options: Any) -> websocket.WebSocket:
    door, url = served
    cookie = f"Cookie: denluot_board={door.device(Kind.BOARD)}"
    address = url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    line = websocket.create_connection(address, header=[cookie], timeout=10, **options)
    line.recv()
    line.send("40" + json.dumps({"surface": "board"}))
    return line


def states(line: websocket.WebSocket, until: int) -> list[int]:
    """The seq of every state that arrives, up to the one asked for."""
    found: list[int] = []
    while until not in found:
        text = line.recv()
        if text.startswith('42["board"'):
            found.append(json.loads(text[2:])[1]["seq"])
    return found


def enlarge(door: Door) -> None:
    """Let a state be so large that a few fill every buffer on the way."""
    rooms = door.room.live._surfaces["board"].rooms

    def large(room: Any, branch_id: int, key: str) -> dict[str, Any]:
        return {**board(room, branch_id, key), "name": LARGE}

    door.room.live.register("board", build=large, rooms=rooms)


def test_one_who_stops_reading_holds_up_nobody_and_then_reads_whole_messages(
    served: Served,
) -> None:
    door, _ = served
    enlarge(door)
    stuck = dial(served, sockopt=[(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)])
    states(stuck, door.room.store.last_seq(1))
    well = dial(served)
    states(well, door.room.store.last_seq(1))
    for _ in range(STATES):
        last = write(door, "recalled")
        assert states(well, last)[-1] == last
    assert last in states(stuck, last)
    stuck.shutdown()
    well.shutdown()


def test_what_comes_after_a_message_that_went_in_part_comes_after_all_of_it(
    served: Served,
) -> None:
    door, _ = served
    line = dial(served)
    states(line, door.room.store.last_seq(1))
    (carrier,) = door.room.live.socketio.server.eio.sockets.values()  # type: ignore[attr-defined]
    sender = carrier.line.ws.sock
    sent: list[int] = []

    class Narrow:
        """The server's socket, which takes but a hundred bytes at once."""

        def send(self, data: bytes, *flags: int) -> int:
            sent.append(sender.send(data[:100], *flags))
            return sent[-1]

        def __getattr__(self, name: str) -> Any:
            return getattr(sender, name)

    carrier.line.ws.sock = Narrow()
    seqs = [write(door, "recalled") for _ in range(5)]
    assert states(line, seqs[-1])[-1] == seqs[-1]
    line.shutdown()
    # the rest of a message may be shorter
    assert max(sent) == 100


def test_a_commit_that_nobody_watches_wakes_nobody(served: Served) -> None:
    door, _ = served
    live = door.room.live
    write(door, "recalled")
    assert not live._news
    line = dial(served)
    assert states(line, door.room.store.last_seq(1))
    line.shutdown()
    eventually(lambda: live.connected() == 0, why="the board has left")


@pytest.mark.parametrize(
    ("wanted", "woken"), [(None, True), (NUDGE_S / 2, False), (60.0, True), (-1.0, False)]
)
def test_a_nudge_wakes_only_a_loop_that_would_sleep_on(wanted: float | None, woken: bool) -> None:
    loop = Loop("nudged", lambda: wanted)
    loop._safely_turn()
    loop.nudge()
    assert loop._woken.is_set() is woken
    loop.wake()
    assert loop._woken.is_set()
