"""The clips that come with the program: all there, equally loud, as PROVENANCE.json says."""

import hashlib
import json
import math
from functools import cache
from typing import Any

import miniaudio
import pytest

from queueing.branchfile.rules import LETTERS
from queueing.numbering import label
from queueing.texts import LANGUAGES
from tests.support.tree import ROOT
from tools import voice as builder
from tools.chime import chime
from voice import clips, phrases
from voice.loudness import TARGET_LUFS, loudness
from voice.wav import Sound, decibel, trimmed
from voice.words import vocabulary
from web.assets import asset_url

FOLDER = ROOT / "static" / "voice"
ACCENTS = [("vi", "north"), ("vi", "south"), ("en", "north")]
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.mp3"))
SPEECH = [name for name in FILES if name != "chime.mp3"]
TOLERANCE_LU = 1.5
PEAK_MOST_DB = -1.0


@cache
def provenance() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "PROVENANCE.json").read_text(encoding="utf-8"))
    return found


@cache
def decoded(name: str) -> Sound:
    """Return a file as it is heard, by another decoder than the one that measured it."""
    found = miniaudio.decode((FOLDER / name).read_bytes(), nchannels=1, sample_rate=22050)
    assert found.nchannels == 1
    return Sound(found.sample_rate, [one / 32768 for one in found.samples])


def heard(name: str) -> Sound:
    return trimmed(decoded(name))


@pytest.mark.parametrize(("language", "accent"), ACCENTS)
def test_every_clip_there_is_exists_in_every_voice_and_no_other_file(
    language: str, accent: str
) -> None:
    folder = clips.folder(language, accent)
    made = {path.name for path in (FOLDER / folder).iterdir()}
    assert made == {f"{name}.mp3" for name in vocabulary(language)}


@pytest.mark.parametrize(("language", "accent"), ACCENTS)
def test_every_call_of_every_number_has_all_its_clips(language: str, accent: str) -> None:
    needed = {
        name
        for prefix in (*LETTERS, "")
        for number in (*range(10), 1234, 5678, 9000)
        for name in phrases.call(label(prefix, number), 1, language, again=True)
    } | {name for counter in range(100) for name in phrases.whole(counter, language)}
    found = clips.urls(sorted(needed), language, accent, {}, asset_url)
    assert found is not None
    folder = f"/static/voice/{clips.folder(language, accent)}/"
    assert all(url.startswith(folder) and "?v=" in url for url, _ in found)


def test_all_words_are_equally_loud_and_none_is_clipped() -> None:
    astray = {
        name: (round(lufs, 1), round(peak, 1))
        for name in SPEECH
        for lufs, peak in [(loudness(heard(name)), decibel(decoded(name).peak))]
        if abs(lufs - TARGET_LUFS) > TOLERANCE_LU or peak > PEAK_MOST_DB
    }
    assert astray == {}


def test_no_silence_stands_at_their_ends() -> None:
    for name in FILES:
        whole = decoded(name)
        first = next(n for n, one in enumerate(whole.samples) if abs(one) > 0.01)
        last = next(n for n, one in enumerate(reversed(whole.samples)) if abs(one) > 0.01)
        # 25 ms are left for a soft consonant; the packing adds up to 50 ms
        assert first / whole.rate < 0.11, name
        assert last / whole.rate < (0.25 if name == "chime.mp3" else 0.13), name


def test_they_begin_and_end_without_a_click() -> None:
    for name in FILES:
        samples = decoded(name).samples
        assert max(map(abs, [*samples[:20], *samples[-20:]])) < 0.02, name


def test_words_last_as_long_as_words_do() -> None:
    for name in SPEECH:
        seconds = heard(name).seconds
        words = provenance()["files"][name]["words"].replace("-", " ").replace("/", " ").split()
        assert 0.25 <= seconds <= 0.9 + 0.5 * len(words), name
        assert seconds <= 8, name


def test_the_chime_is_two_soft_tones_a_little_below_the_voice() -> None:
    sound = heard("chime.mp3")
    assert loudness(sound) == pytest.approx(builder.CHIME_LUFS, abs=1)
    assert 1 <= sound.seconds <= 1.6
    assert dominant(sound, 0.06, 0.3) == pytest.approx(784, abs=12)
    assert dominant(sound, 0.75, 1.05) == pytest.approx(587, abs=12)
    # no step between neighbours that a tone of this height does not make
    steps = [abs(b - a) for a, b in zip(sound.samples, sound.samples[1:], strict=False)]
    assert max(steps) < 0.5 * sound.peak
    assert chime().samples[0] == 0


def dominant(sound: Sound, begin: float, end: float) -> float:
    """Return the strongest frequency of a stretch in Hz, looked for from 300 to 1500."""
    part = sound.samples[round(begin * sound.rate) : round(end * sound.rate)]

    def power(hertz: float) -> float:
        turn = 2 * math.pi * hertz / sound.rate
        real = sum(one * math.cos(turn * n) for n, one in enumerate(part))
        imaginary = sum(one * math.sin(turn * n) for n, one in enumerate(part))
        return real * real + imaginary * imaginary

    return max(range(300, 1500, 8), key=power)


def test_the_provenance_names_each_file_with_its_words_and_digest() -> None:
    told = provenance()["files"]
    assert sorted(told) == FILES
    for name, row in told.items():
        content = (FOLDER / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"], name
        assert len(content) == row["bytes"], name


def test_the_provenance_was_measured_right() -> None:
    for name in FILES[:: len(FILES) // 12]:
        row = provenance()["files"][name]
        assert loudness(heard(name)) == pytest.approx(row["lufs"], abs=0.3), name
        assert decibel(decoded(name).peak) == pytest.approx(row["peak_db"], abs=0.3), name


@pytest.mark.parametrize("speaker", builder.SPEAKERS, ids=lambda one: str(one.folder))
def test_what_was_spoken_is_what_is_written_today(speaker: builder.Speaker) -> None:
    """After a change of words or of how they are given to eSpeak: `make voice`."""
    told = provenance()
    for name, words in vocabulary(speaker.language).items():
        row = told["files"][f"{speaker.folder}/{name}.mp3"]
        assert row["words"] == words
        assert row.get("given", words) == builder.spoken(speaker, name, words)
    command = told["voices"][speaker.folder]
    assert command == f"espeak-ng -v {speaker.voice} -s {speaker.speed} -a {builder.AMPLITUDE}"
    assert told["lame"] == " ".join(builder.LAME)


def test_all_of_it_is_small() -> None:
    assert sum((FOLDER / name).stat().st_size for name in FILES) < 1_500_000
    for language, accent in ACCENTS:
        calls = [one for one in clips.clips(language) if one.group != "notices"]
        folder = FOLDER / clips.folder(language, accent)
        assert sum((folder / f"{one.name}.mp3").stat().st_size for one in calls) < 260_000


def test_the_third_party_page_names_the_programs_that_made_them() -> None:
    page = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    for name, version in provenance()["programs"].items():
        assert f"{name} {version}" in page
    assert set(LANGUAGES) == {one.language for one in builder.SPEAKERS}
