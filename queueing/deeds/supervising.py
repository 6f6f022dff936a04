"""A supervisor's deeds, and what an idle counter does by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from queueing.clock import parse_iso
from queueing.deeds.moving import MovingDeeds
from queueing.deeds.serving import Called
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store import Change, alerts, branches, queue, tickets
from queueing.store.rows import Counter, Visit
from queueing.tickets import CHOSEN_OUTCOMES

KEY_MOST = 120
SYSTEM_OUTCOMES = frozenset({"transferred", "expired"})


class SupervisingDeeds(MovingDeeds):
    """Deeds on the house rather than on one citizen's way through it."""

    def assign(self, actor: Actor, number: int, services: Mapping[str, int]) -> Counter:
        """Change which services a counter serves, at once; values are tiers, 1 comes first.

        A ticket already there stays there. The branch file, applied again, sets what it says.
        Raises Refused `forbidden`, `unknown_counter`, `unknown_service`, `no_services`.
        """
        self.require(actor, Role.SUPERVISOR, Role.ADMIN)
        with self.deed(actor) as change:
            found = branches.counter_by_number(change.db, change.branch.id, number)
            counter = change.counter(found.id)
            if not services:
                raise Refused("no_services", counter=number)
            wanted = {
                branches.service_by_code(change.db, change.branch.id, code).id: max(1, tier)
                for code, tier in services.items()
            }
            before = {s.id: tier for s, tier in branches.services_of(change.db, counter.id)}
            if wanted != before:
                branches.set_services(change.db, counter.id, wanted)
                data: dict[str, object] = {"before": _pairs(before), "after": _pairs(wanted)}
                change.record("assigned", actor, counter=counter, data=data)
            return counter

    def correct(
        self,
        actor: Actor,
        visit_id: int,
        *,
        outcome: str | None = None,
        procedure: str | None = None,
    ) -> Visit:
        """Put a mistaken result or procedure of an ended visit right, by a new event.

        The old value stays in the history. Raises Refused `forbidden`, `unknown_visit`,
        `visit_open`, `not_correctable`, `unknown_outcome`, `unknown_procedure`.
        """
        self.require(actor, Role.SUPERVISOR, Role.ADMIN)
        with self.deed(actor) as change:
            found = Visit.one(
                change.db, "WHERE id = ? AND branch_id = ? AND void = 0", visit_id, actor.branch_id
            )
            if found is None:
                raise Refused("unknown_visit")
            visit = change.visit(found.id)
            if visit.ended_at is None:
                raise Refused("visit_open")
            if outcome is not None:
                self._correct_outcome(visit, outcome)
            if procedure is not None:
                self.check_procedure(change, procedure)
                visit.procedure_code = procedure
            change.record("corrected", actor, ticket=change.ticket(visit.ticket_id), visit=visit)
            return visit

    @staticmethod
    def _correct_outcome(visit: Visit, outcome: str) -> None:
        """Only what an officer chose can have been chosen wrongly."""
        if outcome not in CHOSEN_OUTCOMES:
            raise Refused("unknown_outcome", outcome=outcome[:32])
        if visit.outcome not in CHOSEN_OUTCOMES:
            raise Refused("not_correctable")
        visit.outcome = outcome

    def acknowledge(self, actor: Actor, key: str) -> None:
        """Say that an alert was seen. Raises Refused `forbidden` or `text_too_long`."""
        self.require(actor, Role.SUPERVISOR, Role.ADMIN)
        if len(key) > KEY_MOST or not key.isprintable():
            raise Refused("text_too_long", most=KEY_MOST)
        with self.deed(actor) as change:
            alerts.acknowledge(change.db, actor.branch_id, key, change.at_text, actor.officer_id)
            change.record("acknowledged", actor)

    def auto_call(self, branch_id: int) -> list[Called]:
        """Let counters that have been idle for the branch's time call the next by themselves.

        Done by the serving process from time to time; whoever holds the counter is the one who
        calls, and may undo it. Nothing is done while the date is in doubt.
        """
        with self.store.reading() as db:
            seconds = branches.rules(db, branch_id).integer("auto_call_seconds")
        if not seconds:
            return []
        called: list[Called] = []
        system = Actor(branch_id, Role.SYSTEM)
        with self.deed(system) as change:
            if change.branch.day_doubt is None:
                for counter in branches.counters(change.db, branch_id):
                    found = self._auto_call(change, counter, timedelta(seconds=seconds))
                    called += [] if found is None else [found]
        return called

    def _auto_call(self, change: Change, counter: Counter, after: timedelta) -> Called | None:
        if counter.state != "open" or counter.ticket_id is not None:
            return None
        last = tickets.last_event_at(change.db, counter.id)
        if last is not None and change.at < parse_iso(last.at) + after:
            return None
        tiers = branches.services_of(change.db, counter.id)
        seat = queue.Seat(counter.id, counter.officer_id)
        if not queue.candidates(change.db, seat, tiers, change.at_text):
            return None
        change.next_deed()
        holder = Actor(
            change.branch.id, Role.OFFICER, officer_id=counter.officer_id, token_id=counter.token_id
        )
        return self.call_next(holder, counter.number)


def _pairs(tiers: Mapping[int, int]) -> list[list[int]]:
    """Service ids and tiers as an event keeps them."""
    return sorted([service, tier] for service, tier in tiers.items())
