"""What is said: the names of the clips, in the order in which they are played."""

from __future__ import annotations

from typing import Final

from voice.words import LETTERS, letter_clip

_AROUND: Final = {
    "vi": ("nhac-lai", "moi-so", "den-quay"),
    "en": ("again", "ticket-number", "go-to-counter"),
}
# People write numbers with these, but nobody says them.
_UNSPOKEN: Final = frozenset(" .-")
_FIGURES: Final = frozenset("0123456789")


def call(number: str, counter: int, language: str, again: bool = False) -> list[str]:
    """The clips that invite a ticket to a counter; `again` says that it is repeated.

    The ticket's number is spelled, letter by letter and digit by digit; the counter's is said
    as a whole. A sign that no clip says gives a name that is nobody's, for a number said in
    part would call somebody else: `voice.clips.urls` then gives None. Raises KeyError for an
    unknown language, ValueError for a counter below 0.
    """
    repeat, invite, go_to = _AROUND[language]
    return [
        *([repeat] if again else []),
        invite,
        *spelled(number, language),
        go_to,
        *whole(counter, language),
    ]


def spelled(number: str, language: str) -> list[str]:
    """The clips of a ticket's number, sign by sign; zeros at its head are said too."""
    return [_sign(sign, language) for sign in number.upper() if sign not in _UNSPOKEN]


def _sign(sign: str, language: str) -> str:
    if sign in _FIGURES:
        return f"digit-{sign}"
    if sign in LETTERS[language]:
        return letter_clip(sign)
    return f"unknown-{ord(sign):x}"


def whole(number: int, language: str) -> list[str]:
    """The clips of a number as people say it, 1 to 99; others are spelled.

    Raises ValueError below 0.
    """
    if number < 0:
        raise ValueError(f"no counter is numbered {number}")
    if not 1 <= number <= 99:
        return [f"digit-{figure}" for figure in str(number)]
    tens, unit = divmod(number, 10)
    if language == "en":
        return _english(number, tens, unit)
    return _vietnamese(tens, unit)


def _vietnamese(tens: int, unit: int) -> list[str]:
    if tens == 0:
        return [f"number-{unit}"]
    head = f"number-{tens}0"
    if unit == 0:
        return [head]
    # mười một, but hai mươi mốt; mười bốn, but hai mươi tư; lăm after every ten
    bent = unit == 5 or (tens > 1 and unit in (1, 4))
    return [head, f"unit-{unit}" if bent else f"number-{unit}"]


def _english(number: int, tens: int, unit: int) -> list[str]:
    if number < 20 or unit == 0:
        return [f"number-{number}"]
    return [f"number-{tens}0", f"number-{unit}"]
