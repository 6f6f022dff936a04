"""Practice for an officer: a sandbox with made-up citizens who keep coming.

Nothing in it touches the real branch: it is another database, made anew each time, with its
own numbers, and no screen, printer or report ever reads it.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

from queueing.clock import Clock
from queueing.operations import Operations
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store import Store, branches, queue
from queueing.store.training import make_sandbox

WAITING_AT_FIRST = 6
WAITING_AT_LEAST = 3
COLLEAGUES = 2


class _ShiftedClock:
    """The real clock, a few minutes back while the first citizens arrive."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.back = timedelta()

    def __call__(self) -> datetime:
        return self.clock() - self.back


class Sandbox:
    """One officer's practice room. `operations` are the real rules on made-up tickets."""

    def __init__(self, real: Store, branch_id: int, file: Path, seed: int = 1) -> None:
        self.store: Store = make_sandbox(real, file)
        self.branch_id = branch_id
        self.operations = Operations(self.store)
        self._luck = random.Random(seed)
        clock = _ShiftedClock(self.store.clock)
        self.store.clock = clock
        for minutes in range(2 * WAITING_AT_FIRST, 0, -2):
            clock.back = timedelta(minutes=minutes)
            self._arrive()
        clock.back = timedelta()

    def populate(self, officer_id: int) -> None:
        """See to it that somebody waits, and that colleagues sit at other counters.

        Called before each request, so that practice never runs dry.
        """
        with self.store.reading() as db:
            desks = branches.counters(db, self.branch_id)
            own = next((desk for desk in desks if desk.officer_id == officer_id), None)
            services = (
                branches.services(db, self.branch_id)
                if own is None
                else [service for service, _ in branches.services_of(db, own.id)]
            )
            waiting = sum(queue.waiting_total(db, service.id) for service in services)
        for _ in range(WAITING_AT_LEAST - waiting):
            self._arrive(self._luck.choice(services).code)
        self._seat_colleagues(officer_id)

    def _arrive(self, code: str | None = None) -> None:
        """A citizen who does not exist takes a number, one in five with a priority."""
        with self.store.reading() as db:
            codes = [service.code for service in branches.services(db, self.branch_id)]
            groups = [group.code for group in branches.classes(db, self.branch_id)]
        priority = self._luck.choice(groups) if groups and self._luck.random() < 0.2 else None
        chosen = code or self._luck.choice(codes)
        staff = Actor(self.branch_id, Role.SUPERVISOR)
        self.operations.issue(staff, chosen, priority=priority)

    def _seat_colleagues(self, officer_id: int) -> None:
        """Others at work, so that a ticket can be sent to a counter or an officer."""
        with self.store.reading() as db:
            desks = branches.counters(db, self.branch_id)
            others = [o for o in branches.officer_ids(db, self.branch_id) if o != officer_id]
        if sum(desk.officer_id in others for desk in desks) >= min(COLLEAGUES, len(others)):
            return
        free = [desk for desk in reversed(desks) if desk.state == "closed"]
        for other, desk in zip(others[:COLLEAGUES], free, strict=False):
            try:
                colleague = Actor(self.branch_id, Role.OFFICER, officer_id=other)
                self.operations.open(colleague, desk.number)
            except Refused:
                continue  # already at work elsewhere, or two requests seat them at once
