"""What the kiosk shows, as one whole state."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from queueing.branches import Hours, local
from queueing.clock import iso
from queueing.people import Role
from queueing.store import branches, printers, views
from queueing.store.identity import Known
from queueing.store.rows import Branch, Service
from queueing.waiting import Estimate
from web.audience import Wish
from web.program import program
from web.surface import Room

Json = dict[str, Any]

SEES_KIOSKS = (Role.KIOSK, Role.SUPERVISOR, Role.ADMIN)


def build(room: Room, branch_id: int, key: str) -> Json:
    """The live state of the kiosks that print on the printer with the id `key`."""
    return kiosk_state(room, branch_id, int(key) if key else None)


def rooms(room: Room, known: Known, wish: Wish) -> Sequence[str]:
    """One room a branch; a kiosk with a printer of its own has its own, for the printer's sake."""
    if known.actor.role not in SEES_KIOSKS:
        return ()
    return (str(known.printer_id or ""),)


def kiosk_state(room: Room, branch_id: int, printer_id: int | None = None) -> Json:
    """What can be queued for now. `printer_id` is the kiosk's own printer, if it has one."""
    now = room.store.clock()
    with room.store.reading() as db:
        branch = branches.branch(db, branch_id)
        hours = branches.hours(db, branch_id)
        is_open = hours.is_open(now, branch.timezone)
        mode = branches.rules(db, branch_id).text("paper_mode")
        return {
            **head(room, branch, now),
            "program": program(),
            "branch": branch_name(branch),
            "open": is_open,
            "opens_at": None if is_open else _opens_at(hours, branch, now),
            "hours_today": _hours_today(hours, branch, now),
            "services": service_rows(room, db, branch_id, is_open=is_open),
            "priorities": _priorities(db, branch_id),
            "printer": _printer(db, branch_id, printer_id, mode),
            "ask_paper": mode == "ask",
        }


def services_state(room: Room, branch_id: int) -> Json:
    """The services alone, as anybody may list them."""
    now = room.store.clock()
    with room.store.reading() as db:
        branch = branches.branch(db, branch_id)
        is_open = branches.hours(db, branch_id).is_open(now, branch.timezone)
        return {"items": service_rows(room, db, branch_id, is_open=is_open)}


def service_rows(
    room: Room, db: sqlite3.Connection, branch_id: int, *, is_open: bool
) -> list[Json]:
    """The branch's services with who waits for them now."""
    rules = branches.rules(db, branch_id)
    waiting = views.waiting(db, branch_id)
    desks = views.desks(db, branch_id)
    rows = []
    for service in branches.services(db, branch_id):
        ahead = waiting.get(service.id, 0)
        counters = desks.get(service.id, [])
        zones = {zone for _, zone in counters if zone is not None}
        estimate = room.operations.waits.estimate(db, service, ahead, rules)
        rows.append(
            {
                **service_ref(service),
                "summary": service.summary,
                "summary_en": service.summary_en,
                "open": is_open and not service.paused,
                "waiting": ahead,
                "estimate": range_json(estimate),
                "counters": [number for number, _ in counters],
                "zone": zones.pop() if len(zones) == 1 else None,
            }
        )
    return rows


def _opens_at(hours: Hours, branch: Branch, now: datetime) -> str | None:
    opens = hours.next_opening(now, branch.timezone)
    return None if opens is None else iso(opens)


def _hours_today(hours: Hours, branch: Branch, now: datetime) -> list[list[str]]:
    today = local(now, branch.timezone).date()
    return [[span.opens, span.closes] for span in hours.of_day(today)]


def _priorities(db: sqlite3.Connection, branch_id: int) -> list[Json]:
    return [
        {"code": one.code, "name": one.name, "name_en": one.name_en}
        for one in branches.classes(db, branch_id)
        if one.self_declared
    ]


def _printer(db: sqlite3.Connection, branch_id: int, printer_id: int | None, mode: str) -> Json:
    nothing: Json = {"cause": None, "elsewhere": None, "near_end": False}
    if mode == "never":
        return {"state": "off", **nothing}
    place = printers.place_of(printers.printers(db, branch_id), printer_id)
    if place is None:
        return {"state": "none", **nothing}
    trouble = place.printer.trouble
    return {
        "state": "trouble" if trouble else "ok",
        "cause": trouble,
        "elsewhere": place.printer.name if place.moved_from else None,
        "near_end": place.printer.near_end,
    }


def head(room: Room, branch: Branch, now: datetime) -> Json:
    """What every live state begins with."""
    return {"epoch": room.store.epoch, "seq": branch.last_seq, "now": iso(now)}


def branch_name(branch: Branch) -> Json:
    """The service point, as citizens know it."""
    return {"name": branch.name, "hotline": branch.hotline}


def service_ref(service: Service) -> Json:
    """A service, named."""
    return {
        "code": service.code,
        "prefix": service.prefix,
        "name": service.name,
        "name_en": service.name_en,
    }


def range_json(estimate: Estimate | None) -> Json | None:
    """A range in seconds, or null while it is too early to tell."""
    return None if estimate is None else estimate.as_json()
