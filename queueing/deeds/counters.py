"""A counter's presence: open, pause, close, and taking it over."""

from __future__ import annotations

from typing import Final

from queueing.deeds.base import Deeds
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store import Change, branches
from queueing.store.rows import Counter

PAUSE_REASONS: Final = ("lunch", "break", "meeting", "errand", "fault")


class PresenceDeeds(Deeds):
    """Whether a counter is at work, and whose it is. None of these can be undone."""

    def open(self, actor: Actor, number: int, *, take: bool = False) -> Counter:
        """Sit down at a counter, or go on after a pause.

        A counter that somebody else holds is refused unless `take` says to take it over,
        which the history records. An officer holds one counter at a time; a token may hold
        several. On one's own open counter nothing happens.

        Raises Refused `unknown_counter`, `counter_taken`, `officer_elsewhere`, `forbidden`.
        """
        self.require_staff(actor)
        with self.deed(actor) as change:
            found = branches.counter_by_number(change.db, change.branch.id, number)
            counter = change.counter(found.id)
            mine = self.holds(actor, counter)
            if counter.state != "closed" and not mine and not take:
                raise Refused("counter_taken", counter=number, officer=self.who(change, counter))
            if counter.state == "open" and mine:
                return counter
            self._check_elsewhere(change, actor, counter)
            before = counter.officer_id
            kind = "taken" if counter.state != "closed" and not mine else "opened"
            counter.state, counter.since, counter.reason = "open", change.at_text, None
            counter.officer_id, counter.token_id = actor.officer_id, None
            if actor.officer_id is None:
                counter.token_id = actor.token_id
            data: dict[str, object] = {"from_officer": before} if kind == "taken" else {}
            change.record(kind, actor, counter=counter, data=data)
            return counter

    def _check_elsewhere(self, change: Change, actor: Actor, wanted: Counter) -> None:
        if actor.officer_id is None:
            return
        for other in branches.counters(change.db, change.branch.id):
            if other.id != wanted.id and other.officer_id == actor.officer_id:
                raise Refused("officer_elsewhere", counter=other.number)

    def pause(self, actor: Actor, number: int, reason: str | None = None) -> Counter:
        """Stop calling for a while; refused while the counter holds a ticket.

        `reason` is one of `PAUSE_REASONS`; given again it is changed. Raises Refused
        `counter_holds_ticket`, `counter_closed`, `counter_not_yours`, `unknown_reason`.
        """
        if reason is not None and reason not in PAUSE_REASONS:
            raise Refused("unknown_reason", reason=reason[:32])
        return self._rest(actor, number, "paused", reason)

    def close(self, actor: Actor, number: int) -> Counter:
        """Leave the counter; refused while it holds a ticket. Closing a closed one is nothing.

        Raises Refused `counter_holds_ticket`, `counter_not_yours`.
        """
        return self._rest(actor, number, "closed")

    def _rest(self, actor: Actor, number: int, state: str, reason: str | None = None) -> Counter:
        self.require_staff(actor)
        with self.deed(actor) as change:
            found = branches.counter_by_number(change.db, change.branch.id, number)
            if found.state == "closed" and state == "closed":
                return found
            counter = self.own_counter(change, actor, number)
            if counter.state == state and reason in (None, counter.reason):
                return counter
            if counter.ticket_id is not None:
                held = change.ticket(counter.ticket_id)
                raise Refused("counter_holds_ticket", counter=number, number=held.label)
            if state == "closed":
                self.vacate(change, counter)
            else:
                counter.state, counter.since, counter.reason = state, change.at_text, reason
            data: dict[str, object] = {} if reason is None else {"reason": reason}
            change.record(state, actor, counter=counter, data=data)
            return counter
