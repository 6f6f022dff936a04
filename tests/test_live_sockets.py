"""The lean WebSocket: true frames, no compression, no endless message."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import websocket
from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import TextMessage

from queueing.devices import Kind
from tests.support.door import Door
from tests.support.liveboards import board, live_door
from web.sockets import MESSAGE_MOST, text_frame

Served = tuple[Door, str]


@pytest.fixture
def served(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Served]:
    with live_door(tmp_path, free_port(), beat_s=60) as door_and_url:
        yield door_and_url


def dial(served: Served, *headers: str) -> websocket.WebSocket:
    door, url = served
    cookie = f"Cookie: denluot_board={door.device(Kind.BOARD)}"
    address = url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    return websocket.create_connection(address, header=[cookie, *headers], timeout=10)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536, 200_000])
def test_a_frame_of_any_size_is_read_back_by_another_library(size: int) -> None:
    words = ("Mời số A012 đến quầy 3 · " * (size // 20 + 1)).encode()[:size].decode(errors="ignore")
    client = Connection(ConnectionType.CLIENT)
    client.receive_data(text_frame(words.encode()))
    found = [event for event in client.events() if isinstance(event, TextMessage)]
    assert "".join(event.data for event in found) == words


def test_compression_is_not_agreed_to(served: Served) -> None:
    line = dial(served, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")
    assert "sec-websocket-extensions" not in line.getheaders()
    assert line.recv().startswith("0")
    line.shutdown()


def test_a_state_larger_than_64_kb_arrives_whole(served: Served) -> None:
    door, _ = served
    words = "Điểm phục vụ " * 20_000
    rooms = door.room.live._surfaces["board"].rooms

    def large(room: Any, branch_id: int, key: str) -> dict[str, Any]:
        return {**board(room, branch_id, key), "name": words}

    door.room.live.register("board", build=large, rooms=rooms)
    line = dial(served)
    line.recv()
    line.send("40" + json.dumps({"surface": "board"}))
    got = [line.recv(), line.recv()]
    event = next(one for one in got if one.startswith("42"))
    assert json.loads(event[2:])[1]["name"] == words
    line.shutdown()


def test_a_message_that_is_too_large_ends_its_line(served: Served) -> None:
    line = dial(served)
    line.recv()
    line.send("4" + "x" * MESSAGE_MOST)
    opcode, reason = line.recv_data()
    assert opcode == websocket.ABNF.OPCODE_CLOSE
    assert int.from_bytes(reason[:2], "big") == 1009  # message too big: RFC 6455, 7.4.1
    line.shutdown()


def test_a_message_of_garbage_ends_that_line_only(served: Served) -> None:
    good = dial(served)
    good.recv()
    good.send("40" + json.dumps({"surface": "board"}))
    for garbage in (
        "",
        "9",
        "4",
        "42",
        "4x",
        '42["board"',
        "451-[]",
        "\x00",
        "2probe",
        '42["x",1]',
    ):
        bad = dial(served)
        bad.recv()
        bad.send(garbage)
        bad.shutdown()
    assert any(good.recv().startswith('42["board"') for _ in range(2))
    good.shutdown()
    assert served[0].room.live.healthy()
