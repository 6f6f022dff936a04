"""A span of business days in figures: what is counted, and what the counts say.

The definitions are those of `queueing.figures`; `queueing.store.report` does the counting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from queueing.figures import Mean, Waits, ratio, service_level, wait_quantile

HOURS: Final = range(24)
NONE: Final = Mean()


@dataclass(slots=True)
class Tally:
    """Visits of some services, counted.

    `entries` is who joined the queue; `never_came` were called, never arrived and are gone;
    `left` went, and `uncalled` were still there when the day ended, both without any call.
    Means are over all who have that length: `wait` all who were called, `walk` and `service`
    all whose start was pressed, `handling` all who were called and are done, no-shows too.
    """

    entries: int = 0
    called: int = 0
    served: int = 0
    never_came: int = 0
    left: int = 0
    uncalled: int = 0
    open: int = 0
    inferred: int = 0
    wait: Mean = NONE
    walk: Mean = NONE
    service: Mean = NONE
    handling: Mean = NONE
    waits: Waits = field(default_factory=Waits)

    def add(self, other: Tally) -> None:
        """Count another group's visits too."""
        for name in ("entries", "called", "served", "never_came", "left", "uncalled"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.open += other.open
        self.inferred += other.inferred
        for name in ("wait", "walk", "service", "handling"):
            setattr(self, name, getattr(self, name).with_(getattr(other, name)))
        self.waits.add(other.waits)

    @property
    def no_show_share(self) -> float | None:
        """Called and never came / called."""
        return ratio(self.never_came, self.called)

    def wait_within(self, share: float) -> int | None:
        """P50 is `wait_within(0.5)`, in seconds, by Kaplan-Meier."""
        return wait_quantile(self.waits, share)

    def level(self, target_s: int) -> float | None:
        """The service level at a target."""
        return service_level(self.waits, target_s)


@dataclass(slots=True)
class CounterTally:
    """A counter's time, in milliseconds: open, paused, and taken up by visits."""

    open_ms: int = 0
    paused_ms: int = 0
    handling_ms: int = 0
    ended: int = 0

    def add(self, other: CounterTally) -> None:
        """Count another stretch of time too."""
        self.open_ms += other.open_ms
        self.paused_ms += other.paused_ms
        self.handling_ms += other.handling_ms
        self.ended += other.ended

    @property
    def occupancy(self) -> float | None:
        """Handling / open-counter time, pauses apart."""
        return ratio(self.handling_ms, self.open_ms)


@dataclass(slots=True)
class HourTally:
    """An hour of the day: who came, how many were called, how long those who came waited."""

    entries: int = 0
    calls: int = 0
    waits: Waits = field(default_factory=Waits)
    counters: CounterTally = field(default_factory=CounterTally)

    def add(self, other: HourTally) -> None:
        """Count the same hour of other days too."""
        self.entries += other.entries
        self.calls += other.calls
        self.waits.add(other.waits)
        self.counters.add(other.counters)

    @property
    def empty(self) -> bool:
        """True when nobody came, was called or worked."""
        return not (self.entries or self.calls or self.counters.open_ms)


@dataclass(slots=True)
class Report:
    """Some business days of a branch, both ends included.

    `issued` counts tickets, `abandoned` those of them that were gone before any call. Services
    are known by id, counters by id, hours of the branch's wall clock by 0 to 23.
    """

    first: str
    last: str
    issued: int = 0
    abandoned: int = 0
    services: dict[int, Tally] = field(default_factory=dict)
    counters: dict[int, CounterTally] = field(default_factory=dict)
    hours: dict[int, HourTally] = field(
        default_factory=lambda: {hour: HourTally() for hour in HOURS}
    )

    def add(self, other: Report) -> None:
        """Count other days of the branch too."""
        self.issued += other.issued
        self.abandoned += other.abandoned
        for service, tally in other.services.items():
            self.services.setdefault(service, Tally()).add(tally)
        for counter, work in other.counters.items():
            self.counters.setdefault(counter, CounterTally()).add(work)
        for hour, found in other.hours.items():
            self.hours[hour].add(found)

    @property
    def total(self) -> Tally:
        """All services together."""
        whole = Tally()
        for tally in self.services.values():
            whole.add(tally)
        return whole

    @property
    def work(self) -> CounterTally:
        """All counters together."""
        whole = CounterTally()
        for one in self.counters.values():
            whole.add(one)
        return whole

    @property
    def abandon_share(self) -> float | None:
        """Left before the first call / issued."""
        return ratio(self.abandoned, self.issued)

    def busy_hours(self) -> range:
        """From the first hour in which something happened to the last, without a gap."""
        found = [hour for hour, tally in self.hours.items() if not tally.empty]
        return range(min(found), max(found) + 1) if found else range(0)
