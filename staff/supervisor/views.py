"""The service-time log of a day, as a page."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, render_template, request

from queueing import history
from queueing.branches import local
from queueing.clock import parse_iso
from queueing.store import branches
from staff.supervisor.log import day_of, place_of, text_of, today
from staff.supervisor.table import result_words
from web.access import SUPERVISORS
from web.i18n import gettext, language
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import current_room

LINES = 100

pages = Blueprint("supervisor", __name__)


@pages.get("/supervisor/visits")
@staff_page(SUPERVISORS)
def visits() -> Page:
    """The service-time log of one day, the newest first, a page at a time."""
    room, known = current_room(), page_known()
    branch_id = known.actor.branch_id
    after = place_of(request.args.get("after"))
    with room.store.reading() as db:
        now = today(room, db, branch_id)
        day = day_of(request.args.get("day"), now)
        branch = branches.branch(db, branch_id)
        found = history.visits(
            db, branch_id, day, day, after=after, newest_first=True, limit=LINES + 1
        )
        figures = history.day_figures(db, branch_id, day)
    shown = found[:LINES]
    this = date.fromisoformat(day)

    def clock(text: str | None) -> str:
        return "" if text is None else local(parse_iso(text), branch.timezone).strftime("%H:%M:%S")

    return render_template(
        "supervisor/visits.html",
        branch=branch.name,
        officer=known.name,
        day=this,
        is_today=day == now,
        before=_neighbour(this, -1),
        following=_neighbour(this, 1) if day < now else None,
        visits=shown,
        older=text_of(shown[-1].place) if len(found) > LINES else None,
        first_page=after is None,
        figures=figures,
        clock=clock,
        length=length_words,
        short=short_length,
        result=lambda visit: result_words(visit, language()),
        page=page_settings(),
    )


def _neighbour(day: date, step: int) -> str | None:
    try:
        return (day + timedelta(days=step)).isoformat()
    except OverflowError:
        return None


def length_words(seconds: int | None) -> str:
    """A length of time in words; nothing where there is none."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return gettext("{seconds} s", seconds=rest)
    return gettext("{minutes} min {seconds} s", minutes=minutes, seconds=rest)


def short_length(seconds: int | None) -> str:
    """A length of time for a table: 7:05, 1:02:33."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
