"""The alerts of the overview: what the facts give rise to, and which of them were seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from queueing import alerts
from queueing.alerts import Alert, Stretch
from queueing.clock import iso, parse_iso
from queueing.store import overview
from queueing.store.overview import (
    DayVisit,
    Desk,
    Held,
    LostPaper,
    PrinterHealth,
    Queued,
    Screen,
)
from queueing.store.rows import Branch, Service


@dataclass(frozen=True, slots=True)
class Facts:
    """What alerts are worked out from, of one snapshot."""

    branch: Branch
    day: str
    now: datetime
    target: timedelta
    services: Sequence[Service]
    desks: Sequence[Desk]
    served: Mapping[int, Sequence[tuple[str, int]]]
    visits: Sequence[DayVisit]
    queued: Sequence[Queued]
    long: Sequence[tuple[Desk, Held, str]]
    printers: Sequence[PrinterHealth]
    papers: Sequence[LostPaper]
    silent: Sequence[Screen]
    # connected boards in a room where no call is heard: name and how its sound is, since when
    mute: Sequence[tuple[Screen, str, str]]


def active(db: sqlite3.Connection, facts: Facts) -> list[dict[str, Any]]:
    """The alerts as the overview shows them: the unseen before the seen, the urgent first."""
    found = list(arising(facts))
    seen = overview.acknowledged(db, facts.branch.id, [alert.key for alert in found])
    found.sort(key=lambda alert: (alert.key in seen, not alert.urgent, alert.since))
    return [
        {
            "key": alert.key,
            "kind": alert.kind,
            "urgent": alert.urgent,
            "since": alert.since,
            "facts": alert.facts,
            "seen": None
            if alert.key not in seen
            else {"at": seen[alert.key][0], "by": seen[alert.key][1]},
        }
        for alert in found
    ]


def arising(facts: Facts) -> Iterator[Alert]:
    """Every matter that needs an eye now."""
    doubt = facts.branch.day_doubt
    if doubt is not None:
        since = facts.branch.last_at or iso(facts.now)
        yield alerts.day_in_doubt(doubt, facts.branch.day or facts.day, since)
    yield from _of_printers(facts)
    yield from _of_services(facts)
    for desk, held, since in facts.long:
        yield alerts.long_service(desk.number, held.visit_id, held.label, since, held.target_s)
    for screen in facts.silent:
        # one that was never connected has yet to be put up
        if screen.seen_at is not None:
            yield alerts.screen_silent(screen.id, screen.name, screen.kind, screen.seen_at)
    for screen, state, since in facts.mute:
        yield alerts.board_mute(screen.id, screen.name, state, since)


def _of_services(facts: Facts) -> Iterator[Alert]:
    at_work = {
        code
        for desk in facts.desks
        if desk.state == "open"
        for code, _ in facts.served.get(desk.id, ())
    }
    late_before = iso(facts.now - facts.target)
    for service in facts.services:
        queued = [one for one in facts.queued if one.service_id == service.id]
        if queued and service.code not in at_work:
            first = queued[0]
            people = len(queued)
            yield alerts.nobody_serves(service.code, first.ticket_id, first.enqueued_at, people)
            # that they wait long is the same matter
            continue
        late = [one for one in queued if not one.calls and one.enqueued_at < late_before]
        if not late:
            continue
        since = alerts.over_since(_stretches(service.id, facts), facts.target, facts.now)
        if since is not None:
            longest = round(_waits(late[0], facts).total_seconds())
            yield alerts.long_wait(service.code, since, len(late), longest, late[0].label)


def _waits(one: Queued, facts: Facts) -> timedelta:
    return facts.now - parse_iso(one.enqueued_at)


def _stretches(service_id: int, facts: Facts) -> Iterator[Stretch]:
    for visit in facts.visits:
        if visit.service_id == service_id:
            ends = visit.first_called_at or visit.ended_at
            yield Stretch(parse_iso(visit.enqueued_at), None if ends is None else parse_iso(ends))


def _of_printers(facts: Facts) -> Iterator[Alert]:
    now = iso(facts.now)
    for health in facts.printers:
        printer = health.printer
        if printer.trouble is not None:
            since = printer.trouble_at or now
            yield alerts.printer_trouble(
                printer.id, printer.name, printer.trouble, since, health.waiting, health.taker
            )
        elif printer.is_low:
            yield alerts.paper_low(
                printer.id, printer.name, printer.tickets_left, printer.roll_at, now
            )
        lost = [paper for paper in facts.papers if paper.printer_id == printer.id]
        if lost:
            numbers = [paper.label for paper in lost]
            yield alerts.lost_papers(printer.name, numbers, lost[0].job_id, lost[0].at)
