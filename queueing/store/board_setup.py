"""What a branch puts on its boards beside the calls, as plain data: `boards.setup` checks it."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from queueing.people import Actor
from queueing.store.core import Store


def board_setup(db: sqlite3.Connection, branch_id: int) -> dict[str, Any] | None:
    """What was set up for a branch's boards; None where nothing was."""
    return read(board_setup_text(db, branch_id))


def board_setup_text(db: sqlite3.Connection, branch_id: int) -> str:
    """The same as it is kept, for those who have read it before; empty where nothing was."""
    row = db.execute("SELECT setup FROM board_setup WHERE branch_id = ?", (branch_id,)).fetchone()
    return "" if row is None else str(row[0])


def read(text: str) -> dict[str, Any] | None:
    """What a kept text says."""
    kept = json.loads(text) if text else None
    return kept if isinstance(kept, dict) else None


def save_board_setup(store: Store, actor: Actor, setup: dict[str, object]) -> bool:
    """Let the branch's boards show this; False when they do already."""
    with store.change(actor.branch_id) as change:
        if setup == board_setup(change.db, actor.branch_id):
            return False
        change.db.execute(
            "INSERT INTO board_setup (branch_id, setup, changed_at) VALUES (?, ?, ?)"
            " ON CONFLICT (branch_id) DO UPDATE SET setup = excluded.setup,"
            " changed_at = excluded.changed_at",
            (actor.branch_id, json.dumps(setup, ensure_ascii=False), change.at_text),
        )
        change.record("board_changed", actor)
    return True
