"""What one counter's screen shows, as one whole state, and who may see it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from queueing.branches import business_day, zone
from queueing.clock import iso, milliseconds_between, parse_iso
from queueing.deeds.undoing import UNDOABLE
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.settings import Rules
from queueing.store import branches, desk, queue, tickets
from queueing.store.desk import Span
from queueing.store.identity import Known
from queueing.store.rows import Branch, Service
from queueing.texts import why
from queueing.tickets import State
from staff.console import line, parts
from staff.console.parts import Json
from web.access import OFFICERS
from web.audience import Wish
from web.i18n import language
from web.surface import Room

WAITING_SHOWN: Final = 50
RECENT_SHOWN: Final = 6


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


class _Build:
    """One building of the state, from one snapshot of the database."""

    def __init__(
        self, db: sqlite3.Connection, epoch: str, now: datetime, actor: Actor, number: int
    ) -> None:
        self.db, self.epoch, self.now, self.actor = db, epoch, now, actor
        found = desk.counter_line(db, actor.branch_id, number)
        if found is None:
            raise Refused("unknown_counter", counter=number)
        self.line = found
        self.branch: Branch = branches.branch(db, actor.branch_id)
        self.rules: Rules = branches.rules(db, actor.branch_id)
        self.mine = parts.is_mine(actor, found)
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
        db, here = self.db, self.line
        seat = queue.Seat(here.id, None if here.officer is None else here.officer[0])
        tiers = branches.services_of(db, here.id)
        parked = [parts.parked_row(one) for one in desk.parked(db, self.branch.id, seat)]
        current = self._current()
        undo = self._undo()
        visits, mean = desk.served(db, here.id, self.today)
        policy = line.policy_at(db, self.rules, here)
        coming = line.next_up(db, seat, tiers, policy, iso(self.now))
        return {
            "epoch": self.epoch,
            "seq": self.branch.last_seq,
            "now": iso(self.now),
            "counter": self._counter([service for service, _ in tiers]),
            "current": current,
            "allowed": self._allowed(current, bool(parked)) + (["undo"] if undo else []),
            "next": coming,
            "auto_call_at": self._auto_call_at() if coming and not current else None,
            "waiting": [
                parts.waiting_row(one)
                for one in line.in_order(db, seat, policy, iso(self.now), WAITING_SHOWN)
            ],
            "waiting_total": desk.waiting_total(db, seat),
            "parked": parked,
            "recent": [
                {"number": number, "service": service, "outcome": outcome, "ended_at": ended}
                for number, service, outcome, ended in desk.recent(
                    db, here.id, self.today, RECENT_SHOWN
                )
            ],
            "undo": undo,
            "rules": parts.rules(self.rules),
            "today": {"visits": visits, "mean_handling_s": mean},
            "day": {"date": self.today.day, "doubt": self.branch.day_doubt},
        }

    def _counter(self, services: list[Service]) -> Json:
        here = self.line
        return {
            "number": here.number,
            "name": here.name,
            "zone": here.zone,
            "state": here.state,
            "reason": here.reason,
            "officer": parts.person(here.officer),
            "mine": self.mine,
            "since": here.since,
            "services": [{**parts.service_name(one), "target_s": one.target_s} for one in services],
        }

    def _auto_call_at(self) -> str | None:
        """When this counter calls by itself: as long after its last event as the branch says."""
        seconds = self.rules.integer("auto_call_seconds")
        if not seconds or self.line.state != "open" or self.branch.day_doubt is not None:
            return None
        last = tickets.last_event_at(self.db, self.line.id)
        since = self.now if last is None else parse_iso(last.at)
        return iso(since + timedelta(seconds=seconds))

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
            "service": parts.service_name(service),
            "priority": None if group is None else parts.class_name(group),
            "state": str(ticket.state),
            "issued_at": ticket.issued_at,
            "enqueued_at": visit.enqueued_at,
            "first_called_at": visit.first_called_at,
            "called_at": visit.called_at,
            "calls": visit.calls,
            "recalls": visit.recalls,
            "notes": tickets.notes(self.db, ticket.id),
            "started_at": visit.started_at,
            "parked_s": round(visit.parked_ms / 1000),
            "wait_s": round(waited / 1000),
            "target_s": service.target_s,
            "procedure": self._procedure(visit.procedure_code),
            "why": why(reason, language()),
            "why_rule": reason.get("rule"),
            "why_waited_s": reason.get("waited_s", 0),
            "why_facts": reason,
        }

    def _procedure(self, code: str | None) -> Json | None:
        if code is None:
            return None
        name = branches.procedure_name(self.db, self.branch.id, code)
        return {"code": code, "name": name or code}

    def _allowed(self, current: Json | None, parked: bool) -> list[str]:
        held = desk.held_by(self.db, self.actor)
        most = self.rules.integer("recalls_most")
        return parts.allowed(
            self.line.state,
            None if current is None else State(current["state"]),
            mine=self.mine,
            free=self.actor.officer_id is None or not held,
            clears=self.rules.flag("call_next_finishes"),
            parked=parked,
            recalls=not most or current is None or current["recalls"] < most,
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
