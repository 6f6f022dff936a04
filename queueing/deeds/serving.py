"""An officer's main line: call, recall, start, finish, no-show."""

from __future__ import annotations

import json
from dataclasses import dataclass

from queueing.calling import choose
from queueing.clock import milliseconds_between
from queueing.deeds.base import DOSSIER_MOST, NOTE_MOST
from queueing.deeds.citizens import CitizenDeeds
from queueing.numbering import typed_label
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store import Change, branches, queue, tickets
from queueing.store.rows import Counter, Service, Ticket, Visit
from queueing.tickets import CHOSEN_OUTCOMES, Deed, Outcome, State


@dataclass(frozen=True, slots=True)
class Called:
    """A ticket that was called to a counter, and why it was this one."""

    ticket: Ticket
    visit: Visit
    counter: Counter
    why: dict[str, object]


class ServingDeeds(CitizenDeeds):
    """Deeds on the ticket at a counter. The actor must hold the counter."""

    # -- calling ------------------------------------------------------------------------

    def call_next(self, actor: Actor, number: int) -> Called | None:
        """Call whoever is next at this counter; None when nobody can be called.

        A ticket still at the counter is finished first, in the same deed, where the branch's
        setting says so. Raises Refused `counter_holds_ticket`, `counter_closed`,
        `counter_paused`, `counter_not_yours`.
        """
        with self.deed(actor) as change:
            counter = self.open_counter(change, actor, number)
            self._clear(change, actor, counter)
            seat = queue.Seat(counter.id, counter.officer_id)
            tiers = branches.services_of(change.db, counter.id)
            heads = queue.candidates(change.db, seat, tiers, change.at_text)
            policy = queue.policy(change.db, change.rules, change.branch.id, counter.owed)
            choice = choose(heads, policy)
            if choice is None:
                return None
            counter.owed = choice.owed
            ticket = change.ticket(choice.candidate.ticket_id)
            kind = "resumed" if ticket.state is State.PARKED else "called"
            return self._bring(change, actor, counter, ticket, choice.why, kind)

    def call(self, actor: Actor, number: int, label: str) -> Called:
        """Call a chosen ticket out of order, however its number was typed.

        A parked one is resumed, a no-show joins again first. Raises Refused
        `unreadable_number`, `unknown_number`, `wrong_state`, `not_served_here` and those of
        `call_next`.
        """
        with self.deed(actor) as change:
            counter = self.open_counter(change, actor, number)
            ticket = self._named(change, label)
            self.check_step(change, ticket, Deed.CALL)
            self._check_served(change, counter, ticket)
            self._clear(change, actor, counter)
            if ticket.state is State.NO_SHOW:
                self.rejoin_queue(change, actor, ticket)
            kind = "resumed" if ticket.state is State.PARKED else "called"
            visit = change.visit(ticket.visit_id or 0)
            waited = milliseconds_between(visit.turn_from, change.at_text) // 1000
            why: dict[str, object] = {"rule": "chosen", "waited_s": waited}
            return self._bring(change, actor, counter, ticket, why, kind)

    def _named(self, change: Change, label: str) -> Ticket:
        meant, branch_id = typed_label(label), change.branch.id
        # while the date is in doubt people of the day before still wait, under its numbers
        older = change.branch.day_doubt and tickets.open_older(
            change.db, branch_id, self.today(change), meant
        )
        if older:
            return change.ticket(older.id)
        found = tickets.by_label(change.db, branch_id, self.today(change), meant)
        return change.ticket(found.id)

    @staticmethod
    def _check_served(change: Change, counter: Counter, ticket: Ticket) -> None:
        served = {s.id for s, _ in branches.services_of(change.db, counter.id)}
        if ticket.service_id not in served:
            others = branches.counters_serving(change.db, ticket.service_id)
            raise Refused(
                "not_served_here",
                number=ticket.label,
                counter=counter.number,
                service=branches.service(change.db, ticket.service_id).name,
                counters=", ".join(map(str, others)) or "–",
            )

    def _clear(self, change: Change, actor: Actor, counter: Counter) -> None:
        """Finish what is still at the counter before the next is called, or refuse."""
        if counter.ticket_id is None:
            return
        ticket = change.ticket(counter.ticket_id)
        if not change.rules.flag("call_next_finishes"):
            raise Refused("counter_holds_ticket", counter=counter.number, number=ticket.label)
        visit = change.visit(ticket.visit_id or 0)
        outcome = Outcome(change.rules.text("default_outcome"))
        self._finish(change, actor, (counter, ticket, visit), outcome)

    def _bring(
        self,
        change: Change,
        actor: Actor,
        counter: Counter,
        ticket: Ticket,
        why: dict[str, object],
        kind: str,
        *,
        present: bool = False,
    ) -> Called:
        """Put a ticket at a counter: called, or at once served when its holder is there."""
        visit = change.visit(ticket.visit_id or 0)
        self.stop_parking(change, visit)
        ticket.state = State.SERVING if present else State.CALLED
        ticket.counter_id, counter.ticket_id = counter.id, ticket.id
        visit.counter_id, visit.officer_id = counter.id, actor.officer_id
        visit.handling_from = change.at_text
        visit.why = json.dumps(why, separators=(",", ":"))
        if present:
            visit.started_at = visit.started_at or change.at_text
        else:
            visit.called_at, visit.calls, visit.recalls = change.at_text, visit.calls + 1, 0
            visit.first_called_at = visit.first_called_at or change.at_text
            visit.call_seq = change.branch.last_seq + 1
        change.record(kind, actor, ticket=ticket, visit=visit, counter=counter, data={"why": why})
        return Called(ticket, visit, counter, why)

    def recall(self, actor: Actor, number: int) -> Called:
        """Call the counter's ticket once more; the board shows and speaks it again.

        Raises Refused `too_often` when the branch limits recalls, `counter_holds_nothing`,
        `wrong_state`.
        """
        with self.deed(actor) as change:
            counter, ticket, visit = self.held(change, actor, number, Deed.RECALL)
            most = change.rules.integer("recalls_most")
            if most and visit.recalls >= most:
                raise Refused("too_often", times=most)
            visit.called_at, visit.calls = change.at_text, visit.calls + 1
            visit.recalls += 1
            visit.call_seq = change.branch.last_seq + 1
            change.record("recalled", actor, ticket=ticket, visit=visit, counter=counter)
            return Called(ticket, visit, counter, json.loads(visit.why or "{}"))

    # -- serving ------------------------------------------------------------------------

    def start(self, actor: Actor, number: int) -> Ticket:
        """The citizen has come: service begins."""
        with self.deed(actor) as change:
            counter, ticket, visit = self.held(change, actor, number, Deed.START)
            ticket.state = State.SERVING
            visit.started_at = visit.started_at or change.at_text
            visit.officer_id = actor.officer_id
            change.record("started", actor, ticket=ticket, visit=visit, counter=counter)
            return ticket

    def finish(
        self,
        actor: Actor,
        number: int,
        outcome: str | None = None,
        *,
        procedure: str | None = None,
        dossier: str | None = None,
        note: str | None = None,
        next_service: str | None = None,
    ) -> Ticket:
        """End the visit with its outcome; with `next_service` the ticket waits there next.

        Raises Refused `unknown_outcome`, `unknown_procedure`, `text_too_long`,
        `unknown_service`, `service_closed`, `counter_holds_nothing`.
        """
        note, dossier = self.typed(note, NOTE_MOST), self.typed(dossier, DOSSIER_MOST)
        with self.deed(actor) as change:
            held = self.held(change, actor, number, Deed.FINISH)
            chosen = outcome or change.rules.text("default_outcome")
            if chosen not in CHOSEN_OUTCOMES:
                raise Refused("unknown_outcome", outcome=chosen[:32])
            if procedure is not None:
                self.check_procedure(change, procedure)
                held[2].procedure_code = procedure
            tickets.save_text(change.db, held[2].id, note=note, dossier=dossier)
            self._finish(change, actor, held, Outcome(chosen))
            if next_service is not None:
                self._go_on(change, actor, held[1], held[2], next_service)
            return held[1]

    def _finish(
        self,
        change: Change,
        actor: Actor,
        held: tuple[Counter, Ticket, Visit],
        outcome: Outcome,
    ) -> None:
        counter, ticket, visit = held
        # whoever took the counter over has done the work
        visit.officer_id = actor.officer_id
        if visit.started_at is None:
            visit.started_at, visit.start_inferred = change.at_text, 1
        self._leave_counter(change, ticket)
        ticket.state = State.FINISHED
        self.end_visit(change, visit, outcome)
        change.record("finished", actor, ticket=ticket, visit=visit, counter=counter)
        queue.move_pace_mark(change.db, visit.service_id)

    def _go_on(self, change: Change, actor: Actor, ticket: Ticket, old: Visit, code: str) -> None:
        """The same number waits for a further service, in a new visit."""
        service = self.target_service(change, ticket, code)
        ticket.state, ticket.counter_id, ticket.service_id = State.WAITING, None, service.id
        ticket.visit_id = tickets.next_visit_id(change.db)
        visit = self.open_visit(change, ticket, service, old.rank)
        change.insert(visit)
        change.record("enqueued", actor, ticket=ticket, visit=visit, new=(visit,))

    @staticmethod
    def target_service(change: Change, ticket: Ticket, code: str | None) -> Service:
        """The service that is meant, the ticket's own when none is named.

        Raises Refused `target_unknown` or `target_closed`, with what takes people.
        """
        if code is None:
            return branches.service(change.db, ticket.service_id)
        all_services = branches.services(change.db, change.branch.id)
        service = next((one for one in all_services if one.code == code), None)
        taking = ", ".join(one.name for one in all_services if not one.paused) or "–"
        if service is None:
            raise Refused("target_unknown", service=code[:64], open=taking)
        if service.paused:
            raise Refused("target_closed", service=service.name, open=taking)
        return service

    def no_show(self, actor: Actor, number: int) -> Ticket:
        """The called citizen did not come: no-show, or by the branch's rule waits again.

        Raises Refused `counter_holds_nothing`, `wrong_state`.
        """
        with self.deed(actor) as change:
            counter, ticket, visit = self.held(change, actor, number, Deed.NO_SHOW)
            self._leave_counter(change, ticket)
            if visit.returns < change.rules.integer("no_show_returns"):
                visit.returns += 1
                places = change.rules.integer("no_show_places")
                seq = change.branch.last_seq + 1
                self.to_queue(
                    change, ticket, visit, queue.place_behind(change.db, visit, places, seq)
                )
                kind = "returned"
            else:
                ticket.state = State.NO_SHOW
                self.end_visit(change, visit, Outcome.NO_SHOW)
                kind = "no_show"
            change.record(kind, actor, ticket=ticket, visit=visit, counter=counter)
            return ticket
