"""Slower and faster speech at the same pitch: the page's own module in a browser."""

import base64
import math
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext

from web.resources import static_folder

SOURCE = (static_folder() / "display" / "voice" / "stretch.js").read_bytes()
MODULE = "data:text/javascript;base64," + base64.b64encode(SOURCE).decode()
RATE = 24_000
TONE = 220.0

RUN = """async ([module, samples, rate, speed]) => {
  const { stretch } = await import(module);
  return Array.from(stretch(Float32Array.from(samples), rate, speed));
}"""


@pytest.fixture
def stretch(new_context: Callable[..., BrowserContext]) -> Callable[..., list[float]]:
    page = new_context().new_page()

    def run(samples: list[float], speed: float) -> list[float]:
        found: list[float] = page.evaluate(RUN, [MODULE, samples, RATE, speed])
        return found

    return run


def tone(seconds: float) -> list[float]:
    return [0.5 * math.sin(2 * math.pi * TONE * i / RATE) for i in range(int(seconds * RATE))]


def pitch(samples: list[float]) -> float:
    """Rising zero crossings a second, the ends left out."""
    inner = samples[RATE // 20 : -RATE // 20]
    rising = sum(1 for a, b in pairwise(inner) if a < 0 <= b)
    return rising * RATE / len(inner)


def loudness(samples: list[float]) -> float:
    inner = samples[RATE // 20 : -RATE // 20]
    return math.sqrt(sum(one * one for one in inner) / len(inner))


@pytest.mark.parametrize("speed", [0.7, 0.85, 1.15, 1.3])
def test_the_length_changes_the_pitch_and_the_loudness_stay(
    stretch: Callable[..., list[float]], speed: float
) -> None:
    before = tone(0.6)
    after = stretch(before, speed)
    assert len(after) == pytest.approx(len(before) / speed, rel=0.08)
    assert pitch(after) == pytest.approx(TONE, rel=0.03)
    assert loudness(after) == pytest.approx(loudness(before), rel=0.1)
    assert max(abs(one) for one in after) <= 0.55


def test_at_its_own_speed_and_too_short_to_change_it_stays_as_it_is(
    stretch: Callable[..., list[float]],
) -> None:
    before = tone(0.2)
    assert stretch(before, 1.0) == pytest.approx(before, abs=1e-6)
    short = tone(0.05)
    assert stretch(short, 0.7) == pytest.approx(short, abs=1e-6)
