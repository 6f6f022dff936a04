"""Sounds are read strictly, cut out of their silence and brought to one loudness."""

import contextlib
import math
import random
import struct

import pytest

from voice import wav
from voice.loudness import PEAK_DB, TARGET_LUFS, k_weighting, levelled, limited, loudness
from voice.wav import BadSoundError, Sound, decibel


def tone(
    seconds: float = 1.0, hertz: float = 997.0, level: float = 1.0, rate: int = 48000
) -> Sound:
    step = 2 * math.pi * hertz / rate
    return Sound(rate, [level * math.sin(step * n) for n in range(round(seconds * rate))])


def silence(seconds: float, rate: int = 48000) -> list[float]:
    return [0.0] * round(seconds * rate)


def wav_file(
    body: bytes,
    *,
    kind: int = 1,
    channels: int = 1,
    rate: int = 24000,
    bits: int = 16,
    extra: bytes = b"",
) -> bytes:
    block = channels * bits // 8
    shape = struct.pack("<HHIIHH", kind, channels, rate, rate * block, block, bits)
    chunks = extra + b"fmt " + struct.pack("<I", 16) + shape
    chunks += b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def samples(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}h", *values)


def test_what_is_written_is_read_again() -> None:
    sound = Sound(24000, [0.0, 0.5, -0.5, 32767 / 32768, -1.0])
    again = wav.read(wav.write(sound))
    assert again == sound
    assert wav.read(wav.write(Sound(8000, [2.0, -2.0]))).samples == [32767 / 32768, -1.0]


def test_two_channels_are_mixed_to_one() -> None:
    found = wav.read(wav_file(samples(1000, 3000, -200, 200), channels=2, rate=44100))
    assert found == Sound(44100, [2000 / 32768, 0.0])


def test_further_chunks_are_passed_over_also_those_of_odd_length() -> None:
    extra = b"LIST" + struct.pack("<I", 3) + b"abc\0"
    assert wav.read(wav_file(samples(1, 2), extra=extra)).samples == [1 / 32768, 2 / 32768]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"ID3\x03" + bytes(200),
        wav_file(b""),
        wav_file(samples(1, 2), kind=3),
        wav_file(samples(1, 2), channels=3),
        wav_file(samples(1, 2), bits=8),
        wav_file(samples(1, 2), bits=24),
        wav_file(samples(1, 2), rate=7999),
        wav_file(samples(1, 2), rate=48001),
        wav_file(samples(1, 2), rate=0),
        wav_file(samples(1, 2))[:-1],
        wav_file(samples(1, 2))[:30],
        wav_file(samples(1, 2)).replace(b"fmt ", b"fmx "),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadSoundError) as refused:
        wav.read(data)
    assert refused.value.code == "sound_unreadable"


def test_bytes_at_random_are_read_or_refused() -> None:
    dice = random.Random(5)
    good = wav_file(samples(*range(50)))
    for _ in range(3000):
        data = bytearray(good)
        for _ in range(dice.randint(1, 4)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        with contextlib.suppress(BadSoundError):
            wav.read(bytes(data[: dice.randint(0, len(data))]))


def test_more_than_fifteen_seconds_is_too_long() -> None:
    rate = 8000
    assert wav.read(wav_file(bytes(2 * 15 * rate), rate=rate)).seconds == 15
    with pytest.raises(BadSoundError) as refused:
        wav.read(wav_file(bytes(2 * 15 * rate + 2), rate=rate))
    assert refused.value.code == "sound_too_long"


def test_silence_is_cut_off_at_both_ends_and_the_ends_are_faded() -> None:
    spoken = tone(0.5, level=0.3).samples
    padded = Sound(48000, [*silence(0.7), *spoken, *silence(1.2)])
    cut = wav.trimmed(padded)
    assert 0.5 <= cut.seconds <= 0.5 + 0.08
    assert cut.samples[0] == cut.samples[-1] == 0
    assert cut.peak == pytest.approx(0.3, abs=0.01)


def test_a_noisy_room_is_silence_beside_a_voice() -> None:
    dice = random.Random(1)
    noise = [dice.uniform(-0.002, 0.002) for _ in silence(3)]
    for n, one in enumerate(tone(0.5, level=0.5).samples):
        noise[48000 + n] += one
    assert wav.trimmed(Sound(48000, noise)).seconds <= 0.6


@pytest.mark.parametrize(
    "quiet",
    [
        Sound(24000, []),
        Sound(24000, silence(1, 24000)),
        tone(1, level=0.003),
        # a click is nothing that anybody says
        Sound(24000, [*silence(0.5, 24000), 0.9, -0.9, *silence(0.5, 24000)]),
    ],
)
def test_what_nobody_hears_is_silent(quiet: Sound) -> None:
    with pytest.raises(BadSoundError) as refused:
        wav.trimmed(quiet)
    assert refused.value.code == "sound_silent"


def test_the_filters_are_those_of_the_standard() -> None:
    # ITU-R BS.1770-5, annex 1, tables 1 and 2, for 48 kHz
    shelf, high_pass = k_weighting(48000)
    assert shelf == pytest.approx(
        (
            1.53512485958697,
            -2.69169618940638,
            1.19839281085285,
            -1.69065929318241,
            0.73248077421585,
        ),
        abs=1e-10,
    )
    assert high_pass == pytest.approx(
        (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621), abs=1e-10
    )


@pytest.mark.parametrize("rate", [48000, 44100, 24000, 22050, 16000])
def test_a_full_sine_of_997_hz_reads_as_the_standard_says(rate: int) -> None:
    # annex 1: "If a 0 dB FS, 997 Hz sine wave is applied to the left, centre or right channel
    # input, the indicated loudness will equal -3.01 LKFS"
    assert loudness(tone(2, rate=rate)) == pytest.approx(-3.01, abs=0.06)


def test_loudness_follows_the_level_and_what_the_ear_makes_of_it() -> None:
    assert loudness(tone(1, level=0.1)) == pytest.approx(-23.01, abs=0.05)
    # a hum is hardly heard, what is shrill the more
    assert loudness(tone(1, hertz=30)) < loudness(tone(1, hertz=997)) - 6
    assert loudness(tone(1, hertz=4000)) > loudness(tone(1, hertz=997)) + 2.5
    assert loudness(Sound(24000, [])) == loudness(Sound(24000, [0.0] * 9)) == -math.inf


@pytest.mark.parametrize("level", [0.02, 0.1, 0.5, 1.0])
def test_every_recording_comes_to_the_same_loudness(level: float) -> None:
    done = levelled(tone(0.6, level=level, rate=24000))
    assert loudness(done) == pytest.approx(TARGET_LUFS, abs=0.5)
    assert decibel(done.peak) <= PEAK_DB


def test_peaks_are_turned_down_rather_than_clipped() -> None:
    # a voice with a loud knock in it: 12 dB above the rest
    knock = [0.05 * one for one in tone(1, rate=24000).samples]
    for n in range(2400):
        knock[12000 + n] *= 10 * (1 - abs(n - 1200) / 1200)
    done = levelled(Sound(24000, knock))
    assert decibel(done.peak) <= PEAK_DB
    assert loudness(done) == pytest.approx(TARGET_LUFS, abs=0.7)
    ceiling = 10 ** (PEAK_DB / 20)
    # clipping would leave many samples at the very ceiling
    assert sum(abs(one) > 0.999 * ceiling for one in done.samples) < 20


def test_what_needs_no_limiting_is_left_as_it_is() -> None:
    quiet = tone(0.2, level=0.3).samples
    assert limited(quiet, 48000, 0.5) == list(quiet)
    assert limited([], 48000, 0.5) == []


def test_a_recording_with_one_mad_peak_stays_softer_than_the_rest() -> None:
    mad = [0.02 * one for one in tone(1, rate=24000).samples]
    for n in range(48):
        mad[12000 + n] = 0.95 * (-1) ** n
    done = levelled(Sound(24000, mad))
    assert decibel(done.peak) <= PEAK_DB
    assert loudness(done) < TARGET_LUFS - 1
