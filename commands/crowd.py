"""Simulated citizens and officers who use the real API, so that a demo lives.

Run by `denluot demo --people`; it ends with the server whose process id it is given.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

ARRIVAL_S = 9.0
SERVICE_S = 40.0
WALK_S = 7.0


class Api:
    """One caller of the API with a bearer token."""

    def __init__(self, base: str, token: str) -> None:
        self._base = f"{base}/api/v1"
        self._token = token

    def post(self, path: str, body: dict[str, object] | None = None) -> Any:
        """The answer as JSON; None when there is none or the deed was refused."""
        request = urllib.request.Request(
            self._base + path,
            data=json.dumps(body or {}).encode(),
            headers=self._headers() | {"Idempotency-Key": str(uuid.uuid4())},
            method="POST",
        )
        return self._ask(request)

    def get(self, path: str) -> Any:
        """The answer as JSON."""
        return self._ask(urllib.request.Request(self._base + path, headers=self._headers()))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}

    @staticmethod
    def _ask(request: urllib.request.Request) -> Any:
        with (
            contextlib.suppress(urllib.error.HTTPError),
            urllib.request.urlopen(request, timeout=10) as answer,
        ):
            text = answer.read()
            return json.loads(text) if text else None
        return None


def citizens(api: Api, luck: random.Random) -> None:
    """People who come at random, some with priority, to services of unequal renown."""
    codes = [one["code"] for one in api.get("/services")["items"]]
    weights = [2.0**-n for n in range(len(codes))]
    while True:
        time.sleep(luck.expovariate(1 / ARRIVAL_S))
        api.post("/tickets", {"service": luck.choices(codes, weights)[0]})


def officer(api: Api, number: int, luck: random.Random) -> None:
    """One counter: call, wait for the citizen, serve, finish; now and then nobody comes."""
    api.post(f"/counters/{number}/open")
    outcomes = ["received", "received", "received", "supplement", "returned", "guided"]
    while True:
        if api.post(f"/counters/{number}/call-next") is None:
            time.sleep(3)
            # the day's end closes every counter
            api.post(f"/counters/{number}/open")
            continue
        time.sleep(luck.uniform(0.5, 1.5) * WALK_S)
        if luck.random() < 0.06:
            api.post(f"/counters/{number}/recall")
            time.sleep(WALK_S)
            api.post(f"/counters/{number}/no-show")
            continue
        api.post(f"/counters/{number}/start")
        time.sleep(luck.gammavariate(2, SERVICE_S / 2))
        api.post(f"/counters/{number}/finish", {"outcome": luck.choice(outcomes)})


def _forever(work: Any, *arguments: Any) -> None:
    """Go on after a restart of the server: these people have nowhere else to go."""
    while True:
        with contextlib.suppress(OSError, ValueError, TypeError):
            work(*arguments)
        time.sleep(2)


def main() -> None:
    """Let the people loose until the server's process is gone."""
    base, server = sys.argv[1], int(sys.argv[2])
    kiosk = Api(base, os.environ["DENLUOT_KIOSK_TOKEN"])
    staff = Api(base, os.environ["DENLUOT_OFFICER_TOKEN"])
    luck = random.Random(7)
    crowd = [(citizens, kiosk, luck)]
    threads = [threading.Thread(target=_forever, args=one, daemon=True) for one in crowd]
    # two counters stay free for whoever tries the console
    for number in (1, 2, 4, 5):
        arguments = (officer, staff, number, random.Random(number))
        threads.append(threading.Thread(target=_forever, args=arguments, daemon=True))
    for thread in threads:
        thread.start()
    while os.getppid() == server:
        time.sleep(1)


if __name__ == "__main__":
    main()
