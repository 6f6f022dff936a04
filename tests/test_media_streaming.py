"""Files sent over a real line to both kinds of servers: too long, cut off, stalled, in chunks."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from boards.media import MB
from queueing.people import Actor, Role
from queueing.store import Store
from queueing.store.identity import Identity
from tests.support.door import open_door, serving_door
from tests.support.films import film
from tests.support.server import Server
from tests.support.waiting import eventually
from web import uploads

LIMIT = 50


@dataclass
class House:
    """A server, its media folder, and an administrator's token.

    `hangs_up` on a sender who goes on after the answer; else what comes is read and forgotten.
    """

    url: str
    folder: Path
    token: str
    hangs_up: bool

    def line(self) -> socket.socket:
        address = urlsplit(self.url)
        return socket.create_connection((str(address.hostname), int(address.port or 0)), 30)

    def head(self, *more: str) -> bytes:
        lines = [
            "POST /api/v1/media?name=Phim HTTP/1.1",
            "Host: localhost",
            f"Authorization: Bearer {self.token}",
            "Content-Type: video/mp4",
            *more,
        ]
        return "\r\n".join([*lines, "", ""]).encode()

    def lying(self) -> list[str]:
        return [one.name for one in self.folder.glob("*")] if self.folder.exists() else []


def admitted(store: Store) -> str:
    """Lower the limit of films, and make an administrator's token."""
    with store.writing() as db:
        db.execute(
            "INSERT INTO setting (branch_id, name, value) VALUES (1, 'media_most_mb', ?)", (LIMIT,)
        )
    return Identity(store).create_token(Actor(1, Role.SYSTEM), "test", "admin")[1]


@pytest.fixture(params=["gunicorn", "werkzeug"])
def house(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    sample_data: Path,
    server: Callable[..., Server],
    free_port: Callable[[], int],
) -> Iterator[House]:
    """Give each kind of server that the program runs on."""
    if request.param == "gunicorn":
        store = Store(sample_data)
        token = admitted(store)
        store.close()
        yield House(server(sample_data).url, sample_data / "media", token, True)
        return
    (data := tmp_path / "door").mkdir()
    door = open_door(data)
    token = admitted(door.room.store)
    with serving_door(door, free_port()) as url:
        yield House(url, data / "media", token, False)
    door.room.store.close()


def answer(line: socket.socket) -> tuple[int, str]:
    """Status and code of what the server says, as far as it gets here."""
    got = b""
    with suppress(ConnectionError):
        while piece := line.recv(65536):
            got += piece
            head, _, body = got.partition(b"\r\n\r\n")
            if body.rstrip().endswith(b"}"):
                break
    head, _, body = got.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 "), got[:200]
    return int(head.split()[1]), json.loads(body).get("code", "")


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def test_a_film_comes_over_in_one_piece_or_in_chunks(house: House) -> None:
    data = film(3 * MB)
    with house.line() as line:
        line.sendall(house.head(f"Content-Length: {len(data)}") + data)
        assert answer(line) == (201, "")
    with house.line() as line:
        line.sendall(house.head("Transfer-Encoding: chunked"))
        for at in range(0, len(data), 100_000):
            line.sendall(chunk(data[at : at + 100_000]))
        line.sendall(chunk(b""))
        assert answer(line) == (201, "")
    (name,) = house.lying()
    assert (house.folder / name).read_bytes() == data


def test_two_gigabytes_are_refused_before_any_of_them(house: House) -> None:
    with house.line() as line:
        line.sendall(house.head(f"Content-Length: {2 * 1024 * MB}"))
        # nothing is sent: the answer comes all the same
        assert answer(line) == (413, "media_too_large")
    assert house.lying() == []


def test_a_sender_who_goes_on_all_the_same_is_stopped(house: House) -> None:
    piece = film(MB)
    taken = 0
    with house.line() as line:
        line.sendall(house.head(f"Content-Length: {2 * 1024 * MB}"))
        with suppress(OSError):
            while taken < 200:
                line.sendall(piece)
                taken += 1
    assert taken < 200 or not house.hangs_up
    assert house.lying() == []


def test_chunks_without_a_length_stop_at_the_limit(house: House) -> None:
    piece = chunk(film(MB))
    taken = 0
    with house.line() as line:
        line.sendall(house.head("Transfer-Encoding: chunked"))
        with suppress(OSError):
            while taken < LIMIT + 100:
                line.sendall(piece)
                taken += 1
    assert taken >= LIMIT
    assert taken < LIMIT + 100 or not house.hangs_up
    eventually(lambda: house.lying() == [], why="nothing is left of it")


@pytest.mark.parametrize("way", [f"Content-Length: {10 * MB}", "Transfer-Encoding: chunked"])
def test_a_sender_who_goes_away_in_the_middle_leaves_nothing(house: House, way: str) -> None:
    data = film(2 * MB)
    with house.line() as line:
        line.sendall(house.head(way) + (chunk(data) if "chunked" in way else data))
        eventually(house.lying, why="it has begun to arrive")
        line.shutdown(socket.SHUT_WR)
        with suppress(AssertionError):
            assert answer(line)[0] == 400
    eventually(lambda: house.lying() == [], why="nothing is left of it")
    with house.line() as line:
        line.sendall(house.head(f"Content-Length: {len(data)}") + data)
        assert answer(line) == (201, "")


@pytest.mark.parametrize("house", ["werkzeug"], indirect=True)
def test_a_sender_who_falls_silent_is_given_up(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "SILENCE_S", 0.2)
    with house.line() as line:
        line.sendall(house.head(f"Content-Length: {10 * MB}") + film(MB))
        assert answer(line) == (400, "media_broken_off")
    eventually(lambda: house.lying() == [], why="nothing is left of it")


def test_broken_chunks_leave_nothing(house: House) -> None:
    with house.line() as line:
        line.sendall(house.head("Transfer-Encoding: chunked") + chunk(film(MB)) + b"zz\r\nno\r\n")
        assert answer(line) == (400, "media_broken_off")
    assert house.lying() == []


def test_only_so_many_are_taken_at_once(house: House) -> None:
    lines = [house.line() for _ in range(3)]
    try:
        for line in lines:
            line.sendall(house.head(f"Content-Length: {10 * MB}") + film(MB))
        eventually(lambda: len(house.lying()) == 3, why="three are being sent")
        with house.line() as fourth:
            fourth.sendall(house.head("Content-Length: 5000") + film(5000))
            assert answer(fourth) == (409, "media_busy")
    finally:
        for line in lines:
            line.close()
    eventually(lambda: house.lying() == [], why="nothing is left of them")
