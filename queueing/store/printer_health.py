"""What is known of a printer's health, and what follows: who takes over, how much paper is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from queueing.people import Actor, Role
from queueing.store.change import Change
from queueing.store.printer_setup import put_in
from queueing.store.printers import Printer, printer_by_id, printers, well_one

if TYPE_CHECKING:
    from queueing.store.core import Store

NEAR_END: Final = "paper_near_end"
PAPER_OUT: Final = "paper_out"
# Causes that say something of one paper and nothing of the printer.
_ROLL_IS_CHANGED: Final = frozenset({PAPER_OUT, "cover_open"})
# The first part is word for word the condition of an index.
_WAITING: Final = "state IN ('queued', 'claimed', 'sending') AND state = 'queued'"
_OF_THE_PAPER: Final = frozenset({"lease_lost"})


def after_job(
    change: Change, printer_id: int, state: str, cause: str | None, length_mm: int
) -> None:
    """Take from a job's end what it says of its printer: well or not, and the paper it took."""
    if length_mm:
        change.db.execute(
            "UPDATE printer SET used_mm = used_mm + ?, used_papers = used_papers + 1 WHERE id = ?",
            (length_mm, printer_id),
        )
    if state in ("printed", "unknown"):
        change.db.execute(
            "UPDATE printer SET half_sent = ? WHERE id = ?",
            (int(state == "unknown"), printer_id),
        )
    if state == "failed" or cause in _OF_THE_PAPER:
        return
    well = state == "printed"
    _note(change, printer_id, None if well else cause, cause == NEAR_END, tell=False)
    if state == "queued":
        # another may have got well while this one was tried
        hand_over(change, change.branch.id)


def note(store: Store, printer_id: int, cause: str | None, *, near_end: bool) -> None:
    """Note what a printer says of itself without a job; writes only what has changed."""
    with store.reading() as db:
        known = printer_by_id(db, printer_id)
    if (known.trouble, known.near_end) == (cause, _near(known, cause, near_end)):
        return
    with store.change(known.branch_id) as change:
        _note(change, printer_id, cause, near_end, tell=True)


def _near(known: Printer, cause: str | None, near_end: bool) -> bool:
    """Whether the roll is near its end; one that was stays so while the printer is in trouble."""
    return near_end or cause == PAPER_OUT or (cause is not None and known.near_end)


def _note(
    change: Change, printer_id: int, cause: str | None, near_end: bool, *, tell: bool
) -> None:
    known = printer_by_id(change.db, printer_id)
    near = _near(known, cause, near_end)
    if (known.trouble, known.near_end) == (cause, near):
        return
    since = known.trouble_at if known.trouble == cause else change.at_text
    change.db.execute(
        "UPDATE printer SET trouble = ?, trouble_at = ?, near_end = ? WHERE id = ?",
        (cause, since, int(near), printer_id),
    )
    if cause is None and not near and known.near_end and known.trouble in _ROLL_IS_CHANGED:
        # it had run low, was open or empty, and says it has plenty: somebody put a roll in
        put_in(change, printer_id)
    actor = Actor(known.branch_id, Role.SYSTEM)
    if tell:
        data = {"printer": printer_id, "cause": cause or "", "near_end": int(near)}
        change.record("printer_said", actor, data=data)
    if cause is None:
        change.db.execute(
            f"UPDATE print_job SET next_try_at = NULL WHERE printer_id = ? AND {_WAITING}",
            (printer_id,),
        )
    hand_over(change, known.branch_id)


def hand_over(change: Change, branch_id: int) -> None:
    """Let every slip that waits at a printer in trouble come out at the one that takes over.

    Where nobody takes over, what came from a printer that is well again goes back to it.
    """
    every = printers(change.db, branch_id)
    well = [one for one in every if one.trouble is None]
    for one in every:
        taker = well_one(every, one)
        if taker.id != one.id:
            _move(change, one, taker)
        elif one.trouble is not None:
            for home in well:
                _move(change, one, home, moved_from=home.id)


def _move(change: Change, one: Printer, taker: Printer, moved_from: int | None = None) -> None:
    """Let a printer's waiting slips, or those of them that another was meant for, move."""
    # what kept them at the one says nothing of the other
    moved = change.db.execute(
        "UPDATE print_job SET printer_id = ?,"
        " moved_from = nullif(coalesce(moved_from, printer_id), ?), next_try_at = NULL,"
        f" cause = NULL WHERE printer_id = ? AND {_WAITING} AND kind = 'slip'"
        " AND (? IS NULL OR moved_from = ?) RETURNING id, ticket_id",
        (taker.id, taker.id, one.id, moved_from, moved_from),
    ).fetchall()
    for job_id, ticket_id in moved:
        ticket = None if ticket_id is None else change.ticket(ticket_id)
        data: dict[str, object] = {"job": job_id, "from": one.id, "to": taker.id}
        change.record("print_moved", Actor(one.branch_id, Role.SYSTEM), ticket=ticket, data=data)
