"""Papers that nobody waits for: the printer was well again too late, or it was taken away."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from queueing.clock import parse_iso
from queueing.tickets import State

if TYPE_CHECKING:
    from queueing.store.jobs import PrintJob

TOO_LATE: Final = "too_late"
GONE: Final = frozenset({State.CANCELLED, State.EXPIRED})
# Whoever is served, or was, needs no paper any more to be called by: when a roll is put in after
# an hour, the next citizen's comes first. One who is served at once still gets it.
SERVED: Final = frozenset({State.SERVING, State.FINISHED})
SERVED_AFTER: Final = timedelta(minutes=2)


def is_too_late(db: sqlite3.Connection, job: PrintJob, now: datetime) -> bool:
    """True when a slip's day is over, or its holder has left or was served without it long since.

    A further paper of a ticket was asked for by an officer, and is printed on its day.
    """
    if job.kind != "slip" or job.ticket_id is None:
        return False
    state, past = db.execute(
        "SELECT ticket.state, ticket.day < branch.day FROM ticket"
        " JOIN branch ON branch.id = ticket.branch_id WHERE ticket.id = ?",
        (job.ticket_id,),
    ).fetchone()
    waited = now - parse_iso(job.created_at)
    useless = GONE | SERVED if waited > SERVED_AFTER else GONE
    return bool(past) or (job.copy == 0 and State(state) in useless)


def in_use(db: sqlite3.Connection, printer_id: int) -> bool:
    """True for a printer that was not removed."""
    found = db.execute("SELECT active FROM printer WHERE id = ?", (printer_id,)).fetchone()
    return bool(found[0])
