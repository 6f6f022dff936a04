"""Which clips there are, and where a browser finds each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from voice.words import LETTERS, NUMBERS, PHRASES, letter_clip, vocabulary

GROUPS: Final = ("phrases", "letters", "digits", "numbers", "notices")
ACCENTS: Final = ("north", "south")
# Between the words of a sentence, in milliseconds: clips are cut where the word ends.
GAP_MS: Final = 70
CHIME: Final = "voice/chime.mp3"

# (its own address, what to play when that cannot be had)
Source = tuple[str, str | None]
# A clip's path below static/ -> its address; raises FileNotFoundError if there is no such file.
AddressOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip: its name, its group of GROUPS, and what it says in its own language."""

    name: str
    group: str
    words: str


@cache
def clips(language: str) -> tuple[Clip, ...]:
    """Every clip of a language, group by group. Raises KeyError for an unknown language."""
    letters = {letter_clip(letter) for letter in LETTERS[language]}

    def group(name: str) -> str:
        if name in PHRASES[language]:
            return "phrases"
        if name in letters:
            return "letters"
        if name in NUMBERS[language]:
            return "numbers"
        return "digits" if name.startswith("digit-") else "notices"

    return tuple(Clip(name, group(name), words) for name, words in vocabulary(language).items())


def is_clip(language: str, name: str) -> bool:
    """True for a clip that there is."""
    return language in PHRASES and name in vocabulary(language)


def folder(language: str, accent: str) -> str:
    """The folder below static/voice/ of the clips that come with the program."""
    return f"vi-{accent}" if language == "vi" else language


def vendored(name: str, language: str, accent: str, address_of: AddressOf) -> str | None:
    """The address of a clip that comes with the program, or None.

    One that is missing in an accent is taken from the north.
    """
    for wanted in dict.fromkeys((folder(language, accent), folder(language, "north"))):
        try:
            return address_of(f"voice/{wanted}/{name}.mp3")
        except FileNotFoundError:
            continue
    return None


def own_url(language: str, name: str, digest: str) -> str:
    """Where a branch's own recording is served."""
    return f"/api/v1/voice/own/{language}/{name}/{digest}.wav"


def urls(
    names: Sequence[str],
    language: str,
    accent: str,
    own: Mapping[tuple[str, str], str],
    address_of: AddressOf,
) -> list[Source] | None:
    """Where to find each of these clips; None when one of them is nowhere.

    `own` are the branch's own recordings, (language, name) -> digest, as
    `queueing.store.voice_clips.digests` gives them: they come first, with the program's own
    clip to fall back on. `address_of` makes an address of a path below static/, such as
    `web.assets.asset_url`.
    """
    found: list[Source] = []
    for name in names:
        ours = vendored(name, language, accent, address_of)
        digest = own.get((language, name))
        if digest is not None:
            found.append((own_url(language, name, digest), ours))
        elif ours is not None:
            found.append((ours, None))
        else:
            return None
    return found
