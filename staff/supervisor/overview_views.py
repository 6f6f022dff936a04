"""The overview's pages: the branch now, the counters' day, one ticket's history."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, make_response, render_template, request

from queueing.numbering import typed_label
from queueing.refusals import Refused
from queueing.store import branches
from queueing.texts import refusal
from staff.supervisor import tickets
from staff.supervisor.log import day_of, today
from staff.supervisor.state import build
from staff.supervisor.timeline import BAR, ROW, WIDTH, Timeline, timeline
from web.access import SUPERVISORS
from web.i18n import language
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import current_room

pages = Blueprint("overview", __name__)


@pages.get("/supervisor")
@staff_page(SUPERVISORS)
def overview() -> Page:
    """The branch now, live."""
    room, known = current_room(), page_known()
    state = build(room, known.actor.branch_id)
    return render_template(
        "supervisor/overview.html",
        branch=state["branch"]["name"],
        officer=known.name,
        state=state,
        page=page_settings(),
        **_drawing(state["day"]["date"]),
    )


@pages.get("/supervisor/timeline")
@staff_page(SUPERVISORS)
def day_timeline() -> Page:
    """Each counter's day as bars, with its figures, to read and to print; `part` is the bars."""
    room, known = current_room(), page_known()
    with room.store.reading() as db:
        now = today(room, db, known.actor.branch_id)
        branch = branches.branch(db, known.actor.branch_id)
    day = day_of(request.args.get("day"), now)
    drawing = _drawing(day)
    if "part" in request.args:
        return render_template("supervisor/overview_bars.html", **drawing)
    this = date.fromisoformat(day)
    return render_template(
        "supervisor/overview_timeline.html",
        branch=branch.name,
        officer=known.name,
        day=this,
        is_today=day == now,
        before=_neighbour(this, -1),
        following=_neighbour(this, 1) if day < now else None,
        page=page_settings(),
        **drawing,
    )


def _drawing(day: str) -> dict[str, object]:
    room, known = current_room(), page_known()
    with room.store.reading() as db:
        branch = branches.branch(db, known.actor.branch_id)
        rules = branches.rules(db, branch.id)
        drawn: Timeline = timeline(db, branch, rules, date.fromisoformat(day), room.store.clock())
    return {"timeline": drawn, "row": ROW, "bar": BAR, "width": round(WIDTH)}


def _neighbour(day: date, step: int) -> str | None:
    try:
        return (day + timedelta(days=step)).isoformat()
    except OverflowError:
        return None


@pages.get("/supervisor/tickets")
@staff_page(SUPERVISORS)
def ticket() -> Page:
    """One ticket's whole history; without a number, where to type it."""
    room, known = current_room(), page_known()
    typed = request.args.get("number", "").strip()
    found, fault = None, ""
    with room.store.reading() as db:
        now = today(room, db, known.actor.branch_id)
        branch = branches.branch(db, known.actor.branch_id)
        day = day_of(request.args.get("day"), now)
        if typed:
            try:
                found = tickets.find(db, branch, day, typed_label(typed), language())
            except Refused as refused:
                fault = _fault(refused, day == now)
    shown = render_template(
        "supervisor/ticket.html",
        branch=branch.name,
        officer=known.name,
        typed=typed,
        day=date.fromisoformat(day),
        is_today=day == now,
        found=found,
        fault=fault,
        page=page_settings(),
    )
    return make_response(shown, 404 if fault else 200)


def _fault(refused: Refused, is_today: bool) -> str:
    code = refused.code
    if code == "unknown_number" and not is_today:
        code = "unknown_ticket"
    return refusal(code, refused.facts, language())
