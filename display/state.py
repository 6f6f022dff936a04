"""The whole state that a board shows. A key is a zone's code, or "" for the whole branch."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from queueing.branches import business_day
from queueing.clock import iso, parse_iso
from queueing.people import Role
from queueing.refusals import Refused
from queueing.settings import Rules
from queueing.store import board, branches, queue
from queueing.store.identity import Known
from queueing.store.rows import Branch, Service, Zone
from web.audience import Wish
from web.surface import Room

WHOLE_BRANCH: Final = ""


def build(room: Room, branch_id: int, key: str) -> dict[str, Any]:
    """The state of one board. Raises Refused `unknown_zone`.

    Nothing in it tells which priority group anybody is in.
    """
    now = room.store.clock()
    with room.store.reading() as db:
        branch = branches.branch(db, branch_id)
        rules = branches.rules(db, branch_id)
        zone = find_zone(db, branch_id, key)
        zone_id = None if zone is None else zone.id
        limit = rules.integer("board_calls")
        calls = board.calls(db, branch_id, _day(branch, rules, now), zone_id, limit)
        return {
            "epoch": room.store.epoch,
            "seq": branch.last_seq,
            "now": iso(now),
            "branch": {"name": branch.name, "hotline": branch.hotline},
            "zone": None if zone is None else {"code": zone.code, "name": zone.name},
            **_doors(db, branch, now),
            "calls": [asdict(call) for call in calls],
            "waiting": [
                _waiting(room, db, service, rules)
                for service in board.services(db, branch_id, zone_id)
            ],
        }


def find_zone(db: sqlite3.Connection, branch_id: int, key: str) -> Zone | None:
    """The zone of a key, None for the whole branch. Raises Refused `unknown_zone`."""
    if key == WHOLE_BRANCH:
        return None
    zone = board.zone_by_code(db, branch_id, key)
    if zone is None:
        raise Refused("unknown_zone", zone=key[:64])
    return zone


def _day(branch: Branch, rules: Rules, now: datetime) -> str:
    # as deeds reckon it: a clock that was set back does not bring yesterday's calls up again
    at = now if branch.last_at is None else max(now, parse_iso(branch.last_at))
    return business_day(at, branch.timezone, rules.integer("rollover_hour")).isoformat()


def _doors(db: sqlite3.Connection, branch: Branch, now: datetime) -> dict[str, Any]:
    hours = branches.hours(db, branch.id)
    is_open = hours.is_open(now, branch.timezone)
    opens_at = None if is_open else hours.next_opening(now, branch.timezone)
    return {"open": is_open, "opens_at": None if opens_at is None else iso(opens_at)}


def _waiting(room: Room, db: sqlite3.Connection, service: Service, rules: Rules) -> dict[str, Any]:
    waiting = queue.waiting_total(db, service.id)
    estimate = room.operations.waits.estimate(db, service, waiting, rules)
    return {
        "prefix": service.prefix,
        "name": service.name,
        "waiting": waiting,
        "estimate": None if estimate is None else estimate.as_json(),
    }


def own_key(known: Known) -> str:
    """What is shown to those who name no zone: a board its own, all others the whole branch."""
    return (known.zone or WHOLE_BRANCH) if known.actor.role is Role.BOARD else WHOLE_BRANCH


def may_see(known: Known, key: str) -> bool:
    """True unless this is a board that hangs in another zone."""
    return own_key(known) in (WHOLE_BRANCH, key)


def rooms(room: Room, known: Known, wish: Wish) -> Sequence[str]:
    """Which board a connection gets: boards and staff only, a zone's board only its zone."""
    if known.actor.role is not Role.BOARD and not known.actor.is_staff:
        return ()
    key = wish.zone or own_key(known)
    if not may_see(known, key):
        return ()
    with room.store.reading() as db:
        try:
            find_zone(db, known.actor.branch_id, key)
        except Refused:
            return ()
    return (key,)
