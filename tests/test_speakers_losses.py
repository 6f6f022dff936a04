"""A board whose sound comes and goes: each change is told to all, so there must not be many."""

import pytest

from tests.test_speakers import Clock, board, report, who
from web.speakers import LOSSES_MOST, LOSSES_S, SUSPENDED_S, Speakers


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_one_whose_sound_comes_and_goes_is_not_named_for_a_while(clock: Clock) -> None:
    speakers = Speakers(clock)
    speakers.join(board("1"))

    def changes(state: str) -> bool:
        clock.now += 0.1
        return speakers.note("sid-1", report(state)) is not None

    told = [changes(state) for state in ("blocked", "ready") * 30]
    # all boards are told of each change: of these few, and then no more
    assert told.count(True) == 2 * LOSSES_MOST + 1
    assert not any(told[2 * LOSSES_MOST + 1 :])
    assert who(speakers) is None
    clock.now += SUSPENDED_S
    assert speakers.check() == {1}
    assert who(speakers) == "1"


def test_a_sound_that_is_lost_now_and_then_is_named_again_at_once(clock: Clock) -> None:
    speakers = Speakers(clock)
    speakers.join(board("1"))
    for _ in range(30):
        clock.now += LOSSES_S / LOSSES_MOST
        speakers.note("sid-1", report("blocked"))
        assert who(speakers) is None
        speakers.note("sid-1", report("ready"))
        assert who(speakers) == "1"
