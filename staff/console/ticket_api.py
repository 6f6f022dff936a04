"""What staff do with any ticket, wherever it is."""

from __future__ import annotations

import json
from typing import Any

from queueing.people import Actor
from queueing.store import branches, desk, tickets
from queueing.store.rows import Event, Ticket
from queueing.texts import OUTCOMES, say, why
from staff.console import bodies, models
from web.access import OFFICERS, SUPERVISORS
from web.i18n import language
from web.openapi import Api, Empty
from web.surface import current_room

routes = Api("tickets for staff")

# State before and after is for the program's own undo and replay; the state is told apart.
_IMAGES = ("was", "set", "new", "why")


@routes.deed("/tickets/<int:ticket_id>/priority", who=OFFICERS, gives=models.TicketFacts)
def set_priority(actor: Actor, ticket_id: int, body: bodies.PriorityChoice) -> dict[str, object]:
    """Grant a priority class, or take it away with null."""
    return ticket_facts(current_room().operations.priority(actor, ticket_id, body.priority))


@routes.deed("/tickets/<int:ticket_id>/transfer", who=OFFICERS, gives=models.TicketFacts)
def transfer_ticket(actor: Actor, ticket_id: int, body: bodies.Target) -> dict[str, object]:
    """Send any ticket to a service, a counter or an officer; one that waits by supervisors only."""
    return ticket_facts(
        current_room().operations.transfer_ticket(
            actor, ticket_id, service=body.service, counter=body.counter, officer=body.officer
        )
    )


@routes.deed("/tickets/<int:ticket_id>/reprint", who=OFFICERS, gives=models.Reprint)
def reprint_ticket(actor: Actor, ticket_id: int, body: Empty) -> dict[str, object]:
    """Ask for a further paper; it bears the reprint mark."""
    return {"job": current_room().operations.reprint(actor, ticket_id)}


@routes.get("/tickets/<int:ticket_id>/history", who=SUPERVISORS, gives=models.History)
def ticket_history(actor: Actor, ticket_id: int) -> dict[str, object]:
    """Every event of a ticket, with its reason."""
    with current_room().store.reading() as db:
        ticket = tickets.by_id(db, actor.branch_id, ticket_id)
        numbers = {line.id: line.number for line in desk.counters(db, actor.branch_id)}
        items = []
        for event in tickets.events_of(db, ticket.id):
            name = branches.officer_name(db, event.officer_id)
            data: dict[str, Any] = json.loads(event.data)
            reason = _reason(event, data)
            if event.kind == "parked" and event.visit_id is not None:
                reason = desk.park_reason(db, event.visit_id)
            items.append(
                {
                    "seq": event.branch_seq,
                    "at": event.at,
                    "kind": event.kind,
                    "state": _state_after(data),
                    "reason": reason,
                    "counter": numbers.get(event.counter_id or 0),
                    "officer": None if name is None else {"id": event.officer_id, "name": name},
                    "device": event.device_id,
                    "data": {k: v for k, v in data.items() if k not in _IMAGES},
                }
            )
    return {"number": ticket.label, "items": items}


def _state_after(data: dict[str, Any]) -> str | None:
    for images in (data.get("set", {}), data.get("new", {})):
        state = images.get("ticket", {}).get("state")
        if state is not None:
            return str(state)
    return None


def _reason(event: Event, data: dict[str, Any]) -> str | None:
    """Why, in words: the rule that chose a call, or the outcome that ended a visit."""
    if "why" in data:
        return why(data["why"], language())
    outcome = data.get("set", {}).get("visit", {}).get("outcome")
    if outcome is not None and event.kind != "undone":
        return say(OUTCOMES.get(outcome, outcome), language())
    return None


def ticket_facts(ticket: Ticket) -> dict[str, object]:
    """A ticket, as staff see it."""
    with current_room().store.reading() as db:
        visit = tickets.visit(db, ticket.visit_id)
        group = branches.class_of(db, ticket.class_id)
        desk_id = ticket.counter_id
        return {
            "id": ticket.id,
            "number": ticket.label,
            "service": branches.service(db, visit.service_id).code,
            "state": str(ticket.state),
            "priority": None if group is None else group.code,
            "counter": None if desk_id is None else branches.counter(db, desk_id).number,
            "issued_at": ticket.issued_at,
            "calls": visit.calls,
        }
