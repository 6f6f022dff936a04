"""What a ticket's page shows, as one whole state."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from kiosk.state import Json, branch_name, head, range_json, service_ref
from queueing.branches import business_day
from queueing.people import Role
from queueing.settings import Rules
from queueing.store import branches, queue, tickets, views
from queueing.store.identity import Known
from queueing.store.rows import Branch, Service, Ticket, Visit
from queueing.tickets import AT_COUNTER, Deed, State, may
from web.audience import Wish
from web.surface import Room


def build(room: Room, branch_id: int, key: str) -> Json:
    """The live state of the ticket with the id `key`."""
    return ticket_state(room, branch_id, int(key))


def rooms(room: Room, known: Known, wish: Wish) -> Sequence[str]:
    """A room a ticket, for those who showed its token."""
    actor = known.actor
    if actor.role is not Role.HOLDER or actor.ticket_id is None:
        return ()
    return (str(actor.ticket_id),)


def ticket_state(room: Room, branch_id: int, ticket_id: int) -> Json:
    """What a ticket's holder may know of it. Raises Refused `unknown_ticket`.

    Within a deed it shows what the deed has done.
    """
    now = room.store.clock()
    with room.store.reading() as db:
        ticket = tickets.by_id(db, branch_id, ticket_id)
        branch = branches.branch(db, branch_id)
        rules = branches.rules(db, branch_id)
        visit = tickets.visit(db, ticket.visit_id)
        service = branches.service(db, ticket.service_id)
        paper = views.paper(db, ticket.id)
        return {
            **head(room, branch, now),
            "number": ticket.label,
            "state": str(ticket.state),
            "service": service_ref(service),
            **_place(room, db, ticket, visit, service, rules),
            **_desk(db, ticket),
            "issued_at": ticket.issued_at,
            "day": ticket.day,
            "calls": visit.calls,
            "outcome": visit.outcome,
            "may": _may(ticket, rules, _today(branch, rules, now)),
            "print": paper,
            "branch": branch_name(branch),
        }


def _place(
    room: Room,
    db: sqlite3.Connection,
    ticket: Ticket,
    visit: Visit,
    service: Service,
    rules: Rules,
) -> Json:
    if ticket.state is not State.WAITING:
        return {"ahead": None, "estimate": None}
    ahead = queue.ahead_of(db, visit)
    return {
        "ahead": ahead,
        "estimate": range_json(room.operations.waits.estimate(db, service, ahead, rules)),
    }


def _desk(db: sqlite3.Connection, ticket: Ticket) -> Json:
    """Where a called or served ticket is to go."""
    if ticket.state not in AT_COUNTER or ticket.counter_id is None:
        return {"counter": None, "counter_name": None, "zone": None}
    number, name, zone = views.desk(db, ticket.counter_id)
    return {"counter": number, "counter_name": name, "zone": zone}


def _may(ticket: Ticket, rules: Rules, today: str) -> Json:
    postponed = ticket.postponed >= rules.integer("postpone_most")
    rejoined = ticket.rejoined >= rules.integer("rejoin_most") or ticket.day != today
    return {
        "cancel": may(Deed.CANCEL, ticket.state),
        "postpone": may(Deed.POSTPONE, ticket.state) and not postponed,
        "rejoin": may(Deed.REJOIN, ticket.state) and not rejoined,
    }


def _today(branch: Branch, rules: Rules, now: datetime) -> str:
    return business_day(now, branch.timezone, rules.integer("rollover_hour")).isoformat()
