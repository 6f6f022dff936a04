"""The day's chart as geometry: two panels over one axis of hours. The template draws it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from staff.supervisor.reports_api import HourFigures

WIDTH: Final = 900
LEFT, RIGHT = 56, 12
TOP, BARS, GAP, LINE, FOOT = 28, 150, 44, 110, 26
HEIGHT: Final = TOP + BARS + GAP + LINE + FOOT
# steps that people count in
STEPS: Final = (1, 2, 5, 10, 20, 25, 30, 50, 60, 100, 120, 200, 250, 300, 500, 600)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the upper panel, with the number it stands for."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    value: int

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Dot:
    """An hour's wait in the lower panel."""

    x: float
    y: float
    minutes: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of a panel's scale, or an hour below it."""

    at: float
    words: str


@dataclass(slots=True)
class Chart:
    """Everything the template draws, in the units of its view box."""

    bars: list[Bar] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    hours: list[Tick] = field(default_factory=list)
    counts: list[Tick] = field(default_factory=list)
    minutes: list[Tick] = field(default_factory=list)
    target: float | None = None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bars_foot: int = TOP + BARS
    line_top: int = TOP + BARS + GAP
    line_foot: int = TOP + BARS + GAP + LINE


def draw(hours: list[HourFigures], target_s: int) -> Chart | None:
    """The chart of a day's hours; None where nobody came."""
    if not any(hour.entries or hour.calls for hour in hours):
        return None
    chart = Chart()
    slot = (chart.right - chart.left) / len(hours)
    most = max(max(hour.entries, hour.calls) for hour in hours)
    step = _step(most)
    whole = step * -(-most // step)
    chart.counts = _scale(whole, step, chart.bars_foot, BARS)
    for place, hour in enumerate(hours):
        begins = chart.left + place * slot
        chart.hours.append(
            Tick(round(begins + slot / 2, 1), f"{hour.hour:02d}–{hour.hour + 1:02d}")
        )
        width = min(36.0, slot * 0.36)
        for kind, value, side in (("entries", hour.entries, -1), ("calls", hour.calls, 0)):
            height = BARS * value / whole
            x = begins + slot / 2 + side * width
            y = chart.bars_foot - height
            chart.bars.append(
                Bar(kind, round(x, 1), round(y, 1), round(width, 1), round(height, 1), value)
            )
    _draw_waits(chart, hours, target_s, slot)
    return chart


def _draw_waits(chart: Chart, hours: list[HourFigures], target_s: int, slot: float) -> None:
    known = [hour.p90_s for hour in hours if hour.p90_s is not None]
    most = -(-max([*known, target_s]) // 60)
    step = _step(most)
    whole = step * -(-most // step)
    chart.minutes = _scale(whole, step, chart.line_foot, LINE)
    chart.target = round(chart.line_foot - LINE * target_s / 60 / whole, 1)
    run: list[str] = []
    for place, hour in enumerate(hours):
        if hour.p90_s is None:
            chart.lines.append(" ".join(run))
            run = []
            continue
        x = round(chart.left + (place + 0.5) * slot, 1)
        y = round(chart.line_foot - LINE * hour.p90_s / 60 / whole, 1)
        chart.dots.append(Dot(x, y, round(hour.p90_s / 60)))
        run.append(f"{x},{y}")
    chart.lines = [line for line in [*chart.lines, " ".join(run)] if " " in line]


def _step(most: int) -> int:
    """A step that divides a scale into at most five."""
    return next((step for step in STEPS if step * 5 >= most), -(-most // 5))


def _scale(whole: int, step: int, foot: int, height: int) -> list[Tick]:
    return [
        Tick(round(foot - height * value / whole, 1), str(value))
        for value in range(0, whole + 1, step)
    ]
