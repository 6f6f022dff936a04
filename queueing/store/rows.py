"""The rows that deeds read and change, as typed objects."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from queueing.tickets import State


@dataclass(slots=True)
class Row:
    """One row of a table; its fields are the table's columns that the domain uses."""

    TABLE: ClassVar[str] = ""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The columns, in the order of the fields."""
        found = _NAMES.get(cls)
        if found is None:
            found = _NAMES[cls] = tuple(field.name for field in fields(cls))
        return found

    @classmethod
    def select(cls, tail: str) -> str:
        """A SELECT of this row's columns, ended by `tail` (constant SQL, never user input)."""
        return _selects(cls) + tail

    @classmethod
    def one(cls, db: sqlite3.Connection, tail: str, *values: object) -> Self | None:
        """The first row that fits, or None."""
        found = db.execute(cls.select(tail), values).fetchone()
        return None if found is None else cls(*found)

    @classmethod
    def all(cls, db: sqlite3.Connection, tail: str, *values: object) -> list[Self]:
        """Every row that fits."""
        return [cls(*found) for found in db.execute(cls.select(tail), values)]

    def image(self) -> dict[str, Any]:
        """The fields as a plain dictionary."""
        return {name: getattr(self, name) for name in type(self).names()}


# `fields` is slow, and every deed asks for the columns of several rows
_NAMES: dict[type[Row], tuple[str, ...]] = {}
_SELECTS: dict[type[Row], str] = {}


def _selects(row: type[Row]) -> str:
    """The constant beginning of a row's SELECT, built once a class."""
    if row not in _SELECTS:
        _SELECTS[row] = f"SELECT {', '.join(row.names())} FROM {row.TABLE} "
    return _SELECTS[row]


@dataclass(slots=True)
class Branch(Row):
    """One service point."""

    TABLE: ClassVar[str] = "branch"
    id: int
    code: str
    name: str
    authority: str | None
    hotline: str | None
    timezone: str
    last_seq: int
    last_at: str | None
    last_hash: str
    day: str | None
    day_doubt: str | None


@dataclass(slots=True)
class Zone(Row):
    """A part of the waiting room; counters and boards belong to one."""

    TABLE: ClassVar[str] = "zone"
    id: int
    branch_id: int
    code: str
    name: str
    active: int


@dataclass(slots=True)
class Service(Row):
    """What people queue for."""

    TABLE: ClassVar[str] = "service"
    id: int
    branch_id: int
    code: str
    prefix: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    target_s: int
    position: int
    active: int
    paused: int
    pace_mark: int


@dataclass(slots=True)
class PriorityClass(Row):
    """A coarse priority group; the higher rank goes first."""

    TABLE: ClassVar[str] = "priority_class"
    id: int
    branch_id: int
    code: str
    name: str
    name_en: str
    rank: int
    self_declared: int
    active: int
    credit: float


@dataclass(slots=True)
class Counter(Row):
    """A numbered desk and who sits there now."""

    TABLE: ClassVar[str] = "counter"
    id: int
    branch_id: int
    number: int
    name: str
    zone_id: int | None
    active: int
    state: str
    officer_id: int | None
    token_id: int | None
    since: str | None
    ticket_id: int | None
    owed: int
    reason: str | None


@dataclass(slots=True)
class Ticket(Row):
    """One citizen's place."""

    TABLE: ClassVar[str] = "ticket"
    id: int
    branch_id: int
    day: str
    label: str
    token: str
    state: State
    service_id: int
    class_id: int | None = None
    visit_id: int | None = None
    counter_id: int | None = None
    language: str = "vi"
    issued_at: str = ""
    postponed: int = 0
    rejoined: int = 0
    quote_low: int | None = None
    quote_high: int | None = None
    quote_model: str | None = None

    def __post_init__(self) -> None:
        self.state = State(self.state)


@dataclass(slots=True)
class Visit(Row):
    """One episode of a ticket in one service's queue; times are `clock.iso` texts."""

    TABLE: ClassVar[str] = "visit"
    id: int
    branch_id: int
    ticket_id: int
    day: str
    service_id: int
    rank: int
    queued: int
    place: int
    turn_from: str
    enqueued_at: str
    only_counter_id: int | None = None
    only_officer_id: int | None = None
    first_called_at: str | None = None
    called_at: str | None = None
    call_seq: int | None = None
    calls: int = 0
    recalls: int = 0
    returns: int = 0
    why: str | None = None
    handled_ms: int = 0
    handling_from: str | None = None
    started_at: str | None = None
    start_inferred: int = 0
    parked_at: str | None = None
    parked_due: str | None = None
    parked_ms: int = 0
    parked_early_ms: int = 0
    ended_at: str | None = None
    outcome: str | None = None
    counter_id: int | None = None
    officer_id: int | None = None
    procedure_code: str | None = None
    void: int = 0


@dataclass(slots=True)
class Event(Row):
    """One fact of the history."""

    TABLE: ClassVar[str] = "event"
    seq: int
    branch_id: int
    branch_seq: int
    kind: str
    ticket_id: int | None
    visit_id: int | None
    counter_id: int | None
    officer_id: int | None
    device_id: int | None
    at: str
    data: str
    request_id: str
    prev_hash: str
    hash: str
