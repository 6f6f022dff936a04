"""Pictures and films of a branch's boards: their rows, and which of them are to be seen when.

The files themselves lie in the data folder, under their digests; `boards.media` keeps them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store.change import Change
from queueing.store.core import Store
from queueing.store.rows import Row, Zone

MEDIA_MOST: Final = 100
# What `change_media` may set.
_CHANGEABLE: Final = (
    "name",
    "seconds",
    "zone_id",
    "active",
    "from_day",
    "to_day",
    "weekdays",
    "from_time",
    "to_time",
)


@dataclass(slots=True)
class Media(Row):
    """A picture or a film, and when it is shown, by the branch's own clock.

    `kind` is image or video; `seconds` is how long a picture stands. `zone_id` None is every
    board. Of days (ISO, both included), `weekdays` (digits, 1 is Monday) and times (HH:MM, the
    end not included) a None sets no bound. Times that end before they begin go on past
    midnight, and their night belongs to the day on which it began.
    """

    TABLE: ClassVar[str] = "media"
    id: int
    branch_id: int
    name: str
    kind: str
    mime: str
    digest: str
    bytes: int
    seconds: int
    position: int
    zone_id: int | None
    active: int
    from_day: str | None
    to_day: str | None
    weekdays: str
    from_time: str | None
    to_time: str | None
    added_at: str

    @property
    def url(self) -> str:
        """Where boards and staff fetch it; another file would have another address."""
        return f"/media/{self.id}/{self.digest}"

    def is_due(self, local_now: datetime) -> bool:
        """True when its schedule includes this moment of the branch's own clock."""
        clock = local_now.strftime("%H:%M")
        day = local_now.date()
        if self.from_time and self.to_time and self.to_time < self.from_time:
            if self.to_time <= clock < self.from_time:
                return False
            if clock < self.to_time:
                day -= timedelta(days=1)
        elif clock < (self.from_time or "") or clock >= (self.to_time or "24:00"):
            return False
        if str(day.isoweekday()) not in self.weekdays:
            return False
        return (self.from_day or "") <= day.isoformat() <= (self.to_day or "9999-12-31")


def all_media(db: sqlite3.Connection, branch_id: int) -> list[Media]:
    """Every picture and film of a branch, in the order in which they are shown."""
    return Media.all(db, "WHERE branch_id = ? ORDER BY position, id", branch_id)


def one_media(db: sqlite3.Connection, branch_id: int, media_id: int) -> Media:
    """The picture or film with this id. Raises Refused `unknown_media`."""
    found = Media.one(db, "WHERE branch_id = ? AND id = ?", branch_id, media_id)
    if found is None:
        raise Refused("unknown_media")
    return found


def shown(
    db: sqlite3.Connection, branch_id: int, zone_id: int | None, local_now: datetime
) -> list[Media]:
    """What the boards of a zone show at this moment of the branch's own clock, in order.

    `zone_id` None is a board of the whole branch: it shows what is for every board.
    """
    found = Media.all(
        db,
        "WHERE branch_id = ? AND active = 1 AND (zone_id IS NULL OR zone_id = ?)"
        " ORDER BY position, id",
        branch_id,
        zone_id,
    )
    return [one for one in found if one.is_due(local_now)]


def digests(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """(digest, mime) of every file that some row, of any branch, needs."""
    return {(row[0], row[1]) for row in db.execute("SELECT DISTINCT digest, mime FROM media")}


def add_media(
    store: Store, actor: Actor, name: str, kind: str, mime: str, digest: str, size: int
) -> Media:
    """Put a file that is already in its place on the boards, after all others.

    `size` is in bytes. Raises Refused `media_too_many`.
    """
    with store.change(actor.branch_id) as change:
        found = all_media(change.db, actor.branch_id)
        if len(found) >= MEDIA_MOST:
            raise Refused("media_too_many", most=MEDIA_MOST)
        media_id = change.db.execute(
            "INSERT INTO media (branch_id, name, kind, mime, digest, bytes, position, added_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                actor.branch_id,
                name,
                kind,
                mime,
                digest,
                size,
                max((one.position for one in found), default=0) + 1,
                change.at_text,
            ),
        ).fetchone()[0]
        change.record("media_added", actor, data={"media": media_id})
        return one_media(change.db, actor.branch_id, media_id)


def change_media(
    store: Store, actor: Actor, media_id: int, wanted: Mapping[str, object], zone: str | None
) -> Media:
    """Say anew what is known of it; `zone` is a zone's code, None is every board.

    The zone that it has may stay, though it be out of use.
    Raises Refused `unknown_media` or `unknown_zone`.
    """
    with store.change(actor.branch_id) as change:
        known = one_media(change.db, actor.branch_id, media_id)
        values = {**wanted, "zone_id": _zone_id(change, zone, known.zone_id)}
        assert set(values) <= set(_CHANGEABLE)
        changed = [name for name, value in values.items() if getattr(known, name) != value]
        if changed:
            assignments = ", ".join(f"{name} = ?" for name in changed)
            change.db.execute(
                f"UPDATE media SET {assignments} WHERE id = ?",
                (*(values[name] for name in changed), media_id),
            )
            change.record("media_changed", actor, data={"media": media_id})
        return one_media(change.db, actor.branch_id, media_id)


def order_media(store: Store, actor: Actor, ids: Sequence[int]) -> None:
    """Show them in this order. Raises Refused `media_order` unless each is named once."""
    with store.change(actor.branch_id) as change:
        known = [one.id for one in all_media(change.db, actor.branch_id)]
        if sorted(known) != sorted(ids):
            raise Refused("media_order")
        if known == list(ids):
            return
        change.db.executemany(
            "UPDATE media SET position = ? WHERE id = ?",
            [(place, one) for place, one in enumerate(ids, 1)],
        )
        change.record("media_changed", actor, data={"order": list(ids)})


def remove_media(store: Store, actor: Actor, media_id: int) -> tuple[str, str] | None:
    """Take it off the boards. Returns (digest, mime) of a file that nothing needs any more.

    Raises Refused `unknown_media`.
    """
    with store.change(actor.branch_id) as change:
        gone = one_media(change.db, actor.branch_id, media_id)
        change.db.execute("DELETE FROM media WHERE id = ?", (media_id,))
        change.record("media_removed", actor, data={"media": media_id})
        file = (gone.digest, gone.mime)
        return None if file in digests(change.db) else file


def _zone_id(change: Change, zone: str | None, kept: int | None) -> int | None:
    if zone is None:
        return None
    found = Zone.one(
        change.db,
        "WHERE branch_id = ? AND code = ? AND (active = 1 OR id IS ?)",
        change.branch.id,
        zone,
        kept,
    )
    if found is None:
        raise Refused("unknown_zone", zone=zone[:64])
    return found.id
