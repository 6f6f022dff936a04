"""What a citizen does: take a number, postpone, leave, join again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from queueing import slips
from queueing.clock import iso
from queueing.deeds.base import Deeds
from queueing.numbering import label
from queueing.people import STAFF, Actor, Role
from queueing.refusals import Refused
from queueing.store import Change, branches, jobs, printers, queue, tickets
from queueing.store.rows import PriorityClass, Service, Ticket, Visit
from queueing.texts import LANGUAGES
from queueing.tickets import Deed, Outcome, State
from queueing.waiting import MODEL, Estimate
from queueing.waits import Waits

TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class Issued:
    """A new ticket and what its holder is told. `ahead` counts people, `estimate` seconds."""

    ticket: Ticket
    service: Service
    ahead: int
    estimate: Estimate | None
    url: str | None
    job_id: int | None = None
    elsewhere: str | None = None  # another printer's name, where that one took the paper over


class CitizenDeeds(Deeds):
    """Deeds of a ticket's holder, and those done for them."""

    waits: Waits

    def issue(
        self,
        actor: Actor,
        service: str,
        *,
        procedure: str | None = None,
        priority: str | None = None,
        language: str = "vi",
        paper: bool = True,
    ) -> Issued:
        """Give out the next number of a service, with its print job, in one transaction.

        Without `paper` none is printed, nor where the branch has chosen to give out none.

        Raises Refused `unknown_service`, `unknown_procedure`, `unknown_priority`,
        `priority_not_offered`, `unknown_language`, `branch_closed`, `service_closed`,
        `forbidden`.
        """
        self.require(actor, Role.KIOSK, *STAFF)
        if language not in LANGUAGES:
            raise Refused("unknown_language", language=language[:16])
        with self.deed(actor) as change:
            branch_id = change.branch.id
            wanted = branches.service_by_code(change.db, branch_id, service)
            self._check_taking(change, wanted)
            if procedure is not None:
                self.check_procedure(change, procedure)
            group = self._class_for(change, actor, priority)
            return self._issue(change, actor, wanted, group, procedure, language, paper)

    def _check_taking(self, change: Change, service: Service) -> None:
        hours = branches.hours(change.db, change.branch.id)
        if not hours.is_open(change.now, change.branch.timezone):
            opens = hours.next_opening(change.now, change.branch.timezone)
            raise Refused("branch_closed", opens_at=None if opens is None else iso(opens))
        if service.paused:
            raise Refused("service_closed", service=service.name)

    @staticmethod
    def check_procedure(change: Change, code: str) -> None:
        """Refuse a procedure the branch does not have. Raises Refused `unknown_procedure`."""
        if branches.procedure_name(change.db, change.branch.id, code) is None:
            raise Refused("unknown_procedure", procedure=code[:64])

    @staticmethod
    def _class_for(change: Change, actor: Actor, code: str | None) -> PriorityClass | None:
        if code is None:
            return None
        found = branches.class_by_code(change.db, change.branch.id, code)
        if not found.self_declared and not actor.is_staff:
            raise Refused("priority_not_offered", priority=code)
        return found

    def _issue(
        self,
        change: Change,
        actor: Actor,
        service: Service,
        group: PriorityClass | None,
        procedure: str | None,
        language: str,
        paper: bool,
    ) -> Issued:
        db, branch_id, day = change.db, change.branch.id, self.today(change)
        rank = 0 if group is None else group.rank
        ahead = queue.ahead_at_end(db, service.id, rank)
        estimate = self.waits.estimate(db, service, ahead, change.rules)
        ticket = Ticket(
            id=0,
            branch_id=branch_id,
            day=day,
            label=label(service.prefix, queue.next_number(db, branch_id, day, service.prefix)),
            token=secrets.token_urlsafe(TOKEN_BYTES),
            state=State.WAITING,
            service_id=service.id,
            class_id=None if group is None else group.id,
            visit_id=tickets.next_visit_id(db),
            language=language,
            issued_at=change.at_text,
        )
        if estimate is not None:
            ticket.quote_low, ticket.quote_high = estimate.low, estimate.high
            ticket.quote_model = MODEL
        change.insert(ticket)
        visit = self.open_visit(change, ticket, service, rank)
        visit.procedure_code = procedure
        change.insert(visit)
        change.record("issued", actor, ticket=ticket, visit=visit, new=(ticket, visit))
        url = self.ticket_url(ticket.token)
        printed = url if change.rules.flag("slip_qr") else None
        place = None
        if paper and change.rules.text("paper_mode") != "never":
            place = printers.place_for(db, branch_id, actor.device_id)
        if place is None:
            return Issued(ticket, service, ahead, estimate, url)
        content = slips.content(change, ticket, service, ahead, estimate, printed)
        job_id = jobs.add_job(
            db, place.printer, ticket.id, content, change.at_text, moved_from=place.moved_from
        )
        elsewhere = place.printer.name if place.moved_from else None
        return Issued(ticket, service, ahead, estimate, url, job_id, elsewhere)

    def open_visit(self, change: Change, ticket: Ticket, service: Service, rank: int) -> Visit:
        """A new visit at the end of a service's queue, not yet inserted."""
        return Visit(
            id=ticket.visit_id or 0,
            branch_id=change.branch.id,
            ticket_id=ticket.id,
            day=ticket.day,
            service_id=service.id,
            rank=rank,
            queued=1,
            place=queue.end_place(change.branch.last_seq + 1),
            turn_from=change.at_text,
            enqueued_at=change.at_text,
        )

    # -- a holder's deeds ---------------------------------------------------------------

    def _own_ticket(self, change: Change, actor: Actor, ticket_id: int, deed: Deed) -> Ticket:
        found = tickets.by_id(change.db, change.branch.id, ticket_id)
        if not actor.is_staff and not (actor.role is Role.HOLDER and actor.ticket_id == ticket_id):
            raise Refused("forbidden")
        ticket = change.ticket(found.id)
        self.check_step(change, ticket, deed)
        return ticket

    def cancel(self, actor: Actor, ticket_id: int) -> Ticket:
        """Leave the queue; the outcome is `left`.

        Raises Refused `unknown_ticket`, `wrong_state`, `forbidden`.
        """
        with self.deed(actor) as change:
            ticket = self._own_ticket(change, actor, ticket_id, Deed.CANCEL)
            visit = change.visit(ticket.visit_id or 0)
            counter = self._leave_counter(change, ticket)
            ticket.state = State.CANCELLED
            self.end_visit(change, visit, Outcome.LEFT)
            change.record("cancelled", actor, ticket=ticket, visit=visit, counter=counter)
            return ticket

    def postpone(self, actor: Actor, ticket_id: int, places: int) -> Ticket:
        """Let `places` people go first, a limited number of times.

        Raises Refused `places_invalid`, `too_often`, `wrong_state`, `forbidden`.
        """
        with self.deed(actor) as change:
            most = change.rules.integer("postpone_places")
            if not 1 <= places <= most:
                raise Refused("places_invalid", most=most)
            ticket = self._own_ticket(change, actor, ticket_id, Deed.POSTPONE)
            times = change.rules.integer("postpone_most")
            if ticket.postponed >= times:
                raise Refused("too_often", times=times)
            visit = change.visit(ticket.visit_id or 0)
            counter = self._leave_counter(change, ticket)
            ticket.postponed += 1
            place = queue.place_behind(change.db, visit, places, change.branch.last_seq + 1)
            self.to_queue(change, ticket, visit, place)
            change.record(
                "postponed",
                actor,
                ticket=ticket,
                visit=visit,
                counter=counter,
                data={"places": places},
            )
            return ticket

    def rejoin(self, actor: Actor, ticket_id: int) -> Ticket:
        """Wait again after a no-show, the same day, in a new visit.

        Raises Refused `not_today`, `too_often`, `wrong_state`, `forbidden`.
        """
        with self.deed(actor) as change:
            ticket = self._own_ticket(change, actor, ticket_id, Deed.REJOIN)
            self.rejoin_queue(change, actor, ticket)
            return ticket

    def rejoin_queue(self, change: Change, actor: Actor, ticket: Ticket) -> Visit:
        """The part of `rejoin` that calling a no-show by number shares."""
        if ticket.day != self.today(change):
            raise Refused("not_today", number=ticket.label, day=ticket.day)
        times = change.rules.integer("rejoin_most")
        if ticket.rejoined >= times:
            raise Refused("too_often", times=times)
        old = change.visit(ticket.visit_id or 0)
        service = branches.service(change.db, old.service_id)
        ticket.rejoined += 1
        ticket.state, ticket.counter_id = State.WAITING, None
        ticket.visit_id = tickets.next_visit_id(change.db)
        visit = self.open_visit(change, ticket, service, old.rank)
        visit.procedure_code = old.procedure_code
        places = change.rules.integer("rejoin_places")
        if places:
            seq = change.branch.last_seq + 1
            visit.place = queue.place_behind(change.db, visit, places, seq, from_head=True)
        change.insert(visit)
        change.record("rejoined", actor, ticket=ticket, visit=visit, new=(visit,))
        return visit
