"""Undo: the officer's own last deed at a counter is taken back by a new event."""

from __future__ import annotations

import json
from typing import Any, Final

from queueing.clock import milliseconds_between
from queueing.deeds.base import Deeds
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store import Change, queue, tickets
from queueing.store.rows import Counter, Event, Ticket, Visit

UNDOABLE: Final = frozenset(
    {
        "called",
        "recalled",
        "started",
        "finished",
        "no_show",
        "returned",
        "parked",
        "resumed",
        "transferred",
    }
)

# The words that come with a deed go with it; no event holds them.
TYPED: Final = {"finished": ("note", "dossier"), "parked": ("park_reason",)}


class UndoDeeds(Deeds):
    """Taking back, from the images that every event carries."""

    def undo(self, actor: Actor, number: int) -> str:
        """Take back one's last deed at this counter; returns the kind of event undone.

        The whole deed goes, also where it had several events (finish and call). Raises
        Refused `nothing_to_undo`, `undo_too_late`, `undo_overtaken`.
        """
        with self.deed(actor) as change:
            counter = self.own_counter(change, actor, number)
            last = self.last_undoable(change, actor, counter)
            if last is None:
                raise Refused("nothing_to_undo", counter=number)
            seconds = change.rules.integer("undo_seconds")
            if milliseconds_between(last.at, change.at_text) > seconds * 1000:
                raise Refused("undo_too_late", seconds=seconds)
            events = tickets.events_of_deed(change.db, last.request_id)
            self._check_untouched(change, events)
            for event in events:
                self._take_back(change, actor, event)
            return last.kind

    @staticmethod
    def last_undoable(change: Change, actor: Actor, counter: Counter) -> Event | None:
        """The actor's own last deed at the counter, if it is of a kind that can be undone."""
        last = tickets.last_event_at(change.db, counter.id)
        if last is None or last.kind not in UNDOABLE:
            return None
        by = (last.officer_id, json.loads(last.data).get("token"))
        return last if by == (actor.officer_id, actor.token_id) else None

    @staticmethod
    def _check_untouched(change: Change, events: list[Event]) -> None:
        deed = {event.seq for event in events}
        for ticket_id in {event.ticket_id for event in events if event.ticket_id is not None}:
            last = tickets.last_event_of(change.db, ticket_id)
            if last is not None and last.seq not in deed:
                raise Refused("undo_overtaken", number=change.ticket(ticket_id).label)

    @staticmethod
    def _take_back(change: Change, actor: Actor, event: Event) -> None:
        data: dict[str, Any] = json.loads(event.data)
        rows: dict[str, Ticket | Visit | Counter | None] = {
            "ticket": None if event.ticket_id is None else change.ticket(event.ticket_id),
            "visit": None if event.visit_id is None else change.visit(event.visit_id),
            "counter": None if event.counter_id is None else change.counter(event.counter_id),
        }
        for table, fields in data.get("was", {}).items():
            for name, value in fields.items():
                setattr(rows[table], name, value)
        ticket, visit, counter = rows["ticket"], rows["visit"], rows["counter"]
        assert ticket is None or isinstance(ticket, Ticket)
        assert visit is None or isinstance(visit, Visit)
        assert counter is None or isinstance(counter, Counter)
        if ticket is not None:
            ticket.__post_init__()
        if visit is not None and "visit" in data.get("new", {}):
            visit.void, visit.queued, visit.ended_at = 1, 0, change.at_text
        change.record(
            "undone",
            actor,
            ticket=ticket,
            visit=visit,
            counter=counter,
            data={"undoes": event.branch_seq, "kind": event.kind},
        )
        if event.kind in TYPED and visit is not None:
            tickets.forget_text(change.db, visit.id, *TYPED[event.kind])
        if event.kind == "finished" and visit is not None:
            queue.move_pace_mark(change.db, visit.service_id)
