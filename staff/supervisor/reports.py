"""The report of a day, or of some, as a page to read and to print."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, render_template, request

from queueing.store import branches
from staff.supervisor.log import day_of, today
from staff.supervisor.reports_api import build
from staff.supervisor.reports_chart import draw
from staff.supervisor.reports_words import days_words, length_words, percent, short_length
from web.access import SUPERVISORS
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import current_room

pages = Blueprint("reports", __name__)


@pages.get("/supervisor/reports")
@staff_page(SUPERVISORS)
def reports() -> Page:
    """Every figure of the days asked for, each defined on the page in words."""
    room, known = current_room(), page_known()
    branch_id = known.actor.branch_id
    with room.store.reading() as db:
        now = today(room, db, branch_id)
        branch = branches.branch(db, branch_id)
    first = day_of(request.args.get("day"), now)
    last = max(first, day_of(request.args.get("to"), first))
    found = build(room, branch_id, first, last)
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    return render_template(
        "supervisor/reports.html",
        branch=branch,
        officer=known.name,
        report=found,
        chart=draw(found.hours, found.target_s),
        days=days_words(begins, ends),
        day=begins,
        to=None if first == last else ends,
        is_today=first == last == now,
        before=_neighbour(begins, -1),
        following=_neighbour(ends, 1) if last < now else None,
        length=length_words,
        short=short_length,
        percent=percent,
        page=page_settings(),
    )


def _neighbour(day: date, step: int) -> str | None:
    try:
        return (day + timedelta(days=step)).isoformat()
    except OverflowError:
        return None
