"""What citizens' part of the API takes and gives."""

from __future__ import annotations

from pydantic import Field

from web.openapi import Body, Code, Given, Line, Places, Query, Range


class ServiceRef(Given):
    """Which service something belongs to."""

    code: str
    prefix: str
    name: str
    name_en: str


class ServiceRow(ServiceRef):
    """A service as people see it. `estimate` is for one who takes a number now, in seconds."""

    summary: str
    summary_en: str
    open: bool
    waiting: int
    estimate: Range | None
    counters: list[int]
    zone: str | None


class ServiceList(Given):
    """Every service people can queue for, in the kiosk's order."""

    items: list[ServiceRow]


class Priority(Given):
    """A priority class that people may choose for themselves."""

    code: str
    name: str
    name_en: str


class PrinterState(Given):
    """`ok`, `trouble` with its cause, `none` without any printer, or `off` where the branch gives
    out no paper. `elsewhere` names the printer that takes over from the kiosk's own one.
    """

    state: str
    cause: str | None
    elsewhere: str | None
    near_end: bool


class BranchName(Given):
    """The service point."""

    name: str
    hotline: str | None


class Live(Given):
    """What every live state begins with: a later `seq` of the same `epoch` replaces it."""

    epoch: str
    seq: int
    now: str


class KioskState(Live):
    """The kiosk's whole state; `hours_today` are local times, as `["07:30", "11:30"]`.

    `ask_paper`: whoever takes a number chooses whether it comes on paper. `program` changes with
    the server's program.
    """

    program: str
    branch: BranchName
    open: bool
    opens_at: str | None
    hours_today: list[tuple[str, str]]
    services: list[ServiceRow]
    priorities: list[Priority]
    printer: PrinterState
    ask_paper: bool


class ProcedureQuery(Query):
    """Everyday words, with or without accents."""

    q: Line = ""
    limit: int = Field(default=8, ge=1, le=50)
    lang: str | None = None


class ProcedureHit(Given):
    """A procedure that fits: a larger `score` fits better, `why` shows the words that met."""

    code: str
    name: str
    service: str | None
    score: float
    why: str


class ProcedureList(Given):
    """The procedures that fit, best first; none when nothing does."""

    items: list[ProcedureHit]


class NewTicket(Body):
    """What a number is wanted for. `language` is that of the slip and the ticket's page.

    Without `paper` no slip is printed: the number and its code are on the screen.
    """

    service: Code
    procedure: Code | None = None
    priority: Code | None = None
    language: Code = "vi"
    paper: bool = True


class PaperJob(Given):
    """The slip's print job, as it stood when the number was given.

    `elsewhere` names the printer that took it over from the kiosk's own one.
    """

    job: int
    state: str
    elsewhere: str | None


class GivenUp(Body):
    """The Idempotency-Key of a number that was asked for and then no longer wanted."""

    key: Line


class Withdrawn(Given):
    """Whether a number had been given out for that key and was taken back."""

    withdrawn: bool


class ShownTicket(Body):
    """The token of a ticket whose code was shown to the kiosk's scanner."""

    ticket: Code


class NewTicketAnswer(Given):
    """A new number. Whoever knows `token` holds it; `estimate` is in seconds."""

    id: int
    token: str
    number: str
    service: str
    ahead: int
    estimate: Range | None
    issued_at: str
    url: str | None
    print: PaperJob | None


class Allowed(Given):
    """What the holder may do now."""

    cancel: bool
    postpone: bool
    rejoin: bool


class Paper(Given):
    """What became of the newest slip; `elsewhere` names the printer that took it over."""

    state: str
    cause: str | None
    elsewhere: str | None


class TicketState(Live):
    """One ticket, as its holder may know it; `ahead` and `estimate` only while it waits."""

    number: str
    state: str
    service: ServiceRef
    ahead: int | None
    estimate: Range | None
    counter: int | None
    counter_name: str | None
    zone: str | None
    issued_at: str
    day: str
    calls: int
    outcome: str | None
    may: Allowed
    print: Paper | None
    branch: BranchName


class Postponement(Body):
    """How many people to let go first."""

    places: Places
