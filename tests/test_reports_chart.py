"""The chart's geometry: everything within its panel, and as high as it says."""

from hypothesis import given
from hypothesis import strategies as st

from staff.supervisor.reports_api import HourFigures
from staff.supervisor.reports_chart import BARS, draw

WAITS = st.one_of(st.none(), st.integers(0, 20_000))


def hour(at: int, entries: int, calls: int = 0, p90_s: int | None = None) -> HourFigures:
    return HourFigures(
        hour=at,
        entries=entries,
        calls=calls,
        p50_s=None,
        p90_s=p90_s,
        service_level=None,
        open_s=0,
        paused_s=0,
        handling_s=0,
        occupancy=None,
    )


def test_a_day_without_anybody_has_no_chart() -> None:
    assert draw([], 900) is None
    assert draw([hour(8, 0)], 900) is None


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000), WAITS), min_size=1, max_size=24),
    st.integers(30, 14_400),
)
def test_nothing_is_drawn_outside_its_panel(
    day: list[tuple[int, int, int | None]], target: int
) -> None:
    chart = draw([hour(at, *values) for at, values in enumerate(day)], target)
    if chart is None:
        assert not any(entries or calls for entries, calls, _ in day)
        return
    for bar in chart.bars:
        assert chart.left <= bar.x
        assert bar.x + bar.width <= chart.right
        assert chart.top <= bar.y
        assert bar.y + bar.height <= chart.bars_foot + 0.2
    for at in [dot.y for dot in chart.dots] + [chart.target]:
        assert at is not None
        assert chart.line_top <= at <= chart.line_foot
    assert len(chart.dots) == sum(p90 is not None for *_, p90 in day)
    assert 2 <= len(chart.counts) <= 6
    assert 2 <= len(chart.minutes) <= 6


def test_bars_stand_in_proportion() -> None:
    chart = draw([hour(8, 10, 5), hour(9, 5, 10)], 900)
    assert chart is not None
    assert [bar.height for bar in chart.bars] == [BARS, BARS / 2, BARS / 2, BARS]


def test_the_line_breaks_where_nobody_knows() -> None:
    waits = (60, 120, None, 60, None, 180, 60)
    chart = draw([hour(8 + at, 1, 1, wait) for at, wait in enumerate(waits)], 900)
    assert chart is not None
    assert [line.count(",") for line in chart.lines] == [2, 2]
    assert len(chart.dots) == 5
