"""The figures of a day, pure: what goes in are lengths in whole seconds and counts.

Every definition is that of the field: people who left count, so that no figure is an average
over those served alone. Sources are named where a formula has one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

# a product of thousands of factors may miss the bound by less than this and still reach it
_ROUNDING: Final = 1e-9


@dataclass(slots=True)
class Waits:
    """Waiting times in seconds, each with how many people waited so long.

    `called`: from entry into the queue to the first call. `abandoned`: until they were gone
    without a call. `pending`: until now of who still waits, or until they were moved to
    another queue; nobody knows how long these would have waited.
    """

    called: Counter[int] = field(default_factory=Counter)
    abandoned: Counter[int] = field(default_factory=Counter)
    pending: Counter[int] = field(default_factory=Counter)

    def add(self, other: Waits) -> None:
        """Count another group's people too."""
        self.called.update(other.called)
        self.abandoned.update(other.abandoned)
        self.pending.update(other.pending)


def survival(waits: Waits) -> list[tuple[int, float]]:
    """The share of people not yet called after each wait at which somebody was called.

    The product-limit estimate: S(t) = product over the waits u ≤ t of (1 - called at u / still
    waiting just before u). Who left or still waits is censored: counted as waiting until then
    and not after; one who left at the very second of a call was still waiting at that call.

    Source: E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations",
    Journal of the American Statistical Association 53 (1958), 457-481.
    """
    gone = waits.abandoned + waits.pending
    waiting = waits.called.total() + gone.total()
    curve, share = [], 1.0
    for seconds in sorted(waits.called.keys() | gone.keys()):
        called = waits.called[seconds]
        if called:
            share *= 1 - called / waiting
            curve.append((seconds, share))
        waiting -= called + gone[seconds]
    return curve


def wait_quantile(waits: Waits, share: float) -> int | None:
    """The wait, in seconds, within which this share (0 to 1) of people would have been called.

    The smallest t with S(t) ≤ 1 - share on the curve of `survival`. None when too many left or
    still wait for the curve to come so far down: then nobody knows.
    """
    bound = 1 - share + _ROUNDING
    return next((seconds for seconds, left in survival(waits) if left <= bound), None)


def service_level(waits: Waits, target_s: int) -> float | None:
    """Called within the target / (called + abandoned after more than the target).

    Who left sooner gave the branch no chance and is in neither count. None when nobody counts.
    """
    within = sum(n for seconds, n in waits.called.items() if seconds <= target_s)
    late = sum(n for seconds, n in waits.abandoned.items() if seconds > target_s)
    return ratio(within, waits.called.total() + late)


def ratio(part: float, whole: float) -> float | None:
    """A share between 0 and 1, or None of nothing.

    No-show % = called and never came / called. Abandon % = left before the first call /
    issued. Occupancy = handling / open-counter time, pauses apart.
    """
    return part / whole if whole else None


class Mean(NamedTuple):
    """A sum of lengths in milliseconds and how many there are; wait, walk, service, handling."""

    total_ms: int = 0
    of: int = 0

    def with_(self, other: Mean) -> Mean:
        """Both taken together."""
        return Mean(self.total_ms + other.total_ms, self.of + other.of)

    @property
    def seconds(self) -> int | None:
        """The mean in whole seconds, None of nothing."""
        return round(self.total_ms / self.of / 1000) if self.of else None


class Stretch(NamedTuple):
    """A counter in one state from one moment to another, in milliseconds since 1970."""

    counter_id: int
    state: str
    begins: int
    ends: int

    @property
    def length(self) -> int:
        """How long, in milliseconds."""
        return self.ends - self.begins


class Change(NamedTuple):
    """A counter came to a state at a moment (milliseconds since 1970)."""

    counter_id: int
    state: str
    at: int


def stretches(changes: Iterable[Change], begins: int, ends: int) -> list[Stretch]:
    """How long each counter was in which state within a span, from its changes in order.

    A change before the span tells what the counter was when it began; before its first change
    a counter is closed. Closed stretches are left out.
    """
    now: dict[int, Change] = {}
    found: list[Stretch] = []

    def end(was: Change, at: int) -> None:
        first, last = max(was.at, begins), min(at, ends)
        if was.state != "closed" and first < last:
            found.append(Stretch(was.counter_id, was.state, first, last))

    for change in changes:
        if change.counter_id in now:
            end(now[change.counter_id], change.at)
        now[change.counter_id] = change
    for was in now.values():
        end(was, ends)
    return found


def by_hour(begins: int, ends: int, offset_ms: int = 0) -> Iterable[tuple[int, int]]:
    """The hours of the day (0 to 23) that a stretch touches, with the milliseconds in each.

    `offset_ms` is local time's lead over UTC.
    """
    hour_ms = 3_600_000
    at, last = begins + offset_ms, ends + offset_ms
    while at < last:
        following = min(last, at - at % hour_ms + hour_ms)
        yield at // hour_ms % 24, following - at
        at = following
