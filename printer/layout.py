"""What a branch's slip shows, and how large: read strictly from JSON, with a plain default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from printer.plain import clean

LANGUAGES: Final = ("ticket", "vi", "en", "both")
NUMBER_SIZES: Final = ("normal", "large", "largest")
LINES_MOST: Final = 3
LINE_MOST: Final = 80
_CHOICES: Final = {"language": LANGUAGES, "number_size": NUMBER_SIZES}


class BadLayoutError(ValueError):
    """Not a layout. `field` is the name of what is wrong, never its value."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class SlipLayout:
    """The lines of a slip. The number is not among them: it always shows.

    `language` is "ticket" (what the citizen chose), "vi", "en" or "both". `header` stands
    below authority and branch, `footer` at the end. What a flag allows shows only if there is
    something to show: without a hotline no line of it, without a logo no picture.
    """

    language: str = "ticket"
    number_size: str = "normal"
    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    logo: bool = True
    authority: bool = True
    branch: bool = True
    service: bool = True
    ahead: bool = True
    wait: bool = True
    counters: bool = True
    zone: bool = True
    qr: bool = True
    qr_words: bool = True
    hotline: bool = True
    time: bool = True
    same_day: bool = False
    cutoff_note: bool = True
    receipt_note: bool = True
    thanks: bool = True

    @classmethod
    def from_json(cls, data: object, *, edited: bool = False) -> SlipLayout:
        """Read a layout; what is left out keeps its default. Raises BadLayoutError.

        Unknown keys are refused in what somebody `edited`, and passed over in what an older
        or newer version of the program wrote.
        """
        if not isinstance(data, Mapping):
            raise BadLayoutError("layout")
        known = {field.name: field.default for field in fields(cls)}
        if edited:
            for key in data:
                if key not in known:
                    raise BadLayoutError(clean(str(key))[:40] or "layout")
        values: dict[str, Any] = {
            name: _read(name, data.get(name, default)) for name, default in known.items()
        }
        return cls(**values)

    def as_json(self) -> dict[str, object]:
        """The whole layout as plain data, defaults included."""
        whole = asdict(self)
        return whole | {"header": list(self.header), "footer": list(self.footer)}


PLAIN: Final = SlipLayout()


def _read(name: str, value: object) -> object:
    if name in _CHOICES:
        if value not in _CHOICES[name]:
            raise BadLayoutError(name)
        return value
    if name in ("header", "footer"):
        return _lines(name, value)
    if not isinstance(value, bool):
        raise BadLayoutError(name)
    return value


def _lines(name: str, value: object) -> tuple[str, ...]:
    """Own lines; those with nothing to see in them are left out."""
    if not isinstance(value, list | tuple) or len(value) > LINES_MOST:
        raise BadLayoutError(name)
    lines = []
    for line in value:
        if not isinstance(line, str) or len(line) > 4 * LINE_MOST:
            raise BadLayoutError(name)
        text = clean(line)
        if len(text) > LINE_MOST:
            raise BadLayoutError(name)
        lines.append(text)
    return tuple(filter(None, lines))
