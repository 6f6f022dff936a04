"""The report's figures on days small enough to be worked out by hand."""

from queueing.reports import Report
from queueing.store import report
from tests.support.branch import House, clock

DAY = "2026-11-23"


def of_day(house: House, day: str = DAY) -> Report:
    return report.read(house.store, 1, day, day)


def serve(house: House, seconds: int = 100) -> None:
    house.operations.call_next(house.hoa, 1)
    house.operations.start(house.hoa, 1)
    clock(house).forward(seconds=seconds)
    house.operations.finish(house.hoa, 1)


def test_an_empty_day_has_counts_of_nought_and_no_shares(house: House) -> None:
    found = of_day(house)
    assert (found.issued, found.total.entries, found.abandon_share) == (0, 0, None)
    assert (found.total.no_show_share, found.total.level(900), found.work.occupancy) == (None,) * 3
    assert found.total.wait_within(0.9) is None
    assert found.busy_hours() == range(0)


def test_people_who_left_count(desk: House) -> None:
    tickets = [desk.issue() for _ in range(4)]
    clock(desk).forward(seconds=100)
    serve(desk)
    clock(desk).forward(seconds=800)
    desk.operations.cancel(desk.hoa, tickets[1].id)
    serve(desk)
    found = of_day(desk)
    assert (found.issued, found.abandoned, found.abandon_share) == (4, 1, 0.25)
    total = found.total
    assert (total.called, total.served, total.left, total.open) == (2, 2, 1, 1)
    # called at 100 s and 1000 s, gone at 1000 s, waiting since 1100 s
    assert total.level(900) == 1 / 3
    assert (total.wait_within(0.25), total.wait_within(0.5)) == (100, 1000)
    assert total.wait_within(0.9) is None
    assert total.wait.seconds == 550


def test_who_was_called_and_never_came(desk: House) -> None:
    for _ in range(3):
        desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(seconds=90)
    desk.operations.no_show(desk.hoa, 1)
    third = desk.ticket("A003")
    serve(desk)
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.cancel(desk.hoa, third.id)
    found = of_day(desk)
    assert (found.total.called, found.total.never_came) == (3, 2)
    assert found.total.no_show_share == 2 / 3
    assert found.abandoned == 0, "all were called"
    assert found.total.handling.seconds == round((90 + 100 + 0) / 3)


def test_the_day_ends_for_those_whom_nobody_called(desk: House) -> None:
    desk.issue()
    clock(desk).forward(days=1)
    desk.operations.expire(1)
    found = of_day(desk)
    assert (found.total.uncalled, found.total.left, found.abandoned) == (1, 0, 1)
    assert found.total.level(900) == 0.0


def test_a_transferred_visit_is_two_entries_of_one_ticket(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.transfer(desk.hoa, 1, service="dat-dai")
    found = of_day(desk)
    assert (found.issued, found.total.entries) == (1, 2)
    assert {key: tally.entries for key, tally in found.services.items()} == {1: 1, 2: 1}
    assert found.total.waits.pending.total() == 1
    assert found.abandon_share == 0


def test_inferred_starts_are_in_no_mean_of_walk_or_service(desk: House) -> None:
    desk.issue()
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(seconds=60)
    desk.operations.finish(desk.hoa, 1)
    serve(desk, 300)
    total = of_day(desk).total
    assert (total.inferred, total.walk.seconds, total.service.seconds) == (1, 0, 300)
    assert total.handling.seconds == 180


def test_occupancy_is_handling_of_open_time_pauses_apart(house: House) -> None:
    house.operations.open(house.hoa, 1)
    house.issue()
    clock(house).forward(seconds=100)
    serve(house, 300)
    house.operations.pause(house.hoa, 1, "lunch")
    clock(house).forward(seconds=1000)
    house.operations.open(house.hoa, 1)
    clock(house).forward(seconds=200)
    house.operations.close(house.hoa, 1)
    found = of_day(house).counters[1]
    assert (found.open_ms, found.paused_ms, found.handling_ms) == (600_000, 1_000_000, 300_000)
    assert found.occupancy == 0.5


def test_who_is_set_aside_takes_up_each_counter_for_its_own_time(house: House) -> None:
    house.operations.open(house.hoa, 1)
    house.operations.open(house.nam, 2)
    ticket = house.issue()
    house.operations.call_next(house.hoa, 1)
    clock(house).forward(seconds=30)
    house.operations.park(house.hoa, 1)
    clock(house).forward(seconds=500)
    house.operations.resume(house.nam, 2, ticket.label)
    clock(house).forward(seconds=70)
    house.operations.finish(house.nam, 2)
    found = of_day(house).counters
    assert (found[1].handling_ms, found[2].handling_ms) == (30_000, 70_000)
    assert (found[1].ended, found[2].ended) == (0, 1)


def test_a_counter_left_open_closes_with_its_day_even_if_the_box_slept(house: House) -> None:
    house.operations.open(house.hoa, 1)
    clock(house).forward(days=1)
    house.operations.expire(1)
    assert house.counter(1).state == "closed"
    # opened at 08:30, the day ends at 03:00
    assert of_day(house).counters[1].open_ms == 18.5 * 3_600_000
    assert of_day(house, "2026-11-24").counters == {}


def test_a_correction_counts_as_it_stands_now(desk: House) -> None:
    ticket = desk.issue()
    serve(desk)
    before = of_day(desk).total
    desk.operations.correct(desk.lan, desk.visit(ticket).id, outcome="refused")
    assert of_day(desk).total == before
    assert desk.visit(ticket).outcome == "refused"
