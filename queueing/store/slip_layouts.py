"""What a branch's slip shows: the layout as plain data, and the logos under their digests.

What a layout may say is the affair of `printer.layout`, which checks it before it comes here.
The column `layout` holds `{"layout": {…} or null, "logo": digest or null}`.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace

from queueing.people import Actor
from queueing.store.change import Change
from queueing.store.core import Store


@dataclass(frozen=True, slots=True)
class SlipSetup:
    """A branch's own layout, and the digest of its logo; None of both is the plain slip."""

    layout: dict[str, object] | None = None
    logo: str | None = None


def slip_setup(db: sqlite3.Connection, branch_id: int) -> SlipSetup:
    """What was set up for a branch."""
    row = db.execute("SELECT layout FROM slip_layout WHERE branch_id = ?", (branch_id,)).fetchone()
    if row is None:
        return SlipSetup()
    kept = json.loads(row[0])
    return SlipSetup(kept["layout"], kept["logo"])


def logo(db: sqlite3.Connection, branch_id: int, digest: str) -> bytes | None:
    """The logo kept under a digest, as a PNG, or None."""
    row = db.execute(
        "SELECT image FROM slip_logo WHERE branch_id = ? AND digest = ?", (branch_id, digest)
    ).fetchone()
    return None if row is None else bytes(row[0])


def save_layout(store: Store, actor: Actor, layout: dict[str, object]) -> None:
    """Let the slips from now on show this; papers queued before keep what they promised."""
    with store.change(actor.branch_id) as change:
        known = slip_setup(change.db, actor.branch_id)
        _save(change, actor, known, replace(known, layout=layout))


def save_logo(store: Store, actor: Actor, digest: str, image: bytes) -> None:
    """Let a picture be the branch's logo.

    Those before it are kept, for papers that were promised with one may still be printed.
    """
    with store.change(actor.branch_id) as change:
        change.db.execute(
            "INSERT INTO slip_logo (branch_id, digest, image) VALUES (?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (actor.branch_id, digest, image),
        )
        known = slip_setup(change.db, actor.branch_id)
        _save(change, actor, known, replace(known, logo=digest))


def remove_logo(store: Store, actor: Actor) -> None:
    """Have no logo any more."""
    with store.change(actor.branch_id) as change:
        known = slip_setup(change.db, actor.branch_id)
        _save(change, actor, known, replace(known, logo=None))


def _save(change: Change, actor: Actor, known: SlipSetup, setup: SlipSetup) -> None:
    if setup == known:
        return
    text = json.dumps({"layout": setup.layout, "logo": setup.logo}, ensure_ascii=False)
    change.db.execute(
        "INSERT INTO slip_layout (branch_id, layout, changed_at) VALUES (?, ?, ?)"
        " ON CONFLICT (branch_id) DO UPDATE SET layout = excluded.layout,"
        " changed_at = excluded.changed_at",
        (actor.branch_id, text, change.at_text),
    )
    change.record("slip_changed", actor, data={"logo": setup.logo})
