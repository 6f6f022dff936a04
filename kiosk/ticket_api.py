"""Taking a number, and what its holder may do with it."""

from __future__ import annotations

import json

from flask import Response

from kiosk.models import (
    GivenUp,
    NewTicket,
    NewTicketAnswer,
    Postponement,
    ShownTicket,
    TicketState,
    Withdrawn,
)
from kiosk.state import range_json
from kiosk.ticket_state import ticket_state
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store import answers, jobs, tickets
from queueing.store.answers import RequestKey
from web.access import KIOSKS, KIOSKS_AND_OFFICERS, OFFICERS, holder
from web.openapi import PREFIX, Api, Empty, Reply
from web.qr import qr_svg
from web.surface import current_room

routes = Api("tickets")


@routes.deed("/tickets", who=KIOSKS_AND_OFFICERS, gives=NewTicketAnswer, status=201)
def issue_ticket(actor: Actor, body: NewTicket) -> Reply:
    """Give out the next number of a service, with its slip."""
    issued = current_room().operations.issue(
        actor,
        body.service,
        procedure=body.procedure,
        priority=body.priority,
        language=body.language,
        paper=body.paper,
    )
    ticket, job_id = issued.ticket, issued.job_id
    return {
        "id": ticket.id,
        "token": ticket.token,
        "number": ticket.label,
        "service": issued.service.code,
        "ahead": issued.ahead,
        "estimate": range_json(issued.estimate),
        "issued_at": ticket.issued_at,
        "url": issued.url,
        "print": _queued(job_id, issued.elsewhere),
    }


def _queued(job_id: int | None, elsewhere: str | None) -> dict[str, object] | None:
    if job_id is None:
        return None
    return {"job": job_id, "state": "queued", "elsewhere": elsewhere}


@routes.deed("/kiosk/reprint", who=KIOSKS, gives=TicketState)
def reprint_shown_ticket(actor: Actor, body: ShownTicket) -> Reply:
    """Print a ticket again whose holder shows its code to the kiosk's scanner."""
    ticket_id = holder(body.ticket).ticket_id
    assert ticket_id is not None
    current_room().operations.reprint(actor, ticket_id)
    return ticket_state(current_room(), actor.branch_id, ticket_id)


@routes.deed("/kiosk/withdraw", who=KIOSKS, gives=Withdrawn)
def withdraw_request(actor: Actor, body: GivenUp) -> Reply:
    """Take back the number of a press whose answer nobody waited for.

    Its holder never saw it; left in the queue it would be called for nothing. Where its slip
    may have come out somebody holds it, and it stays.
    """
    room = current_room()
    asked = RequestKey(actor.caller, "POST", f"{PREFIX}/tickets", body.key)
    with room.store.reading() as db:
        answer = answers.given(db, asked)
        if answer is None:
            return Withdrawn(withdrawn=False)
        ticket_id = int(json.loads(answer.body)["id"])
        paper = jobs.newest_job(db, ticket_id)
    if paper is not None and paper.state not in ("queued", "failed"):
        return Withdrawn(withdrawn=False)
    own = Actor(actor.branch_id, Role.HOLDER, ticket_id=ticket_id)
    try:
        room.operations.cancel(own, ticket_id)
    except Refused as refused:
        # somebody has called it, or taken it out, before we could
        if refused.code != "wrong_state":
            raise
        return Withdrawn(withdrawn=False)
    return Withdrawn(withdrawn=True)


@routes.get("/tickets/<ref>", who=OFFICERS, gives=TicketState, holder=True)
def read_ticket(actor: Actor, ticket_id: int) -> Reply:
    """Where a ticket is now: by its token, or by its id for staff."""
    return ticket_state(current_room(), actor.branch_id, ticket_id)


@routes.get("/tickets/<ref>/qr.svg", who=OFFICERS, holder=True)
def draw_ticket_qr(actor: Actor, ticket_id: int) -> Response:
    """The QR code that leads to the ticket's page, as SVG."""
    room = current_room()
    with room.store.reading() as db:
        token = tickets.by_id(db, actor.branch_id, ticket_id).token
    url = room.operations.ticket_url(token)
    if url is None:
        raise Refused("not_found")
    return Response(qr_svg(url), mimetype="image/svg+xml")


@routes.deed("/tickets/<ref>/cancel", who=OFFICERS, gives=TicketState, holder=True)
def cancel_ticket(actor: Actor, ticket_id: int, body: Empty) -> Reply:
    """Leave the queue."""
    current_room().operations.cancel(actor, ticket_id)
    return ticket_state(current_room(), actor.branch_id, ticket_id)


@routes.deed("/tickets/<ref>/postpone", who=OFFICERS, gives=TicketState, holder=True)
def postpone_ticket(actor: Actor, ticket_id: int, body: Postponement) -> Reply:
    """Let some people go first."""
    current_room().operations.postpone(actor, ticket_id, body.places)
    return ticket_state(current_room(), actor.branch_id, ticket_id)


@routes.deed("/tickets/<ref>/rejoin", who=OFFICERS, gives=TicketState, holder=True)
def rejoin_ticket(actor: Actor, ticket_id: int, body: Empty) -> Reply:
    """Wait again after a call that nobody followed."""
    current_room().operations.rejoin(actor, ticket_id)
    return ticket_state(current_room(), actor.branch_id, ticket_id)
