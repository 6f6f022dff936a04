"""A sandbox for practice: a database of its own with a branch's description and nobody in it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from queueing.store.connection import connect, migrate
from queueing.store.core import Store

# What describes a branch. Passwords, screens, tokens, printers and every citizen stay out.
_COPIED = {
    "branch": "id, code, name, authority, hotline, timezone",
    "setting": "branch_id, name, value",
    "zone": "id, branch_id, code, name, active",
    "service": "id, branch_id, code, prefix, name, name_en, summary, summary_en, target_s,"
    " position, active",
    "priority_class": "id, branch_id, code, name, name_en, rank, self_declared, active, credit",
    "officer": "id, branch_id, login, name, role, disabled_at, created_at",
    "counter": "id, branch_id, number, name, zone_id, active",
    "counter_service": "counter_id, service_id, tier",
    "procedure": "id, branch_id, code, name, field, time_limit, fee, documents, result, synonyms,"
    " grade, portal_url, checked_as_of, hidden, folded, service_id",
}


def make_sandbox(real: Store, file: Path) -> Store:
    """Make the sandbox anew from the branch's description as it is now."""
    for tail in ("", "-wal", "-shm"):
        file.with_name(file.name + tail).unlink(missing_ok=True)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.closing(connect(file)) as db:
        migrate(db)
        db.execute("ATTACH DATABASE ? AS real", (f"{real.path}",))
        db.execute("BEGIN")
        for table, columns in _COPIED.items():
            db.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM real.{table}")
        db.execute("COMMIT")
        db.execute("DETACH DATABASE real")
    return Store(file, real.clock)
