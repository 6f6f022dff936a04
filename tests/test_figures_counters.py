"""How long counters were open and paused, and in which hours."""

from hypothesis import given
from hypothesis import strategies as st

from queueing.figures import Change, Mean, Stretch, by_hour, stretches

HOUR = 3_600_000


def test_pauses_are_apart_from_open_time() -> None:
    day = [
        Change(1, "open", 100),
        Change(2, "open", 150),
        Change(1, "paused", 300),
        Change(1, "open", 400),
        Change(1, "closed", 900),
    ]
    assert stretches(day, 0, 1000) == [
        Stretch(1, "open", 100, 300),
        Stretch(1, "paused", 300, 400),
        Stretch(1, "open", 400, 900),
        Stretch(2, "open", 150, 1000),
    ]


def test_what_began_before_the_span_and_ends_after_it_is_cut_at_both() -> None:
    assert stretches([Change(1, "open", -50), Change(1, "closed", 2000)], 0, 1000) == [
        Stretch(1, "open", 0, 1000)
    ]


def test_a_counter_that_nobody_opened_has_no_time() -> None:
    assert stretches([], 0, 1000) == []
    assert stretches([Change(1, "open", 1000)], 0, 1000) == []


CHANGES = st.lists(
    st.builds(
        Change,
        st.integers(1, 3),
        st.sampled_from(("open", "paused", "closed")),
        st.integers(-500, 1500),
    ),
    max_size=20,
).map(lambda found: sorted(found, key=lambda change: change.at))


@given(CHANGES)
def test_a_counter_is_never_in_two_states_at_once_nor_outside_the_span(
    changes: list[Change],
) -> None:
    last: dict[int, int] = {}
    for found in sorted(stretches(changes, 0, 1000), key=lambda one: one.begins):
        assert 0 <= found.begins < found.ends <= 1000
        assert found.begins >= last.get(found.counter_id, 0)
        last[found.counter_id] = found.ends


def test_a_stretch_is_shared_out_to_the_hours_it_touches() -> None:
    begins = 8 * HOUR + HOUR // 2
    assert list(by_hour(begins, begins + HOUR + 1)) == [
        (8, HOUR // 2),
        (9, HOUR // 2 + 1),
    ]
    assert list(by_hour(23 * HOUR, 24 * HOUR + 5, 0)) == [(23, HOUR), (0, 5)]


@given(st.integers(0, 10 * HOUR), st.integers(0, 30 * HOUR), st.sampled_from((0, 7 * HOUR)))
def test_the_hours_add_up_to_the_stretch(begins: int, length: int, offset: int) -> None:
    parts = list(by_hour(begins, begins + length, offset))
    assert sum(part for _, part in parts) == length
    assert all(0 <= hour < 24 and 0 < part <= HOUR for hour, part in parts)


def test_means_are_of_what_was_counted() -> None:
    assert Mean(3_000, 2).with_(Mean(6_000, 1)).seconds == 3
    assert Mean().seconds is None
