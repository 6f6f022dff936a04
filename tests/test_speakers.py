"""Which board of a room speaks, and who takes over."""

from datetime import UTC, datetime
from typing import Any

import pytest

from web.speakers import ALL, PATIENCE_S, SUSPENDED_S, Screen, SoundReport, Speakers, read_report


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def speakers(clock: Clock) -> Speakers:
    return Speakers(clock)


def report(state: str = "ready", **more: Any) -> SoundReport:
    found = read_report({"state": state, "epoch": "e", **more})
    assert found is not None
    return found


def board(name: str, key: str = "a", state: str = "ready", **more: Any) -> Screen:
    return Screen(f"sid-{name}", 1, key, name, int(name), report=report(state, **more))


def who(speakers: Speakers, key: str = "a") -> str | None:
    return speakers.voice(1, key, "e").speaker


def test_one_of_a_zones_boards_speaks_and_the_next_when_it_goes(speakers: Speakers) -> None:
    assert speakers.join(board("1"))
    assert not speakers.join(board("2"))
    assert who(speakers) == "1"
    assert speakers.leave("sid-1") is not None
    assert who(speakers) == "2"
    assert speakers.leave("sid-2") is not None
    assert who(speakers) is None
    assert speakers.leave("sid-2") is None


def test_one_that_comes_back_does_not_take_the_word_again(speakers: Speakers) -> None:
    speakers.join(board("1"))
    speakers.join(board("2"))
    speakers.leave("sid-1")
    assert not speakers.join(board("1"))
    assert who(speakers) == "2"


def test_zones_have_voices_of_their_own_unless_all_share_a_room(speakers: Speakers) -> None:
    for one in (board("1", "a"), board("2", "b"), board("3", "")):
        speakers.join(one)
    assert [who(speakers, key) for key in ("a", "b", "")] == ["1", "2", "3"]
    assert who(speakers, ALL) == "1"
    speakers.leave("sid-1")
    assert who(speakers, ALL) == "2"
    assert who(speakers, "a") is None


@pytest.mark.parametrize("state", ["blocked", "silent", "off"])
def test_a_board_without_sound_never_speaks(speakers: Speakers, state: str) -> None:
    assert not speakers.join(board("1", state=state))
    assert who(speakers) is None
    speakers.join(board("2"))
    assert who(speakers) == "2"
    assert speakers.note("sid-2", report("blocked")) is not None
    assert who(speakers) is None
    assert speakers.note("sid-1", report()) is not None
    assert who(speakers) == "1"


def test_a_board_that_an_administrator_silenced_never_speaks(speakers: Speakers) -> None:
    speakers.join(board("1"))
    speakers.join(board("2"))
    assert speakers.allow("sid-1", False) is not None
    assert who(speakers) == "2"
    assert speakers.allow("sid-1", False) is None
    assert speakers.allow("sid-2", False) is not None
    assert who(speakers) is None
    assert speakers.allow("sid-1", True) is not None
    assert who(speakers) == "1"


def test_a_page_without_a_name_cannot_be_named(speakers: Speakers) -> None:
    nameless = board("1")
    nameless.name = ""
    speakers.join(nameless)
    assert who(speakers) is None


def test_what_was_said_is_kept_for_the_one_who_takes_over(speakers: Speakers) -> None:
    speakers.join(board("1", said=7))
    speakers.join(board("2", said=3))
    speakers.note("sid-1", report(said=9))
    speakers.leave("sid-1")
    assert speakers.voice(1, "a", "e").said == 9
    assert speakers.voice(1, ALL, "e").said == 9


def test_what_was_said_before_a_restore_counts_no_more(speakers: Speakers) -> None:
    speakers.join(board("1", said=900))
    assert speakers.voice(1, "a", "another").said == 0
    speakers.note("sid-1", report(said=2) and SoundReport(state="ready", epoch="new", said=2))
    assert speakers.voice(1, "a", "new").said == 2


def test_one_that_has_something_to_say_and_does_not_loses_the_word(
    speakers: Speakers, clock: Clock
) -> None:
    speakers.join(board("1"))
    speakers.join(board("2"))
    speakers.expect(1, "a", [5])
    clock.now += PATIENCE_S + 1
    assert speakers.check() == {1}
    assert who(speakers) == "2"
    assert speakers.check() == frozenset()


def test_one_that_reports_while_it_speaks_keeps_the_word(speakers: Speakers, clock: Clock) -> None:
    speakers.join(board("1"))
    speakers.join(board("2"))
    speakers.expect(1, "a", [5, 6])
    for _ in range(5):
        clock.now += PATIENCE_S - 1
        speakers.note("sid-1", report(speaking=5))
        assert speakers.check() == frozenset()
    assert who(speakers) == "1"


def test_only_the_speaker_can_have_said_more_while_it_is_there(speakers: Speakers) -> None:
    speakers.join(board("1"))
    speakers.join(board("2"))
    assert speakers.note("sid-2", report(said=900)) is None
    assert speakers.voice(1, "a", "e").said == 0
    assert speakers.note("sid-1", report(said=4)) is not None
    assert speakers.voice(1, "a", "e").said == 4
    # one that comes back from a cut line has said what it says
    speakers.leave("sid-2")
    speakers.join(board("2", said=5))
    assert speakers.voice(1, "a", "e").said == 5


def test_alone_nobody_else_must_be_told_what_was_said(speakers: Speakers) -> None:
    speakers.join(board("1"))
    assert speakers.note("sid-1", report(said=4)) is None


def test_a_state_built_before_the_last_report_does_not_make_the_speaker_late(
    speakers: Speakers, clock: Clock
) -> None:
    speakers.join(board("1"))
    speakers.join(board("2"))
    speakers.note("sid-1", report(said=5))
    speakers.expect(1, "a", [5])
    clock.now += PATIENCE_S + 1
    assert speakers.check() == frozenset()
    assert who(speakers) == "1"


def test_what_is_said_or_no_longer_wanted_is_not_waited_for(
    speakers: Speakers, clock: Clock
) -> None:
    speakers.join(board("1"))
    speakers.join(board("2"))
    speakers.expect(1, "a", [5])
    speakers.note("sid-1", report(said=5))
    clock.now += PATIENCE_S + 1
    assert speakers.check() == frozenset()
    speakers.expect(1, "a", [6])
    speakers.expect(1, "a", [])
    clock.now += PATIENCE_S + 1
    assert speakers.check() == frozenset()


def test_the_only_board_keeps_the_word_however_late_it_is(speakers: Speakers, clock: Clock) -> None:
    speakers.join(board("1"))
    speakers.expect(1, "a", [5])
    clock.now += PATIENCE_S + 1
    assert speakers.check() == frozenset()
    assert who(speakers) == "1"


def test_a_suspended_one_may_speak_again_when_nobody_else_does(
    speakers: Speakers, clock: Clock
) -> None:
    speakers.join(board("1"))
    speakers.join(board("2"))
    speakers.expect(1, "a", [5])
    clock.now += PATIENCE_S + 1
    speakers.check()
    speakers.leave("sid-2")
    assert who(speakers) is None
    clock.now += SUSPENDED_S
    assert speakers.check() == {1}
    assert who(speakers) == "1"


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        [],
        {},
        {"state": "loud"},
        {"state": "ready", "said": -1},
        {"state": "ready", "said": "7"},
        {"state": "ready", "said": 2**60},
        {"state": "ready", "missing": ["x" * 101]},
        {"state": "ready", "missing": ["x"] * 41},
        {"state": "ready", "epoch": ["e"]},
    ],
)
def test_other_things_are_no_report(data: object) -> None:
    assert read_report(data) is None


def test_administrators_read_what_each_board_says(speakers: Speakers) -> None:
    speakers.join(board("1"))
    speakers.join(board("2", state="blocked", missing=["digit-1"], unplayable=["m7"]))
    found = speakers.report(1)
    assert found[1]["speaker"] is True
    assert found[2] == {
        "sound": "blocked",
        "allowed": True,
        "speaker": False,
        "missing": ["digit-1"],
        "unplayable": ["m7"],
    }
    assert speakers.report(2) == {}


def mute(speakers: Speakers, *, together: bool = False) -> list[tuple[int, str]]:
    return [(one.device_id, one.state) for one in speakers.mute(1, together=together)]


def test_a_board_that_nobody_hears_is_told_of_unless_another_speaks_there(
    speakers: Speakers,
) -> None:
    speakers.join(board("1", state="blocked"))
    speakers.join(board("2", state="silent"))
    assert mute(speakers) == [(1, "blocked")]
    speakers.join(board("3", "b"))
    assert mute(speakers) == [(1, "blocked")]
    assert mute(speakers, together=True) == []
    speakers.join(board("4", "a"))
    assert mute(speakers) == []
    speakers.leave("sid-4")
    speakers.allow("sid-1", False)
    assert mute(speakers) == []


def test_since_when_a_board_is_not_heard_stays_while_it_lasts(clock: Clock) -> None:
    moments = iter([datetime(2026, 11, 23, 1, minute, tzinfo=UTC) for minute in range(10)])
    speakers = Speakers(clock, lambda: next(moments))
    speakers.join(board("1", state="blocked"))
    first = speakers.mute(1, together=False)[0].since
    speakers.note("sid-1", report("blocked", missing=["x"]))
    assert speakers.mute(1, together=False)[0].since == first
    speakers.note("sid-1", report())
    speakers.note("sid-1", report("blocked"))
    assert speakers.mute(1, together=False)[0].since > first
