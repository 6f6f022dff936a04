"""The supervisor's part of the API: the service-time log, its exports, and corrections."""

from __future__ import annotations

import time
from typing import Final, Literal

from flask import Response
from pydantic import Field, model_validator

from queueing import history
from queueing.history import Filters, Place, VisitRow
from queueing.people import Actor
from queueing.store import branches
from queueing.tickets import Outcome
from staff.supervisor.log import day_of, filters, place_of, text_of, today
from staff.supervisor.table import Pages, csv_pages
from staff.supervisor.table_xlsx import TYPE, sent, write_workbook
from web.access import SUPERVISORS
from web.i18n import language
from web.openapi import Api, Body, Code, Given, Query
from web.surface import current_room

routes = Api("supervisor")

# An export of years must not hold up calls: a few milliseconds of work, then as much of rest.
EXPORT_LINES: Final = 200
EXPORT_REST_S: Final = 0.01


class VisitsQuery(Query):
    """Business days as YYYY-MM-DD, both included; today by default. `number` as people write
    it, `service` a code, `counter` a number, `officer` an id. `lang` is of the exports' words.
    """

    day_from: str | None = Field(default=None, alias="from", max_length=10)
    day_to: str | None = Field(default=None, alias="to", max_length=10)
    number: str | None = Field(default=None, max_length=20)
    service: str | None = Field(default=None, max_length=60)
    counter: int | None = Field(default=None, ge=1, le=9999)
    outcome: Outcome | Literal["open"] | None = None
    officer: int | None = Field(default=None, ge=1, le=2**53)
    format: Literal["json", "csv", "xlsx"] = "json"
    limit: int = Field(default=500, ge=1, le=1000)
    after: str | None = Field(default=None, max_length=40)
    lang: str | None = None


class Visit(Given):
    """One visit. Times are UTC, figures whole seconds, null where not known yet; `state` is the
    ticket's while the visit is open. `inferred`: the start was not pressed. `was`: the result
    that the officer had recorded, where a supervisor corrected the visit since ("" where the
    result was not what was corrected).
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
    procedure: str | None
    dossier: str | None
    note: str | None
    was: str | None


class Visits(Given):
    """A page of the log in the order of entry; `next` is the `after` of the page that follows."""

    items: list[Visit]
    next: str | None


class Correction(Body):
    """What is right of an ended visit: its result, its procedure, or both."""

    outcome: Code | None = None
    procedure: Code | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Correction:
        if self.outcome is None and self.procedure is None:
            raise ValueError("neither a result nor a procedure")
        return self


@routes.get("/visits", who=SUPERVISORS, gives=Visits)
def list_visits(actor: Actor, query: VisitsQuery) -> Visits | Response:
    """The service-time log: JSON page by page, CSV and XLSX whole."""
    room = current_room()
    with room.store.reading() as db:
        now = today(room, db, actor.branch_id)
        timezone = branches.branch(db, actor.branch_id).timezone
    first = day_of(query.day_from, now)
    last = day_of(query.day_to, first if query.day_from and first > now else now)
    wanted = filters(query.number, query.service, query.counter, query.outcome, query.officer)
    if query.format != "json":
        pages = _pages(actor.branch_id, first, last, wanted)
        return _export(query.format, pages, f"{first}_{last}" if first != last else first, timezone)
    with room.store.reading() as db:
        found = history.visits(
            db,
            actor.branch_id,
            first,
            last,
            wanted=wanted,
            after=place_of(query.after),
            limit=query.limit,
        )
    more = text_of(found[-1].place) if len(found) == query.limit else None
    return Visits(items=[_visit(one) for one in found], next=more)


def _pages(branch_id: int, first: str, last: str, wanted: Filters) -> Pages:
    # what streams later runs outside the request: the room is taken now
    room = current_room()

    def page(after: VisitRow | None) -> list[VisitRow]:
        place = None if after is None else after.place
        if place is not None:
            time.sleep(EXPORT_REST_S)
        # a snapshot a page: one held for as long as somebody downloads would let the log grow
        with room.store.reading() as db:
            return history.visits(
                db, branch_id, first, last, wanted=wanted, after=place, limit=EXPORT_LINES
            )

    return page


def _export(kind: str, pages: Pages, days: str, timezone: str) -> Response:
    words = language()
    answer = (
        Response(csv_pages(pages, timezone, words), content_type="text/csv; charset=utf-8")
        if kind == "csv"
        else Response(sent(write_workbook(pages, timezone, words)), content_type=TYPE)
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="luot-giao-dich_{days}.{kind}"'
    return answer


@routes.deed("/visits/<int:visit_id>/correct", who=SUPERVISORS, gives=Visit)
def correct_visit(actor: Actor, visit_id: int, body: Correction) -> Visit:
    """Put a mistaken result or procedure of an ended visit right; the old one is kept."""
    room = current_room()
    visit = room.operations.correct(actor, visit_id, outcome=body.outcome, procedure=body.procedure)
    with room.store.reading() as db:
        before = Place(visit.day, visit.id - 1)
        found = history.visits(db, actor.branch_id, visit.day, visit.day, after=before, limit=1)
    return _visit(found[0])


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
        procedure=one.procedure,
        dossier=one.dossier,
        note=one.note,
        was=one.was,
    )
