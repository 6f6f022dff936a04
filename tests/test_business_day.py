from datetime import UTC, datetime
from pathlib import Path

import pytest

from queueing.branches import Hours, Span, business_day
from queueing.store import board, queue
from tests.support.branch import House, clock, refused, small_branch

ZONE = "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 11, 22, 19, 59, tzinfo=UTC), "2026-11-22"),  # 02:59 local
        (datetime(2026, 11, 22, 20, 0, tzinfo=UTC), "2026-11-23"),  # 03:00 local
        (datetime(2026, 11, 23, 16, 59, tzinfo=UTC), "2026-11-23"),
        (datetime(2026, 11, 23, 17, 30, tzinfo=UTC), "2026-11-23"),  # 00:30 local
    ],
)
def test_a_night_belongs_to_the_day_before(utc: datetime, day: str) -> None:
    assert business_day(utc, ZONE, 3).isoformat() == day


WEEK = Hours(
    tuple(Span(d, *times) for d in range(5) for times in (("07:30", "11:30"), ("13:30", "17:00"))),
    frozenset({"2026-11-25"}),
)


@pytest.mark.parametrize(
    ("local", "is_open"),
    [
        ("2026-11-23T07:29", False),
        ("2026-11-23T07:30", True),
        ("2026-11-23T11:30", False),
        ("2026-11-23T16:59", True),
        ("2026-11-25T09:00", False),
        ("2026-11-28T09:00", False),
    ],
)
def test_opening_hours(local: str, is_open: bool) -> None:
    moment = datetime.fromisoformat(local + ":00+07:00")
    assert WEEK.is_open(moment, ZONE) is is_open


@pytest.mark.parametrize(
    ("local", "opens"),
    [
        ("2026-11-23T06:00", "2026-11-23T07:30:00+07:00"),
        ("2026-11-23T12:00", "2026-11-23T13:30:00+07:00"),
        ("2026-11-24T18:00", "2026-11-26T07:30:00+07:00"),
        ("2026-11-27T17:00", "2026-11-30T07:30:00+07:00"),
    ],
)
def test_the_next_opening(local: str, opens: str) -> None:
    moment = datetime.fromisoformat(local + ":00+07:00")
    found = WEEK.next_opening(moment, ZONE)
    assert found is not None
    assert found.isoformat() == opens


def test_no_hours_at_all_means_always_open() -> None:
    assert Hours().is_open(datetime(2026, 1, 1, tzinfo=UTC), ZONE)


def test_numbers_begin_again_each_day(house: House) -> None:
    house.issue()
    clock(house).forward(days=1)
    assert (house.issue().label, house.issue().day) == ("A001", "2026-11-24")


def test_the_first_deed_of_a_day_ends_the_one_before(desk: House) -> None:
    for _ in range(4):
        desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.park(desk.hoa, 1)
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(days=1)
    desk.issue()
    states = desk.sql("SELECT state, count(*) FROM ticket GROUP BY state ORDER BY state")
    assert states == [("expired", 4), ("waiting", 1)]
    assert (desk.counter(1).state, desk.counter(1).officer_id) == ("closed", None)


def test_the_watch_loop_ends_a_day_on_its_own(desk: House) -> None:
    desk.issue()
    desk.operations.expire(1)
    assert desk.ticket("A001").state == "waiting"
    clock(desk).forward(days=1)
    desk.operations.expire(1)
    desk.operations.expire(1)
    assert desk.kinds() == ["opened", "issued", "expired", "closed"]


def test_an_expired_visit_keeps_what_was_handled(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(days=1)
    desk.operations.expire(1)
    visit = desk.visit("A001")
    assert (visit.outcome, visit.handling_from) == ("expired", None)
    assert visit.handled_ms == 24 * 3600 * 1000


def test_a_jump_of_several_days_expires_nothing_until_staff_confirm(desk: House) -> None:
    desk.issue()
    clock(desk).forward(days=3)
    desk.operations.expire(1)
    assert desk.ticket("A001").state == "waiting"
    assert desk.sql("SELECT day_doubt FROM branch") == [("jumped",)]
    today = desk.issue()
    assert (today.label, today.day) == ("A001", "2026-11-26")
    desk.operations.confirm_day(desk.hoa)
    assert desk.sql("SELECT day, state FROM ticket") == [
        ("2026-11-23", "expired"),
        ("2026-11-26", "waiting"),
    ]
    assert desk.sql("SELECT day_doubt FROM branch") == [(None,)]


def test_confirming_leaves_a_counter_open_that_holds_somebody_of_the_new_day(desk: House) -> None:
    desk.operations.open(desk.nam, 2)
    desk.issue()
    clock(desk).forward(days=3)
    today = desk.issue()
    desk.operations.call(desk.nam, 2, "A001")
    desk.operations.confirm_day(desk.hoa)
    assert (desk.counter(1).state, desk.counter(2).state) == ("closed", "open")
    desk.operations.finish(desk.nam, 2)
    assert desk.ticket(today).state == "finished"


def test_in_doubt_a_called_number_of_the_day_before_is_on_the_board(desk: House) -> None:
    desk.issue()
    clock(desk).forward(days=3)
    desk.operations.call_next(desk.hoa, 1)
    with desk.store.reading() as db:
        held = board.held(db, 1, "2026-11-26", None)
        calls = board.calls(db, 1, "2026-11-26", None, 6, held)
    assert [(call.number, call.counter) for call in calls] == [("A001", 1)]


def test_a_visit_that_the_day_s_end_found_is_no_measure_of_pace(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.start(desk.hoa, 1)
    clock(desk).forward(days=1)
    desk.operations.expire(1)
    with desk.store.reading() as db:
        assert queue.pace(db, 1).n == 0


def test_a_jump_with_nothing_left_open_needs_no_question(house: House) -> None:
    ticket = house.issue()
    house.operations.cancel(house.holder(ticket), ticket.id)
    clock(house).forward(days=3)
    assert house.issue().day == "2026-11-26"
    assert house.sql("SELECT day_doubt FROM branch") == [(None,)]


def test_a_clock_behind_the_history_never_makes_time_go_back(desk: House) -> None:
    desk.issue()
    clock(desk).forward(days=-400)
    desk.operations.call_next(desk.hoa, 1)
    assert desk.visit("A001").called_at == "2026-11-23T01:30:00.000Z"
    assert desk.sql("SELECT day_doubt FROM branch") == [("behind",)]


def test_the_doubt_goes_when_the_clock_is_right_again(desk: House) -> None:
    desk.issue()
    clock(desk).forward(days=-400)
    desk.operations.expire(1)
    clock(desk).forward(days=400, minutes=1)
    desk.operations.expire(1)
    assert desk.sql("SELECT day_doubt FROM branch") == [(None,)]
    assert desk.ticket("A001").state == "waiting"


def test_a_small_step_back_is_no_reason_for_doubt(desk: House) -> None:
    desk.issue()
    clock(desk).forward(seconds=-90)
    desk.issue()
    assert desk.sql("SELECT day_doubt FROM branch") == [(None,)]


def test_a_certain_date_is_not_confirmed(desk: House) -> None:
    assert refused(desk.operations.confirm_day, desk.hoa).code == "day_certain"


def test_only_staff_confirm_the_date(desk: House) -> None:
    assert refused(desk.operations.confirm_day, desk.kiosk).code == "forbidden"


def test_after_a_clock_that_ran_ahead_confirming_brings_the_true_day_back(tmp_path: Path) -> None:
    # the one case in which the history's time steps back, so no `house.check` here
    house = small_branch(tmp_path)
    clock(house).forward(days=900)
    house.issue()
    clock(house).forward(days=-900)
    house.issue()
    house.operations.confirm_day(house.lan)
    ticket = house.issue()
    assert (ticket.day, ticket.issued_at) == ("2026-11-23", "2026-11-23T01:30:00.000Z")
    states = house.sql("SELECT state FROM ticket ORDER BY id")
    assert states == [("expired",), ("expired",), ("waiting",)]
    house.store.close()


def test_while_in_doubt_a_typed_number_finds_who_still_waits_from_before(desk: House) -> None:
    for _ in range(3):
        desk.issue()
    clock(desk).forward(days=3)
    assert desk.issue().label == "A001"
    older = desk.operations.call(desk.hoa, 1, "A003").ticket
    assert (older.label, older.day) == ("A003", "2026-11-23")
    newer = desk.operations.call(desk.hoa, 1, "A001").ticket
    assert newer.day == "2026-11-26"
