"""The service-time log as CSV for spreadsheets, and one visit in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Final

from queueing.branches import local
from queueing.clock import parse_iso
from queueing.history import VisitRow
from queueing.texts import N_, OUTCOMES, STATES, say

HEADS: Final = (
    N_("Day"),
    N_("Number"),
    N_("Service code"),
    N_("Service"),
    N_("Counter"),
    N_("Officer"),
    N_("Joined the queue"),
    N_("First call"),
    N_("Start"),
    N_("End"),
    N_("Times called"),
    N_("Wait (s)"),
    N_("Walk (s)"),
    N_("Service (s)"),
    N_("Handling (s)"),
    N_("Set aside (s)"),
    N_("Result"),
    N_("Start inferred"),
)

# Spreadsheets take a cell that begins so for a formula and run it (CWE-1236).
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM: Final = "\ufeff"


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(FORMULA) else text


def result_words(visit: VisitRow, language: str) -> str:
    """How a visit ended, or where it is while it has not."""
    if visit.outcome is not None:
        return say(OUTCOMES.get(visit.outcome, visit.outcome), language)
    state = visit.state or ""
    return say(STATES.get(state, state), language) if state else ""


def cells(visit: VisitRow, timezone: str, language: str) -> list[str | int]:
    """One visit's line; times are the branch's, figures whole seconds, unknown ones empty."""

    def moment(text: str | None) -> str:
        if text is None:
            return ""
        return local(parse_iso(text), timezone).strftime("%Y-%m-%d %H:%M:%S")

    figures = (
        visit.calls,
        visit.wait_s,
        visit.walk_s,
        visit.service_s,
        visit.handling_s,
        visit.parked_s,
    )
    return [
        visit.day,
        safe(visit.number),
        safe(visit.service_code),
        safe(visit.service),
        "" if visit.counter is None else visit.counter,
        safe(visit.officer or ""),
        moment(visit.enqueued_at),
        moment(visit.first_called_at),
        moment(visit.started_at),
        moment(visit.ended_at),
        *("" if figure is None else figure for figure in figures),
        result_words(visit, language),
        say(N_("yes"), language) if visit.inferred else "",
    ]


def csv_pages(
    pages: Callable[[VisitRow | None], list[VisitRow]], timezone: str, language: str
) -> Iterator[str]:
    """The log as CSV (RFC 4180), a page of visits at a time, so that memory holds only one.

    `pages(last)` gives the visits after the last one seen. The byte-order mark lets Excel read
    it as UTF-8.
    """
    yield BOM + _lines([[say(head, language) for head in HEADS]])
    last: VisitRow | None = None
    while visits := pages(last):
        yield _lines([cells(visit, timezone, language) for visit in visits])
        last = visits[-1]


def _lines(rows: list[list[str | int]] | list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
