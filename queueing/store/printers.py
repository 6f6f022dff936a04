"""Adding printers and taking them out of use."""

from __future__ import annotations

from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store.core import Store
from queueing.store.jobs import Printer, printers

NAME_MOST = 60


def add_printer(
    store: Store,
    actor: Actor,
    *,
    name: str,
    transport: str,
    address: str,
    width: int,
    cut: bool = True,
) -> Printer:
    """Add a printer; the first one in use is the branch's default.

    Raises Refused `name_invalid` or `printer_name_taken`.
    """
    name = name.strip()
    if not 1 <= len(name) <= NAME_MOST or not name.isprintable():
        raise Refused("name_invalid", most=NAME_MOST)
    with store.change(actor.branch_id) as change:
        known = printers(change.db, actor.branch_id)
        if any(printer.name == name for printer in known):
            raise Refused("printer_name_taken", name=name)
        row = change.db.execute(
            "INSERT INTO printer (branch_id, name, transport, address, width, is_default, cut)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (actor.branch_id, name, transport, address, width, int(not known), int(cut)),
        ).fetchone()
        change.record("printer_added", actor, data={"printer": row[0]})
        return next(p for p in printers(change.db, actor.branch_id) if p.id == row[0])


def remove_printer(store: Store, actor: Actor, name: str) -> None:
    """Take a printer out of use; jobs still waiting for it are ended as failed.

    The oldest of the others becomes the default. Raises Refused `unknown_printer`.
    """
    with store.change(actor.branch_id) as change:
        known = printers(change.db, actor.branch_id)
        gone = next((printer for printer in known if printer.name == name), None)
        if gone is None:
            raise Refused("unknown_printer")
        change.db.execute("UPDATE printer SET active = 0, is_default = 0 WHERE id = ?", (gone.id,))
        change.db.execute(
            "UPDATE print_job SET state = 'failed', cause = 'removed', settled_at = ?"
            " WHERE printer_id = ? AND state = 'queued'",
            (change.at_text, gone.id),
        )
        left = [printer.id for printer in known if printer.id != gone.id]
        if gone.is_default and left:
            change.db.execute("UPDATE printer SET is_default = 1 WHERE id = ?", (min(left),))
        change.record("printer_removed", actor, data={"printer": gone.id})
