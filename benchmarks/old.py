"""Three years of old tickets, written straight into a database so that it takes a minute.

Rows and indexes are as the program leaves them: a ticket, its visit, its series, and three
events (issued, called, finished) each. The hashes of these events are random; nothing measured
here reads them.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

YEARS = 3
EVENTS_EACH = 3
PREFIXES = "ABHLMQX"

# i: the ticket, d: its day, k: its place within the day
_TICKETS = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
INSERT INTO old
SELECT i + 1, day, printf('%s%03d', substr('ABHLMQX', 1 + i % 7, 1), 1 + k / 7),
    1 + i % 7, 1 + i % 6,
    strftime('%Y-%m-%dT%H:%M:%fZ', day, '+' || (1800.0 + k * 32400.0 / :per_day) || ' seconds'),
    300 + i * 7919 % 1500, 120 + i * 104729 % 900,
    CASE WHEN i % 20 = 0 THEN 'no_show' ELSE 'finished' END
FROM (SELECT i, i / :per_day AS d, i % :per_day AS k FROM n) JOIN old_day ON old_day.n = d
"""
_COPY = (
    "INSERT INTO ticket (id, branch_id, day, label, token, state, service_id, visit_id, language,"
    " issued_at, quote_low, quote_high, quote_model)"
    " SELECT id, 1, day, label, lower(hex(randomblob(11))), state, service, id, 'vi', at,"
    " wait / 2, wait * 2, 'ql1' FROM old ORDER BY id",
    "INSERT INTO visit (id, branch_id, ticket_id, day, service_id, queued, place, turn_from,"
    " enqueued_at, first_called_at, called_at, call_seq, calls, why, handled_ms, started_at,"
    " ended_at, outcome, counter_id)"
    " SELECT id, 1, id, day, service, 0, (3 * id - 2) * 1048576, at, at,"
    " strftime('%Y-%m-%dT%H:%M:%fZ', at, '+' || wait || ' seconds'),"
    " strftime('%Y-%m-%dT%H:%M:%fZ', at, '+' || wait || ' seconds'), 3 * id - 1, 1,"
    ' \'{"rule":"longest","waited_s":\' || wait || \'}\', 1000 * served,'
    " CASE state WHEN 'finished' THEN"
    " strftime('%Y-%m-%dT%H:%M:%fZ', at, '+' || (wait + 20) || ' seconds') END,"
    " strftime('%Y-%m-%dT%H:%M:%fZ', at, '+' || (wait + served) || ' seconds'),"
    " CASE state WHEN 'finished' THEN 'received' ELSE 'no_show' END, counter"
    " FROM old ORDER BY id",
    "INSERT INTO series SELECT 1, day, substr(label, 1, 1), max(0 + substr(label, 2))"
    " FROM old GROUP BY day, substr(label, 1, 1)",
)
_EVENTS = """
INSERT INTO event (seq, branch_id, branch_seq, kind, ticket_id, visit_id, counter_id, at, data,
    request_id, prev_hash, hash)
SELECT 3 * id - 3 + step, 1, 3 * id - 3 + step, kind, id, id,
    CASE WHEN step > 1 THEN counter END, at,
    printf('{"set":{"ticket":{"id":%d,"state":"%s"},"visit":{"id":%d,"filler":"%.*c"}}}',
        id, state, id, size, 'x'),
    lower(hex(randomblob(8))), lower(hex(randomblob(32))), lower(hex(randomblob(32)))
FROM old JOIN (SELECT 1 AS step, 'issued' AS kind, 360 AS size
    UNION ALL SELECT 2, 'called', 300 UNION ALL SELECT 3, 'finished', 380)
ORDER BY id, step
"""


def _days(count: int, today: date) -> list[str]:
    """At most `count` working days (all but Sundays) before today, the oldest first."""
    days = [today - timedelta(days=back) for back in range(count, 0, -1)]
    return [day.isoformat() for day in days if day.weekday() != 6]


def _without_indexes(db: sqlite3.Connection) -> list[str]:
    """Drop the plain indexes of the big tables; returns the SQL that makes them again.

    Building an index once at the end sorts; keeping it up a million times seeks.
    """
    found = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('ticket', 'visit', 'event')"
    ).fetchall()
    for name, _ in found:
        db.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def add_old_tickets(file: Path, count: int) -> None:
    """Write `count` tickets of the past three years into a branch that has no ticket yet."""
    days = _days(YEARS * 365, datetime.now(UTC).date())
    per_day = -(-count // len(days))
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = MEMORY")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -600000")
        db.execute("BEGIN")
        indexes = _without_indexes(db)
        db.execute("CREATE TEMP TABLE old_day (n INTEGER PRIMARY KEY, day TEXT)")
        db.executemany("INSERT INTO old_day VALUES (?, ?)", enumerate(days))
        db.execute(
            "CREATE TEMP TABLE old (id INTEGER PRIMARY KEY, day, label, service, counter, at,"
            " wait, served, state)"
        )
        db.execute(_TICKETS, {"count": count, "per_day": per_day})
        # the events that made the branch itself come first in its file: they make room
        _move_on(db, EVENTS_EACH * count)
        for statement in (*_COPY, _EVENTS, *indexes):
            db.execute(statement)
        db.execute("DROP TABLE temp.old")
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")


def _move_on(db: sqlite3.Connection, by: int) -> None:
    """Give the branch's few own events later numbers: the old tickets were before them."""
    trigger = "event_no_update"
    made = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchone()[0]
    db.execute(f"DROP TRIGGER {trigger}")
    # by way of negative numbers: a unique number must not be taken even for a moment
    db.execute("UPDATE event SET seq = -seq, branch_seq = -branch_seq")
    db.execute("UPDATE event SET seq = :by - seq, branch_seq = :by - branch_seq", {"by": by})
    db.execute("UPDATE branch SET last_seq = last_seq + ?", (by,))
    db.execute(made)
