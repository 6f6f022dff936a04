"""A day at each counter, drawn from its events: open, paused, called, serving."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from queueing.branches import local, zone
from queueing.clock import iso, parse_iso
from queueing.settings import Rules
from queueing.store import branches, overview
from queueing.store.overview import DeskEvent
from queueing.store.rows import Branch

# The drawing's units: its width is the span shown, its height the counters.
WIDTH: Final = 1000.0
ROW: Final = 26
BAR: Final = 16
STATES: Final = ("open", "paused", "called", "serving")


class Stretch(NamedTuple):
    """A counter in one state, from a moment to another; `number` is the ticket it held."""

    state: str
    begins: datetime
    ends: datetime
    number: str | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch as it is drawn: from `x`, so wide, and in local time."""

    state: str
    number: str | None
    x: float
    width: float
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Row:
    """One counter's day; lengths in whole seconds, `open_s` is all the time it was not closed."""

    counter: int
    bars: list[Bar]
    y: int
    open_s: int
    paused_s: int
    busy_s: int
    tickets: int

    @property
    def occupancy(self) -> int | None:
        """Percent of the time at work, pauses apart, that a ticket was at the counter."""
        at_work = self.open_s - self.paused_s
        return round(100 * self.busy_s / at_work) if at_work else None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All counters of one day, and the hours above them as (x, words)."""

    day: date
    rows: list[Row]
    hours: list[tuple[float, str]]
    now_x: float | None
    height: int


def timeline(
    db: sqlite3.Connection, branch: Branch, rules: Rules, day: date, now: datetime
) -> Timeline:
    """Draw a business day; its span is that of the opening hours, wider where work was wider."""
    hour = rules.integer("rollover_hour")
    begins = datetime.combine(day, time(hour), zone(branch.timezone))
    ends = min(begins + timedelta(days=1), max(now, begins))
    worked = [
        (desk.number, list(stretches(_events(db, desk.id, begins, ends), begins, ends)))
        for desk in branches.counters(db, branch.id)
    ]
    first, last = _span(db, branch, day, [s for _, found in worked for s in found])
    scale = WIDTH / (last - first).total_seconds()

    def x(moment: datetime) -> float:
        return round(min(max(0.0, (moment - first).total_seconds() * scale), WIDTH), 2)

    rows = [
        _row(number, found, index * ROW, x, branch.timezone)
        for index, (number, found) in enumerate(worked)
    ]
    hours = []
    for step in range(round((last - first).total_seconds() // 3600) + 1):
        moment = first + timedelta(hours=step)
        hours.append((x(moment), f"{local(moment, branch.timezone).hour}:00"))
    return Timeline(day, rows, hours, x(now) if first < now < last else None, len(rows) * ROW)


def _events(
    db: sqlite3.Connection, counter_id: int, begins: datetime, ends: datetime
) -> list[DeskEvent]:
    # an event at the very end still belongs to the span
    until = iso(ends + timedelta(milliseconds=1))
    return overview.desk_events(db, counter_id, iso(begins), until)


def stretches(events: Iterable[DeskEvent], begins: datetime, ends: datetime) -> Iterator[Stretch]:
    """How a counter spent a span, from the fields its events set; closed time is left out.

    An event before the span tells what the counter was when it began. What an undo took back
    is drawn as it looked then: the history is of what was seen.
    """
    presence, number, serving = "closed", None, False
    since = begins
    for event in events:
        at = min(max(parse_iso(event.at), begins), ends)
        # a box that was off at night closes the counters only in the morning
        left_open = event.ends_day and since == begins
        if presence != "closed" and since < at and not left_open:
            yield Stretch(_state(presence, number, serving), since, at, number)
        since = at
        desk, ticket = event.set.get("counter", {}), event.set.get("ticket", {})
        presence = desk.get("state", presence)
        if "ticket_id" in desk:
            number = None if desk["ticket_id"] is None else event.label
            serving = False
        if "state" in ticket:
            serving = ticket["state"] == "serving"
    if presence != "closed" and since < ends:
        yield Stretch(_state(presence, number, serving), since, ends, number)


def _state(presence: str, number: str | None, serving: bool) -> str:
    if number is None:
        return presence
    return "serving" if serving else "called"


def _span(
    db: sqlite3.Connection, branch: Branch, day: date, found: list[Stretch]
) -> tuple[datetime, datetime]:
    """Whole hours from the first opening or work to the last closing or work."""
    hours = branches.hours(db, branch.id)
    spans = [] if hours.always else list(hours.of_day(day))
    midnight = datetime.combine(day, time(0), zone(branch.timezone))

    def at(text: str) -> datetime:
        hour, minute = text.split(":")
        return midnight + timedelta(hours=int(hour), minutes=int(minute))

    firsts = [at(span.opens) for span in spans[:1]] + [one.begins for one in found]
    lasts = [at(span.closes) for span in spans[-1:]] + [one.ends for one in found]
    first = min(firsts, default=midnight + timedelta(hours=7))
    last = max(lasts, default=midnight + timedelta(hours=17))
    hour = timedelta(hours=1)
    first -= (first - midnight) % hour
    last += -(last - midnight) % hour
    return first, max(last, first + hour)


def _row(number: int, found: list[Stretch], y: int, x: object, timezone: str) -> Row:
    assert callable(x)

    def clock(moment: datetime) -> str:
        return local(moment, timezone).strftime("%H:%M")

    bars = [
        Bar(
            one.state,
            one.number,
            x(one.begins),
            # a stretch of seconds must still be seen
            max(1.0, round(x(one.ends) - x(one.begins), 2)),
            clock(one.begins),
            clock(one.ends),
        )
        for one in found
    ]
    lengths = dict.fromkeys(STATES, 0.0)
    for one in found:
        lengths[one.state] += (one.ends - one.begins).total_seconds()
    return Row(
        number,
        bars,
        y,
        round(sum(lengths.values())),
        round(lengths["paused"]),
        round(lengths["called"] + lengths["serving"]),
        len({one.number for one in found if one.number is not None}),
    )
