"""The whole state that a board shows. A key is a zone's code, or "" for the whole branch."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from display import announcing, content
from queueing.branches import business_day
from queueing.clock import iso, parse_iso
from queueing.people import Role
from queueing.refusals import Refused
from queueing.settings import Rules
from queueing.store import board, branches, queue, voice_clips
from queueing.store.board import Call
from queueing.store.identity import Known
from queueing.store.notices import Notice
from queueing.store.rows import Branch, Service, Zone
from web.audience import Wish
from web.program import program
from web.speakers import ALL
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
        day = _day(branch, rules, now)
        held = board.held(db, branch_id, day, zone_id)
        calls = board.calls(db, branch_id, day, zone_id, rules.integer("board_calls"), held)
        setup = content.setup_of(db, branch_id)
        desks = board.desks(db, branch_id, zone_id)
        notices = content.standing(db, branch_id, zone_id, now)
        return {
            "epoch": room.store.epoch,
            "seq": branch.last_seq,
            "now": iso(now),
            "program": program(),
            "branch": {"name": branch.name, "hotline": branch.hotline},
            "zone": None if zone is None else {"code": zone.code, "name": zone.name},
            **_doors(db, branch, now),
            "look": content.look(rules),
            "calls": [content.call_of(call, setup) for call in calls],
            "counters": content.counters(desks, held, setup),
            "waiting": [
                _waiting(room, db, service, rules)
                for service in board.services(db, branch_id, zone_id)
            ],
            "ticker": content.ticker(setup, notices),
            "panel": content.panel(db, branch, zone_id, setup, desks, now),
            "links": content.links(room, rules),
            "voice": _voice(room, db, branch, rules, key, _Heard(now, day, held, notices)),
        }


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a board's own state has read already, for the voice."""

    now: datetime
    day: str
    held: list[Call]
    notices: list[Notice]


def _voice(
    room: Room, db: sqlite3.Connection, branch: Branch, rules: Rules, key: str, heard: _Heard
) -> dict[str, Any]:
    place = announcing.voice_room(rules, key)
    held, notices = heard.held, heard.notices
    if place == ALL and key != WHOLE_BRANCH:
        # whoever speaks for the whole branch reads the other zones' calls too
        held = board.held(db, branch.id, heard.day, None)
        notices = content.standing(db, branch.id, None, heard.now)
    said = room.speakers.voice(branch.id, place, room.store.epoch).said
    voices = announcing.Voices(
        rules.text("voice_languages"),
        rules.text("voice_accent"),
        voice_clips.digests(db, branch.id),
    )
    say = announcing.announcements(held, notices, voices, heard.now, said)
    quiet = announcing.is_quiet(rules, heard.now, branch.timezone)
    return announcing.voice(room, branch.id, key, rules, say, quiet)


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
