"""Waits when not everybody is called: Kaplan and Meier, the service level, shares."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueing.figures import Waits, ratio, service_level, survival, wait_quantile

LENGTHS = st.lists(st.integers(0, 5000), max_size=60)
SOME = st.lists(st.integers(0, 5000), min_size=1, max_size=60)
SHARES = st.sampled_from((0.1, 0.25, 0.5, 0.75, 0.9, 0.99))


def waits(
    called: list[int], abandoned: list[int] | None = None, pending: list[int] | None = None
) -> Waits:
    return Waits(Counter(called), Counter(abandoned or []), Counter(pending or []))


def test_the_curve_of_a_small_example_is_what_one_gets_by_hand() -> None:
    # at risk: 6, then 5 (before that one left), 3, 1
    found = survival(waits([60, 120, 300, 600], abandoned=[60], pending=[200]))
    assert [seconds for seconds, _ in found] == [60, 120, 300, 600]
    by_hand = (5 / 6, 5 / 6 * 3 / 4, 5 / 6 * 3 / 4 * 1 / 2, 0.0)
    for (_, share), expected in zip(found, by_hand, strict=True):
        assert share == pytest.approx(expected)


def test_the_example_of_kaplan_and_meiers_paper() -> None:
    # their section 1: deaths at 0.8, 3.1, 5.4, 9.2, losses at 1.0, 2.7, 7.0, 12.1 months
    found = survival(waits([8, 31, 54, 92], pending=[10, 27, 70, 121]))
    shares = [share for _, share in found]
    assert shares == pytest.approx([7 / 8, 7 / 10, 21 / 40, 21 / 80])
    assert wait_quantile(waits([8, 31, 54, 92], pending=[10, 27, 70, 121]), 0.5) == 92


def test_nobody_knows_a_quantile_that_the_curve_does_not_reach() -> None:
    mostly_left = waits([60], abandoned=[100, 100, 100])
    assert wait_quantile(mostly_left, 0.5) is None
    assert wait_quantile(waits([]), 0.5) is None
    assert wait_quantile(waits([], pending=[10]), 0.5) is None


def test_who_leaves_at_the_second_of_a_call_was_still_waiting_then() -> None:
    assert survival(waits([60], abandoned=[60])) == [(60, 0.5)]


@given(SOME, SHARES)
def test_without_anybody_leaving_it_is_the_empirical_quantile(
    called: list[int], share: float
) -> None:
    place = math.ceil(share * len(called) - 1e-9)
    assert wait_quantile(waits(called), share) == sorted(called)[max(0, place - 1)]


@given(SOME, LENGTHS, SHARES)
def test_leaving_never_makes_a_wait_look_shorter_than_only_those_called(
    called: list[int], gone: list[int], share: float
) -> None:
    only_called = wait_quantile(waits(called), share)
    found = wait_quantile(waits(called, abandoned=gone), share)
    assert only_called is not None
    assert found is None or found >= only_called


@given(LENGTHS, LENGTHS, LENGTHS)
def test_the_curve_falls_and_stays_between_none_and_all(
    called: list[int], gone: list[int], pending: list[int]
) -> None:
    shares = [share for _, share in survival(waits(called, gone, pending))]
    assert shares == sorted(shares, reverse=True)
    assert all(-1e-12 <= share < 1 for share in shares)


@given(LENGTHS, LENGTHS, SHARES)
def test_it_does_not_matter_why_somebody_was_not_called(
    called: list[int], gone: list[int], share: float
) -> None:
    left = wait_quantile(waits(called, abandoned=gone), share)
    assert left == wait_quantile(waits(called, pending=gone), share)


@given(LENGTHS, LENGTHS)
def test_groups_put_together_are_one_group(one: list[int], other: list[int]) -> None:
    together = waits(one, other)
    together.add(waits(other, one))
    assert together == waits(one + other, other + one)


def test_the_service_level_counts_those_who_gave_up_too_late_and_not_those_who_left_early() -> None:
    # within 900: two; called: three; abandoned after 900: one; the one gone at 30 s is nobody's
    day = waits([100, 900, 901], abandoned=[30, 1000], pending=[5000])
    assert service_level(day, 900) == 2 / 4
    assert service_level(waits([], abandoned=[30]), 900) is None


@given(SOME, LENGTHS, st.integers(0, 5000), st.integers(0, 5000))
def test_a_laxer_target_is_never_kept_less(
    called: list[int], gone: list[int], one: int, other: int
) -> None:
    day = waits(called, abandoned=gone)
    strict, lax = service_level(day, min(one, other)), service_level(day, max(one, other))
    assert strict is not None
    assert lax is not None
    assert strict <= lax


def test_a_share_of_nothing_is_not_nought() -> None:
    assert ratio(0, 0) is None
    assert ratio(1, 4) == 0.25
