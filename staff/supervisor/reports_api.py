"""The figures of some business days over the API; the report's page shows the same."""

from __future__ import annotations

from pydantic import Field

from queueing.people import Actor
from queueing.reports import CounterTally, HourTally, Report, Tally
from queueing.store import branches, report, report_names
from queueing.store.report_names import Names
from queueing.texts import N_
from staff.supervisor.log import day_of, today
from web.access import SUPERVISORS
from web.i18n import gettext
from web.openapi import Api, Given, Query
from web.surface import Room, current_room

routes = Api("reports")

NOTE = N_("Internal; not a score of the 766 index.")


class DaysQuery(Query):
    """Business days as YYYY-MM-DD, both included; today by default."""

    day_from: str | None = Field(default=None, alias="from", max_length=10)
    day_to: str | None = Field(default=None, alias="to", max_length=10)
    lang: str | None = None


class Waiting(Given):
    """Waits from joining a queue to the first call, in whole seconds; null where nobody knows.

    `p50_s` and `p90_s` are Kaplan-Meier estimates in which those who left or still wait are
    censored. `service_level` is called within the target / (called + abandoned after more).
    """

    entries: int
    p50_s: int | None
    p90_s: int | None
    service_level: float | None


class Figures(Waiting):
    """Visits counted. Shares lie between 0 and 1; `no_show_share` is `never_came` / `called`.

    `left` went and `uncalled` were there at the day's end, both without any call. Means are in
    seconds: walk and service of pressed starts, handling of all who were called and are done.
    """

    called: int
    served: int
    never_came: int
    no_show_share: float | None
    left: int
    uncalled: int
    open: int
    inferred: int
    mean_wait_s: int | None
    mean_walk_s: int | None
    mean_service_s: int | None
    mean_handling_s: int | None


class ServiceFigures(Figures):
    """A service's visits."""

    code: str
    name: str
    name_en: str


class Work(Given):
    """Counters' time in seconds; `occupancy` is handling / open, pauses apart."""

    open_s: int
    paused_s: int
    handling_s: int
    occupancy: float | None


class CounterFigures(Work):
    """A counter's time, and the called visits that ended there."""

    number: int
    ended: int


class HourFigures(Waiting, Work):
    """An hour of the branch's clock: who came in it and how long they waited, calls, work."""

    hour: int
    calls: int


class DayReport(Given):
    """Some business days in figures. `abandoned` of the `issued` tickets were gone before any
    call; `target_s` is the branch's wait target of the service level.
    """

    day_from: str = Field(alias="from")
    day_to: str = Field(alias="to")
    note: str
    target_s: int
    issued: int
    abandoned: int
    abandon_share: float | None
    total: Figures
    work: Work
    services: list[ServiceFigures]
    counters: list[CounterFigures]
    hours: list[HourFigures]


@routes.get("/reports/day", who=SUPERVISORS, gives=DayReport)
def day_report(actor: Actor, query: DaysQuery) -> DayReport:
    """The figures of a day, or of some, by definition."""
    room = current_room()
    with room.store.reading() as db:
        now = today(room, db, actor.branch_id)
    first = day_of(query.day_from, now)
    return build(room, actor.branch_id, first, max(first, day_of(query.day_to, first)))


def build(room: Room, branch_id: int, first: str, last: str) -> DayReport:
    """The report of some days as API and page give it."""
    found = report.read(room.store, branch_id, first, last)
    with room.store.reading() as db:
        target = branches.rules(db, branch_id).integer("service_level_seconds")
        names = report_names.read(db, branch_id)
    return DayReport.model_validate(
        {
            "from": first,
            "to": last,
            "note": gettext(NOTE),
            "target_s": target,
            "issued": found.issued,
            "abandoned": found.abandoned,
            "abandon_share": found.abandon_share,
            "total": _figures(found.total, target),
            "work": _work(found.work),
            **_parts(found, names, target),
        }
    )


def _parts(found: Report, names: Names, target: int) -> dict[str, object]:
    return {
        "services": [
            _figures(found.services[one.id], target)
            | {"code": one.code, "name": one.name, "name_en": one.name_en}
            for one in names.services.values()
            if one.id in found.services
        ],
        "counters": [
            _work(found.counters[counter_id])
            | {"number": number, "ended": found.counters[counter_id].ended}
            for counter_id, number in names.counters.items()
            if counter_id in found.counters
        ],
        "hours": [_hour(hour, found.hours[hour], target) for hour in found.busy_hours()],
    }


def _figures(tally: Tally, target: int) -> dict[str, object]:
    counts = ("entries", "called", "served", "never_came", "left", "uncalled", "open", "inferred")
    return {name: getattr(tally, name) for name in counts} | {
        "p50_s": tally.wait_within(0.5),
        "p90_s": tally.wait_within(0.9),
        "service_level": tally.level(target),
        "no_show_share": tally.no_show_share,
        "mean_wait_s": tally.wait.seconds,
        "mean_walk_s": tally.walk.seconds,
        "mean_service_s": tally.service.seconds,
        "mean_handling_s": tally.handling.seconds,
    }


def _work(tally: CounterTally) -> dict[str, object]:
    return {
        "open_s": round(tally.open_ms / 1000),
        "paused_s": round(tally.paused_ms / 1000),
        "handling_s": round(tally.handling_ms / 1000),
        "occupancy": tally.occupancy,
    }


def _hour(hour: int, tally: HourTally, target: int) -> dict[str, object]:
    waits = Tally(waits=tally.waits)
    return _work(tally.counters) | {
        "hour": hour,
        "entries": tally.entries,
        "calls": tally.calls,
        "p50_s": waits.wait_within(0.5),
        "p90_s": waits.wait_within(0.9),
        "service_level": waits.level(target),
    }
