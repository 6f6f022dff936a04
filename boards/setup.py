"""What stands on a branch's boards beside the calls: ticker, duty roster, ways to the counters.

Kept as JSON by `queueing.store.board_setup`; here it is read strictly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, TypeVar

from boards.words import BadSetupError, day, line, whole

ARROWS: Final = ("left", "right", "up", "down", "ahead")
LINES_MOST: Final = 12
LINE_MOST: Final = 200
DUTIES_MOST: Final = 60
DUTY_TEXT_MOST: Final = 80
HINTS_MOST: Final = 100
HINT_TEXT_MOST: Final = 80
COUNTER_MOST: Final = 999
ROSTER_SECONDS: Final = 15
ROSTER_SECONDS_LEAST: Final = 5
ROSTER_SECONDS_MOST: Final = 120

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ticker; without English words the Vietnamese ones serve both."""

    words: str
    words_en: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who sits at a counter, for what, and who takes over."""

    counter: int
    field: str = ""
    officer: str = ""
    backup: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """The way to a counter: an arrow (of `ARROWS`) as seen from the board, and words."""

    counter: int
    arrow: str | None = None
    words: str = ""
    words_en: str = ""


@dataclass(frozen=True, slots=True)
class BoardSetup:
    """Everything of it. `roster_from` is the roster's date of effect, an ISO day.

    `roster_seconds` is how long the roster stands in the panel's rotation; 0 never shows it.
    """

    ticker: tuple[Line, ...] = ()
    roster: tuple[Duty, ...] = ()
    roster_from: str | None = None
    roster_seconds: int = ROSTER_SECONDS
    hints: tuple[Hint, ...] = ()

    @classmethod
    def from_json(cls, data: object, *, edited: bool = False) -> BoardSetup:
        """Read a setup; None is the plain one, and what is left out keeps its default.

        What somebody `edited` is refused as a whole when anything is wrong with it: raises
        BadSetupError. Of what was stored, by this version or another, a part that cannot be
        read counts as left out, so that a board shows the rest.
        """
        given = {} if data is None else data
        if not isinstance(given, Mapping):
            if edited:
                raise BadSetupError("setup", "kind")
            given = {}
        if edited:
            _only(given, set(_PARTS), "setup")
        found: dict[str, Any] = {}
        for name, read in _PARTS.items():
            if name not in given:
                continue
            try:
                found[name] = read(given[name])
            except BadSetupError:
                if edited:
                    raise
        return cls(**found)

    def as_json(self) -> dict[str, object]:
        """The whole setup as plain data, defaults included."""
        return asdict(self) | {
            name: [asdict(one) for one in getattr(self, name)]
            for name in ("ticker", "roster", "hints")
        }

    def hint(self, counter: int) -> Hint:
        """The way to the counter with this number; an empty one if nothing was said."""
        return next((one for one in self.hints if one.counter == counter), Hint(counter))


def _only(data: Mapping[object, object], known: set[str], name: str) -> None:
    if any(key not in known for key in data):
        raise BadSetupError(name, "unknown")


def _rows(
    name: str, kind: type[T], most: int, read: Callable[[Mapping[str, object]], T | None]
) -> Callable[[object], tuple[T, ...]]:
    """A reader of a list of such rows; those that say nothing are left out."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]

    def rows(value: object) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise BadSetupError(name, "kind")
        if len(value) > most:
            raise BadSetupError(name, "count")
        found = []
        for one in value:
            if not isinstance(one, Mapping):
                raise BadSetupError(name, "kind")
            _only(one, known, name)
            found.append(read(one))
        return tuple(one for one in found if one is not None)

    return rows


def _line(row: Mapping[str, object]) -> Line | None:
    words = line("ticker", row.get("words", ""), LINE_MOST)
    words_en = line("ticker", row.get("words_en", ""), LINE_MOST)
    if words_en and not words:
        raise BadSetupError("ticker", "empty")
    return Line(words, words_en) if words else None


def _duty(row: Mapping[str, object]) -> Duty | None:
    texts = [
        line("roster", row.get(name, ""), DUTY_TEXT_MOST) for name in ("field", "officer", "backup")
    ]
    counter = whole("roster", row.get("counter"), 1, COUNTER_MOST)
    return Duty(counter, *texts) if any(texts) else None


def _hint(row: Mapping[str, object]) -> Hint | None:
    counter = whole("hints", row.get("counter"), 1, COUNTER_MOST)
    arrow = row.get("arrow")
    if arrow is not None and arrow not in ARROWS:
        raise BadSetupError("hints", "choice")
    words = line("hints", row.get("words", ""), HINT_TEXT_MOST)
    words_en = line("hints", row.get("words_en", ""), HINT_TEXT_MOST)
    if words_en and not words:
        raise BadSetupError("hints", "empty")
    if arrow is None and not words:
        return None
    return Hint(counter, None if arrow is None else str(arrow), words, words_en)


_hint_rows = _rows("hints", Hint, HINTS_MOST, _hint)


def _hints(value: object) -> tuple[Hint, ...]:
    found = _hint_rows(value)
    if len({one.counter for one in found}) < len(found):
        raise BadSetupError("hints", "twice")
    return found


def _roster_seconds(value: object) -> int:
    if value == 0 and not isinstance(value, bool):
        return 0
    return whole("roster_seconds", value, ROSTER_SECONDS_LEAST, ROSTER_SECONDS_MOST)


_PARTS: Final[dict[str, Callable[[object], object]]] = {
    "ticker": _rows("ticker", Line, LINES_MOST, _line),
    "roster": _rows("roster", Duty, DUTIES_MOST, _duty),
    "roster_from": lambda value: day("roster_from", value),
    "roster_seconds": _roster_seconds,
    "hints": _hints,
}
PLAIN: Final = BoardSetup()
