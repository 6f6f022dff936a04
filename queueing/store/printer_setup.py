"""Adding printers, changing what is known of them, and taking them out of use."""

from __future__ import annotations

import sqlite3

from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store.change import Change
from queueing.store.core import Store
from queueing.store.printers import Printer, printer_by_id, printers

NAME_MOST = 60
ADDRESS_MOST = 200
ROLL_METRES_MOST = 500

# A printer's id, or its name as it is typed at the command line.
Which = int | str


def add_printer(
    store: Store,
    actor: Actor,
    *,
    name: str,
    transport: str,
    address: str,
    width: int,
    cut: bool = True,
    profile: str = "",
    agent_id: int | None = None,
) -> Printer:
    """Add a printer; the first one in use is the branch's default.

    Raises Refused `name_invalid`, `printer_name_taken` or `address_invalid`.
    """
    name = check_name(name)
    _check_address(address)
    with store.change(actor.branch_id) as change:
        known = printers(change.db, actor.branch_id)
        _free_name(known, name)
        row = change.db.execute(
            "INSERT INTO printer (branch_id, name, transport, address, width, is_default, cut,"
            " profile, agent_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                actor.branch_id,
                name,
                transport,
                address,
                width,
                int(not known),
                int(cut),
                profile,
                agent_id,
            ),
        ).fetchone()
        change.record("printer_added", actor, data={"printer": row[0]})
        return printer_by_id(change.db, row[0])


def change_printer(
    store: Store,
    actor: Actor,
    which: Which,
    *,
    name: str,
    transport: str,
    address: str,
    width: int,
    cut: bool,
    profile: str,
) -> Printer:
    """Say anew what a printer is called, how it is reached and what it can do.

    At another address nothing is known of it yet: it counts as well until it is asked.
    Raises Refused as `add_printer` does, or `unknown_printer`.
    """
    name = check_name(name)
    _check_address(address)
    with store.change(actor.branch_id) as change:
        known = find_printer(change.db, actor.branch_id, which)
        every = printers(change.db, actor.branch_id)
        _free_name([one for one in every if one.id != known.id], name)
        change.db.execute(
            "UPDATE printer SET name = ?, transport = ?, address = ?, width = ?, cut = ?,"
            " profile = ? WHERE id = ?",
            (name, transport, address, width, int(cut), profile, known.id),
        )
        change.record("printer_changed", actor, data={"printer": known.id})
        if (known.transport, known.address) != (transport, address):
            _forget_trouble(change, known.id)
        return printer_by_id(change.db, known.id)


def check_name(name: str) -> str:
    """The name as it is kept. Raises Refused `name_invalid`."""
    name = name.strip()
    if not 1 <= len(name) <= NAME_MOST or not name.isprintable():
        raise Refused("name_invalid", most=NAME_MOST)
    return name


def _check_address(address: str) -> None:
    if len(address) > ADDRESS_MOST or not address.isprintable():
        raise Refused("address_invalid")


def _free_name(others: list[Printer], name: str) -> None:
    if any(printer.name == name for printer in others):
        raise Refused("printer_name_taken", name=name)


def _forget_trouble(change: Change, printer_id: int) -> None:
    change.db.execute(
        "UPDATE printer SET trouble = NULL, trouble_at = NULL, near_end = 0 WHERE id = ?",
        (printer_id,),
    )
    change.db.execute(
        "UPDATE print_job SET next_try_at = NULL WHERE printer_id = ? AND state = 'queued'",
        (printer_id,),
    )
    _hand_over(change)


def _hand_over(change: Change) -> None:
    """Let what waits at a printer in trouble come out where it can now."""
    # printer_health builds on this module
    from queueing.store.printer_health import hand_over

    hand_over(change, change.branch.id)


def find_printer(db: sqlite3.Connection, branch_id: int, which: Which) -> Printer:
    """The branch's printer in use of this id or name. Raises Refused `unknown_printer`."""
    for printer in printers(db, branch_id):
        if which in (printer.id, printer.name):
            return printer
    raise Refused("unknown_printer")


def remove_printer(store: Store, actor: Actor, which: Which) -> None:
    """Take a printer out of use; jobs still waiting for it are ended as failed.

    The oldest of the others becomes the default; an agent that had it must be paired anew.
    Raises Refused `unknown_printer`.
    """
    with store.change(actor.branch_id) as change:
        gone = find_printer(change.db, actor.branch_id, which)
        # whoever takes over from it prints what waits for it; the rest is ended
        change.db.execute("UPDATE printer SET trouble = 'removed' WHERE id = ?", (gone.id,))
        _hand_over(change)
        change.db.execute("UPDATE printer SET active = 0, is_default = 0 WHERE id = ?", (gone.id,))
        change.db.execute("UPDATE printer SET fallback_id = NULL WHERE fallback_id = ?", (gone.id,))
        _drop_waiting(change, gone.id)
        if gone.agent_id is not None:
            change.db.execute(
                "UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                (change.at_text, gone.agent_id),
            )
            change.record("device_revoked", actor, data={"device": gone.agent_id})
        left = [one.id for one in printers(change.db, actor.branch_id)]
        if gone.is_default and left:
            change.db.execute("UPDATE printer SET is_default = 1 WHERE id = ?", (min(left),))
        change.record("printer_removed", actor, data={"printer": gone.id})


def _drop_waiting(change: Change, printer_id: int) -> None:
    # lost_jobs builds on this module
    from queueing.store.lost_jobs import drop

    rows = change.db.execute(
        "SELECT id, ticket_id, copy FROM print_job WHERE printer_id = ?"
        " AND state IN ('queued', 'claimed', 'sending') AND state = 'queued'",
        (printer_id,),
    ).fetchall()
    for row in rows:
        drop(change, row)


def make_default(store: Store, actor: Actor, which: Which) -> None:
    """Let a printer be the branch's default. Raises Refused `unknown_printer`."""
    with store.change(actor.branch_id) as change:
        chosen = find_printer(change.db, actor.branch_id, which)
        change.db.execute(
            "UPDATE printer SET is_default = 0 WHERE branch_id = ?", (actor.branch_id,)
        )
        change.db.execute("UPDATE printer SET is_default = 1 WHERE id = ?", (chosen.id,))
        change.record("printer_changed", actor, data={"printer": chosen.id})


def set_fallback(store: Store, actor: Actor, which: Which, fallback: Which | None) -> None:
    """Say which printer takes over while this one is in trouble; None is none.

    Raises Refused `unknown_printer`, or `fallback_itself`.
    """
    with store.change(actor.branch_id) as change:
        one = find_printer(change.db, actor.branch_id, which)
        other = None if fallback is None else find_printer(change.db, actor.branch_id, fallback)
        if other is not None and other.id == one.id:
            raise Refused("fallback_itself")
        change.db.execute(
            "UPDATE printer SET fallback_id = ? WHERE id = ?",
            (None if other is None else other.id, one.id),
        )
        change.record("printer_changed", actor, data={"printer": one.id})
        _hand_over(change)


def set_roll(store: Store, actor: Actor, which: Which, metres: float | None) -> None:
    """Say how long a full roll is; None counts no paper.

    Raises Refused `unknown_printer` or `roll_invalid`.
    """
    if metres is not None and not 1 <= metres <= ROLL_METRES_MOST:
        raise Refused("roll_invalid", most=ROLL_METRES_MOST)
    with store.change(actor.branch_id) as change:
        one = find_printer(change.db, actor.branch_id, which)
        if one.roll_mm is None:
            # what came out before anybody counted says nothing of the roll that is in now
            change.db.execute(
                "UPDATE printer SET used_mm = 0, used_papers = 0 WHERE id = ?", (one.id,)
            )
        change.db.execute(
            "UPDATE printer SET roll_mm = ? WHERE id = ?",
            (None if metres is None else round(metres * 1000), one.id),
        )
        change.record("printer_changed", actor, data={"printer": one.id})


def new_roll(store: Store, actor: Actor, which: Which) -> None:
    """A full roll was put in: count from here. Raises Refused `unknown_printer`."""
    with store.change(actor.branch_id) as change:
        one = find_printer(change.db, actor.branch_id, which)
        put_in(change, one.id)
        change.record("paper_changed", actor, data={"printer": one.id})


def put_in(change: Change, printer_id: int) -> None:
    """Count a printer's paper from a full roll."""
    change.db.execute(
        "UPDATE printer SET used_mm = 0, used_papers = 0, near_end = 0, roll_at = ? WHERE id = ?",
        (change.at_text, printer_id),
    )
