"""The supervisor's part of the API: the service-time log."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import Field

from queueing import history
from queueing.history import VisitRow
from queueing.people import Actor
from queueing.store import branches
from staff.supervisor.log import day_of, place_of, text_of, today
from staff.supervisor.table import csv_pages
from web.access import SUPERVISORS
from web.i18n import language
from web.openapi import Api, Given, Query
from web.surface import current_room

routes = Api("supervisor")


class VisitsQuery(Query):
    """Business days as YYYY-MM-DD, both included; today by default. `lang` is of CSV's words."""

    day_from: str | None = Field(default=None, alias="from", max_length=10)
    day_to: str | None = Field(default=None, alias="to", max_length=10)
    format: Literal["json", "csv"] = "json"
    limit: int = Field(default=500, ge=1, le=1000)
    after: str | None = Field(default=None, max_length=40)
    lang: str | None = None


class Visit(Given):
    """One visit. Times are UTC, figures whole seconds, null where not known yet; `state` is the
    ticket's while the visit is open. `inferred`: the start was not pressed.
    """

    id: int
    day: str
    number: str
    service: str
    service_name: str
    counter: int | None
    officer: str | None
    state: str | None
    calls: int
    enqueued_at: str
    first_called_at: str | None
    started_at: str | None
    ended_at: str | None
    outcome: str | None
    inferred: bool
    wait_s: int | None
    walk_s: int | None
    service_s: int | None
    handling_s: int | None
    parked_s: int


class Visits(Given):
    """A page of the log in the order of entry; `next` is the `after` of the page that follows."""

    items: list[Visit]
    next: str | None


@routes.get("/visits", who=SUPERVISORS, gives=Visits)
def list_visits(actor: Actor, query: VisitsQuery) -> Visits | Response:
    """The service-time log: JSON page by page, CSV whole."""
    room = current_room()
    with room.store.reading() as db:
        now = today(room, db, actor.branch_id)
        timezone = branches.branch(db, actor.branch_id).timezone
    first = day_of(query.day_from, now)
    last = day_of(query.day_to, first if query.day_from and first > now else now)
    if query.format == "csv":
        return _csv(actor.branch_id, first, last, timezone)
    with room.store.reading() as db:
        found = history.visits(
            db, actor.branch_id, first, last, after=place_of(query.after), limit=query.limit
        )
    more = text_of(found[-1].place) if len(found) == query.limit else None
    return Visits(items=[_visit(one) for one in found], next=more)


def _csv(branch_id: int, first: str, last: str, timezone: str) -> Response:
    # what streams later runs outside the request: the room and the language are taken now
    room, words = current_room(), language()

    def page(after: VisitRow | None) -> list[VisitRow]:
        place = None if after is None else after.place
        # a snapshot a page: one held for as long as somebody downloads would let the log grow
        with room.store.reading() as db:
            return history.visits(db, branch_id, first, last, after=place)

    name = first if first == last else f"{first}_{last}"
    return Response(
        csv_pages(page, timezone, words),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="luot-giao-dich_{name}.csv"'},
    )


def _visit(one: VisitRow) -> Visit:
    return Visit(
        id=one.id,
        day=one.day,
        number=one.number,
        service=one.service_code,
        service_name=one.service,
        counter=one.counter,
        officer=one.officer,
        state=one.state,
        calls=one.calls,
        enqueued_at=one.enqueued_at,
        first_called_at=one.first_called_at,
        started_at=one.started_at,
        ended_at=one.ended_at,
        outcome=one.outcome,
        inferred=one.inferred,
        wait_s=one.wait_s,
        walk_s=one.walk_s,
        service_s=one.service_s,
        handling_s=one.handling_s,
        parked_s=one.parked_s,
    )
