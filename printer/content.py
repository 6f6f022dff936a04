"""What a slip says, read strictly from the plain data that a print job carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from printer.layout import PLAIN, BadLayoutError, SlipLayout
from printer.plain import clean
from queueing.waiting import Estimate

VERSION = 1
MAX_NAME = 200
MAX_NOTES = 5
MAX_COUNTERS = 99
_DIGEST = re.compile(r"[0-9a-f]{32}")
# Printable ASCII only: the address goes into a QR code, where no other letter is portable.
_URL = re.compile(r"https?://[!-~]{1,192}")


class BadContentError(ValueError):
    """A job's content is not a slip. The message names the field and never its value."""


@dataclass(frozen=True, slots=True)
class SlipContent:
    """One slip's words and numbers, and how they are laid out.

    `day` is the ticket's business day as people write it, `closes` the time after which the
    holder may not be served any more (None when there is time enough), `logo` the digest under
    which the branch's logo is kept.
    """

    language: str
    branch: str
    authority: str | None
    number: str
    service: str
    service_en: str | None
    ahead: int | None
    estimate: Estimate | None
    counters: tuple[int, ...]
    zone: str | None
    url: str | None
    hotline: str | None
    local: str
    notes: tuple[str, ...]
    layout: SlipLayout = PLAIN
    logo: str | None = None
    day: str | None = None
    closes: str | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> SlipContent:
        """Read a job's content. Raises BadContentError; keys it does not know are ignored."""
        if data.get("v") != VERSION:
            raise BadContentError("v")
        language = _text(data, "language", 8)
        if not re.fullmatch("[a-z]{2,3}", language):
            raise BadContentError("language")
        return cls(
            language=language,
            branch=_text(data, "branch", MAX_NAME),
            authority=_text_or_none(data, "authority", MAX_NAME),
            number=_text(data, "number", 16),
            service=_text(data, "service", MAX_NAME),
            service_en=_text_or_none(data, "service_en", MAX_NAME),
            ahead=_ahead(data),
            estimate=_estimate(data),
            counters=_counters(data),
            zone=_text_or_none(data, "zone", 100),
            url=_url(data),
            hotline=_text_or_none(data, "hotline", 60),
            local=_text(data, "local", 60),
            notes=_notes(data),
            layout=_layout(data),
            logo=_logo(data),
            day=_text_or_none(data, "day", 20),
            closes=_text_or_none(data, "closes", 8),
        )


def _text(data: Mapping[str, object], key: str, longest: int) -> str:
    value = data.get(key)
    if not isinstance(value, str) or len(value) > longest:
        raise BadContentError(key)
    text = clean(value)
    if not text:
        raise BadContentError(key)
    return text


def _text_or_none(data: Mapping[str, object], key: str, longest: int) -> str | None:
    return None if data.get(key) in (None, "") else _text(data, key, longest)


def _whole(value: object, key: str, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise BadContentError(key)
    return value


def _ahead(data: Mapping[str, object]) -> int | None:
    value = data.get("ahead")
    return None if value is None else _whole(value, "ahead", 99_999)


def _estimate(data: Mapping[str, object]) -> Estimate | None:
    value = data.get("estimate")
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise BadContentError("estimate")
    low, high = (_whole(value.get(end), "estimate", 864_000) for end in ("low", "high"))
    if low > high:
        raise BadContentError("estimate")
    return Estimate(low, high)


def _items(data: Mapping[str, object], key: str, most: int) -> list[object]:
    value = data.get(key, [])
    if not isinstance(value, list | tuple) or len(value) > most:
        raise BadContentError(key)
    return list(value)


def _counters(data: Mapping[str, object]) -> tuple[int, ...]:
    return tuple(_whole(n, "counters", 9_999) for n in _items(data, "counters", MAX_COUNTERS))


def _notes(data: Mapping[str, object]) -> tuple[str, ...]:
    notes = _items(data, "notes", MAX_NOTES)
    return tuple(_text({"notes": note}, "notes", MAX_NAME) for note in notes)


def _url(data: Mapping[str, object]) -> str | None:
    value = data.get("url")
    if value is None:
        return None
    if not isinstance(value, str) or not _URL.fullmatch(value):
        raise BadContentError("url")
    return value


def _layout(data: Mapping[str, object]) -> SlipLayout:
    value = data.get("layout")
    if value is None:
        return PLAIN
    try:
        return SlipLayout.from_json(value)
    except BadLayoutError as error:
        raise BadContentError(f"layout.{error.field}") from error


def _logo(data: Mapping[str, object]) -> str | None:
    value = data.get("logo")
    if value is None:
        return None
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise BadContentError("logo")
    return value
