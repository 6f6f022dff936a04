"""Notices to the waiting room: what stands, what is ready to be sent, and sending it.

The console and the supervisor's overview open the same dialog on this.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from pydantic import Field

from queueing.branches import local
from queueing.notices import MINUTES_MOST, STANDING_MOST, WORDS_MOST
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store import branches, notices
from queueing.store.notices import Notice
from voice.ready import READY
from web.access import OFFICERS
from web.i18n import gettext
from web.openapi import Api, Body, Code, Given, Text
from web.surface import current_room

routes = Api("notices")

WORDING = {one.code: one.words for one in READY}


class Place(Given):
    """A zone of the waiting room."""

    code: str
    name: str


class Standing(Given):
    """A notice on the boards; `words` are in the reader's language where it is a ready-made one.

    `officer` is who sent it last, null for a program; `mine` says whether the reader may take it
    down. Without a zone it is on every board.
    """

    id: int
    ready: str | None
    words: str
    zone: Place | None
    officer: str | None
    mine: bool
    sent_at: str
    until: str


class Sent(Standing):
    """A notice that was just sent; `spoken` says whether the voice announces it now."""

    spoken: bool


class Ready(Given):
    """A ready-made notice, worded for the reader."""

    code: str
    words: str


class Limits(Given):
    """What can be sent: letters, minutes (and the usual ones), notices at a time."""

    words: int
    minutes: int
    usual_minutes: int
    standing: int


class Notices(Given):
    """What stands, newest first, and what can be sent; `spoken`: the voice reads ready ones now."""

    items: list[Standing]
    ready: list[Ready]
    spoken: bool
    zones: list[Place]
    limits: Limits


class Sending(Body):
    """Either a ready-made notice's code or words of one's own; no zone is every board."""

    ready: Code | None = None
    words: Text = ""
    zone: Code | None = None
    minutes: int | None = Field(default=None, ge=1, le=MINUTES_MOST)


@routes.get("/notices", who=OFFICERS, gives=Notices)
def list_notices(actor: Actor) -> dict[str, Any]:
    """What staff have told the waiting room and still stands, and what is ready to be sent."""
    room = current_room()
    now = room.store.clock()
    with room.store.reading() as db:
        found = notices.standing(db, actor.branch_id, None, now)
        rules = branches.rules(db, actor.branch_id)
        zones = branches.zones(db, actor.branch_id)
        return {
            "items": [_row(db, actor, one) for one in found if not one.trial],
            "ready": [{"code": one.code, "words": gettext(one.words)} for one in READY],
            "spoken": _is_spoken(db, actor),
            "zones": [{"code": zone.code, "name": zone.name} for zone in zones],
            "limits": {
                "words": WORDS_MOST,
                "minutes": MINUTES_MOST,
                "usual_minutes": rules.integer("notice_minutes"),
                "standing": STANDING_MOST,
            },
        }


@routes.deed("/notices", who=OFFICERS, gives=Sent, status=201)
def send_notice(actor: Actor, body: Sending) -> dict[str, Any]:
    """Put a notice on the boards; the same again while it stands renews its time."""
    if body.ready is not None and body.ready not in WORDING:
        raise Refused("unknown_ready", ready=body.ready)
    room = current_room()
    with room.store.change(actor.branch_id) as change:
        sent = notices.send(
            room.store,
            actor,
            ready=body.ready,
            words=body.words,
            zone=body.zone,
            minutes=body.minutes,
        )
        # renewed only, when it was announced a moment ago
        is_news = sent.sent_seq == change.branch.last_seq
        spoken = sent.ready is not None and is_news and _is_spoken(change.db, actor)
        return {**_row(change.db, actor, sent), "spoken": spoken}


@routes.delete("/notices/<int:notice>", who=OFFICERS)
def withdraw_notice(actor: Actor, notice: int) -> None:
    """Take a notice off the boards; an officer one's own, supervisors every one."""
    notices.withdraw(current_room().store, actor, notice)


def _row(db: sqlite3.Connection, actor: Actor, notice: Notice) -> dict[str, Any]:
    zones = {zone.id: zone for zone in branches.zones(db, actor.branch_id)}
    place = zones.get(notice.zone_id or 0)
    words = gettext(WORDING.get(notice.ready, notice.ready)) if notice.ready else notice.words
    return {
        "id": notice.id,
        "ready": notice.ready,
        "words": words,
        "zone": place and {"code": place.code, "name": place.name},
        "officer": branches.officer_name(db, notice.officer_id),
        "mine": notices.may_withdraw(actor, notice.officer_id),
        "sent_at": notice.sent_at,
        "until": notice.until,
    }


def _is_spoken(db: sqlite3.Connection, actor: Actor) -> bool:
    """True while the voice is on and the hour is not a quiet one."""
    rules = branches.rules(db, actor.branch_id)
    now = local(current_room().store.clock(), branches.branch(db, actor.branch_id).timezone)
    return rules.flag("voice") and not rules.within("voice_quiet", now.strftime("%H:%M"))
