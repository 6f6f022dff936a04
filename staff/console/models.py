"""What the counter's part of the API gives."""

from __future__ import annotations

from web.openapi import Given


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
    """The counter itself. `reason` is the code of why it is paused."""

    number: int
    name: str
    zone: str | None
    state: str
    reason: str | None
    officer: Person | None
    mine: bool
    since: str | None
    services: list[CounterService]


class ProcedureName(Given):
    """A procedure, named."""

    code: str
    name: str


class Note(Given):
    """What colleagues typed about an earlier visit of the ticket, or about this one."""

    dossier: str | None
    note: str | None


class Current(Given):
    """The ticket at the counter. `why` says in words why it was this one, `why_rule` as a code,
    `why_facts` with what the rule compared; `parked_s` is time to leave out of the service time
    so far.
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
    recalls: int
    notes: list[Note]
    started_at: str | None
    parked_s: int
    wait_s: int
    target_s: int
    procedure: ProcedureName | None
    why: str
    why_rule: str | None
    why_waited_s: int
    why_facts: dict[str, object]


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


class NextUp(Given):
    """Whom this counter would call now, and why; `service` is its code."""

    number: str
    service: str
    why_rule: str
    why_facts: dict[str, object]


class CounterRules(Given):
    """What the branch has settled for its counters. `call_next_finishes`: calling ends what is
    still at the counter. `recalls_most`: 0 sets no limit. `auto_call_seconds`: 0 never calls.
    """

    call_next_finishes: bool
    confirm_arrival: bool
    recalls_most: int
    auto_call_seconds: int
    calling_policy: str


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
    50 in the order in which they would be called if nothing changed. `next` may be a parked
    ticket that is due. `auto_call_at` is when an idle counter calls by itself.
    """

    epoch: str
    seq: int
    now: str
    counter: CounterFacts
    current: Current | None
    allowed: list[str]
    next: NextUp | None
    auto_call_at: str | None
    waiting: list[WaitingRow]
    waiting_total: int
    parked: list[ParkedRow]
    recent: list[RecentRow]
    undo: Undoable | None
    rules: CounterRules
    today: Today
    day: DayFacts


class TargetService(ServiceName):
    """A service a ticket could go to. `counters` are those at work that serve it; where `paused`
    it takes nobody.
    """

    paused: bool
    waiting: int
    counters: list[int]


class TargetCounter(Given):
    """Another counter at work, with who sits there and the codes of what it serves."""

    number: int
    name: str
    state: str
    reason: str | None
    officer: Person | None
    services: list[str]


class Choices(Given):
    """What can be chosen at a counter now: where a ticket can go, and the priority classes."""

    services: list[TargetService]
    counters: list[TargetCounter]
    priorities: list[PriorityName]


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
