"""The estimated wait: a range, or nothing while it is too early to tell.

The point is the queue-length estimate (q + 1) · m / s of the field: q people ahead, s counters
on duty for the service, m mean handling time; zero when a counter is free and nobody is
ahead. The range covers about 80 %: the sum of q + 1 handling times with coefficient of
variation c has standard deviation m · c · √(q + 1), shared by s counters.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MODEL: Final = "ql-1"
# Two-sided 80 % of a normal distribution.
Z80: Final = 1.2816
# Until a service has this many visits, the branch's mean weighs as much as its own.
SHRINK: Final = 10
USUAL_VARIATION: Final = 0.7


@dataclass(frozen=True, slots=True)
class Pace:
    """Handling times seen: how many, their mean and variance in seconds."""

    n: int = 0
    mean_s: float = 0.0
    variance: float = 0.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A wait in whole seconds: 8 of 10 people should wait between `low` and `high`."""

    low: int
    high: int

    def as_json(self) -> dict[str, int]:
        """As surfaces and slips carry it."""
        return {"low": self.low, "high": self.high}


def pace_of(seconds: Sequence[float]) -> Pace:
    """Mean and variance of some handling times."""
    n = len(seconds)
    if n == 0:
        return Pace()
    mean = math.fsum(seconds) / n
    return Pace(n, mean, math.fsum((s - mean) ** 2 for s in seconds) / n)


def pooled(paces: Sequence[Pace]) -> Pace:
    """All services' visits seen as one: what a single service shrinks toward."""
    n = sum(p.n for p in paces)
    if n == 0:
        return Pace()
    mean = math.fsum(p.n * p.mean_s for p in paces) / n
    spread = math.fsum(p.n * (p.variance + (p.mean_s - mean) ** 2) for p in paces) / n
    return Pace(n, mean, spread)


def estimate(
    ahead: int, on_duty: int, idle: int, own: Pace, branch: Pace, *, after: int
) -> Estimate | None:
    """The range for one who has `ahead` people before them; None when too early to tell.

    It is too early while the branch has finished fewer than `after` visits, and there is
    nothing to tell while no counter is on duty for the service.
    """
    if branch.n < after or on_duty == 0:
        return None
    if ahead == 0 and idle > 0:
        return Estimate(0, 0)
    weight = own.n + SHRINK
    mean = (own.n * own.mean_s + SHRINK * branch.mean_s) / weight
    seen = math.sqrt(own.variance) / own.mean_s if own.n > 1 and own.mean_s > 0 else 0.0
    variation = (own.n * seen + SHRINK * USUAL_VARIATION) / weight
    point = (ahead + 1) * mean / on_duty
    spread = Z80 * mean * variation * math.sqrt(ahead + 1) / on_duty
    return Estimate(max(0, round(point - spread)), round(point + spread))
