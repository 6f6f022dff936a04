"""The real server process: one port of this computer, sockets, and a quick end."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store import Store
from queueing.store.identity import Identity
from queueing.store.screens import Placing
from tests.support.server import Server, clean_environment
from tests.support.sockets import screen
from tests.support.tree import ROOT
from tests.support.waiting import eventually
from web.config import Config, lan_address, phones_can_reach

Start = Callable[..., Server]


@pytest.fixture
def board(sample_data: Path) -> dict[str, str]:
    identity = Identity(Store(sample_data))
    placing = Placing("Board")
    _device, secret = identity.screens.add(Actor(1, Role.SYSTEM), Kind.BOARD, placing)
    return {"Cookie": f"denluot_board={secret}"}


def test_a_board_is_served_and_the_server_ends_soon_with_it_connected(
    server: Start, sample_data: Path, board: dict[str, str]
) -> None:
    running = server(sample_data)
    with screen(running.url, {"surface": "board"}, **board) as one:
        one.wait(lambda: one.states("board"), "the first state")
        began = time.monotonic()
        running.stop()
        assert time.monotonic() - began < 10


def test_small_answers_do_not_wait_for_each_other(server: Start, sample_data: Path) -> None:
    running = server(sample_data)
    session = requests.Session()
    session.get(f"{running.url}/healthz", timeout=5)
    took = []
    for _ in range(15):
        began = time.monotonic()
        assert session.get(f"{running.url}/api/v1/services", timeout=5).status_code == 200
        took.append(time.monotonic() - began)
    # without TCP_NODELAY every answer on a kept connection costs 40 ms and more
    assert min(took) < 0.04


def test_it_listens_on_loopback_alone(server: Start, sample_data: Path) -> None:
    running = server(sample_data)
    if not phones_can_reach(f"http://{lan_address()}"):
        pytest.skip("this computer has no other address")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((lan_address(), running.port), timeout=5).close()


def test_all_its_processes_together_stay_under_150_mb_when_idle(
    server: Start, sample_data: Path
) -> None:
    running = server(sample_data)
    listed = [running.process.pid, *_children(running.process.pid)]
    assert len(listed) == 2
    assert sum(_resident_kb(pid) for pid in listed) < 150_000


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _resident_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


@pytest.mark.parametrize(
    ("config", "setting", "url"),
    [
        (Config(public_url="https://ql.example/"), "http://other", "https://ql.example"),
        (Config(), "http://10.0.0.5:8080/", "http://10.0.0.5:8080"),
        (Config(host="192.168.1.7", port=80), "", "http://192.168.1.7:80"),
        (Config(host="127.0.0.1"), "", "http://127.0.0.1:8080"),
        (Config(host="::1"), "", "http://[::1]:8080"),
        (Config(host="0.0.0.0"), "", f"http://{lan_address()}:8080"),
    ],
)
def test_a_ticket_s_address_is_the_setting_or_where_the_box_listens(
    config: Config, setting: str, url: str
) -> None:
    assert config.base_url(setting) == url


@pytest.mark.parametrize(
    ("url", "reachable"),
    [
        ("http://127.0.0.1:8080", False),
        ("http://localhost", False),
        ("http://[::1]:8080", False),
        ("http://192.168.1.7:8080", True),
        ("https://ql.example", True),
    ],
)
def test_it_knows_which_addresses_phones_cannot_reach(url: str, reachable: bool) -> None:
    assert phones_can_reach(url) is reachable


def test_where_nothing_can_fork_one_process_serves(
    sample_data: Path, free_port: Callable[[], int]
) -> None:
    """As on Windows: the same server without gunicorn, sockets included."""
    port, log = free_port(), sample_data / "threads.log"
    code = "import os, sys; del os.fork; import cli; cli.main()"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", code, "serve", "--data", str(sample_data), "--port", str(port)],
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env=clean_environment(),
            start_new_session=True,
        )
    running = Server(sample_data, port, log, process)
    try:
        eventually(running.is_healthy, within_s=30, why="it serves")
        assert "gunicorn" not in running.output
        assert requests.get(f"{running.url}/sign-in", timeout=10).status_code == 200
    finally:
        running.kill()


def test_the_set_up_link_names_the_box_as_others_find_it(
    server: Start, sample_data: Path, free_port: Callable[[], int]
) -> None:
    running = server(sample_data, "--host", "0.0.0.0")
    found = re.search(r"(http://[^ ]+)/setup/", running.output)
    assert found is not None
    assert found[1] == Config(data=sample_data, host="0.0.0.0", port=running.port).base_url("")
    assert "0.0.0.0" not in found[1]
