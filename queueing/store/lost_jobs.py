"""Print jobs whose process died, or whose printer was taken away: they are freed or ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from queueing.clock import iso
from queueing.people import Actor, Role
from queueing.store import printer_health

if TYPE_CHECKING:
    from queueing.store.change import Change
    from queueing.store.core import Store

# No lease and no pause lasts so long: one that seems to was given before the clock was set back.
CLOCK_JUMPED: Final = timedelta(minutes=10)
# The states are word for word those of an index: without it every job there ever was is read.
_FOUND: Final = (
    "SELECT j.id, j.state, j.owner, p.active, j.ticket_id, j.copy FROM print_job j"
    " JOIN printer p ON p.id = j.printer_id"
    " WHERE j.branch_id = ? AND j.state IN ('queued', 'claimed', 'sending')"
    " AND ((j.state <> 'queued' AND (j.lease_until <= ? OR j.lease_until > ?))"
    " OR (j.state = 'queued' AND p.active = 0))"
)


def recover(store: Store, branch_id: int, lose: Callable[[int, str], None]) -> int:
    """Free what a dead process held; returns how many jobs.

    Nothing of a claimed slip was sent, so it is queued again. Of one being sent nobody can say:
    it is given to `lose`, and any further paper of it will be marked.
    """
    now = store.clock()
    with store.reading() as db:
        found = db.execute(_FOUND, _limits(branch_id, now)).fetchall()
    if not found:
        return 0
    with store.change(branch_id) as change:
        # it may have been settled since it was read
        still = change.db.execute(_FOUND, _limits(branch_id, now)).fetchall()
        for row in still:
            if row[1] == "claimed":
                _free(change, row[0])
            if row[1] != "sending" and not row[3]:
                drop(change, row)
        printer_health.hand_over(change, branch_id)
    for job_id, state, owner, *_ in still:
        if state == "sending":
            lose(job_id, owner)
    return sum(row[1] != "queued" for row in still)


def _limits(branch_id: int, now: datetime) -> tuple[object, ...]:
    return branch_id, iso(now), iso(now + CLOCK_JUMPED)


def _free(change: Change, job_id: int) -> None:
    change.db.execute(
        "UPDATE print_job SET state = 'queued', owner = NULL WHERE id = ? AND state = 'claimed'",
        (job_id,),
    )


def drop(change: Change, row: Any) -> None:
    """End a paper that waits for a printer that was taken out of use: nobody would take it up.

    `row` begins with the job's id and ends with its ticket's and its copy.
    """
    job_id, *_, ticket_id, copy = row
    change.db.execute(
        "UPDATE print_job SET state = 'failed', cause = 'removed', settled_at = ?"
        " WHERE id = ? AND state = 'queued'",
        (change.at_text, job_id),
    )
    actor = Actor(change.branch.id, Role.SYSTEM)
    ticket = None if ticket_id is None else change.ticket(ticket_id)
    data: dict[str, object] = {"job": job_id, "copy": copy, "cause": "removed"}
    change.record("print_failed", actor, ticket=ticket, data=data)
