"""The whole state of the supervisor's overview: the branch now, and what needs an eye."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from queueing.branches import business_day
from queueing.clock import iso, parse_iso
from queueing.devices import is_silent
from queueing.settings import Rules
from queueing.store import branches, overview
from queueing.store.identity import Known
from queueing.store.overview import Desk, Held, Queued
from queueing.store.rows import Branch, Service
from queueing.tickets import State
from staff.supervisor.alerts import Facts, active
from staff.supervisor.overview_tally import Tally, tally
from web.access import SUPERVISORS
from web.audience import Wish
from web.speakers import Mute
from web.surface import Room

Json = dict[str, Any]

OVERDUE_SHOWN: Final = 30


def rooms(room: Room, known: Known, wish: Wish) -> Sequence[str]:
    """One overview for the whole branch, for supervisors and administrators only."""
    return ("",) if known.actor.role in SUPERVISORS else ()


def build(room: Room, branch_id: int, key: str = "") -> Json:
    """The live state; the same over the socket and over HTTP."""
    now = room.store.clock()
    with room.store.reading() as db:
        found = _Build(db, branch_id, now)
        together = found.rules.flag("voice_together")
        if found.rules.flag("voice"):
            found.mute = room.speakers.mute(branch_id, together=together)
        return found.state(room.store.epoch)


class _Build:
    """One building of the state, from one snapshot of the database."""

    def __init__(self, db: sqlite3.Connection, branch_id: int, now: datetime) -> None:
        self.db, self.now = db, now
        self.branch: Branch = branches.branch(db, branch_id)
        self.rules: Rules = branches.rules(db, branch_id)
        self.mute: list[Mute] = []
        self.target = timedelta(minutes=self.rules.integer("wait_target_minutes"))
        # as deeds reckon it: the history's time never goes back
        self.at = now if self.branch.last_at is None else max(now, parse_iso(self.branch.last_at))
        hour = self.rules.integer("rollover_hour")
        self.day = business_day(self.at, self.branch.timezone, hour).isoformat()
        self.services: list[Service] = branches.services(db, branch_id)
        self.desks = overview.desks(db, branch_id)
        self.served = overview.services_of_counters(db, branch_id)
        self.visits = overview.day_visits(db, branch_id, self.day)
        self.queued = overview.queued(db, branch_id)
        self.late_before = iso(self.at - self.target)
        self.tallies = tally(self.visits, self.at)
        self.day_tally = Tally()
        for one in self.tallies.values():
            self.day_tally.add(one)
        self.codes = {service.id: service.code for service in self.services}

    def state(self, epoch: str) -> Json:
        hours = branches.hours(self.db, self.branch.id)
        is_open = hours.is_open(self.now, self.branch.timezone)
        return {
            "epoch": epoch,
            "seq": self.branch.last_seq,
            "now": iso(self.now),
            "branch": {"name": self.branch.name},
            "open": is_open,
            "day": {"date": self.day, "doubt": self.branch.day_doubt},
            "wait_target_s": round(self.target.total_seconds()),
            "totals": self._totals(),
            "services": [self._service(service) for service in self.services],
            "counters": self._counters(),
            **self._overdue(),
            **self._health(is_open),
        }

    def _totals(self) -> Json:
        states = [desk.state for desk in self.desks]
        return {
            "issued": overview.issued(self.db, self.branch.id, self.day),
            "waiting": len(self.queued),
            "longest": self._longest(self.queued),
            **self.day_tally.as_json(),
            "counters": {name: states.count(name) for name in ("open", "paused", "closed")},
        }

    @staticmethod
    def _longest(queued: list[Queued]) -> Json | None:
        """Who has waited longest for a first call; those who came back were called already."""
        first = next((one for one in queued if not one.calls), None)
        if first is None:
            return None
        return {"id": first.ticket_id, "number": first.label, "since": first.enqueued_at}

    def _service(self, service: Service) -> Json:
        queued = [one for one in self.queued if one.service_id == service.id]
        serving = [
            desk for desk in self.desks if service.code in dict(self.served.get(desk.id, ()))
        ]
        return {
            "code": service.code,
            "prefix": service.prefix,
            "name": service.name,
            "name_en": service.name_en,
            "paused": bool(service.paused),
            "target_s": service.target_s,
            "waiting": len(queued),
            "longest": self._longest(queued),
            "over": sum(self._is_late(one) for one in queued),
            **self.tallies.get(service.id, Tally()).as_json(),
            "on_duty": [desk.number for desk in serving if desk.state == "open"],
            "counters": [desk.number for desk in serving],
        }

    def _is_late(self, one: Queued) -> bool:
        return not one.calls and one.enqueued_at < self.late_before

    def _counters(self) -> list[Json]:
        free = [desk.id for desk in self.desks if desk.state == "open" and desk.held is None]
        idle = overview.last_moves(self.db, free)
        done: dict[int | None, int] = {}
        for visit in self.visits:
            if visit.ended_at is not None and visit.started_at is not None:
                done[visit.counter_id] = done.get(visit.counter_id, 0) + 1
        return [
            {
                "number": desk.number,
                "name": desk.name,
                "zone": desk.zone,
                "state": desk.state,
                "reason": desk.reason,
                "since": desk.since,
                "officer": None
                if desk.officer is None
                else {"id": desk.officer[0], "name": desk.officer[1]},
                "services": [
                    {"code": code, "tier": tier} for code, tier in self.served.get(desk.id, ())
                ],
                "ticket": None if desk.held is None else self._held(desk.held),
                "idle_since": idle.get(desk.id),
                "visits": done.get(desk.id, 0),
            }
            for desk in self.desks
        ]

    def _held(self, held: Held) -> Json:
        return {
            "id": held.ticket_id,
            "number": held.label,
            "service": held.service,
            "state": held.state,
            "since": held_since(held),
            "calls": held.calls,
            "target_s": held.target_s,
            "over": self._is_long(held),
        }

    def _is_long(self, held: Held) -> bool:
        since = held_since(held)
        if held.state != State.SERVING or since is None:
            return False
        return self.at - parse_iso(since) > timedelta(seconds=held.target_s)

    def _long(self) -> list[tuple[Desk, Held]]:
        held = ((desk, desk.held) for desk in self.desks)
        return [(desk, one) for desk, one in held if one is not None and self._is_long(one)]

    def _overdue(self) -> Json:
        """Who is served longer than the service's target, then who waits longer than theirs."""
        served = [
            {
                "id": held.ticket_id,
                "number": held.label,
                "service": held.service,
                "state": held.state,
                "counter": desk.number,
                "since": held_since(held),
            }
            for desk, held in self._long()
        ]
        late = [one for one in self.queued if self._is_late(one)]
        waiting = [
            {
                "id": one.ticket_id,
                "number": one.label,
                "service": self.codes.get(one.service_id, ""),
                "state": str(State.WAITING),
                "counter": None,
                "since": one.enqueued_at,
            }
            for one in late[:OVERDUE_SHOWN]
        ]
        return {"overdue": served + waiting, "overdue_total": len(served) + len(late)}

    def _health(self, is_open: bool) -> Json:
        db, branch_id = self.db, self.branch.id
        screens = overview.screens(db, branch_id)
        silent = {s.id for s in screens if is_silent(s.seen_at, self.now)}
        facts = Facts(
            branch=self.branch,
            day=self.day,
            now=self.at,
            target=self.target,
            services=self.services,
            desks=self.desks,
            served=self.served,
            visits=self.visits,
            queued=self.queued,
            long=[(desk, held, held_since(held) or "") for desk, held in self._long()],
            printers=overview.printer_healths(db, branch_id),
            papers=overview.lost_papers(db, branch_id, self.day),
            # screens are switched off at night, and nobody needs to know
            silent=[screen for screen in screens if is_open and screen.id in silent],
            mute=[
                (screen, one.state, one.since)
                for one in self.mute
                for screen in screens
                if is_open and screen.id == one.device_id
            ],
        )
        return {
            "printers": [
                {
                    "name": one.printer.name,
                    "trouble": one.printer.trouble,
                    "since": one.printer.trouble_at,
                    "low": one.printer.is_low,
                    "tickets_left": one.printer.tickets_left,
                    "taker": one.taker,
                    "waiting": one.waiting,
                    "lost": [
                        {"id": paper.ticket_id, "number": paper.label, "state": paper.state}
                        for paper in facts.papers
                        if paper.printer_id == one.printer.id
                    ][:10],
                }
                for one in facts.printers
            ],
            "devices": [
                {
                    "id": one.id,
                    "kind": one.kind,
                    "name": one.name,
                    "zone": one.zone,
                    "counter": one.counter,
                    "seen_at": one.seen_at,
                    "silent": one.id in silent,
                }
                for one in screens
            ],
            "alerts": active(db, facts),
        }


def held_since(held: Held) -> str | None:
    """When service would have begun had it not been interrupted; before it, the call."""
    if held.state != State.SERVING or held.started_at is None:
        return held.since
    return iso(parse_iso(held.started_at) + timedelta(milliseconds=held.parked_ms))
