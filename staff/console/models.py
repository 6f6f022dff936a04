"""What the counter's part of the API takes and gives."""

from __future__ import annotations

from pydantic import Field

from web.openapi import Body, Code, Given, Line, Text


class Person(Given):
    """An officer, as colleagues see them."""

    id: int
    name: str


class ServiceName(Given):
    """A service, named."""

    code: str
    prefix: str
    name: str
    name_en: str


class CounterService(ServiceName):
    """A service that a counter serves; `target_s` is the aimed-at service time in seconds."""

    target_s: int


class PriorityName(Given):
    """A priority class, named."""

    code: str
    name: str
    name_en: str


class CounterRow(Given):
    """A counter in the list; `officer` is null also where a program holds it."""

    number: int
    name: str
    zone: str | None
    state: str
    since: str | None
    officer: Person | None
    mine: bool
    ticket: str | None
    services: list[str]


class CounterList(Given):
    """Every counter by number, and which of them the caller holds."""

    items: list[CounterRow]
    held: list[int]


class CounterFacts(Given):
    """The counter itself."""

    number: int
    name: str
    zone: str | None
    state: str
    officer: Person | None
    mine: bool
    since: str | None
    services: list[CounterService]


class ProcedureName(Given):
    """A procedure, named."""

    code: str
    name: str


class Current(Given):
    """The ticket at the counter. `why` says in words why it was this one, `why_rule` as a code;
    `parked_s` is time to leave out of the service time so far.
    """

    id: int
    number: str
    service: ServiceName
    priority: PriorityName | None
    state: str
    issued_at: str
    enqueued_at: str
    first_called_at: str | None
    called_at: str | None
    calls: int
    started_at: str | None
    parked_s: int
    wait_s: int
    target_s: int
    procedure: ProcedureName | None
    why: str
    why_rule: str | None
    why_waited_s: int


class WaitingRow(Given):
    """One who waits; `service` is its code."""

    id: int
    number: str
    service: str
    priority: PriorityName | None
    enqueued_at: str


class ParkedRow(Given):
    """One who was set aside."""

    id: int
    number: str
    service: str
    parked_at: str
    due: str | None
    reason: str | None


class RecentRow(Given):
    """A visit that ended here today."""

    number: str
    service: str
    outcome: str
    ended_at: str


class Undoable(Given):
    """What can be taken back, and until when."""

    deed: str
    number: str | None
    until: str


class Today(Given):
    """The counter's day so far; the mean is of handling, in seconds."""

    visits: int
    mean_handling_s: int | None


class DayFacts(Given):
    """The business day; `doubt` is `jumped` or `behind` when the clock may be wrong."""

    date: str
    doubt: str | None


class CounterState(Given):
    """All that one counter sees. `allowed` are the caller's legal deeds now, `waiting` the first
    50 in the order in which they would be called.
    """

    epoch: str
    seq: int
    now: str
    counter: CounterFacts
    current: Current | None
    allowed: list[str]
    waiting: list[WaitingRow]
    waiting_total: int
    parked: list[ParkedRow]
    recent: list[RecentRow]
    undo: Undoable | None
    today: Today
    day: DayFacts


class AsSeen(Body):
    """`holding`: the number that the caller sees at the counter, null for none. If it is given
    and no longer true, nothing is done: another browser was quicker.
    """

    holding: Code | None = None

    @property
    def is_given(self) -> bool:
        """True when the caller said what it sees; null says that the counter is free."""
        return "holding" in self.model_fields_set


class Opening(Body):
    """`take` takes the counter over from whoever holds it."""

    take: bool = False


class Number(AsSeen):
    """A ticket's number of today, however it was typed."""

    number: Code


class Resuming(Number):
    """`present`: its holder stands at the counter, so nobody need be called."""

    present: bool = False


class Finishing(AsSeen):
    """How the visit ended; with `next_service` the same number waits there next."""

    outcome: Code | None = None
    procedure: Code | None = None
    dossier: Line | None = None
    note: Text | None = None
    next_service: Code | None = None


class Parking(AsSeen):
    """Why, and from when (ISO 8601) it is called again of itself."""

    reason: Line | None = None
    due: Line | None = None


class Target(Body):
    """Where a ticket goes: a service, and a counter or an officer who serves it."""

    service: Code | None = None
    counter: int | None = Field(default=None, ge=1, le=1_000_000)
    officer: int | None = Field(default=None, ge=1)


class Sending(AsSeen, Target):
    """Where the counter's ticket goes."""


class PriorityChoice(Body):
    """A priority class's code, or null to take it away."""

    priority: Code | None = Field(alias="class")


class TicketFacts(Given):
    """A ticket, as staff see it; `service` is a code."""

    id: int
    number: str
    service: str
    state: str
    priority: str | None
    counter: int | None
    issued_at: str
    calls: int


class CalledAnswer(Given):
    """Who was called. `visit` is the visit's id, `why` the reason in words."""

    ticket: TicketFacts
    visit: int
    why: str


class DayConfirmed(Given):
    """The business day that was confirmed."""

    day: str


class Reprint(Given):
    """The print job of a further paper."""

    job: int


class HistoryRow(Given):
    """One event of a ticket. `state` is the ticket's state after it, if it changed; `reason` is
    in words; `data` holds what the history knows besides: ids, codes and numbers.
    """

    seq: int
    at: str
    kind: str
    state: str | None
    reason: str | None
    counter: int | None
    officer: Person | None
    device: int | None
    data: dict[str, object]


class History(Given):
    """Every event of a ticket, oldest first."""

    number: str
    items: list[HistoryRow]
