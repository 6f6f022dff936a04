"""The day so far, counted in one pass over its visits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from queueing.clock import parse_iso
from queueing.figures import Waits, wait_quantile
from queueing.store.overview import DayVisit
from queueing.tickets import CHOSEN_OUTCOMES, Outcome

_CHOSEN = frozenset(map(str, CHOSEN_OUTCOMES))


@dataclass(slots=True)
class Tally:
    """What became of some visits; `abandoned` left before any call."""

    waits: Waits = field(default_factory=Waits)
    served: int = 0
    abandoned: int = 0
    no_shows: int = 0

    def add(self, other: Tally) -> None:
        """Count another group too."""
        self.waits.add(other.waits)
        self.served += other.served
        self.abandoned += other.abandoned
        self.no_shows += other.no_shows

    def as_json(self) -> dict[str, int | None]:
        """The figures as the overview shows them."""
        return {
            "p50_s": wait_quantile(self.waits, 0.5),
            "p90_s": wait_quantile(self.waits, 0.9),
            "served": self.served,
            "abandoned": self.abandoned,
            "no_shows": self.no_shows,
        }


def tally(visits: Iterable[DayVisit], now: datetime) -> dict[int, Tally]:
    """Each service's day, by its id. Who left or still waits has waited until then."""
    found: dict[int, Tally] = {}
    for visit in visits:
        if visit.service_id not in found:
            found[visit.service_id] = Tally()
        one = found[visit.service_id]
        left = visit.outcome == Outcome.LEFT
        group = one.waits.called
        if visit.first_called_at is None:
            group = one.waits.abandoned if left else one.waits.pending
        until = visit.first_called_at or visit.ended_at
        ends = now if until is None else parse_iso(until)
        group[max(0, round((ends - parse_iso(visit.enqueued_at)).total_seconds()))] += 1
        one.served += visit.outcome in _CHOSEN
        one.abandoned += left and not visit.calls
        one.no_shows += visit.outcome == Outcome.NO_SHOW
    return found
