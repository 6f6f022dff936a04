"""A thread that wakes when told to, and at its own times."""

from __future__ import annotations

import heapq
import itertools
import logging
import math
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

NUDGE_S = 0.05


class Loop:
    """Runs jobs at intervals, and `turn` whenever it was woken or `turn` asked to come back.

    `turn` returns the seconds after which it wants another turn, or None. What a job raises
    is logged and never ends the thread.
    """

    def __init__(self, name: str, turn: Callable[[], float | None] | None = None) -> None:
        self._name = name
        self._turn = turn
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._jobs: list[tuple[float, Callable[[], None]]] = []
        self._next_turn = math.inf
        self.alive_at = 0.0

    @property
    def running(self) -> bool:
        """True between `start` and `stop`, while the thread lives."""
        alive = self._thread is not None and self._thread.is_alive()
        return alive and not self._stopping.is_set()

    def every(self, seconds: float, job: Callable[[], None]) -> None:
        """Run a job at this interval, first after one interval. To be called before `start`."""
        self._jobs.append((seconds, job))

    def start(self) -> None:
        """Start the thread; only in the process that serves, never before a fork."""
        if self.running:
            return
        self._stopping.clear()
        self.alive_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def stop(self, wait_s: float = 2.0) -> None:
        """End the thread, waiting for it no longer than this."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(wait_s)

    def wake(self) -> None:
        """Let `turn` come at once. Never blocks."""
        self._woken.set()

    def nudge(self) -> None:
        """Let `turn` come at once, unless it comes within 50 ms anyway. Never blocks.

        Waking a thread that would wake soon costs whoever wakes it more than the news are worth.
        """
        if self._next_turn > time.monotonic() + NUDGE_S:
            self._woken.set()

    def _run(self) -> None:
        order = itertools.count()
        now = time.monotonic()
        due = [(now + seconds, next(order), seconds, job) for seconds, job in self._jobs]
        heapq.heapify(due)
        again: float | None = None
        while not self._stopping.is_set():
            now = self.alive_at = time.monotonic()
            times = [again] if again is not None else []
            until = min(times + [when for when, *_ in due[:1]], default=now + 60)
            if self._woken.wait(max(0.0, until - now)):
                self._woken.clear()
                again = time.monotonic()
            now = time.monotonic()
            if self._stopping.is_set():
                return
            if self._turn is not None and again is not None and again <= now:
                again = self._safely_turn()
            while due and due[0][0] <= now:
                _, _, seconds, job = heapq.heappop(due)
                self._safely(job)
                heapq.heappush(due, (time.monotonic() + seconds, next(order), seconds, job))

    def _safely_turn(self) -> float | None:
        assert self._turn is not None
        # before the turn looks: a nudge for what comes later must wake
        self._next_turn = math.inf
        try:
            wanted = self._turn()
        except Exception:
            log.exception("%s", self._name)
            wanted = 1.0
        if wanted is None:
            return None
        self._next_turn = time.monotonic() + wanted
        return self._next_turn

    def _safely(self, job: Callable[[], None]) -> None:
        try:
            job()
        except Exception:
            log.exception("%s: %s", self._name, getattr(job, "__qualname__", job))
