"""Clients that press the API, in a process of their own: `python -m benchmarks.load`.

Standard input brings a plan and then rounds, each one line of JSON; standard output gives a
line for each. Secrets come this way and not as arguments, which others could read. Times are
CLOCK_MONOTONIC in nanoseconds, the same clock for every process of a Linux machine.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

NANO = 1_000_000_000
TICKETS = "/api/v1/tickets"
UNKNOWN = "khong-co-dich-vu-nay"


@dataclass
class Tally:
    """What one client did in one round. `took` are nanoseconds of those done in time."""

    took: list[int] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)


@dataclass
class Client:
    """One keep-alive connection with its token; `place` numbers it among all clients."""

    port: int
    token: str
    place: int
    services: list[str]
    counter: int | None = None
    turn: int = 0

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def connect(self) -> None:
        """Open the connection anew: the server closes idle ones between rounds."""
        self.line.close()
        self.line.connect()

    def press(self, work: str, tally: Tally) -> None:
        """Do one request of this kind and note what was unexpected."""
        method, path, body, wanted = self._request(work)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid.uuid4()),
        }
        self.line.request(method, path, json.dumps(body), headers)
        response = self.line.getresponse()
        text = response.read()
        if response.status != wanted:
            tally.faults[f"{work} {response.status}"] += 1
        elif work in ("issue", "call"):
            answer = json.loads(text)
            tally.numbers.append(answer.get("number") or answer["ticket"]["number"])

    def _request(self, work: str) -> tuple[str, str, dict[str, str], int]:
        self.turn += 1
        if work == "call":
            return "POST", f"/api/v1/counters/{self.counter}/call-next", {}, 200
        if work == "read":
            return "GET", "/api/v1/services", {}, 200
        if work == "refused":
            return "POST", TICKETS, {"service": UNKNOWN}, 404
        service = self.services[(self.place + self.turn) % len(self.services)]
        return "POST", TICKETS, {"service": service}, 201


def flat_out(client: Client, work: str, start: int, end: int, tally: Tally) -> None:
    """One request after another, as fast as the answers come."""
    _sleep_until(start)
    while (begun := time.monotonic_ns()) < end:
        client.press(work, tally)
        done = time.monotonic_ns()
        if done <= end:
            tally.took.append(done - begun)


def paced(client: Client, work: str, start: int, end: int, every: int, tally: Tally) -> None:
    """One request each `every` nanoseconds, whether or not the server is in time.

    One that could not be sent when due, because the last answer was late, is counted from
    when it was due: else a slow server would be asked, and blamed, less often.
    """
    due = start
    while due < end:
        late = time.monotonic_ns() > due
        _sleep_until(due)
        begun = due if late else time.monotonic_ns()
        client.press(work, tally)
        tally.took.append(time.monotonic_ns() - begun)
        due += every


def _sleep_until(moment: int) -> None:
    while (left := moment - time.monotonic_ns()) > 0:
        time.sleep(left / NANO)


def play(clients: list[Client], among: int, told: dict[str, Any]) -> dict[str, Any]:
    """One round by all clients of this process; `among` is how many there are in all."""
    work, start, end, rate = told["work"], told["start"], told["end"], told["rate"]
    apart = 0 if told["together"] else 1
    tallies = [Tally() for _ in clients]
    threads = []
    for client, tally in zip(clients, tallies, strict=True):
        client.connect()
        if rate:
            begin = start + apart * round(client.place * NANO / rate)
            every = round(among * NANO / rate)
            plan = (paced, (client, work, begin, end, every, tally))
        else:
            plan = (flat_out, (client, work, start, end, tally))  # type: ignore[assignment]
        threads.append(threading.Thread(target=plan[0], args=plan[1]))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "took": [one for tally in tallies for one in tally.took],
        "numbers": [one for tally in tallies for one in tally.numbers],
        "faults": sum((tally.faults for tally in tallies), Counter()),
    }


def main() -> None:
    """Follow standard input until it ends."""
    plan = json.loads(sys.stdin.readline())
    clients = [Client(port=plan["port"], **one) for one in plan["clients"]]
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps(play(clients, plan["among"], json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
