"""Notices from staff: what stands on the boards now, and who sent it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from queueing import notices
from queueing.clock import iso, parse_iso
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store import branches
from queueing.store.change import Change
from queueing.store.core import Store

# A sound check is over when it was heard.
TRIAL_MINUTES: Final = 1


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: `ready` is a code of the voice's ready-made ones, else `words` say it.

    `sent_seq` and `sent_at` are of when it was last to be announced; a `trial` is a sound check,
    heard but on no board. `officer_id` is who sent it last, None for a program.
    """

    id: int
    ready: str | None
    words: str
    sent_seq: int
    sent_at: str
    until: str
    zone_id: int | None
    trial: bool
    officer_id: int | None


_COLUMNS = "id, ready, words, sent_seq, sent_at, until, zone_id, trial, officer_id"


def _read(db: sqlite3.Connection, tail: str, *values: object) -> list[Notice]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM notice {tail}", values)
    return [
        Notice(notice_id, ready, words, seq, at, until, zone, bool(trial), officer)
        for notice_id, ready, words, seq, at, until, zone, trial, officer in rows
    ]


def standing(
    db: sqlite3.Connection, branch_id: int, zone_id: int | None, now: datetime
) -> list[Notice]:
    """What stands now, the newest first, sound checks among them.

    A zone's boards show its own and those for all; without a zone it is every one.
    """
    return _read(
        db,
        "WHERE branch_id = ? AND withdrawn_at IS NULL AND until > ?"
        " AND (? IS NULL OR zone_id IS NULL OR zone_id = ?) ORDER BY sent_seq DESC, id DESC",
        branch_id,
        iso(now),
        zone_id,
        zone_id,
    )


def send(
    store: Store,
    actor: Actor,
    *,
    ready: str | None = None,
    words: str = "",
    zone: str | None = None,
    minutes: int | None = None,
    trial: bool = False,
) -> Notice:
    """Put a notice on the boards of a zone, or on all; `minutes` None is the branch's setting.

    The caller knows which codes there are. The same again while it stands renews its time, and
    a ready-made one is announced once more, unless that was just done: also when it was taken
    down meanwhile. A branch has one sound check at a time, announced every time.

    Raises Refused `forbidden`, `notice_empty`, `notice_either`, `notice_unseen`,
    `text_too_long`, `notice_minutes_invalid`, `unknown_zone`, `notices_full`.
    """
    _staff_only(actor)
    if ready and words.strip():
        raise Refused("notice_either")
    text = "" if ready else notices.line(words)
    with store.change(actor.branch_id) as change:
        place = _zone(change, zone)
        usual = TRIAL_MINUTES if trial else change.rules.integer("notice_minutes")
        until = notices.until(
            change.now,
            usual if minutes is None else minutes,
            change.branch.timezone,
            change.rules.integer("rollover_hour"),
        )
        known = _known(change, ready, text, place, trial=trial)
        return _write(change, actor, known, (ready or None, text, place, iso(until), trial))


def _known(
    change: Change, ready: str | None, text: str, place: int | None, *, trial: bool
) -> Notice | None:
    """The notice that stands already and is sent again now. Raises Refused `notices_full`."""
    found = standing(change.db, change.branch.id, None, change.now)
    if trial:
        return next((one for one in found if one.trial), None)
    shown = [one for one in found if not one.trial]
    for one in shown:
        if (one.ready, one.words, one.zone_id) == (ready or None, text, place):
            return one
    if len(shown) >= notices.STANDING_MOST:
        raise Refused("notices_full", most=notices.STANDING_MOST)
    return None


def _write(
    change: Change,
    actor: Actor,
    known: Notice | None,
    fields: tuple[str | None, str, int | None, str, bool],
) -> Notice:
    ready, words, place, until, trial = fields
    # its own event's number, which is known only once that is written
    seq, at = change.branch.last_seq + 1, change.at_text
    heard = None if trial else known or _withdrawn(change, ready, place)
    if heard is not None and not _to_be_heard(heard, change):
        # with the number that was announced already no board says it again
        seq, at = heard.sent_seq, heard.sent_at
    values = (place, ready, words, actor.officer_id, seq, at, until, int(trial))
    if known is None:
        notice_id = change.db.execute(
            "INSERT INTO notice (branch_id, zone_id, ready, words, officer_id, sent_seq, sent_at,"
            " until, trial) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (actor.branch_id, *values),
        ).fetchone()[0]
    else:
        notice_id = known.id
        change.db.execute(
            "UPDATE notice SET zone_id = ?, ready = ?, words = ?, officer_id = ?, sent_seq = ?,"
            " sent_at = ?, until = ?, trial = ? WHERE id = ?",
            (*values, notice_id),
        )
    change.record("notice_sent", actor, data={"notice": notice_id})
    return Notice(notice_id, ready, words, seq, at, until, place, trial, actor.officer_id)


def _to_be_heard(known: Notice, change: Change) -> bool:
    """True for a ready-made one whose last announcement is over by now."""
    return known.ready is not None and (
        change.at - parse_iso(known.sent_at) >= notices.SPOKEN_AGAIN
    )


def _withdrawn(change: Change, ready: str | None, place: int | None) -> Notice | None:
    """The same ready-made notice for the same boards as it was last sent, if it stands no more."""
    found = _read(
        change.db,
        "WHERE branch_id = ? AND ready = ? AND zone_id IS ? AND trial = 0"
        " ORDER BY sent_seq DESC, id DESC LIMIT 1",
        change.branch.id,
        ready,
        place,
    )
    return found[0] if found else None


def _zone(change: Change, code: str | None) -> int | None:
    if code is None:
        return None
    for zone in branches.zones(change.db, change.branch.id):
        if zone.code == code:
            return zone.id
    raise Refused("unknown_zone", zone=code[:64])


def withdraw(store: Store, actor: Actor, notice_id: int) -> None:
    """Take a notice off the boards; one that is gone already is left as it is.

    Officers take down what they sent themselves, supervisors and administrators every one.
    Raises Refused `forbidden`, `unknown_notice`, `notice_not_yours`.
    """
    _staff_only(actor)
    with store.change(actor.branch_id) as change:
        row = change.db.execute(
            "SELECT officer_id, withdrawn_at IS NULL AND until > ? FROM notice"
            " WHERE id = ? AND branch_id = ?",
            (iso(change.now), notice_id, actor.branch_id),
        ).fetchone()
        if row is None:
            raise Refused("unknown_notice")
        if not may_withdraw(actor, row[0]):
            raise Refused("notice_not_yours")
        if row[1]:
            change.db.execute(
                "UPDATE notice SET withdrawn_at = ? WHERE id = ?", (change.at_text, notice_id)
            )
            change.record("notice_withdrawn", actor, data={"notice": notice_id})


def may_withdraw(actor: Actor, officer_id: int | None) -> bool:
    """True when this member of staff may take down what that officer sent."""
    return actor.role is not Role.OFFICER or actor.officer_id == officer_id


def _staff_only(actor: Actor) -> None:
    if not actor.is_staff:
        raise Refused("forbidden")


def forget_old(db: sqlite3.Connection, now: datetime) -> int:
    """Remove what ended a month ago; returns how many."""
    return db.execute("DELETE FROM notice WHERE until < ?", (iso(now - notices.KEPT),)).rowcount
