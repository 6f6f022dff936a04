"""The load, from the outside: clients spread over processes that share no lock with the server."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.figures import percentile

PROCESSES = 4
# for connecting, and for every process to have read its line
AHEAD_NS = 400_000_000
NANO = 1_000_000_000


@dataclass
class Round:
    """What all clients did in one round of so many seconds."""

    seconds: float
    took: list[int] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Requests a second that were answered within the round."""
        return len(self.took) / self.seconds

    def ms(self, share: float) -> float:
        """A percentile of the answer time in milliseconds."""
        return percentile(self.took, share) / 1e6


class Helper:
    """A process of this package that is told a line of JSON and answers with one."""

    def __init__(self, module: str, plan: dict[str, Any]) -> None:
        self._module = module
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"benchmarks.{module}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.tell(plan)

    def tell(self, what: object) -> None:
        """Send it a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def hear(self) -> Any:
        """Its next line. Raises RuntimeError when it has ended."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"benchmarks.{self._module} ended with {self._process.wait()}")
        return json.loads(line)

    def end(self) -> None:
        """Let it go."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


class Crew:
    """Clients of one server, ready to play rounds."""

    def __init__(self, helpers: Sequence[Helper]) -> None:
        self._helpers = helpers
        for helper in helpers:
            helper.hear()

    def play(
        self, work: str, seconds: float, rate: float | None = None, *, together: bool = False
    ) -> Round:
        """A round, flat out or at `rate` requests a second in all, spread or all at one moment."""
        start = time.monotonic_ns() + AHEAD_NS
        end = start + round(seconds * NANO)
        for helper in self._helpers:
            helper.tell(
                {"work": work, "start": start, "end": end, "rate": rate, "together": together}
            )
        done = Round(seconds)
        for helper in self._helpers:
            heard = helper.hear()
            done.took += heard["took"]
            done.numbers += heard["numbers"]
            done.faults.update(heard["faults"])
        return done


@contextmanager
def crew(port: int, clients: Sequence[dict[str, Any]]) -> Iterator[Crew]:
    """Clients, each with `token`, `services` and perhaps `counter`, at work in few processes."""
    numbered = [{**client, "place": place} for place, client in enumerate(clients)]
    share = min(PROCESSES, len(numbered))
    helpers = [
        Helper("load", {"port": port, "among": len(numbered), "clients": numbered[n::share]})
        for n in range(share)
    ]
    try:
        yield Crew(helpers)
    finally:
        for helper in helpers:
            helper.end()
