"""A ticket sent to one counter or officer waits for them, but never for nobody."""

import pytest

from tests.support.branch import House, refused


@pytest.fixture
def two(desk: House) -> House:
    desk.operations.open(desk.nam, 2)
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    return desk


@pytest.mark.parametrize("officer", [1, 3, 99, 2**70])
def test_a_counter_and_an_officer_who_does_not_sit_there_are_refused(
    two: House, officer: int
) -> None:
    refusal = refused(two.operations.transfer, two.hoa, 1, counter=2, officer=officer)
    assert refusal.code == "target_not_open"
    assert two.ticket("A001").state == "called"


def test_a_counter_with_its_own_officer_is_that_officer(two: House) -> None:
    two.operations.transfer(two.hoa, 1, counter=2, officer=2)
    assert two.operations.call_next(two.hoa, 1) is None
    assert two.operations.call_next(two.nam, 2) is not None


@pytest.mark.parametrize("target", [{"counter": 2}, {"officer": 2}])
def test_others_call_it_once_its_counter_serves_something_else(
    two: House, target: dict[str, int]
) -> None:
    two.operations.transfer(two.hoa, 1, **target)
    assert two.operations.call_next(two.hoa, 1) is None
    two.operations.assign(two.lan, 2, {"dat-dai": 1})
    assert two.operations.call_next(two.nam, 2) is None
    assert two.operations.call_next(two.hoa, 1) is not None
