"""Every clip by its name, and what it says: the whole vocabulary of the voice.

The words are not texts of the program that are translated but what each recording says in its
own language; only the ready-made notices are worded by the catalogues, so that a board shows
just what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from queueing.texts import LANGUAGES, say
from voice.ready import READY, TRIAL

PHRASES: Final[dict[str, dict[str, str]]] = {
    "vi": {
        "nhac-lai": "Xin nhắc lại",
        "moi-so": "Mời công dân có số thứ tự",
        "den-quay": "đến quầy số",
    },
    "en": {
        "again": "Once again",
        "ticket-number": "Ticket number",
        "go-to-counter": "please go to counter",
    },
}
# Vietnamese letters as offices read them out. The accented vowels are never a prefix.
_VI_LETTERS: Final = {
    "A": "a",
    "B": "bê",
    "C": "xê",
    "D": "dê",
    "Đ": "đê",
    "E": "e",
    "F": "ép-phờ",
    "G": "giê",
    "H": "hát",
    "I": "i",
    "J": "gi",
    "K": "ca",
    "L": "e-lờ",
    "M": "em-mờ",
    "N": "en-nờ",
    "O": "o",
    "P": "pê",
    "Q": "quy",
    "R": "e-rờ",
    "S": "ét-sì",
    "T": "tê",
    "U": "u",
    "V": "vê",
    "W": "vê kép",
    "X": "ích-xì",
    "Y": "i dài",
    "Z": "dét",
}
# No branch has both D and Đ, so that English may call either by the one name it knows.
_EN_LETTERS: Final = {letter: "D" if letter == "Đ" else letter for letter in _VI_LETTERS}
LETTERS: Final = {"vi": _VI_LETTERS, "en": _EN_LETTERS}

_VI_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_EN_DIGITS: Final = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
)
DIGITS: Final = {"vi": _VI_DIGITS, "en": _EN_DIGITS}

# Counters, 1 to 99, are put together from these. `unit-…` are the Vietnamese one, four and five
# that stand after a ten: mốt, tư and lăm.
NUMBERS: Final[dict[str, dict[str, str]]] = {
    "vi": {f"number-{n}": _VI_DIGITS[n] for n in range(1, 10)}
    | {"number-10": "mười"}
    | {f"number-{n}0": f"{_VI_DIGITS[n]} mươi" for n in range(2, 10)}
    | {"unit-1": "mốt", "unit-4": "tư", "unit-5": "lăm"},
    "en": {f"number-{n}": _EN_DIGITS[n] for n in range(1, 10)}
    | {
        "number-10": "ten",
        "number-11": "eleven",
        "number-12": "twelve",
        "number-13": "thirteen",
        "number-14": "fourteen",
        "number-15": "fifteen",
        "number-16": "sixteen",
        "number-17": "seventeen",
        "number-18": "eighteen",
        "number-19": "nineteen",
        "number-20": "twenty",
        "number-30": "thirty",
        "number-40": "forty",
        "number-50": "fifty",
        "number-60": "sixty",
        "number-70": "seventy",
        "number-80": "eighty",
        "number-90": "ninety",
    },
}


def letter_clip(letter: str) -> str:
    """The name of the clip that says a capital letter: `letter-a`, `letter-dd` for Đ."""
    return "letter-dd" if letter == "Đ" else f"letter-{letter.lower()}"


@cache
def vocabulary(language: str) -> Mapping[str, str]:
    """What each clip of a language says, by its name. Raises KeyError for an unknown language."""
    return MappingProxyType(
        PHRASES[language]
        | {letter_clip(letter): words for letter, words in LETTERS[language].items()}
        | {f"digit-{n}": words for n, words in enumerate(DIGITS[language])}
        | NUMBERS[language]
        | {one.clip: say(one.words, language) for one in (*READY, TRIAL)}
    )


assert set(PHRASES) == set(LETTERS) == set(DIGITS) == set(NUMBERS) == set(LANGUAGES)
