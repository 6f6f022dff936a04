"""What every deed shares: its transaction, its business day, who may do it, and to what."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from queueing.branches import business_day
from queueing.clock import milliseconds_between, parse_iso
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store import Change, Store, branches, tickets
from queueing.store.rows import Counter, Ticket, Visit
from queueing.tickets import AT_COUNTER, Deed, Outcome, State, allowed_deeds, may

# A clock that stands further back than this behind the last event is not to be believed.
SKEW = timedelta(minutes=2)
NOTE_MOST, DOSSIER_MOST, REASON_MOST = 500, 64, 200


class Deeds:
    """The ground of all deeds. `ticket_url` makes a ticket's address from its token."""

    def __init__(self, store: Store, ticket_url: Callable[[str], str | None] | None = None) -> None:
        self.store = store
        self.ticket_url = ticket_url or (lambda token: None)

    @contextlib.contextmanager
    def deed(self, actor: Actor) -> Iterator[Change]:
        """The deed's transaction; before a day's first deed, yesterday is brought to its end."""
        with self.store.change(actor.branch_id) as change:
            if not change.day_checked:
                change.day_checked = True
                self._turn_day(change)
            yield change

    # -- the business day ---------------------------------------------------------------

    @staticmethod
    def today(change: Change) -> str:
        """The business day of this deed, as YYYY-MM-DD."""
        hour = change.rules.integer("rollover_hour")
        return business_day(change.at, change.branch.timezone, hour).isoformat()

    def _turn_day(self, change: Change) -> None:
        branch, today = change.branch, self.today(change)
        doubt: str | None = None
        if branch.last_at is not None and change.now < parse_iso(branch.last_at) - SKEW:
            doubt = "behind"
        elif branch.day is None:
            branch.day = today
        elif today > branch.day:
            left = tickets.open_before(change.db, branch.id, today)
            days = (date.fromisoformat(today) - date.fromisoformat(branch.day)).days
            if days > 1 and left:
                doubt = "jumped"
            else:
                self._end_day(change, left, today)
        if doubt != branch.day_doubt:
            branch.day_doubt = doubt
            system = Actor(branch.id, Role.SYSTEM)
            change.record("day_doubted", system, data={"doubt": doubt or "none"})
            change.next_deed()

    def _end_day(self, change: Change, left: list[Ticket], today: str) -> None:
        """Expire what is left and close the counters, then begin the new day."""
        system = Actor(change.branch.id, Role.SYSTEM)
        for found in left:
            ticket = change.ticket(found.id)
            visit = change.visit(ticket.visit_id or 0)
            counter = self._leave_counter(change, ticket)
            ticket.state = State.EXPIRED
            self.end_visit(change, visit, Outcome.EXPIRED)
            change.record("expired", system, ticket=ticket, visit=visit, counter=counter)
        for found_counter in branches.counters(change.db, change.branch.id):
            counter = change.counter(found_counter.id)
            # while the date was in doubt, somebody of the new day may have been called there
            if counter.state != "closed" and counter.ticket_id is None:
                self.vacate(change, counter)
                change.record("closed", system, counter=counter, data={"by": "day_end"})
        change.branch.day = today
        change.branch.day_doubt = None
        change.next_deed()

    @staticmethod
    def vacate(change: Change, counter: Counter) -> None:
        """Close a counter and let go of whoever sat there."""
        counter.state, counter.since = "closed", change.at_text
        counter.officer_id = counter.token_id = counter.reason = None
        counter.owed = 0

    # -- who and where ------------------------------------------------------------------

    @staticmethod
    def require(actor: Actor, *roles: Role) -> None:
        """Refuse an actor whose role is not among `roles`. Raises Refused `forbidden`."""
        if actor.role not in roles:
            raise Refused("forbidden")

    def require_staff(self, actor: Actor) -> None:
        """Refuse everybody but staff. Raises Refused `forbidden`."""
        if not actor.is_staff:
            raise Refused("forbidden")

    @staticmethod
    def holds(actor: Actor, counter: Counter) -> bool:
        """True when this actor is the one who opened the counter."""
        if actor.officer_id is not None:
            return counter.officer_id == actor.officer_id
        return actor.token_id is not None and counter.token_id == actor.token_id

    def own_counter(self, change: Change, actor: Actor, number: int) -> Counter:
        """The actor's own counter. Raises Refused when it is closed or another's."""
        self.require_staff(actor)
        found = branches.counter_by_number(change.db, change.branch.id, number)
        counter = change.counter(found.id)
        if counter.state == "closed":
            raise Refused("counter_closed", counter=number)
        if not self.holds(actor, counter):
            raise Refused("counter_not_yours", counter=number, officer=self.who(change, counter))
        return counter

    def open_counter(self, change: Change, actor: Actor, number: int) -> Counter:
        """The actor's own counter, ready to call. Raises Refused also when it is paused."""
        counter = self.own_counter(change, actor, number)
        if counter.state == "paused":
            raise Refused("counter_paused", counter=number)
        return counter

    @staticmethod
    def who(change: Change, counter: Counter) -> str:
        """Who holds a counter, in a word for colleagues."""
        return branches.officer_name(change.db, counter.officer_id) or "API"

    def held(
        self, change: Change, actor: Actor, number: int, deed: Deed
    ) -> tuple[Counter, Ticket, Visit]:
        """The counter's current ticket, if this deed may be done to it.

        Raises Refused `counter_holds_nothing` or `wrong_state`.
        """
        counter = self.own_counter(change, actor, number)
        if counter.ticket_id is None:
            raise Refused("counter_holds_nothing", counter=number)
        ticket = change.ticket(counter.ticket_id)
        self.check_step(change, ticket, deed)
        return counter, ticket, change.visit(ticket.visit_id or 0)

    def check_step(self, change: Change, ticket: Ticket, deed: Deed) -> None:
        """Refuse an unknown step. Raises Refused `wrong_state` or `at_counter_already`."""
        if may(deed, ticket.state):
            return
        there = deed in (Deed.CALL, Deed.RESUME) and ticket.state in AT_COUNTER
        raise Refused(
            "at_counter_already" if there else "wrong_state",
            number=ticket.label,
            state=str(ticket.state),
            counter=self.counter_number(change, ticket.counter_id),
            allowed=[str(step) for step in allowed_deeds(ticket.state)],
        )

    @staticmethod
    def counter_number(change: Change, counter_id: int | None) -> int | None:
        """A counter's number from its id."""
        return None if counter_id is None else branches.counter(change.db, counter_id).number

    @staticmethod
    def typed(text: str | None, most: int) -> str | None:
        """What somebody typed, without characters that nobody sees; None for nothing.

        Control, zero-width and direction marks could hide words or turn a line round on a
        page or in a table. Raises Refused `text_too_long`.
        """
        if text is None:
            return None
        if len(text) > most:
            raise Refused("text_too_long", most=most)
        return "".join(c for c in text if c.isprintable() or c == "\n").strip() or None

    # -- pieces of several deeds --------------------------------------------------------

    def _leave_counter(self, change: Change, ticket: Ticket) -> Counter | None:
        """Take a called or served ticket off its counter; the counter, if there was one."""
        if ticket.state not in AT_COUNTER or ticket.counter_id is None:
            return None
        counter = change.counter(ticket.counter_id)
        counter.ticket_id = None
        return counter

    @staticmethod
    def stop_handling(change: Change, visit: Visit) -> None:
        """End the open stretch of handling: the counter is free of this ticket from now on."""
        if visit.handling_from is not None:
            visit.handled_ms += milliseconds_between(visit.handling_from, change.at_text)
            visit.handling_from = None

    def stop_parking(self, change: Change, visit: Visit) -> None:
        """End the open stretch of parking, counted apart before and after the start."""
        if visit.parked_at is None:
            return
        length = milliseconds_between(visit.parked_at, change.at_text)
        if visit.started_at is None:
            visit.parked_early_ms += length
        else:
            visit.parked_ms += length
        visit.parked_at = visit.parked_due = None

    def end_visit(self, change: Change, visit: Visit, outcome: Outcome) -> None:
        """Close a visit's times with its outcome."""
        self.stop_handling(change, visit)
        self.stop_parking(change, visit)
        visit.queued = 0
        visit.ended_at, visit.outcome = change.at_text, str(outcome)

    def to_queue(self, change: Change, ticket: Ticket, visit: Visit, place: int) -> None:
        """Put a ticket back to wait in the same visit."""
        self.stop_handling(change, visit)
        ticket.state, ticket.counter_id = State.WAITING, None
        visit.place, visit.call_seq = place, None
