"""What became of test slips, and whether a printer has its hands full."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class Trial(NamedTuple):
    """A test slip: its print job's state and cause, and when that came to be."""

    state: str
    cause: str | None
    at: str


def newest_trial(db: sqlite3.Connection, printer_id: int) -> Trial | None:
    """The newest test slip of a printer, or None."""
    # a test slip belongs to no ticket, so that the index of the tickets' papers leads to it
    row = db.execute(
        "SELECT state, cause, coalesce(settled_at, created_at) FROM print_job"
        " WHERE ticket_id IS NULL AND kind = 'test' AND printer_id = ? ORDER BY id DESC LIMIT 1",
        (printer_id,),
    ).fetchone()
    return None if row is None else Trial(*row)


def is_printing(db: sqlite3.Connection, printer_id: int) -> bool:
    """True while a paper is on its way to the printer: most take one connection at a time."""
    row = db.execute(
        "SELECT 1 FROM print_job WHERE printer_id = ? AND state IN ('queued', 'claimed', 'sending')"
        " AND state <> 'queued' LIMIT 1",
        (printer_id,),
    ).fetchone()
    return row is not None
