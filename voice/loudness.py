"""Loudness as people hear it, and bringing every clip to the same.

The measure is that of Recommendation ITU-R BS.1770-5, annex 1, for one channel: a filter that
weighs frequencies as a head and an ear do (K-weighting: tables 1 and 2 of the recommendation),
then the mean of the squares, in LUFS. There is no gating: it is made for programmes of minutes,
and a clip that is cut out of its silence has nothing to gate.

The recommendation gives the filter's coefficients for 48 kHz. For other rates they follow from
the same analogue filters by the bilinear transform, with the parameters that B. De Man derived
from the tables ("Evaluation of Implementations of the EBU R128 Loudness Measurement", AES 145,
2018); at 48 kHz they give the tables again, which a test checks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from voice.wav import Sound, trimmed

TARGET_LUFS: Final = -18.0
PEAK_DB: Final = -2.0

# A limiter that takes more off than this is heard: such a clip stays softer instead.
_LIMITED_MOST_DB: Final = 10.0
_NEAR_LU: Final = 0.2
_ROUNDS: Final = 6
_BLOCK_S: Final = 0.001
_HOLD: Final = 8
_SMOOTH: Final = 6

Biquad = tuple[float, float, float, float, float]


def k_weighting(rate: int) -> tuple[Biquad, Biquad]:
    """The two filters as (b0, b1, b2, a1, a2) at a rate in Hz: the head's shelf, the high pass."""
    k = math.tan(math.pi * 1681.974450955533 / rate)
    q = 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = (
        (high + band * k / q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * k / q + k * k) / a0,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0,
    )
    k = math.tan(math.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    a0 = 1 + k / q + k * k
    return shelf, (1.0, -2.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)


def loudness(sound: Sound) -> float:
    """How loud a clip is, in LUFS; -inf for none."""
    if not sound.samples:
        return -math.inf
    (b0, b1, b2, a1, a2), (_, _, _, c1, c2) = k_weighting(sound.rate)
    total = s1 = s2 = t1 = t2 = 0.0
    # both filters in one pass (transposed direct form II): this is where an upload's time goes
    for x in sound.samples:
        y = b0 * x + s1
        s1 = b1 * x - a1 * y + s2
        s2 = b2 * x - a2 * y
        z = y + t1
        t1 = -2.0 * y - c1 * z + t2
        t2 = y - c2 * z
        total += z * z
    if total <= 0:
        return -math.inf
    return -0.691 + 10 * math.log10(total / len(sound.samples))


def levelled(sound: Sound, target: float = TARGET_LUFS) -> Sound:
    """The clip without its silence, at the usual loudness and with no peak above -2 dBFS.

    Peaks that would stick out are turned down softly, together with some 15 ms around them; if
    that took more than 10 dB off, the clip stays softer than the others instead. Raises
    BadSoundError `sound_silent`.
    """
    clip = trimmed(sound)
    ceiling = 10 ** (PEAK_DB / 20)
    most = ceiling * 10 ** (_LIMITED_MOST_DB / 20) / clip.peak
    gain = 1.0
    done = clip
    for _ in range(_ROUNDS):
        short = target - loudness(done)
        if abs(short) <= _NEAR_LU or (short > 0 and gain >= most):
            break
        gain = min(most, gain * 10 ** (short / 20))
        done = Sound(clip.rate, limited([gain * one for one in clip.samples], clip.rate, ceiling))
    return Sound(clip.rate, limited(done.samples, clip.rate, ceiling))


def limited(samples: Sequence[float], rate: int, ceiling: float) -> list[float]:
    """The samples with every peak brought below the ceiling, by a gain that changes smoothly."""
    size = max(1, round(rate * _BLOCK_S))
    blocks = [samples[n : n + size] for n in range(0, len(samples), size)]
    needed = [min(1.0, ceiling / (max(map(abs, one)) or 1.0)) for one in blocks]
    if min(needed, default=1.0) >= 1.0:
        return list(samples)
    # held longer than it is smoothed, so that no average rises above what a block needs
    held = [min(needed[max(0, n - _HOLD) : n + _HOLD + 1]) for n in range(len(needed))]
    padded = [held[0]] * _SMOOTH + held + [held[-1]] * (_SMOOTH + 1)
    width = 2 * _SMOOTH + 1
    gains = [sum(padded[n : n + width]) / width for n in range(len(held) + 1)]
    out: list[float] = []
    for n, block in enumerate(blocks):
        gain, step = gains[n], (gains[n + 1] - gains[n]) / size
        for one in block:
            out.append(one * gain)
            gain += step
    return out
