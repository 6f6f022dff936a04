"""A branch's own recordings of the voice, clip by clip.

Which clips there are, and what a recording must be like, is the affair of `voice`, which
checks both before anything comes here.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from queueing.people import Actor
from queueing.store.core import Store


@dataclass(frozen=True, slots=True)
class OwnClip:
    """A recording without its sound; `ms` is how long it plays."""

    language: str
    name: str
    digest: str
    ms: int
    added_at: str


def own_clips(db: sqlite3.Connection, branch_id: int) -> list[OwnClip]:
    """Every recording of a branch, by language and name."""
    rows = db.execute(
        "SELECT language, name, digest, ms, added_at FROM voice_clip"
        " WHERE branch_id = ? ORDER BY language, name",
        (branch_id,),
    )
    return [OwnClip(*row) for row in rows]


def digests(db: sqlite3.Connection, branch_id: int) -> dict[tuple[str, str], str]:
    """The recordings' digests: (language, clip's name) -> digest."""
    rows = db.execute(
        "SELECT language, name, digest FROM voice_clip WHERE branch_id = ?", (branch_id,)
    )
    return {(language, name): digest for language, name, digest in rows}


def sound(
    db: sqlite3.Connection, branch_id: int, language: str, name: str, digest: str
) -> bytes | None:
    """A recording as a WAV file, or None if it is not, or no longer, this one."""
    row = db.execute(
        "SELECT sound FROM voice_clip"
        " WHERE branch_id = ? AND language = ? AND name = ? AND digest = ?",
        (branch_id, language, name, digest),
    ).fetchone()
    return None if row is None else bytes(row[0])


def save(
    store: Store, actor: Actor, language: str, name: str, sound: bytes, digest: str, ms: int
) -> None:
    """Let a recording be spoken in place of the program's own clip, and of one put in before."""
    with store.change(actor.branch_id) as change:
        known = digests(change.db, actor.branch_id)
        if known.get((language, name)) == digest:
            return
        change.db.execute(
            "INSERT INTO voice_clip (branch_id, language, name, sound, digest, ms, added_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (branch_id, language, name) DO UPDATE SET sound = excluded.sound,"
            " digest = excluded.digest, ms = excluded.ms, added_at = excluded.added_at",
            (actor.branch_id, language, name, sound, digest, ms, change.at_text),
        )
        change.record(
            "voice_changed",
            actor,
            data={"clip": f"{language}/{name}", "digest": digest},
        )


def remove(store: Store, actor: Actor, language: str, name: str) -> bool:
    """Speak the program's own clip again; False if there was no recording."""
    with store.change(actor.branch_id) as change:
        gone = change.db.execute(
            "DELETE FROM voice_clip WHERE branch_id = ? AND language = ? AND name = ?",
            (actor.branch_id, language, name),
        )
        if gone.rowcount == 0:
            return False
        change.record(
            "voice_changed",
            actor,
            data={"clip": f"{language}/{name}", "digest": None},
        )
    return True
