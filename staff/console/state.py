"""What one counter's screen shows, as one whole state, and who may see it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from queueing.branches import business_day, zone
from queueing.clock import iso, milliseconds_between, parse_iso
from queueing.deeds.undoing import UNDOABLE
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.settings import Rules
from queueing.store import branches, desk, queue, tickets
from queueing.store.desk import CounterLine, Span
from queueing.store.identity import Known
from queueing.store.rows import Branch, Service
from queueing.texts import why
from queueing.tickets import Deed, State, may
from web.access import OFFICERS
from web.audience import Wish
from web.i18n import language
from web.surface import Room

Json = dict[str, Any]

WAITING_SHOWN: Final = 50
RECENT_SHOWN: Final = 6

# What an officer does with the ticket at the counter; the table says in which state.
AT_DESK: Final = (
    Deed.START,
    Deed.RECALL,
    Deed.FINISH,
    Deed.NO_SHOW,
    Deed.PARK,
    Deed.TRANSFER,
    Deed.CANCEL,
    Deed.PRIORITY,
)


def rooms(room: Room, known: Known, wish: Wish) -> Sequence[str]:
    """A room for each counter and who looks at it: the one wished for, else those held.

    The viewer is part of the key because `mine` and `allowed` are different for each.
    """
    actor = known.actor
    if actor.role not in OFFICERS:
        return ()
    with room.store.reading() as db:
        if wish.counter is None:
            numbers = desk.held_by(db, actor)
        else:
            there = desk.counter_line(db, actor.branch_id, wish.counter)
            numbers = [] if there is None else [there.number]
    return [f"{number} {actor.caller}" for number in numbers]


def build(room: Room, branch_id: int, key: str) -> Json:
    """The live state of a room made by `rooms`."""
    number, caller = key.split(" ")
    kind, _, own = caller.partition(":")
    actor = Actor(
        branch_id,
        Role.OFFICER,
        officer_id=int(own) if kind == "officer" else None,
        token_id=int(own) if kind == "token" else None,
    )
    return counter_state(room, actor, int(number))


def counter_state(room: Room, actor: Actor, number: int) -> Json:
    """All that a counter's screen shows to this actor. Raises Refused `unknown_counter`."""
    now = room.store.clock()
    with room.store.reading() as db:
        return _Build(db, room.store.epoch, now, actor, number).state()


def is_mine(actor: Actor, line: CounterLine) -> bool:
    """True when this actor is the one who opened the counter."""
    if actor.officer_id is not None:
        return line.officer is not None and line.officer[0] == actor.officer_id
    return actor.token_id is not None and line.token_id == actor.token_id


def allowed(
    counter: str, held: State | None, *, mine: bool, free: bool, clears: bool, parked: bool
) -> list[str]:
    """The deeds that are legal now at a counter in the state `counter` that holds `held`.

    `free`: the actor holds no other counter, or may hold several. `clears`: calling finishes
    what is still at the counter. `parked`: there is something to resume.
    """
    if not mine:
        return ["open"] if free else []
    if counter == "paused":
        return ["open", "close"]
    if held is None:
        resume = [str(Deed.RESUME)] if parked else []
        return [str(Deed.CALL_NEXT), str(Deed.CALL), *resume, "pause", "close"]
    found = [str(deed) for deed in AT_DESK if may(deed, held)]
    if clears:
        found += [str(Deed.CALL_NEXT), str(Deed.CALL)] + ([str(Deed.RESUME)] if parked else [])
    return found


class _Build:
    """One building of the state, from one snapshot of the database."""

    def __init__(
        self, db: sqlite3.Connection, epoch: str, now: datetime, actor: Actor, number: int
    ) -> None:
        self.db, self.epoch, self.now, self.actor = db, epoch, now, actor
        line = desk.counter_line(db, actor.branch_id, number)
        if line is None:
            raise Refused("unknown_counter", counter=number)
        self.line = line
        self.branch: Branch = branches.branch(db, actor.branch_id)
        self.rules: Rules = branches.rules(db, actor.branch_id)
        self.mine = is_mine(actor, line)
        self.today = self._today()

    def _today(self) -> Span:
        """The deeds' own business day: the history's time never goes back."""
        at, hour = self.now, self.rules.integer("rollover_hour")
        if self.branch.last_at is not None:
            at = max(at, parse_iso(self.branch.last_at))
        day: date = business_day(at, self.branch.timezone, hour)
        begins = datetime.combine(day, time(hour), zone(self.branch.timezone))
        return Span(day.isoformat(), iso(begins))

    def state(self) -> Json:
        db, line = self.db, self.line
        seat = queue.Seat(line.id, None if line.officer is None else line.officer[0])
        services = [service for service, _ in branches.services_of(db, line.id)]
        parked = [_parked(one) for one in desk.parked(db, self.branch.id, seat)]
        current = self._current()
        undo = self._undo()
        visits, mean = desk.served(db, line.id, self.today)
        return {
            "epoch": self.epoch,
            "seq": self.branch.last_seq,
            "now": iso(self.now),
            "counter": self._counter(services),
            "current": current,
            "allowed": self._allowed(current, bool(parked)) + (["undo"] if undo else []),
            "waiting": [_waiting(one) for one in desk.waiting(db, seat, WAITING_SHOWN)],
            "waiting_total": desk.waiting_total(db, seat),
            "parked": parked,
            "recent": [
                {"number": number, "service": service, "outcome": outcome, "ended_at": ended}
                for number, service, outcome, ended in desk.recent(
                    db, line.id, self.today, RECENT_SHOWN
                )
            ],
            "undo": undo,
            "today": {"visits": visits, "mean_handling_s": mean},
            "day": {"date": self.today.day, "doubt": self.branch.day_doubt},
        }

    def _counter(self, services: list[Service]) -> Json:
        line = self.line
        return {
            "number": line.number,
            "name": line.name,
            "zone": line.zone,
            "state": line.state,
            "officer": person(line.officer),
            "mine": self.mine,
            "since": line.since,
            "services": [{**_service(one), "target_s": one.target_s} for one in services],
        }

    def _current(self) -> Json | None:
        if self.line.ticket is None:
            return None
        ticket = tickets.by_id(self.db, self.branch.id, self.line.ticket[0])
        visit = tickets.visit(self.db, ticket.visit_id)
        service = branches.service(self.db, visit.service_id)
        group = branches.class_of(self.db, ticket.class_id)
        reason = json.loads(visit.why or "{}")
        waited = milliseconds_between(visit.enqueued_at, visit.first_called_at or iso(self.now))
        return {
            "id": ticket.id,
            "number": ticket.label,
            "service": _service(service),
            "priority": None if group is None else _class(group.code, group.name, group.name_en),
            "state": str(ticket.state),
            "issued_at": ticket.issued_at,
            "enqueued_at": visit.enqueued_at,
            "first_called_at": visit.first_called_at,
            "called_at": visit.called_at,
            "calls": visit.calls,
            "started_at": visit.started_at,
            "parked_s": round(visit.parked_ms / 1000),
            "wait_s": round(waited / 1000),
            "target_s": service.target_s,
            "procedure": self._procedure(visit.procedure_code),
            "why": why(reason, language()),
            "why_rule": reason.get("rule"),
            "why_waited_s": reason.get("waited_s", 0),
        }

    def _procedure(self, code: str | None) -> Json | None:
        if code is None:
            return None
        name = branches.procedure_name(self.db, self.branch.id, code)
        return {"code": code, "name": name or code}

    def _allowed(self, current: Json | None, parked: bool) -> list[str]:
        held = desk.held_by(self.db, self.actor)
        return allowed(
            self.line.state,
            None if current is None else State(current["state"]),
            mine=self.mine,
            free=self.actor.officer_id is None or not held,
            clears=self.rules.flag("call_next_finishes"),
            parked=parked,
        )

    def _undo(self) -> Json | None:
        """The holder's own last deed here, while it can still be taken back."""
        last = tickets.last_event_at(self.db, self.line.id) if self.mine else None
        if last is None or last.kind not in UNDOABLE:
            return None
        if (last.officer_id, json.loads(last.data).get("token")) != (
            self.actor.officer_id,
            self.actor.token_id,
        ):
            return None
        until = parse_iso(last.at) + timedelta(seconds=self.rules.integer("undo_seconds"))
        if until <= self.now or self._overtaken(last.request_id):
            return None
        ticket = tickets.by_id(self.db, self.branch.id, last.ticket_id or 0)
        return {"deed": last.kind, "number": ticket.label, "until": iso(until)}

    def _overtaken(self, request_id: str) -> bool:
        events = tickets.events_of_deed(self.db, request_id)
        own = {event.seq for event in events}
        newest = (tickets.last_event_of(self.db, event.ticket_id or 0) for event in events)
        return any(event is not None and event.seq not in own for event in newest)


def person(officer: tuple[int, str] | None) -> Json | None:
    """An officer, as colleagues see them."""
    return None if officer is None else {"id": officer[0], "name": officer[1]}


def _service(service: Service) -> Json:
    return {
        "code": service.code,
        "prefix": service.prefix,
        "name": service.name,
        "name_en": service.name_en,
    }


def _class(code: str, name: str, name_en: str) -> Json:
    return {"code": code, "name": name, "name_en": name_en}


def _waiting(one: desk.Waiting) -> Json:
    return {
        "id": one.ticket_id,
        "number": one.label,
        "service": one.service,
        "priority": None if one.priority is None else _class(*one.priority),
        "enqueued_at": one.enqueued_at,
    }


def _parked(one: desk.Parked) -> Json:
    return {
        "id": one.ticket_id,
        "number": one.label,
        "service": one.service,
        "parked_at": one.parked_at,
        "due": one.due,
        "reason": one.reason,
    }
