"""Vietnamese words as look-up compares them: syllables, with and without their accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_SYLLABLE: Final = re.compile(r"\w+")
# grave, acute, tilde, hook above, dot below: the five tones
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
# kỹ and kĩ, lý and lí are one syllable in two spellings
_Y_AS_I: Final = re.compile(r"(?<=^[hklmst])y$")


def fold(text: str) -> str:
    """Text in small letters without accents; đ becomes d."""
    small = unicodedata.normalize("NFC", text).lower().replace("đ", "d")
    marks = unicodedata.normalize("NFD", small)
    return "".join(char for char in marks if not unicodedata.combining(char))


@lru_cache(maxsize=8192)
def toned(syllable: str) -> str:
    """A syllable with its tone moved to the end, so that hoà and hòa are the same."""
    marks = unicodedata.normalize("NFD", syllable)
    letters = "".join(char for char in marks if char not in _TONES)
    tone = "".join(char for char in marks if char in _TONES)
    return _Y_AS_I.sub("i", unicodedata.normalize("NFC", letters)) + tone


@lru_cache(maxsize=8192)
def plain(syllable: str) -> str:
    """A syllable without accents, in the same one spelling as `toned`."""
    return _Y_AS_I.sub("i", fold(syllable))


def syllables(text: str) -> list[str]:
    """The syllables and numbers of a text, in small letters, accents kept."""
    return _SYLLABLE.findall(unicodedata.normalize("NFC", text).lower())


def is_accented(text: str) -> bool:
    """True when any letter bears an accent or is đ."""
    return fold(text) != unicodedata.normalize("NFC", text).lower()
