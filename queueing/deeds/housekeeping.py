"""Deeds of the house: the day's end, a doubtful date, a further paper."""

from __future__ import annotations

from queueing import slips
from queueing.deeds.citizens import CitizenDeeds
from queueing.people import STAFF, Actor, Role
from queueing.refusals import Refused
from queueing.store import Change, answers, branches, jobs, notices, printers, queue, tickets
from queueing.store.late_papers import GONE
from queueing.store.rows import Ticket
from queueing.tickets import State


class HouseDeeds(CitizenDeeds):
    """What keeps a branch in order from day to day."""

    def expire(self, branch_id: int) -> None:
        """Bring a day that is over to its end; called from time to time by the watch loop."""
        with self.deed(Actor(branch_id, Role.SYSTEM)):
            pass

    def confirm_day(self, actor: Actor) -> str:
        """Say that the clock is right: what is open of other days expires. Returns the day.

        Only here may the history's time step back, namely when the clock had once run ahead.
        Raises Refused `day_certain`, `forbidden`.
        """
        self.require_staff(actor)
        with self.store.change(actor.branch_id) as change:
            change.day_checked = True
            self._turn_day(change)
            if change.branch.day_doubt is None:
                raise Refused("day_certain")
            change.turn_clock_to_now()
            today = self.today(change)
            change.record("day_confirmed", actor)
            self._end_day(change, tickets.open_not_of(change.db, actor.branch_id, today), today)
            return today

    def reprint(self, actor: Actor, ticket_id: int) -> int:
        """Ask for a further paper of a ticket; returns the job's id.

        While one is still on its way that one is returned. Every paper after the first bears
        the reprint mark. At the kiosk its holder shows its code, and gets a few only, on its day.
        Raises Refused `no_printer`, `no_paper_mode`, `unknown_ticket`, `not_today`, `too_often`,
        `wrong_state`, `forbidden`.
        """
        self.require(actor, Role.KIOSK, *STAFF)
        with self.deed(actor) as change:
            ticket = tickets.by_id(change.db, change.branch.id, ticket_id)
            newest = jobs.newest_job(change.db, ticket.id)
            if newest is not None and newest.state in ("queued", "claimed", "sending"):
                return newest.id
            copy = 0 if newest is None else newest.copy + 1
            if not actor.is_staff:
                self._check_again(change, ticket, copy)
            place = printers.place_for(change.db, change.branch.id, actor.device_id)
            if place is None:
                raise Refused("no_printer")
            slip = self._late_slip(change, ticket) if newest is None else newest.content
            job_id = jobs.add_job(
                change.db,
                place.printer,
                ticket.id,
                slip,
                change.at_text,
                copy=copy,
                moved_from=place.moved_from,
            )
            change.record(
                "print_again", actor, ticket=change.ticket(ticket.id), data={"job": job_id}
            )
            return job_id

    def _check_again(self, change: Change, ticket: Ticket, copy: int) -> None:
        if change.rules.text("paper_mode") == "never":
            raise Refused("no_paper_mode")
        if ticket.day != self.today(change):
            raise Refused("not_today", number=ticket.label, day=ticket.day)
        if ticket.state in GONE or ticket.state is State.FINISHED:
            raise Refused("wrong_state", number=ticket.label, state=str(ticket.state))
        times = change.rules.integer("reprint_most")
        if copy > times:
            raise Refused("too_often", times=times)

    def _late_slip(self, change: Change, ticket: Ticket) -> dict[str, object]:
        """The first slip of a ticket that was issued while there was no printer."""
        service = branches.service(change.db, ticket.service_id)
        visit = change.visit(ticket.visit_id or 0)
        ahead = queue.ahead_of(change.db, visit) if ticket.state is State.WAITING else 0
        estimate = self.waits.estimate(change.db, service, ahead, change.rules)
        url = self.ticket_url(ticket.token) if change.rules.flag("slip_qr") else None
        return slips.content(change, ticket, service, ahead, estimate, url)

    def tidy(self) -> None:
        """Forget answers older than a day, which no client asks for again, and old notices."""
        with self.store.writing() as db:
            answers.forget_old(db, self.store.clock())
            notices.forget_old(db, self.store.clock())
