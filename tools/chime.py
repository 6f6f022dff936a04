"""The chime before an announcement: two soft bell tones, a fourth down."""

import math
from typing import Final

from voice.wav import Sound

RATE: Final = 22050
# (when it begins, its frequency in Hz): G5, then D5; both carry well over talk, neither is shrill
TONES: Final = ((0.0, 783.99), (0.38, 587.33))
SECONDS: Final = 1.5
# (multiple of the tone, share, how fast it dies away): a bar of wood rather than a bell of iron
PARTIALS: Final = ((1.0, 1.0, 5.0), (2.0, 0.22, 8.0), (3.0, 0.08, 12.0))
# slow enough that no click is heard, quick enough to be struck
_RISE_S: Final = 0.012
_FALL_S: Final = 0.25


def chime() -> Sound:
    """The chime, at its own loudness."""
    return Sound(RATE, [_at(n / RATE) for n in range(round(SECONDS * RATE))])


def _at(moment: float) -> float:
    heard = sum(_tone(moment - begin, pitch) for begin, pitch in TONES)
    return 0.35 * heard * _slope(SECONDS - moment, _FALL_S)


def _tone(age: float, pitch: float) -> float:
    if age <= 0:
        return 0.0
    rung = sum(
        share * math.exp(-fade * age) * math.sin(2 * math.pi * pitch * times * age)
        for times, share, fade in PARTIALS
    )
    return _slope(age, _RISE_S) * rung


def _slope(age: float, length: float) -> float:
    """From 0 to 1 within `length` seconds, level at both ends."""
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, age / length)))
