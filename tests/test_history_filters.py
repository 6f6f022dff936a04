"""The log narrowed down: by number, service, counter, outcome and officer."""

from queueing.history import Filters, VisitRow, visits
from tests.support.branch import House, clock
from tests.support.lively import live_a_while

DAY = "2026-11-23"


def log(house: House, wanted: Filters | None = None, **options: object) -> list[VisitRow]:
    with house.store.reading() as db:
        return visits(db, 1, DAY, DAY, wanted=wanted, **options)  # type: ignore[arg-type]


def test_each_filter_gives_the_lines_that_a_reader_would_pick(house: House) -> None:
    live_a_while(house, 3, 300)
    whole = log(house)
    picks = {
        Filters(number="A003"): [one for one in whole if one.number == "A003"],
        Filters(service="dat-dai"): [one for one in whole if one.service_code == "dat-dai"],
        Filters(counter=2): [one for one in whole if one.counter == 2],
        Filters(outcome="no_show"): [one for one in whole if one.outcome == "no_show"],
        Filters(outcome="open"): [one for one in whole if one.ended_at is None],
        Filters(officer=1): [one for one in whole if one.officer == "Nguyễn Thị Hoa"],
        Filters(counter=1, outcome="received"): [
            one for one in whole if one.counter == 1 and one.outcome == "received"
        ],
    }
    for wanted, expected in picks.items():
        assert log(house, wanted) == expected, wanted
        assert expected, f"{wanted}: the test must have had something to find"


def test_filtered_pages_follow_one_another_both_ways(house: House) -> None:
    live_a_while(house, 4, 300)
    wanted = Filters(service="ho-tich")
    whole = log(house, wanted)
    for newest_first in (False, True):
        found: list[VisitRow] = []
        while page := log(
            house,
            wanted,
            limit=3,
            newest_first=newest_first,
            after=found[-1].place if found else None,
        ):
            found += page
        assert found == (whole[::-1] if newest_first else whole)
    assert len(whole) > 9


def test_nothing_fits_what_nobody_has(house: House) -> None:
    house.issue()
    assert log(house, Filters(number="Z999")) == []
    assert log(house, Filters(officer=99)) == []
    assert not Filters().any
    assert Filters(counter=1).any


def test_a_corrected_visit_remembers_what_the_officer_recorded(desk: House) -> None:
    ticket = desk.issue()
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(seconds=60)
    desk.operations.finish(desk.hoa, 1, "received")
    visit = desk.visit(ticket).id
    desk.operations.correct(desk.lan, visit, outcome="refused")
    desk.operations.correct(desk.lan, visit, outcome="guided", procedure="1.001193")
    first, second = log(desk)
    assert (first.outcome, first.was, first.procedure) == ("guided", "received", "1.001193")
    assert second.was is None
    assert log(desk, Filters(outcome="guided")) == [first]
    assert log(desk, Filters(outcome="received")) == []


def test_a_correction_of_the_procedure_alone_is_marked_too(desk: House) -> None:
    ticket = desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.finish(desk.hoa, 1)
    desk.operations.correct(desk.lan, desk.visit(ticket).id, procedure="1.001193")
    assert [(line.outcome, line.was) for line in log(desk)] == [("received", "")]
