"""Estimated waits from the store, with each service's pace cached until its next finish."""

from __future__ import annotations

import sqlite3

from queueing.settings import Rules
from queueing.store import queue
from queueing.store.rows import Service
from queueing.waiting import Estimate, Pace, estimate, pooled


class Waits:
    """Ranges for the services of a branch.

    The cache is only a copy: each pace is keyed by the service's `pace_mark`, which every
    finish and its undoing move on, in whatever process.
    """

    def __init__(self) -> None:
        self._paces: dict[int, tuple[int, Pace]] = {}

    def estimate(
        self, db: sqlite3.Connection, service: Service, ahead: int, rules: Rules
    ) -> Estimate | None:
        """The range in seconds for one with `ahead` people before them; None if too early."""
        duty, idle = queue.on_duty(db, service.id)
        if duty == 0:
            return None
        paces = self._of_branch(db, service.branch_id)
        own = paces.get(service.id, Pace())
        branch = pooled(list(paces.values()))
        return estimate(ahead, duty, idle, own, branch, after=rules.integer("estimate_after"))

    def _of_branch(self, db: sqlite3.Connection, branch_id: int) -> dict[int, Pace]:
        paces: dict[int, Pace] = {}
        for service_id, mark in queue.pace_marks(db, branch_id):
            known = self._paces.get(service_id)
            if known is None or known[0] != mark:
                known = (mark, queue.pace(db, service_id))
                self._paces[service_id] = known
            paces[service_id] = known[1]
        return paces
