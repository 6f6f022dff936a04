"""The counter's part of the API: every deed at a counter answers with the counter's state."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from queueing.operations import Operations
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store import desk
from queueing.texts import why
from staff.console import bodies, models
from staff.console.choices import choices
from staff.console.counters import counter_list
from staff.console.state import counter_state
from staff.console.ticket_api import ticket_facts
from web.access import OFFICERS
from web.i18n import language
from web.openapi import Api, Empty
from web.surface import current_room

routes = Api("counter")

At = models.CounterState


def _state(actor: Actor, number: int) -> dict[str, object]:
    return counter_state(current_room(), actor, number)


@routes.get("/counters", who=OFFICERS, gives=models.CounterList)
def list_counters(actor: Actor) -> dict[str, object]:
    """Every counter, with who sits there."""
    return counter_list(current_room(), actor)


@routes.get("/counters/<int:number>", who=OFFICERS, gives=At)
def get_counter(actor: Actor, number: int) -> dict[str, object]:
    """What one counter sees."""
    return _state(actor, number)


@routes.get("/counters/<int:number>/choices", who=OFFICERS, gives=models.Choices)
def counter_choices(actor: Actor, number: int) -> dict[str, object]:
    """Where a ticket at this counter could go now, and which priorities there are."""
    return choices(current_room(), actor, number)


@routes.deed("/counters/<int:number>/open", who=OFFICERS, gives=At)
def open_counter(actor: Actor, number: int, body: bodies.Opening) -> dict[str, object]:
    """Sit down at a counter, or go on after a pause."""
    current_room().operations.open(actor, number, take=body.take)
    return _state(actor, number)


@routes.deed("/counters/<int:number>/pause", who=OFFICERS, gives=At)
def pause_counter(actor: Actor, number: int, body: bodies.Pausing) -> dict[str, object]:
    """Stop calling for a while, and say why."""
    current_room().operations.pause(actor, number, body.reason)
    return _state(actor, number)


@routes.deed("/counters/<int:number>/close", who=OFFICERS, gives=At)
def close_counter(actor: Actor, number: int, body: Empty) -> dict[str, object]:
    """Leave the counter."""
    current_room().operations.close(actor, number)
    return _state(actor, number)


@contextlib.contextmanager
def _as_seen(actor: Actor, number: int, body: bodies.AsSeen) -> Iterator[Operations]:
    """The deeds, if the counter still holds what the caller saw there.

    Two browsers show one counter, and one may press before it has heard of the other. The
    check and the deed are one transaction, or a third press could come between them.
    Raises Refused `counter_moved_on` or `counter_holds_nothing`.
    """
    room = current_room()
    with room.store.change(actor.branch_id) as change:
        if body.is_given:
            line = desk.counter_line(change.db, actor.branch_id, number)
            held = None if line is None or line.ticket is None else line.ticket[1]
            if held is None and body.holding is not None:
                raise Refused("counter_holds_nothing", counter=number)
            if held is not None and held != body.holding:
                raise Refused("counter_moved_on", counter=number, number=held)
        yield room.operations


@routes.deed("/counters/<int:number>/call-next", who=OFFICERS, gives=models.CalledAnswer)
def call_next(actor: Actor, number: int, body: bodies.AsSeen) -> dict[str, object] | None:
    """Call whoever is next; 204 when nobody waits."""
    with _as_seen(actor, number, body) as operations:
        called = operations.call_next(actor, number)
    if called is None:
        return None
    return {
        "ticket": ticket_facts(called.ticket),
        "visit": called.visit.id,
        "why": why(called.why, language()),
    }


@routes.deed("/counters/<int:number>/call", who=OFFICERS, gives=At)
def call_number(actor: Actor, number: int, body: bodies.Number) -> dict[str, object]:
    """Call a chosen ticket out of order."""
    with _as_seen(actor, number, body) as operations:
        operations.call(actor, number, body.number)
        return _state(actor, number)


@routes.deed("/counters/<int:number>/resume", who=OFFICERS, gives=At)
def resume_ticket(actor: Actor, number: int, body: bodies.Resuming) -> dict[str, object]:
    """Bring a ticket that was set aside to this counter."""
    with _as_seen(actor, number, body) as operations:
        operations.resume(actor, number, body.number, present=body.present)
        return _state(actor, number)


@routes.deed("/counters/<int:number>/recall", who=OFFICERS, gives=At)
def recall_ticket(actor: Actor, number: int, body: bodies.AsSeen) -> dict[str, object]:
    """Call the counter's ticket once more."""
    with _as_seen(actor, number, body) as operations:
        operations.recall(actor, number)
        return _state(actor, number)


@routes.deed("/counters/<int:number>/start", who=OFFICERS, gives=At)
def start_service(actor: Actor, number: int, body: bodies.AsSeen) -> dict[str, object]:
    """The citizen has come."""
    with _as_seen(actor, number, body) as operations:
        operations.start(actor, number)
        return _state(actor, number)


@routes.deed("/counters/<int:number>/finish", who=OFFICERS, gives=At)
def finish_visit(actor: Actor, number: int, body: bodies.Finishing) -> dict[str, object]:
    """End the visit with its outcome."""
    with _as_seen(actor, number, body) as operations:
        _finish(operations, actor, number, body)
        return _state(actor, number)


@routes.deed("/counters/<int:number>/finish-and-call-next", who=OFFICERS, gives=At)
def finish_and_call_next(actor: Actor, number: int, body: bodies.Finishing) -> dict[str, object]:
    """End the visit with its outcome and call whoever is next, as one deed.

    Where nobody waits the visit is ended all the same, and the counter is free.
    """
    with _as_seen(actor, number, body) as operations:
        _finish(operations, actor, number, body)
        operations.call_next(actor, number)
        return _state(actor, number)


def _finish(operations: Operations, actor: Actor, number: int, body: bodies.Finishing) -> None:
    operations.finish(
        actor,
        number,
        body.outcome,
        procedure=body.procedure,
        dossier=body.dossier or None,
        note=body.note or None,
        next_service=body.next_service,
    )


@routes.deed("/counters/<int:number>/no-show", who=OFFICERS, gives=At)
def no_show(actor: Actor, number: int, body: bodies.AsSeen) -> dict[str, object]:
    """The called citizen did not come."""
    with _as_seen(actor, number, body) as operations:
        operations.no_show(actor, number)
        return _state(actor, number)


@routes.deed("/counters/<int:number>/park", who=OFFICERS, gives=At)
def park_ticket(actor: Actor, number: int, body: bodies.Parking) -> dict[str, object]:
    """Set the counter's ticket aside."""
    with _as_seen(actor, number, body) as operations:
        operations.park(actor, number, body.reason or None, body.due)
        return _state(actor, number)


@routes.deed("/counters/<int:number>/transfer", who=OFFICERS, gives=At)
def transfer_current(actor: Actor, number: int, body: bodies.Sending) -> dict[str, object]:
    """Send the counter's ticket to a service, a counter or an officer."""
    with _as_seen(actor, number, body) as operations:
        operations.transfer(
            actor, number, service=body.service, counter=body.counter, officer=body.officer
        )
        return _state(actor, number)


@routes.deed("/counters/<int:number>/undo", who=OFFICERS, gives=At)
def undo_deed(actor: Actor, number: int, body: bodies.AsSeen) -> dict[str, object]:
    """Take back one's own last deed at this counter."""
    with _as_seen(actor, number, body) as operations:
        operations.undo(actor, number)
        return _state(actor, number)


@routes.deed("/day/confirm", who=OFFICERS, gives=models.DayConfirmed)
def confirm_day(actor: Actor, body: Empty) -> dict[str, object]:
    """Say that the clock is right; what is open of other days expires."""
    return {"day": current_room().operations.confirm_day(actor)}
