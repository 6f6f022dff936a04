"""The service-time log as a page: of a day or some days, searched, filtered, and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from queueing import history
from queueing.branches import local
from queueing.clock import iso, parse_iso
from queueing.history import DayFigures, Filters
from queueing.refusals import Refused
from queueing.store import branches, report_names
from queueing.store.rows import Branch
from queueing.texts import OUTCOMES, refusal
from queueing.tickets import CHOSEN_OUTCOMES
from staff.supervisor.log import day_of, filters, place_of, text_of, today
from staff.supervisor.reports_words import day_words, days_words, length_words, short_length
from staff.supervisor.table import corrected_words, result_words
from web.access import SUPERVISORS
from web.i18n import language
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import current_room

LINES = 100
PAPER_LINES = 2000
ASKED = ("number", "service", "counter", "outcome", "officer")

pages = Blueprint("supervisor", __name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader of the log asked for. `typed` are the filters as they were written; `fault`
    says in words why the number cannot be one.
    """

    now: str
    first: str
    last: str
    typed: dict[str, str]
    wanted: Filters
    fault: str

    def query(self, **more: str) -> str:
        """The same question as an address carries it, the filters that are set with it."""
        days = {"day": self.first} | ({"to": self.last} if self.last != self.first else {})
        return urlencode(days | self.typed | more)

    def export(self, kind: str) -> str:
        """Where the same lines are had as a file."""
        days = {"from": self.first, "to": self.last}
        return "/api/v1/visits?" + urlencode(
            days | self.typed | {"format": kind, "lang": language()}
        )


def _number(text: str) -> int:
    """A number that the database can hold. Raises ValueError, which Flask reads as no wish."""
    number = int(text)
    if not 0 <= number < 2**31:
        raise ValueError(text)
    return number


def _asked(now: str) -> Asked:
    args = request.args
    first = day_of(args.get("day"), now)
    last = max(first, day_of(args.get("to"), first))
    typed = {name: args[name].strip() for name in ASKED if args.get(name, "").strip()}
    numbers = {name: args.get(name, type=_number) for name in ("counter", "officer")}
    fault = ""
    try:
        wanted = filters(
            typed.get("number"),
            typed.get("service"),
            numbers["counter"],
            typed.get("outcome"),
            numbers["officer"],
        )
    except Refused as refused:
        wanted, fault = Filters(number=""), refusal(refused.code, refused.facts, language())
    return Asked(now, first, last, typed, wanted, fault)


def _log(template: str, lines: int, paper: bool) -> str:
    room, known = current_room(), page_known()
    branch_id = known.actor.branch_id
    with room.store.reading() as db:
        branch = branches.branch(db, branch_id)
        asked = _asked(today(room, db, branch_id))
        found = history.visits(
            db,
            branch_id,
            asked.first,
            asked.last,
            wanted=asked.wanted,
            after=None if paper else place_of(request.args.get("after")),
            newest_first=not paper,
            limit=lines + 1,
        )
        figures: DayFigures | None = None
        if asked.first == asked.last and not asked.wanted.any:
            figures = history.day_figures(db, branch_id, asked.first)
        names = report_names.read(db, branch_id)
    first, last = date.fromisoformat(asked.first), date.fromisoformat(asked.last)
    return render_template(
        template,
        branch=branch,
        officer=known.name,
        asked=asked,
        names=names,
        days=days_words(first, last),
        day=first,
        to=None if first == last else last,
        is_today=first == last and asked.first == asked.now,
        before=_neighbour(first, -1),
        following=_neighbour(last, 1) if asked.last < asked.now else None,
        visits=found[:lines],
        more=len(found) > lines,
        place=text_of(found[lines - 1].place) if len(found) > lines else None,
        first_page=paper or not request.args.get("after"),
        figures=figures,
        outcomes=OUTCOMES,
        chosen=[str(outcome) for outcome in CHOSEN_OUTCOMES],
        **_wording(branch),
        page=page_settings(),
    )


def _wording(branch: Branch) -> dict[str, object]:
    """What the templates word a line with."""

    def clock(text: str | None) -> str:
        return "" if text is None else local(parse_iso(text), branch.timezone).strftime("%H:%M:%S")

    return {
        "clock": clock,
        "day_words": lambda text: day_words(date.fromisoformat(text)),
        "length": length_words,
        "short": short_length,
        "result": lambda visit: result_words(visit, language()),
        "corrected": lambda visit: corrected_words(visit, language()) if visit.was else "",
        "printed_at": f"{clock(iso(current_room().store.clock()))[:5]}",
    }


@pages.get("/supervisor/visits")
@staff_page(SUPERVISORS)
def visits() -> Page:
    """The service-time log, the newest first, a page at a time."""
    return _log("supervisor/visits.html", LINES, paper=False)


@pages.get("/supervisor/visits/print")
@staff_page(SUPERVISORS)
def visits_on_paper() -> Page:
    """The same lines as a sheet to print, in the order of entry."""
    return _log("supervisor/visits_print.html", PAPER_LINES, paper=True)


def _neighbour(day: date, step: int) -> str | None:
    try:
        return (day + timedelta(days=step)).isoformat()
    except OverflowError:
        return None
