"""Moving tickets about: park, resume, transfer, priority."""

from __future__ import annotations

from datetime import timedelta

from queueing.clock import iso, parse_iso
from queueing.deeds.base import REASON_MOST
from queueing.deeds.serving import Called, ServingDeeds
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store import Change, branches, tickets
from queueing.store.rows import Counter, Service, Ticket, Visit
from queueing.tickets import Deed, Outcome, State

DUE_MOST = timedelta(hours=12)


class MovingDeeds(ServingDeeds):
    """Deeds that take a ticket out of its line or put it into another."""

    def park(
        self, actor: Actor, number: int, reason: str | None = None, due: str | None = None
    ) -> Ticket:
        """Set the counter's ticket aside; its visit stays open, its parked time apart.

        `due` is the moment (ISO 8601) after which it is called again of itself. Raises
        Refused `due_invalid`, `text_too_long`, `counter_holds_nothing`.
        """
        reason = self.typed(reason, REASON_MOST)
        with self.deed(actor) as change:
            counter, ticket, visit = self.held(change, actor, number, Deed.PARK)
            visit.parked_due = self._due(change, due)
            self._leave_counter(change, ticket)
            self.stop_handling(change, visit)
            ticket.state, visit.parked_at = State.PARKED, change.at_text
            # why it was set aside an earlier time is no reason now
            tickets.forget_text(change.db, visit.id, "park_reason")
            tickets.save_text(change.db, visit.id, park_reason=reason)
            change.record("parked", actor, ticket=ticket, visit=visit, counter=counter)
            return ticket

    @staticmethod
    def _due(change: Change, due: str | None) -> str | None:
        if due is None:
            return None
        try:
            moment = parse_iso(due)
        except ValueError as error:
            raise Refused("due_invalid") from error
        if not change.at < moment <= change.at + DUE_MOST:
            raise Refused("due_invalid")
        return iso(moment)

    def resume(self, actor: Actor, number: int, label: str, *, present: bool = False) -> Called:
        """Bring a parked ticket to this counter: called, or at once served when `present`.

        Raises Refused `wrong_state`, `at_counter_already`, `not_served_here`,
        `unknown_number` and those of
        `call_next`.
        """
        with self.deed(actor) as change:
            counter = self.open_counter(change, actor, number)
            ticket = self._named(change, label)
            self.check_step(change, ticket, Deed.RESUME)
            self._check_served(change, counter, ticket)
            self._clear(change, actor, counter)
            why: dict[str, object] = {"rule": "resumed", "waited_s": 0}
            return self._bring(change, actor, counter, ticket, why, "resumed", present=present)

    # -- transfer -----------------------------------------------------------------------

    def transfer(
        self,
        actor: Actor,
        number: int,
        *,
        service: str | None = None,
        counter: int | None = None,
        officer: int | None = None,
    ) -> Ticket:
        """Send the counter's ticket to a service, a counter or an officer that is open."""
        with self.deed(actor) as change:
            _, ticket, _ = self.held(change, actor, number, Deed.TRANSFER)
            return self._transfer(change, actor, ticket, service, counter, officer)

    def transfer_ticket(
        self,
        actor: Actor,
        ticket_id: int,
        *,
        service: str | None = None,
        counter: int | None = None,
        officer: int | None = None,
    ) -> Ticket:
        """Send any ticket elsewhere; one that waits only by a supervisor.

        Raises Refused `forbidden`, `transfer_nowhere`, `target_not_open`,
        `transfer_unserved`, `target_unknown`, `target_closed`, `wrong_state`.
        """
        self.require_staff(actor)
        with self.deed(actor) as change:
            found = tickets.by_id(change.db, change.branch.id, ticket_id)
            ticket = change.ticket(found.id)
            self.check_step(change, ticket, Deed.TRANSFER)
            if ticket.state is State.WAITING:
                self.require(actor, Role.SUPERVISOR, Role.ADMIN)
            elif ticket.counter_id is not None and ticket.state is not State.PARKED:
                self._check_here(change, actor, ticket)
            return self._transfer(change, actor, ticket, service, counter, officer)

    def _check_here(self, change: Change, actor: Actor, ticket: Ticket) -> None:
        """A ticket at a counter is moved by who holds the counter, or by a supervisor."""
        at = change.counter(ticket.counter_id or 0)
        if actor.role is Role.OFFICER and not self.holds(actor, at):
            raise Refused("at_other_counter", number=ticket.label, counter=at.number)

    def _transfer(
        self,
        change: Change,
        actor: Actor,
        ticket: Ticket,
        service: str | None,
        counter: int | None,
        officer: int | None,
    ) -> Ticket:
        if (service, counter, officer) == (None, None, None):
            raise Refused("transfer_nowhere")
        old = change.visit(ticket.visit_id or 0)
        target = self.target_service(change, ticket, service)
        only = self._target_counter(change, target, counter, officer)
        desk = self._leave_counter(change, ticket)
        was_place, was_turn = old.place, old.turn_from
        self.end_visit(change, old, Outcome.TRANSFERRED)
        # the table's step ends in waiting; until the new visit exists nothing is queued
        ticket.state, ticket.counter_id = State.WAITING, None
        ticket.service_id, ticket.visit_id = target.id, tickets.next_visit_id(change.db)
        change.record("transferred", actor, ticket=ticket, visit=old, counter=desk)
        visit = self.open_visit(change, ticket, target, old.rank)
        visit.procedure_code = old.procedure_code
        if only is not None:
            visit.only_counter_id = None if officer is not None else only.id
            visit.only_officer_id = officer
        if change.rules.flag("transfer_keeps_arrival"):
            visit.place, visit.turn_from = was_place, was_turn
        change.insert(visit)
        change.record("enqueued", actor, ticket=ticket, visit=visit, new=(visit,))
        return ticket

    @staticmethod
    def _target_counter(
        change: Change, service: Service, number: int | None, officer: int | None
    ) -> Counter | None:
        """The counter meant by a number or by the officer who sits there."""
        if number is None and officer is None:
            return None
        if number is not None:
            desk = branches.counter_by_number(change.db, change.branch.id, number)
            if officer is not None and desk.officer_id != officer:
                raise Refused("target_not_open", open=_at_work(change))
        else:
            desks = branches.counters(change.db, change.branch.id)
            found = [d for d in desks if d.officer_id == officer]
            if not found:
                raise Refused("target_not_open", open=_at_work(change))
            desk = found[0]
        if desk.state == "closed":
            raise Refused("target_not_open", open=_at_work(change))
        if service.id not in {s.id for s, _ in branches.services_of(change.db, desk.id)}:
            raise Refused("transfer_unserved", service=service.name, open=_serving(change, service))
        return desk

    # -- priority -----------------------------------------------------------------------

    def priority(self, actor: Actor, ticket_id: int, code: str | None) -> Ticket:
        """Grant a priority class to a ticket, or take it away with None.

        Raises Refused `unknown_priority`, `wrong_state`, `forbidden`.
        """
        self.require_staff(actor)
        with self.deed(actor) as change:
            found = tickets.by_id(change.db, change.branch.id, ticket_id)
            ticket = change.ticket(found.id)
            self.check_step(change, ticket, Deed.PRIORITY)
            group = (
                None if code is None else branches.class_by_code(change.db, change.branch.id, code)
            )
            visit: Visit = change.visit(ticket.visit_id or 0)
            ticket.class_id = None if group is None else group.id
            visit.rank = 0 if group is None else group.rank
            change.record("prioritised", actor, ticket=ticket, visit=visit)
            return ticket


def _serving(change: Change, service: Service) -> str:
    """The counters at work that serve a service."""
    found = [
        str(desk.number)
        for desk in branches.counters(change.db, change.branch.id)
        if desk.state != "closed"
        and service.id in {one.id for one, _ in branches.services_of(change.db, desk.id)}
    ]
    return ", ".join(found) or "–"


def _at_work(change: Change) -> str:
    """The counters that a ticket could be sent to, in a few words for colleagues."""
    desks = branches.counters(change.db, change.branch.id)
    found = [
        f"{desk.number} ({branches.officer_name(change.db, desk.officer_id) or 'API'})"
        for desk in desks
        if desk.state != "closed"
    ]
    return ", ".join(found) or "–"
