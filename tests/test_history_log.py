"""The service-time log, its figures recomputed by other means, its pages and the day's summary."""

import json
from dataclasses import dataclass
from datetime import datetime

import pytest

from queueing import history
from queueing.clock import parse_iso
from queueing.store.rows import Event
from tests.support.branch import House, clock
from tests.support.lively import live_a_while

DAY = "2026-11-23"


def log(house: House, **options: object) -> list[history.VisitRow]:
    with house.store.reading() as db:
        return history.visits(db, 1, DAY, DAY, **options)  # type: ignore[arg-type]


def only(house: House) -> history.VisitRow:
    (line,) = log(house)
    return line


def test_the_times_of_an_ordinary_visit_follow_the_definitions(desk: House) -> None:
    desk.issue()
    clock(desk).forward(seconds=600)
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(seconds=20)
    desk.operations.recall(desk.hoa, 1)
    clock(desk).forward(seconds=25)
    desk.operations.start(desk.hoa, 1)
    clock(desk).forward(seconds=480)
    desk.operations.finish(desk.hoa, 1, "supplement")
    line = only(desk)
    assert (line.wait_s, line.walk_s, line.service_s, line.handling_s) == (600, 45, 480, 525)
    assert (line.number, line.counter, line.officer) == ("A001", 1, "Nguyễn Thị Hoa")
    assert (line.calls, line.outcome, line.inferred, line.state) == (2, "supplement", False, None)


def test_a_visit_finished_without_a_start_is_marked_and_has_no_service_time(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(seconds=90)
    desk.operations.finish(desk.hoa, 1)
    line = only(desk)
    assert (line.inferred, line.walk_s, line.service_s, line.handling_s) == (True, 90, 0, 90)


def test_parked_time_is_in_none_of_the_other_times(desk: House) -> None:
    ticket = desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(seconds=30)
    desk.operations.park(desk.hoa, 1, "thiếu bản sao")
    clock(desk).forward(seconds=1000)
    desk.operations.resume(desk.hoa, 1, ticket.label)
    clock(desk).forward(seconds=10)
    desk.operations.start(desk.hoa, 1)
    clock(desk).forward(seconds=100)
    desk.operations.park(desk.hoa, 1)
    clock(desk).forward(seconds=500)
    desk.operations.resume(desk.hoa, 1, ticket.label, present=True)
    clock(desk).forward(seconds=50)
    desk.operations.finish(desk.hoa, 1)
    line = only(desk)
    assert (line.walk_s, line.service_s, line.handling_s, line.parked_s) == (40, 150, 190, 1500)


def test_a_no_show_has_a_wait_and_a_handling_time_but_no_service(desk: House) -> None:
    desk.issue()
    clock(desk).forward(seconds=60)
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(seconds=120)
    desk.operations.no_show(desk.hoa, 1)
    line = only(desk)
    assert (line.outcome, line.wait_s, line.handling_s) == ("no_show", 60, 120)
    assert (line.walk_s, line.service_s) == (None, None)


def test_who_leaves_uncalled_has_no_times_but_is_in_the_log(house: House) -> None:
    house.operations.cancel(house.hoa, house.issue().id)
    line = only(house)
    assert (line.outcome, line.wait_s, line.handling_s) == ("left", None, None)


def test_an_open_visit_shows_its_state_and_what_is_known_so_far(desk: House) -> None:
    desk.issue()
    clock(desk).forward(seconds=60)
    desk.operations.call_next(desk.hoa, 1)
    line = only(desk)
    assert (line.state, line.outcome, line.wait_s, line.handling_s) == ("called", None, 60, None)


def test_a_transfer_that_was_taken_back_never_happened(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.transfer(desk.hoa, 1, service="dat-dai")
    assert [line.outcome for line in log(desk)] == ["transferred", None]
    desk.operations.undo(desk.hoa, 1)
    assert only(desk).state == "called"


# -- recomputed from the events' kinds and moments alone -------------------------------------


@dataclass
class Told:
    entered: datetime
    called: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    counter_since: datetime | None = None
    parked_since: datetime | None = None
    handled: float = 0.0
    parked: float = 0.0
    parked_before_start: float = 0.0
    inferred: bool = False

    def leave_counter(self, at: datetime) -> None:
        if self.counter_since is not None:
            self.handled += (at - self.counter_since).total_seconds()
        self.counter_since = None

    def unpark(self, at: datetime) -> None:
        if self.parked_since is not None:
            length = (at - self.parked_since).total_seconds()
            self.parked += length
            self.parked_before_start += length if self.started is None else 0
        self.parked_since = None

    def take(self, kind: str, at: datetime, state: str | None) -> None:
        if kind in ("called", "resumed"):
            self.unpark(at)
            self.counter_since = at
            if state == "serving":
                self.started = self.started or at
            else:
                self.called = self.called or at
        elif kind == "started":
            self.started = self.started or at
        elif kind in ("parked", "returned", "postponed"):
            self.leave_counter(at)
            self.parked_since = at if kind == "parked" else None
        elif kind in ("finished", "no_show", "cancelled", "transferred", "expired"):
            if kind == "finished" and self.started is None:
                self.started, self.inferred = at, True
            self.leave_counter(at)
            self.unpark(at)
            self.ended = at

    def figures(self) -> tuple[object, ...]:
        walk = seconds(self.called, self.started)
        service = seconds(self.started, self.ended)
        late = self.parked - self.parked_before_start
        closed = self.ended is not None
        return (
            seconds(self.entered, self.called),
            None if walk is None else walk - self.parked_before_start,
            None if service is None else service - late,
            self.handled if closed and self.called is not None else None,
            self.parked if closed else None,
            self.inferred,
        )


def seconds(earlier: datetime | None, later: datetime | None) -> float | None:
    return None if earlier is None or later is None else (later - earlier).total_seconds()


def retold(events: list[Event]) -> dict[int, Told]:
    data = {event.branch_seq: json.loads(event.data) for event in events}
    gone = {data[e.branch_seq]["undoes"] for e in events if e.kind == "undone"}
    visits: dict[int, Told] = {}
    for event in events:
        if event.visit_id is None or event.kind == "undone" or event.branch_seq in gone:
            continue
        if event.kind in ("issued", "enqueued", "rejoined"):
            visits[event.visit_id] = Told(parse_iso(event.at))
        else:
            state = data[event.branch_seq].get("set", {}).get("ticket", {}).get("state")
            visits[event.visit_id].take(event.kind, parse_iso(event.at), state)
    return visits


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_what_the_raw_events_say(house: House, seed: int) -> None:
    live_a_while(house, seed)
    told = retold(house.events())
    lines = {line.id: line for line in log(house)}
    assert set(lines) == set(told)
    for visit_id, line in lines.items():
        mine = (line.wait_s, line.walk_s, line.service_s, line.handling_s)
        parked = line.parked_s if line.ended_at else None
        assert (*mine, parked, line.inferred) == told[visit_id].figures(), line
    ended = [line for line in lines.values() if line.ended_at]
    assert len(ended) > 20, "the test must have had something to compare"
    assert any(line.parked_s for line in ended)
    assert any(line.inferred for line in ended)


def test_the_days_summary_is_what_the_raw_events_say(house: House) -> None:
    live_a_while(house, 11)
    told = list(retold(house.events()).values())
    with house.store.reading() as db:
        figures = history.day_figures(db, 1, DAY)
    kinds = house.kinds()
    waits = [w for one in told if (w := seconds(one.entered, one.called)) is not None]
    assert figures.issued == kinds.count("issued")
    assert figures.open == sum(one.ended is None for one in told)
    assert figures.mean_wait_s == round(sum(waits) / len(waits))
    assert figures.served == sum(line.outcome in SERVED for line in log(house))
    known = [
        line.service_s
        for line in log(house)
        if line.outcome in SERVED and not line.inferred and line.service_s is not None
    ]
    assert figures.mean_service_s == round(sum(known) / len(known))


SERVED = ("received", "supplement", "refused", "returned", "guided")


def test_the_summary_of_an_empty_day_has_no_means(house: House) -> None:
    with house.store.reading() as db:
        figures = history.day_figures(db, 1, DAY)
    assert figures == history.DayFigures(0, 0, 0, 0, 0, None, None)
