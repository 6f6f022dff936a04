"""Which alerts somebody has seen; what an alert is, is worked out from the state itself."""

from __future__ import annotations

import sqlite3


def acknowledge(
    db: sqlite3.Connection, branch_id: int, key: str, at: str, officer_id: int | None
) -> None:
    """Keep that an alert was seen; the newest time counts."""
    db.execute(
        "INSERT INTO alert_ack (branch_id, key, at, officer_id) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (branch_id, key) DO UPDATE SET at = excluded.at,"
        " officer_id = excluded.officer_id",
        (branch_id, key, at, officer_id),
    )


def acknowledged(db: sqlite3.Connection, branch_id: int) -> dict[str, str]:
    """When each alert was last acknowledged, by key."""
    rows = db.execute("SELECT key, at FROM alert_ack WHERE branch_id = ?", (branch_id,))
    return dict(rows.fetchall())


def forget(db: sqlite3.Connection, branch_id: int, before: str) -> int:
    """Remove acknowledgements older than a moment; returns how many."""
    return db.execute(
        "DELETE FROM alert_ack WHERE branch_id = ? AND at < ?", (branch_id, before)
    ).rowcount
