"""The day's report against the same figures worked out from the raw events alone."""

import json
from collections import Counter, defaultdict
from datetime import datetime, timedelta

import pytest

from queueing.clock import parse_iso
from queueing.figures import Waits
from queueing.reports import Report
from queueing.store import report
from queueing.store.rows import Event
from tests.support.branch import House, clock
from tests.support.lively import live_a_while

DAY = "2026-11-23"
ENDS = ("finished", "no_show", "cancelled", "transferred", "expired")
SERVED = ("received", "supplement", "refused", "returned", "guided")


def of_day(house: House, first: str = DAY, last: str = DAY) -> Report:
    return report.read(house.store, 1, first, last)


def what_happened(house: House) -> list[tuple[Event, dict[str, object]]]:
    """Every event that was not taken back, with what it carries."""
    told = [(event, json.loads(event.data)) for event in house.events()]
    gone = {data["undoes"] for event, data in told if event.kind == "undone"}
    return [(e, d) for e, d in told if e.kind != "undone" and e.branch_seq not in gone]


def outcome_of(data: dict[str, object]) -> object:
    return data.get("set", {}).get("visit", {}).get("outcome")  # type: ignore[attr-defined]


def at(event: Event) -> datetime:
    return parse_iso(event.at)


def lengths(house: House) -> tuple[Waits, Counter[str]]:
    """Waits of all visits, and how many there were of what."""
    entered: dict[int, datetime] = {}
    called: dict[int, datetime] = {}
    started: set[int] = set()
    ended: dict[int, tuple[datetime, object]] = {}
    for event, data in what_happened(house):
        visit = event.visit_id
        if visit is None:
            continue
        if event.kind in ("issued", "enqueued", "rejoined"):
            entered[visit] = at(event)
        elif event.kind == "called":
            called.setdefault(visit, at(event))
        elif event.kind in ENDS:
            ended[visit] = (at(event), outcome_of(data))
        new = data.get("set", {}).get("visit", {})  # type: ignore[attr-defined]
        if new.get("started_at"):
            started.add(visit)
    waits, counts = Waits(), Counter[str]()
    for visit, since in entered.items():
        moment, outcome = ended.get(visit, (clock(house).now, None))
        counts["entries"] += 1
        counts["open"] += visit not in ended
        counts["served"] += outcome in SERVED
        if visit in called:
            waits.called[round((called[visit] - since).total_seconds())] += 1
            absent = visit not in started and outcome in ("no_show", "left", "expired")
            counts["never_came"] += absent
        elif outcome in ("left", "expired"):
            waits.abandoned[round((moment - since).total_seconds())] += 1
        else:
            waits.pending[round((moment - since).total_seconds())] += 1
    return waits, counts


def counters_time(house: House) -> dict[int, tuple[float, float, float]]:
    """Open, paused and handling seconds of each counter."""
    state: dict[int, tuple[str, datetime]] = {}
    spent: dict[int, Counter[str]] = defaultdict(Counter)
    busy: dict[int, tuple[int, datetime]] = {}
    words = {"opened": "open", "taken": "open", "paused": "paused", "closed": "closed"}

    def leave(visit: int, until: datetime) -> None:
        if visit in busy:
            counter, since = busy.pop(visit)
            spent[counter]["handling"] += (until - since).total_seconds()  # type: ignore[assignment]

    for event, _ in what_happened(house):
        if event.kind in words and event.counter_id is not None:
            was, since = state.get(event.counter_id, ("closed", at(event)))
            spent[event.counter_id][was] += (at(event) - since).total_seconds()  # type: ignore[assignment]
            state[event.counter_id] = (words[event.kind], at(event))
        elif event.kind in ("called", "resumed") and event.visit_id is not None:
            assert event.counter_id is not None
            busy[event.visit_id] = (event.counter_id, at(event))
        elif event.kind in (*ENDS, "parked", "returned", "postponed") and event.visit_id:
            leave(event.visit_id, at(event))
    now = clock(house).now
    for visit in list(busy):
        leave(visit, now)
    for counter, (was, since) in state.items():
        spent[counter][was] += (now - since).total_seconds()  # type: ignore[assignment]
    return {
        counter: (found["open"], found["paused"], found["handling"])
        for counter, found in spent.items()
    }


@pytest.mark.parametrize("seed", range(4))
def test_waits_and_counts_are_what_the_raw_events_say(house: House, seed: int) -> None:
    live_a_while(house, seed, 300)
    waits, counts = lengths(house)
    total = of_day(house).total
    assert total.waits == waits
    assert waits.called.total() > 10, "the test must have had something to compare"
    assert waits.abandoned
    for name in ("entries", "open", "served", "never_came"):
        assert getattr(total, name) == counts[name], name


@pytest.mark.parametrize("seed", range(4))
def test_every_counters_time_is_what_the_raw_events_say(house: House, seed: int) -> None:
    live_a_while(house, seed, 200)
    expected = counters_time(house)
    found = {
        counter: (tally.open_ms / 1000, tally.paused_ms / 1000, tally.handling_ms / 1000)
        for counter, tally in of_day(house).counters.items()
    }
    assert found == expected


@pytest.mark.parametrize("seed", range(3))
def test_hours_and_services_add_up_to_the_day(house: House, seed: int) -> None:
    live_a_while(house, seed, 250)
    found = of_day(house)
    together, work = Waits(), 0
    for hour in found.hours.values():
        together.add(hour.waits)
        work += hour.counters.handling_ms
    assert together == found.total.waits
    assert sum(hour.entries for hour in found.hours.values()) == found.total.entries
    assert sum(hour.calls for hour in found.hours.values()) == found.total.called
    assert work == found.work.handling_ms
    assert found.total.waits.called.total() == found.total.called


@pytest.mark.parametrize("seed", range(3))
def test_days_put_together_are_the_span(house: House, seed: int) -> None:
    live_a_while(house, seed, 120)
    clock(house).now += timedelta(days=1)
    house.operations.expire(1)
    live_a_while(house, seed + 100, 120)
    one, other = of_day(house), of_day(house, "2026-11-24", "2026-11-24")
    both = of_day(house, "2026-11-01", "2026-12-31")
    assert both.issued == one.issued + other.issued > 20
    assert both.abandoned == one.abandoned + other.abandoned
    total = one.total
    total.add(other.total)
    assert both.total == total
    assert both.work.handling_ms == one.work.handling_ms + other.work.handling_ms


def test_an_hour_is_the_branchs_own(house: House) -> None:
    house.issue()
    clock(house).forward(minutes=45)
    house.operations.open(house.hoa, 1)
    house.operations.call_next(house.hoa, 1)
    found = of_day(house)
    assert (found.hours[8].entries, found.hours[8].calls) == (1, 0)
    assert (found.hours[9].entries, found.hours[9].calls) == (0, 1)
    assert found.busy_hours() == range(8, 10)
