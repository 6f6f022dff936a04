"""Answers kept for 24 hours, so that a repeated request is answered and not done again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from queueing.clock import iso
from queueing.refusals import Refused

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class RequestKey:
    """A client's request id; it belongs to its caller, method and path."""

    caller: str
    method: str
    path: str
    key: str


class Answer(NamedTuple):
    """What a deed was answered with: an HTTP-like status and a JSON text."""

    status: int
    body: str


def find(db: sqlite3.Connection, key: RequestKey, body_hash: str) -> Answer | None:
    """The first answer to this request. Raises Refused `idempotency_key_reused`."""
    row = db.execute(
        "SELECT body_hash, status, body FROM answer"
        " WHERE caller = ? AND method = ? AND path = ? AND key = ?",
        (key.caller, key.method, key.path, key.key),
    ).fetchone()
    if row is None:
        return None
    if row[0] != body_hash:
        raise Refused("idempotency_key_reused")
    return Answer(row[1], row[2])


def given(db: sqlite3.Connection, key: RequestKey) -> Answer | None:
    """What a request was answered, whatever it asked for; None when it was never done."""
    row = db.execute(
        "SELECT status, body FROM answer WHERE caller = ? AND method = ? AND path = ? AND key = ?",
        (key.caller, key.method, key.path, key.key),
    ).fetchone()
    return None if row is None else Answer(row[0], row[1])


def save(
    db: sqlite3.Connection, key: RequestKey, body_hash: str, answer: Answer, now: datetime
) -> None:
    """Keep an answer, within the deed's own transaction."""
    db.execute(
        "INSERT INTO answer (caller, method, path, key, body_hash, status, body, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (key.caller, key.method, key.path, key.key, body_hash, *answer, iso(now)),
    )


def forget_old(db: sqlite3.Connection, now: datetime) -> int:
    """Remove answers older than a day; returns how many."""
    return db.execute("DELETE FROM answer WHERE at < ?", (iso(now - KEPT),)).rowcount
