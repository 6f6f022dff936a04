"""The overview's part of the API: its state, seeing an alert, and what a counter serves."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store import branches
from staff.supervisor.state import build
from web.access import SUPERVISORS
from web.openapi import Api, Body, Code, Given
from web.surface import current_room

routes = Api("overview")


class Day(Given):
    """The business day, and what is doubtful about it."""

    date: str
    doubt: Literal["jumped", "behind"] | None


class Named(Given):
    """Something with a name."""

    name: str


class Person(Given):
    """An officer, as colleagues see them."""

    id: int
    name: str


class Longest(Given):
    """Who has waited longest for a first call."""

    id: int
    number: str
    since: str


class Figures(Given):
    """The day so far. Waits are seconds, by Kaplan–Meier; null while too few were called."""

    waiting: int
    longest: Longest | None
    p50_s: int | None
    p90_s: int | None
    served: int
    abandoned: int
    no_shows: int


class Presence(Given):
    """How many counters are open, paused and closed."""

    open: int
    paused: int
    closed: int


class Totals(Figures):
    """The whole branch."""

    issued: int
    counters: Presence


class ServiceLine(Figures):
    """One service; `over` wait longer than the branch's target, `target_s` is of serving."""

    code: str
    prefix: str
    name: str
    name_en: str
    paused: bool
    target_s: int
    over: int
    on_duty: list[int]
    counters: list[int]


class Served(Given):
    """A service that a counter serves; tier 1 is called before tier 2."""

    code: str
    tier: int


class HeldTicket(Given):
    """The ticket at a counter; `since` leaves out what it was set aside for."""

    id: int
    number: str
    service: str
    state: str
    since: str | None
    calls: int
    target_s: int
    over: bool


class CounterLine(Given):
    """One counter now; `visits` were served there today."""

    number: int
    name: str
    zone: str | None
    state: Literal["open", "paused", "closed"]
    reason: str | None
    since: str | None
    officer: Person | None
    services: list[Served]
    ticket: HeldTicket | None
    idle_since: str | None
    visits: int


class Overdue(Given):
    """A ticket over its target, of waiting or of being served."""

    id: int
    number: str
    service: str
    state: str
    counter: int | None
    since: str | None


class Paper(Given):
    """A ticket whose paper nobody may hold."""

    id: int
    number: str
    state: str


class PrinterLine(Given):
    """A printer; `waiting` papers are on their way. While it is in trouble `taker` prints for it;
    `tickets_left` slips are about left on the roll, null when that is not counted.
    """

    name: str
    trouble: str | None
    since: str | None
    low: bool
    tickets_left: int | None
    taker: str | None
    waiting: int
    lost: list[Paper]


class DeviceLine(Given):
    """A paired screen; `silent` when nothing was heard of it for some minutes."""

    id: int
    kind: str
    name: str
    zone: str | None
    counter: int | None
    seen_at: str | None
    silent: bool


class Seen(Given):
    """Who saw an alert, and when."""

    at: str
    by: str | None


class AlertLine(Given):
    """A matter that needs an eye. Its key changes when the matter recurs."""

    key: str
    kind: str
    urgent: bool
    since: str
    facts: dict[str, Any]
    seen: Seen | None


class Overview(Given):
    """The supervisor's overview, as it is shown live."""

    epoch: str
    seq: int
    now: str
    branch: Named
    open: bool
    day: Day
    wait_target_s: int
    totals: Totals
    services: list[ServiceLine]
    counters: list[CounterLine]
    overdue: list[Overdue]
    overdue_total: int
    printers: list[PrinterLine]
    devices: list[DeviceLine]
    alerts: list[AlertLine]


class Ack(Body):
    """Which alert was seen."""

    key: str = Field(min_length=1, max_length=120)


class Acknowledged(Given):
    """The alert that was seen."""

    key: str


class Service(Body):
    """One service that the counter is to serve."""

    code: Code
    tier: int = Field(default=1, ge=1, le=9)


class Assignment(Body):
    """All the services that the counter is to serve from now on."""

    services: list[Service] = Field(max_length=100)


class Assigned(Given):
    """What the counter serves now; `unserved` are services that no counter serves any more."""

    counter: int
    services: list[Served]
    unserved: list[str]


@routes.get("/overview", who=SUPERVISORS, gives=Overview)
def get_overview(actor: Actor) -> dict[str, Any]:
    """The branch now: services, counters, what is over target, what is not well."""
    return build(current_room(), actor.branch_id)


@routes.deed("/alerts/ack", who=SUPERVISORS, gives=Acknowledged)
def acknowledge_alert(actor: Actor, body: Ack) -> dict[str, Any]:
    """Say that an alert was seen; it returns only when the matter recurs."""
    room = current_room()
    if body.key not in [alert["key"] for alert in build(room, actor.branch_id)["alerts"]]:
        raise Refused("alert_over")
    room.operations.acknowledge(actor, body.key)
    # not the whole state: it would be built and kept within the deed, while calls wait
    return {"key": body.key}


@routes.deed("/counters/<int:number>/services", who=SUPERVISORS, gives=Assigned)
def assign_services(actor: Actor, number: int, body: Assignment) -> dict[str, Any]:
    """Change which services a counter serves, at once."""
    room = current_room()
    tiers = {service.code: service.tier for service in body.services}
    counter = room.operations.assign(actor, number, tiers)
    with room.store.reading() as db:
        return {
            "counter": number,
            "services": [
                {"code": service.code, "tier": tier}
                for service, tier in branches.services_of(db, counter.id)
            ],
            "unserved": [
                service.code
                for service in branches.services(db, actor.branch_id)
                if not branches.counters_serving(db, service.id)
            ],
        }
