"""Reading a branch file's tables key by key, collecting every mistake instead of the first."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from queueing.texts import N_

Gettext = Callable[[str], str]

# Control, invisible and direction-changing characters could hide or reverse words on a screen.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake or warning: where it is, and what it is as an English msgid with facts."""

    place: str
    msgid: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def worded(self, gettext: Gettext = str) -> str:
        """The problem as one line, its message translated by `gettext`."""
        return f"{self.place}: {gettext(self.msgid).format(**self.facts)}"


class BranchFileError(ValueError):
    """A branch file that cannot be used; `problems` lists every mistake found in it."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.worded())

    def worded(self, gettext: Gettext = str) -> str:
        """All mistakes, one a line, translated by `gettext`."""
        return "\n".join(problem.worded(gettext) for problem in self.problems)


class Mistakes:
    """The mistakes and warnings found so far."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.warned: list[Problem] = []

    def add(self, place: str, msgid: str, **facts: object) -> None:
        """Note a mistake; the file will be refused."""
        self.found.append(Problem(place, msgid, facts))

    def warn(self, place: str, msgid: str, **facts: object) -> None:
        """Note something doubtful; the file may still be used."""
        self.warned.append(Problem(place, msgid, facts))


def close_to(word: str, known: Collection[str]) -> str | None:
    """The known word that a mistyped one most likely stands for."""
    return next(iter(difflib.get_close_matches(word[:LONGEST], known, n=1)), None)


def shown(value: object, most: int = 40) -> str:
    """A value as a message may show it: short, on one line."""
    try:
        whole = str(value)
    except ValueError:  # Python writes no number of more than 4300 digits
        return "…"
    text = " ".join("".join(c if c.isprintable() else " " for c in whole[: most * 4]).split())
    return text if len(text) <= most else text[: most - 1] + "…"


class Table:
    """One TOML table under reading. Each key is asked for once; `done` refuses the others.

    A getter that finds a mistake notes it and returns a harmless value, so that reading goes on
    and all mistakes come out together.
    """

    def __init__(self, values: Mapping[str, Any], place: str, mistakes: Mistakes) -> None:
        self.values = values
        self.place = place
        self.mistakes = mistakes
        self._asked: set[str] = set()

    def wrong(self, msgid: str, **facts: object) -> None:
        """Note a mistake in this table."""
        self.mistakes.add(self.place, msgid, **facts)

    def has(self, key: str) -> bool:
        """Whether the key is in the file."""
        return key in self.values

    def value(self, key: str) -> Any:
        """The raw value, or None when the key is absent."""
        self._asked.add(key)
        return self.values.get(key)

    def text(self, key: str, *, default: str | None = None, most: int = 80) -> str:
        """A text of 1 to `most` characters; without `default` it must be there."""
        value = self.value(key)
        if value is None:
            if default is None:
                self.wrong(N_("{key} is missing"), key=key)
            return default or ""
        return self.clean(key, value, most=most, may_be_empty=default == "")

    def clean(self, key: str, value: object, *, most: int = 80, may_be_empty: bool = False) -> str:
        """A text value in NFC without outer blanks, checked for length and unseen characters."""
        if not isinstance(value, str):
            self.wrong(N_('{key} must be text in double quotes, like "…"'), key=key)
            return ""
        text = unicodedata.normalize("NFC", value).strip()
        if any(unicodedata.category(char) in UNSEEN for char in text):
            self.wrong(N_("{key} holds a line break or an invisible character"), key=key)
            return ""
        if len(text) > most:
            self.wrong(N_("{key} is longer than {most} characters"), key=key, most=most)
            return text[:most]
        if not text and not may_be_empty:
            self.wrong(N_("{key} is empty"), key=key)
        return text

    def whole(self, key: str, low: int, high: int, *, default: int | None = None) -> int:
        """A whole number from `low` to `high`."""
        value = self.value(key)
        if value is None and default is not None:
            return default
        if value is None:
            self.wrong(N_("{key} is missing"), key=key)
        elif isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.wrong(
                N_("{key} must be a whole number from {low} to {high}"), key=key, low=low, high=high
            )
        else:
            return value
        return low

    def decimal(self, key: str, low: float, high: float, *, default: float) -> float:
        """A number between two bounds, with or without decimals."""
        value = self.value(key)
        if value is None:
            return default
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not low <= value <= high:
            self.wrong(
                N_("{key} must be a number between {low} and {high}, not {value}"),
                key=key,
                low=low,
                high=high,
                value=shown(value),
            )
            return default
        return float(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """A true or false."""
        value = self.value(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.wrong(N_("{key} must be true or false, without quotes"), key=key)
        return default

    def choice(self, key: str, allowed: Collection[str], *, default: str | None = None) -> str:
        """One of the allowed words."""
        text = self.text(key, default=default)
        if text and text not in allowed:
            self.wrong(
                N_('{key} "{value}" is not one of: {allowed}'),
                key=key,
                value=shown(text),
                allowed=", ".join(allowed),
            )
        return text

    def texts(self, key: str, *, most: int = LONGEST, many: int = LONGEST) -> tuple[str, ...]:
        """A list of texts, none twice; empty when the key is absent."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(N_('{key} must be a list, like ["…", "…"]'), key=key)
            return ()
        if len(value) > many:
            self.wrong(N_("{key} has more than {many} entries"), key=key, many=many)
        texts = tuple(self.clean(key, entry, most=most) for entry in value[:many])
        for text in sorted({text for text in texts if text and texts.count(text) > 1}):
            self.wrong(N_('{key} names "{value}" twice'), key=key, value=shown(text))
        return tuple(text for text in dict.fromkeys(texts) if text)

    def done(self) -> None:
        """Refuse every key that nobody asked for, with the name it was probably meant to be."""
        for key in self.values:
            if key in self._asked:
                continue
            near = close_to(key, self._asked)
            if near:
                self.wrong(
                    N_('unknown key "{key}"; did you mean "{near}"?'), key=shown(key), near=near
                )
            else:
                self.wrong(
                    N_('unknown key "{key}"; known here: {known}'),
                    key=shown(key),
                    known=", ".join(sorted(self._asked)),
                )
