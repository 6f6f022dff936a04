"""The citizens' pages: the kiosk, a ticket on a phone, a procedure."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, make_response, render_template, request

from catalogue.procedures import Procedure, certain
from kiosk.lookup import catalogue
from kiosk.state import kiosk_state
from kiosk.ticket_state import ticket_state
from queueing.branches import local
from queueing.clock import parse_iso
from queueing.devices import Kind
from queueing.refusals import Refused
from queueing.store import branches, tickets
from queueing.texts import LANGUAGES, wait_range
from queueing.waiting import Estimate
from web.access import holder
from web.i18n import language, prefer
from web.pages import Page, device_page, page_known, page_settings
from web.program import program
from web.surface import Room, current_room

QUERY_MOST: Final = 200
HITS_MOST: Final = 12

pages = Blueprint("kiosk", __name__)


@pages.get("/kiosk")
@device_page(Kind.KIOSK)
def kiosk() -> Page:
    """The touchscreen."""
    room, known = current_room(), page_known()
    branch_id = known.actor.branch_id
    with room.store.reading() as db:
        rules = branches.rules(db, branch_id)
    settings = page_settings(
        program=program(),
        languages=list(LANGUAGES),
        idle_s=rules.integer("kiosk_idle_seconds"),
        thanks_s=rules.integer("kiosk_done_seconds"),
    )
    state = kiosk_state(room, branch_id, known.printer_id)
    return render_template("kiosk/index.html", state=state, page=settings)


@pages.get("/t/<token>")
def ticket(token: str) -> Page:
    """A ticket on its holder's phone, in the language it was taken in."""
    room = current_room()
    try:
        actor = holder(token)
    except Refused as refused:
        if refused.code != "unknown_ticket":
            raise
        return make_response(render_template("ticket/unknown.html"), 404)
    assert actor.ticket_id is not None
    with room.store.reading() as db:
        prefer(tickets.by_id(db, actor.branch_id, actor.ticket_id).language)
    state = ticket_state(room, actor.branch_id, actor.ticket_id)
    found = state["estimate"]
    return render_template(
        "ticket/page.html",
        state=state,
        estimate=wait_range(found and Estimate(**found), language()),
        updated=_local_time(room, actor.branch_id, state["now"]),
        page=page_settings(token=token),
    )


def _local_time(room: Room, branch_id: int, moment: str) -> str:
    with room.store.reading() as db:
        timezone = branches.branch(db, branch_id).timezone
    return local(parse_iso(moment), timezone).strftime("%H:%M")


@pages.get("/procedures")
def procedures() -> Page:
    """Every procedure by field, or with `?q=` those that fit the words: what boards' code opens."""
    room = current_room()
    query = " ".join(request.args.get("q", "").split())[:QUERY_MOST]
    with room.store.reading() as db:
        branch = branches.branch(db, room.branch_id)
    known = {one.code: one for one in catalogue().procedures(branch.id)}
    fields: dict[str, list[Procedure]] = {}
    for one in known.values():
        fields.setdefault(one.field, []).append(one)
    hits = catalogue().search(branch.id, query, HITS_MOST) if query else []
    return render_template(
        "procedure/list.html",
        branch=branch,
        query=query,
        hits=[known[hit.code] for hit in hits if hit.code in known],
        fields=fields.items(),
        certain=certain,
    )


@pages.get("/procedures/<code>")
def procedure(code: str) -> Page:
    """An official procedure: what to bring, how long it takes, what it costs."""
    room = current_room()
    found = catalogue().procedure(room.branch_id, code) if len(code) <= 60 else None
    if found is None:
        abort(404)
    with room.store.reading() as db:
        branch = branches.branch(db, room.branch_id)
        services = [s for s in branches.services(db, branch.id) if s.code == found.service]
    return render_template(
        "procedure/page.html",
        procedure=found,
        certain=certain,
        documents=items(certain(found.documents) or ""),
        checked="/".join(reversed(found.checked_as_of.split("-"))),
        branch=branch,
        service=services[0] if services else None,
    )


def items(text: str) -> list[str]:
    """The parts of a list written with semicolons; those inside brackets do not part it."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == ";" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]
