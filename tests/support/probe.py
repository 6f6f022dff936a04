"""API routes made for tests: each says who it let in, or does one small deed."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from queueing.people import Actor, Role
from web.access import BOARDS, EVERYONE, KIOSKS, OFFICERS, PAIRED, SUPERVISORS, Credential
from web.openapi import Api, Body, Given, Line, Query
from web.surface import current_room


class Seen(Given):
    """Whom a route saw."""

    caller: str
    role: str
    zone: str | None = None


class Wanted(Body):
    """A body with one field of each kind."""

    word: Line
    number: int = Field(ge=1, le=9)
    yes: bool = False


class Page(Query):
    """A query with a number."""

    page: int = Field(default=1, ge=1)


class Made(Given):
    """What a deed made: the branch's seq after it."""

    seq: int


def probe() -> Api:
    """The routes, new for each app."""
    routes = Api("probe")

    @routes.get("/probe/paired", who=PAIRED, gives=Seen)
    def probe_paired(credential: Credential) -> Seen:
        """Who a paired screen or staff is."""
        known = credential.known
        return Seen(caller=known.actor.caller, role=str(known.actor.role), zone=known.zone)

    for name, who in (
        ("kiosk", KIOSKS),
        ("board", BOARDS),
        ("officer", OFFICERS),
        ("supervisor", SUPERVISORS),
        ("everyone", EVERYONE),
    ):

        def probe_role(actor: Actor) -> Seen:
            """Who was let in."""
            return Seen(caller=actor.caller, role=str(actor.role))

        probe_role.__name__ = f"probe_{name}"
        routes.get(f"/probe/{name}", who=who, gives=Seen)(probe_role)
        post: Any = _deed()
        post.__name__ = f"probe_{name}_deed"
        routes.deed(f"/probe/{name}", who=who, gives=Made, status=201)(post)

    @routes.post("/probe/body", who=EVERYONE, gives=Seen)
    def probe_body(body: Wanted) -> Seen:
        """What was sent."""
        return Seen(caller=body.word, role=str(body.number))

    @routes.get("/probe/query", who=EVERYONE, gives=Seen)
    def probe_query(query: Page) -> Seen:
        """What was asked."""
        return Seen(caller="", role=str(query.page))

    @routes.get("/probe/number/<int:number>", who=EVERYONE, gives=Seen)
    def probe_number(number: int) -> Seen:
        """A number of the path."""
        return Seen(caller="", role=str(number))

    @routes.get("/probe/fault", who=EVERYONE, gives=Seen)
    def probe_fault() -> Seen:
        """A fault of the program."""
        raise ZeroDivisionError("a secret of the inside")

    @routes.get("/probe/untrue", who=EVERYONE, gives=Seen)
    def probe_untrue() -> dict[str, object]:
        """An answer that its own documentation does not know."""
        return {"caller": "x", "role": "y", "surprise": 1}

    @routes.deed("/probe/ticket/<ref>", who=OFFICERS, holder=True, gives=Seen)
    def probe_ticket(ticket_id: int, actor: Actor) -> Seen:
        """Who acts on which ticket."""
        return Seen(caller=actor.caller, role=str(ticket_id))

    return routes


def _deed() -> object:
    def deed(actor: Actor) -> Made:
        """Write one event."""
        with current_room().store.change(actor.branch_id) as change:
            change.record("configured", Actor(actor.branch_id, Role.SYSTEM))
            return Made(seq=change.branch.last_seq)

    return deed
