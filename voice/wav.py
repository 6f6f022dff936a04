"""Sound as plain samples: read strictly from a WAV file, cut out of its silence, written again."""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

RATES: Final = (8000, 48000)
SECONDS_MOST: Final = 15
FULL: Final = 32768
# What is this much weaker than the loudest hundredth of a second is silence, and so is anything
# below the floor. A soft consonant at the head of a word may still be weaker: hence the margins.
_BELOW_LOUDEST_DB: Final = 40
_FLOOR_DB: Final = -60
_SILENT_DB: Final = -50
_LEAD_S: Final = 0.025
_TAIL_S: Final = 0.035
_FRAME_S: Final = 0.01
_FADE_S: Final = 0.005
_LEAST_S: Final = 0.08

_PCM: Final = 1
_BYTES: Final = 2


class BadSoundError(ValueError):
    """A sound that cannot be a clip; `code` says why, as the refusal of that name."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of samples within ±1, and how many of them make a second."""

    rate: int
    samples: Sequence[float]

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return len(self.samples) / self.rate

    @property
    def peak(self) -> float:
        """The greatest deflection, 1 at full scale."""
        return max(max(self.samples, default=0.0), -min(self.samples, default=0.0))


def decibel(ratio: float) -> float:
    """A ratio of amplitudes in dB; nothing at all is -inf."""
    return 20 * math.log10(ratio) if ratio > 0 else -math.inf


def read(data: bytes) -> Sound:
    """A WAV file of 16-bit PCM, one channel or two that are mixed, 8 to 48 kHz, 15 s at most.

    Raises BadSoundError `sound_unreadable` or `sound_too_long`.
    """
    channels, rate, body = _chunks(data)
    if len(body) // (channels * _BYTES) > SECONDS_MOST * rate:
        raise BadSoundError("sound_too_long")
    whole = array("h", body[: len(body) // (channels * _BYTES) * channels * _BYTES])
    if sys.byteorder == "big":
        whole.byteswap()
    if channels == 1:
        return Sound(rate, [one / FULL for one in whole])
    pairs = zip(whole[::2], whole[1::2], strict=True)
    return Sound(rate, [(left + right) / (2 * FULL) for left, right in pairs])


def _chunks(data: bytes) -> tuple[int, int, bytes]:
    """Channels, rate and samples of a file whose chunks are all within it."""
    if len(data) < 12 or data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise BadSoundError("sound_unreadable")
    shape: tuple[int, int] | None = None
    place = 12
    while place + 8 <= len(data):
        name, size = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        body = data[place + 8 : place + 8 + size]
        if len(body) < size:
            raise BadSoundError("sound_unreadable")
        if name == b"fmt ":
            shape = _shape(body)
        elif name == b"data":
            if shape is None or not body:
                raise BadSoundError("sound_unreadable")
            return *shape, body
        place += 8 + size + size % 2
    raise BadSoundError("sound_unreadable")


def _shape(body: bytes) -> tuple[int, int]:
    if len(body) < 16:
        raise BadSoundError("sound_unreadable")
    kind, channels, rate, _, block, bits = struct.unpack("<HHIIHH", body[:16])
    if (
        kind != _PCM
        or channels not in (1, 2)
        or bits != 8 * _BYTES
        or block != channels * _BYTES
        or not RATES[0] <= rate <= RATES[1]
    ):
        raise BadSoundError("sound_unreadable")
    return channels, rate


def write(sound: Sound) -> bytes:
    """The sound as a WAV file of one channel, 16-bit PCM. What is louder than full is clipped."""
    body = array("h", [max(-FULL, min(FULL - 1, round(one * FULL))) for one in sound.samples])
    if sys.byteorder == "big":
        body.byteswap()
    raw = body.tobytes()
    shape = struct.pack("<HHIIHH", _PCM, 1, sound.rate, sound.rate * _BYTES, _BYTES, 8 * _BYTES)
    return b"".join(
        (
            b"RIFF",
            struct.pack("<I", 36 + len(raw)),
            b"WAVEfmt ",
            struct.pack("<I", len(shape)),
            shape,
            b"data",
            struct.pack("<I", len(raw)),
            raw,
        )
    )


def trimmed(sound: Sound) -> Sound:
    """The sound without the silence at its ends, faded in and out so that nothing clicks.

    Raises BadSoundError `sound_silent` when there is nothing to hear.
    """
    frame = round(sound.rate * _FRAME_S)
    levels = [_rms(sound.samples[n : n + frame]) for n in range(0, len(sound.samples), frame)]
    loudest = decibel(max(levels, default=0.0))
    if loudest < _SILENT_DB:
        raise BadSoundError("sound_silent")
    least = 10 ** (max(loudest - _BELOW_LOUDEST_DB, _FLOOR_DB) / 20)
    heard = [n for n, level in enumerate(levels) if level >= least]
    begin = max(0, heard[0] * frame - round(_LEAD_S * sound.rate))
    end = min(len(sound.samples), (heard[-1] + 1) * frame + round(_TAIL_S * sound.rate))
    if (heard[-1] + 1 - heard[0]) * frame < _LEAST_S * sound.rate:
        raise BadSoundError("sound_silent")
    return Sound(sound.rate, _faded(list(sound.samples[begin:end]), round(_FADE_S * sound.rate)))


def _rms(samples: Sequence[float]) -> float:
    return math.sqrt(sum(one * one for one in samples) / len(samples)) if samples else 0.0


def _faded(samples: list[float], length: int) -> list[float]:
    for n in range(min(length, len(samples) // 2)):
        share = n / length
        samples[n] *= share
        samples[-1 - n] *= share
    return samples
