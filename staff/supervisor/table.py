"""The service-time log as a table for spreadsheets, as CSV, and one visit in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
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
    N_("Procedure"),
    N_("Dossier"),
    N_("Note"),
    N_("Corrected from"),
)
# What no reader may mistake an export for; a last column's head, so that programs read on.
NOTE: Final = N_("Internal; not a score of the 766 index")

Cell = str | int | date | datetime
Pages = Callable[[VisitRow | None], list[VisitRow]]

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


def corrected_words(visit: VisitRow, language: str) -> str:
    """What the officer had recorded before a supervisor put it right; empty where nobody did."""
    if visit.was is None:
        return ""
    return say(OUTCOMES.get(visit.was, visit.was) if visit.was else N_("yes"), language)


def heads(language: str) -> list[str]:
    """The head of each column, and the note behind the last one."""
    return [say(head, language) for head in (*HEADS, NOTE)]


def cells(visit: VisitRow, timezone: str, language: str) -> list[Cell]:
    """One visit's line; times are the branch's, figures whole seconds, unknown ones empty."""

    def moment(text: str | None) -> Cell:
        if text is None:
            return ""
        return local(parse_iso(text), timezone).replace(tzinfo=None)

    figures = (
        visit.calls,
        visit.wait_s,
        visit.walk_s,
        visit.service_s,
        visit.handling_s,
        visit.parked_s,
    )
    return [
        date.fromisoformat(visit.day),
        visit.number,
        visit.service_code,
        visit.service,
        "" if visit.counter is None else visit.counter,
        visit.officer or "",
        moment(visit.enqueued_at),
        moment(visit.first_called_at),
        moment(visit.started_at),
        moment(visit.ended_at),
        *("" if figure is None else figure for figure in figures),
        result_words(visit, language),
        say(N_("yes"), language) if visit.inferred else "",
        visit.procedure or "",
        visit.dossier or "",
        visit.note or "",
        corrected_words(visit, language),
    ]


def csv_pages(pages: Pages, timezone: str, language: str) -> Iterator[str]:
    """The log as CSV (RFC 4180), a page of visits at a time, so that memory holds only one.

    `pages(last)` gives the visits after the last one seen. The byte-order mark lets Excel read
    it as UTF-8.
    """
    yield BOM + _lines([heads(language)])
    last: VisitRow | None = None
    while visits := pages(last):
        yield _lines([[_text(one) for one in cells(v, timezone, language)] for v in visits])
        last = visits[-1]


def _text(cell: Cell) -> str | int:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return safe(cell) if isinstance(cell, str) else cell


def _lines(rows: list[list[str | int]] | list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
