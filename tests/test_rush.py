"""Rush hour over HTTP: 16 clients take 100 numbers each while six counters call."""

import sqlite3
import threading
from collections import Counter as Tally
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.api import Api, service_codes, token
from tests.support.server import Server

CLIENTS, EACH, COUNTERS = 16, 100, 6


def take_numbers(port: int, kiosk: str, codes: list[str], client: int) -> list[str]:
    """One client's tickets, spread over the services."""
    api = Api(port, kiosk)
    taken = []
    for n in range(EACH):
        reply = api.post("/tickets", {"service": codes[(client + n) % len(codes)]})
        assert reply.status == 201, reply
        taken.append(reply.body["number"])
    api.close()
    return taken


def call_numbers(port: int, officer: str, number: int, done: threading.Event) -> list[str]:
    """One counter calls until all are taken and nobody waits."""
    api = Api(port, officer)
    assert api.post(f"/counters/{number}/open").status == 200
    called = []
    while True:
        last_look = done.is_set()
        reply = api.post(f"/counters/{number}/call-next")
        assert reply.status in (200, 204), reply
        if reply.status == 200:
            called.append(reply.body["ticket"]["number"])
        elif last_look:
            break
    api.close()
    return called


@pytest.mark.parametrize("processes", [1, 2])
def test_nobody_is_lost_or_doubled_at_rush_hour(
    sample_data: Path, server: Callable[..., Server], processes: int
) -> None:
    kiosk, officer = token(sample_data, "kiosk"), token(sample_data, "officer")
    ports = [server(sample_data).port for _ in range(processes)]
    codes = service_codes(ports[0])
    done = threading.Event()
    with ThreadPoolExecutor(CLIENTS + COUNTERS) as pool:
        calling = [
            pool.submit(call_numbers, ports[n % processes], officer, n, done)
            for n in range(1, COUNTERS + 1)
        ]
        taking = [
            pool.submit(take_numbers, ports[n % processes], kiosk, codes, n) for n in range(CLIENTS)
        ]
        numbers = [number for client in taking for number in client.result()]
        done.set()
        calls = [number for counter in calling for number in counter.result()]

    by_prefix = Tally(number[0] for number in numbers)
    expected = {f"{p}{n:03d}" for p, count in by_prefix.items() for n in range(1, count + 1)}
    assert len(numbers) == CLIENTS * EACH
    assert set(numbers) == expected, "a number twice, or a gap"
    assert Tally(calls) == dict.fromkeys(expected, 1), "a ticket called twice, or never"
    with sqlite3.connect(sample_data / "denluot.sqlite3") as db:
        states = dict(db.execute("SELECT state, count(*) FROM ticket GROUP BY state").fetchall())
        two = db.execute("SELECT count(*) FROM counter WHERE ticket_id IS NOT NULL").fetchone()[0]
    assert states.get("called", 0) == two
    assert states.get("waiting", 0) == 0
