"""Settings: what may be stored, and saving them by an administrator."""

import pytest

from queueing.people import Actor, Role
from queueing.settings import InvalidSettingError, checked, read_hours
from queueing.store import branches
from queueing.store.settings import save_settings
from tests.support.branch import House

ADMIN = Actor(1, Role.ADMIN)


def in_force(house: House, name: str) -> str:
    with house.store.reading() as db:
        return branches.rules(db, 1).text(name)


def test_hours_are_spans_of_a_day_that_may_go_past_midnight() -> None:
    assert checked("voice_quiet", " 11:30-13:30 , 17:30-07:00 ") == "11:30-13:30,17:30-07:00"
    assert read_hours("voice_quiet", "11:30-13:30") == [("11:30", "13:30")]
    assert checked("voice_quiet", "") == ""


@pytest.mark.parametrize("value", ["11:30", "24:00-25:00", "11:30–13:30", "a", "1:00-2:00"])
def test_other_words_are_no_hours(value: str) -> None:
    with pytest.raises(InvalidSettingError, match="11:30-13:30"):
        checked("voice_quiet", value)


def test_too_many_spans_are_refused() -> None:
    with pytest.raises(InvalidSettingError):
        checked("voice_quiet", ",".join(["01:00-02:00"] * 9))


def test_saving_tells_what_changed_and_a_default_needs_no_row(house: House) -> None:
    wanted = {"voice_times": "3", "board_calls": "6"}
    assert save_settings(house.store, ADMIN, wanted) == {"voice_times": "3"}
    assert in_force(house, "voice_times") == "3"
    assert save_settings(house.store, ADMIN, {"voice_times": "2"}) == {"voice_times": "2"}
    with house.store.reading() as db:
        rows = db.execute("SELECT count(*) FROM setting WHERE name = 'voice_times'").fetchone()
    assert rows == (0,)


def test_one_bad_value_keeps_all_as_it_was(house: House) -> None:
    with pytest.raises(InvalidSettingError):
        save_settings(house.store, ADMIN, {"voice_times": "3", "board_layout": "spiral"})
    assert in_force(house, "voice_times") == "2"


def test_nothing_changed_leaves_no_event(house: House) -> None:
    before = house.store.last_seq(1)
    assert save_settings(house.store, ADMIN, {"voice_times": "2"}) == {}
    assert house.store.last_seq(1) == before
