"""What a slip says, as plain data kept with its print job."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from queueing.branches import local
from queueing.store import Change, branches, slip_layouts
from queueing.store.rows import Branch, Service, Ticket
from queueing.waiting import Estimate

# What a preview tells: a usual slip, and one whose holder may come too late.
_SAMPLE_AHEAD, _SAMPLE_WAIT = 4, Estimate(600, 1200)
_SAMPLE_NUMBER, _SAMPLE_CLOSES = 12, "17:00"


def content(
    change: Change,
    ticket: Ticket,
    service: Service,
    ahead: int,
    estimate: Estimate | None,
    url: str | None,
) -> dict[str, object]:
    """The slip's facts at the moment of issue; `printer.slip` draws them."""
    return {
        **_facts(change.db, change.branch, service, change.at),
        "language": ticket.language,
        "number": ticket.label,
        "ahead": ahead,
        "estimate": None if estimate is None else estimate.as_json(),
        "url": url,
        "day": _written(date.fromisoformat(ticket.day)),
        "closes": _closes(change, estimate),
    }


def sample(
    db: sqlite3.Connection, branch_id: int, now: datetime, language: str, url: str, *, late: bool
) -> dict[str, object]:
    """A made-up slip of this branch to look at; `late` is of one who may not be served today.

    Raises Refused `unknown_branch`.
    """
    branch = branches.branch(db, branch_id)
    here = local(now, branch.timezone)
    service = next(iter(branches.services(db, branch_id)), None)
    hours = branches.hours(db, branch_id).of_day(here.date())
    known = hours and hours[-1].closes != "24:00"
    return {
        **_facts(db, branch, service, now),
        "language": language,
        "number": f"{service.prefix if service else 'A'}{_SAMPLE_NUMBER:03}",
        "ahead": _SAMPLE_AHEAD,
        "estimate": _SAMPLE_WAIT.as_json(),
        "url": url if branches.rules(db, branch_id).flag("slip_qr") else None,
        "day": _written(here.date()),
        "closes": (hours[-1].closes if known else _SAMPLE_CLOSES) if late else None,
    }


def _facts(
    db: sqlite3.Connection, branch: Branch, service: Service | None, at: datetime
) -> dict[str, object]:
    """What every slip of a service says at a time."""
    setup = slip_layouts.slip_setup(db, branch.id)
    return {
        "v": 1,
        "branch": branch.name,
        "authority": branch.authority,
        "service": service.name if service else "–",
        "service_en": service.name_en if service else None,
        "counters": branches.counters_serving(db, service.id) if service else [],
        "zone": branches.zone_of_service(db, service.id) if service else None,
        "hotline": branch.hotline,
        "local": local(at, branch.timezone).strftime("%H:%M · %d/%m/%Y"),
        "notes": [],
        "layout": setup.layout,
        "logo": setup.logo,
    }


def _closes(change: Change, estimate: Estimate | None) -> str | None:
    """When the branch closes today, if the wait may last longer than that."""
    if estimate is None:
        return None
    hours = branches.hours(change.db, change.branch.id)
    return hours.closes_within(change.at, change.branch.timezone, estimate.high)


def _written(day: date) -> str:
    return day.strftime("%d/%m/%Y")
