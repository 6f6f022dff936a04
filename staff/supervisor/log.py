"""The service-time log as pages and programs ask for it: which days, which page."""

from __future__ import annotations

import sqlite3
from datetime import date

from queueing.branches import business_day
from queueing.history import Filters, Place
from queueing.numbering import typed_label
from queueing.refusals import Refused
from queueing.store import branches
from web.surface import Room


def today(room: Room, db: sqlite3.Connection, branch_id: int) -> str:
    """The branch's business day now, as YYYY-MM-DD."""
    branch = branches.branch(db, branch_id)
    hour = branches.rules(db, branch_id).integer("rollover_hour")
    return business_day(room.store.clock(), branch.timezone, hour).isoformat()


def day_of(text: str | None, default: str) -> str:
    """A day somebody wrote, or the default. Raises Refused `bad_request` when it is none."""
    if not text:
        return default
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused("bad_request") from None


def place_of(text: str | None) -> Place | None:
    """Where a page goes on, from its text. Raises Refused `bad_request`."""
    if not text:
        return None
    day, _, visit_id = text.partition(".")
    if not (visit_id.isascii() and visit_id.isdigit() and len(visit_id) <= 18):
        raise Refused("bad_request")
    return Place(day_of(day, ""), int(visit_id))


def text_of(place: Place) -> str:
    """A place as addresses carry it."""
    return f"{place.day}.{place.visit_id}"


def filters(
    number: str | None,
    service: str | None,
    counter: int | None,
    outcome: str | None,
    officer: int | None,
) -> Filters:
    """What somebody looks for; an empty wish is none. Raises Refused `unreadable_number`."""
    return Filters(
        number=typed_label(number) if number and number.strip() else None,
        service=service or None,
        counter=counter,
        outcome=outcome or None,
        officer=officer,
    )
