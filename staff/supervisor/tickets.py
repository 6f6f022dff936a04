"""One ticket's whole history in plain words: what happened, when, where, by whom, and why."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from queueing.branches import local
from queueing.clock import parse_iso
from queueing.store import branches, desk, overview, tickets
from queueing.store.rows import Branch, Event, Ticket
from queueing.texts import OUTCOMES, STATES, say, why
from queueing.tickets import State
from staff.supervisor.tickets_words import words


@dataclass(frozen=True, slots=True)
class Line:
    """One event; times are the branch's. `reason` is why, where there is a reason."""

    time: str
    kind: str
    what: str
    reason: str
    counter: int | None
    officer: str | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket and its history. `where` is its counter while it is at one."""

    id: int
    number: str
    day: str
    service: str
    service_en: str
    priority: str | None
    state: str
    is_open: bool
    where: int | None
    lines: list[Line]


def find(db: sqlite3.Connection, branch: Branch, day: str, label: str, language: str) -> Found:
    """A day's ticket by its label, with all its events. Raises Refused `unknown_number`."""
    ticket = tickets.by_label(db, branch.id, day, label)
    service = branches.service(db, ticket.service_id)
    group = branches.class_of(db, ticket.class_id)
    numbers = overview.counter_numbers(db, branch.id)
    return Found(
        ticket.id,
        ticket.label,
        ticket.day,
        service.name,
        service.name_en,
        None if group is None else (group.name_en if language == "en" else "") or group.name,
        say(STATES[str(ticket.state)], language),
        ticket.state in (State.WAITING, State.CALLED, State.SERVING, State.PARKED),
        numbers.get(ticket.counter_id or 0) if ticket.state is not State.PARKED else None,
        _lines(db, branch, ticket, numbers, language),
    )


def _lines(
    db: sqlite3.Connection,
    branch: Branch,
    ticket: Ticket,
    numbers: dict[int, int],
    language: str,
) -> list[Line]:
    events = tickets.events_of(db, ticket.id)
    facts = [json.loads(event.data) for event in events]
    undone = {one.get("undoes") for one in facts}
    by_seq = {event.branch_seq: event.kind for event in events}
    names = _Names(db, branch, by_seq, numbers, language)
    return [
        Line(
            _clock(parse_iso(event.at), branch),
            event.kind,
            words(event, data, names),
            _reason(db, event, data, language),
            numbers.get(event.counter_id or 0),
            branches.officer_name(db, event.officer_id),
            event.branch_seq in undone,
        )
        for event, data in zip(events, facts, strict=True)
    ]


def _clock(moment: datetime, branch: Branch) -> str:
    return local(moment, branch.timezone).strftime("%H:%M:%S")


def _reason(db: sqlite3.Connection, event: Event, data: dict[str, Any], language: str) -> str:
    if "why" in data:
        return why(data["why"], language)
    if event.kind == "parked" and event.visit_id is not None:
        return desk.park_reason(db, event.visit_id) or ""
    if event.kind == "corrected":
        return _correction(data, language)
    outcome = data.get("set", {}).get("visit", {}).get("outcome")
    if outcome is not None and event.kind == "finished":
        return say(OUTCOMES.get(outcome, outcome), language)
    return ""


def _correction(data: dict[str, Any], language: str) -> str:
    """What was recorded and what is right: ``Guided → Refused``."""
    was, now = (data.get(side, {}).get("visit", {}) for side in ("was", "set"))
    steps = []
    if "outcome" in now:
        old, new = (
            say(OUTCOMES.get(one, one), language) for one in (was["outcome"], now["outcome"])
        )
        steps.append(f"{old} → {new}")
    if "procedure_code" in now:
        steps.append(f"{was['procedure_code'] or '–'} → {now['procedure_code']}")
    return "; ".join(steps)


class _Names:
    """What the words of an event may name."""

    def __init__(
        self,
        db: sqlite3.Connection,
        branch: Branch,
        kinds: dict[int, str],
        numbers: dict[int, int],
        language: str,
    ) -> None:
        self.db, self.branch, self.language = db, branch, language
        self._kinds, self._numbers = kinds, numbers

    def kind(self, seq: object) -> str:
        """The kind of another event of this ticket; "" where it is not among them."""
        return self._kinds.get(seq, "") if isinstance(seq, int) else ""

    def service(self, service_id: object) -> str:
        """A service's name."""
        if not isinstance(service_id, int):
            return ""
        found = branches.service(self.db, service_id)
        return (found.name_en if self.language == "en" else "") or found.name

    def group(self, class_id: object) -> str | None:
        """A priority class's name; None for an ordinary ticket."""
        found = branches.class_of(self.db, class_id if isinstance(class_id, int) else None)
        if found is None:
            return None
        return (found.name_en if self.language == "en" else "") or found.name

    def counter(self, counter_id: object) -> int | None:
        """A counter's number."""
        return self._numbers.get(counter_id) if isinstance(counter_id, int) else None

    def officer(self, officer_id: object) -> str | None:
        """An officer's name."""
        return branches.officer_name(self.db, officer_id if isinstance(officer_id, int) else None)

    def clock(self, text: object) -> str:
        """A moment on the branch's clock."""
        if not isinstance(text, str):
            return ""
        return local(parse_iso(text), self.branch.timezone).strftime("%H:%M")
