"""What is told of a paper after its time had run out: late, and still better than nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queueing.people import Actor, Role
from queueing.store import printer_health
from queueing.store.change import Change

if TYPE_CHECKING:
    from queueing.store.core import Store


def late_truth(
    store: Store, job_id: int, owner: str, state: str, cause: str | None, length_mm: int
) -> bool:
    """Take the word of whoever was sending a paper that was given up as lost meanwhile.

    Only of the one that was sending it when its time ran out: nobody knew more since.
    One of which it had sent nothing waits again, unless a further paper was asked for. True when
    it was news or is known already.
    """
    with store.reading() as db:
        row = db.execute(
            "SELECT branch_id, printer_id, ticket_id, state, cause, copy FROM print_job"
            " WHERE id = ? AND owner = ?",
            (job_id, owner),
        ).fetchone()
    if row is None:
        return False
    branch_id, printer_id, ticket_id, found, why, copy = row
    if found == state:
        return True
    if (found, why) != ("unknown", "lease_lost"):
        return False
    with store.change(branch_id) as change:
        if state == "queued" and _is_healed(change, ticket_id, copy):
            return False
        _settle_late(change, job_id, state, cause, length_mm)
        data: dict[str, object] = {"job": job_id, "copy": copy}
        if cause:
            data["cause"] = cause
        ticket = None if ticket_id is None else change.ticket(ticket_id)
        kind = "print_waits" if state == "queued" else f"print_{state}"
        change.record(kind, Actor(branch_id, Role.SYSTEM), ticket=ticket, data=data)
        if state == "queued":
            printer_health.hand_over(change, branch_id)
        else:
            printer_health.after_job(change, printer_id, state, cause, length_mm)
    return True


def _is_healed(change: Change, ticket_id: int | None, copy: int) -> bool:
    """True when a further paper of the ticket was asked for since."""
    found = change.db.execute(
        "SELECT 1 FROM print_job WHERE ticket_id = ? AND copy > ?", (ticket_id, copy)
    ).fetchone()
    return found is not None


def _settle_late(
    change: Change, job_id: int, state: str, cause: str | None, length_mm: int
) -> None:
    ended = None if state == "queued" else change.at_text
    change.db.execute(
        "UPDATE print_job SET state = ?, cause = ?, length_mm = nullif(?, 0), settled_at = ?,"
        " next_try_at = NULL WHERE id = ? AND state = 'unknown'",
        (state, cause, length_mm, ended, job_id),
    )
