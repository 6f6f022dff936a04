import pytest

from queueing.people import Actor, Role
from tests.support.branch import House, refused


def test_an_officer_sits_down_and_leaves(house: House) -> None:
    house.operations.open(house.hoa, 1)
    assert (house.counter(1).state, house.counter(1).officer_id) == ("open", 1)
    house.operations.pause(house.hoa, 1)
    house.operations.open(house.hoa, 1)
    house.operations.close(house.hoa, 1)
    assert (house.counter(1).state, house.counter(1).officer_id) == ("closed", None)
    assert house.kinds() == ["opened", "paused", "opened", "closed"]


def test_opening_ones_own_open_counter_changes_nothing(desk: House) -> None:
    desk.operations.open(desk.hoa, 1)
    assert desk.kinds() == ["opened"]


def test_a_held_counter_is_not_taken_silently(desk: House) -> None:
    error = refused(desk.operations.open, desk.nam, 1)
    assert (error.code, error.facts["officer"]) == ("counter_taken", "Nguyễn Thị Hoa")


def test_taking_over_is_recorded_and_brings_the_ticket_along(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.open(desk.nam, 1, take=True)
    assert desk.kinds()[-1] == "taken"
    desk.operations.start(desk.nam, 1)
    assert refused(desk.operations.finish, desk.hoa, 1).code == "counter_not_yours"


def test_an_officer_holds_one_counter_at_a_time(desk: House) -> None:
    error = refused(desk.operations.open, desk.hoa, 2)
    assert (error.code, error.facts["counter"]) == ("officer_elsewhere", 1)


def test_a_token_may_hold_several_counters(house: House) -> None:
    token = Actor(1, Role.OFFICER, token_id=7)
    house.sql(
        "INSERT INTO api_token (id, branch_id, name, role, token_hash, created_at)"
        " VALUES (7, 1, 'máy', 'officer', 'x', '2026-01-01T00:00:00.000Z')"
    )
    for number in (1, 2):
        house.operations.open(token, number)
        house.issue()
        assert house.operations.call_next(token, number) is not None
        assert house.operations.undo(token, number) == "called"


@pytest.mark.parametrize("deed", ["pause", "close"])
def test_a_counter_with_a_ticket_is_not_left(desk: House, deed: str) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    error = refused(getattr(desk.operations, deed), desk.hoa, 1)
    assert (error.code, error.facts["number"]) == ("counter_holds_ticket", "A001")


def test_closing_a_closed_counter_is_nothing(house: House) -> None:
    house.operations.close(house.hoa, 1)
    assert house.kinds() == []


@pytest.mark.parametrize("deed", ["open", "pause", "close", "call_next", "start", "undo"])
def test_there_is_no_counter_nine(house: House, deed: str) -> None:
    assert refused(getattr(house.operations, deed), house.hoa, 9).code == "unknown_counter"


@pytest.mark.parametrize("deed", ["open", "pause", "close", "call_next", "start", "undo"])
def test_a_screen_works_no_counter(house: House, deed: str) -> None:
    assert refused(getattr(house.operations, deed), house.kiosk, 1).code == "forbidden"
