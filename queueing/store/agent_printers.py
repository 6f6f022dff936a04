"""Printers on other computers: which agent has which, and when it was last heard."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from queueing.clock import iso
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store.core import Store
from queueing.store.printer_setup import add_printer
from queueing.store.printers import Printer, printer_by_id

TRANSPORT = "agent"


def owner_of(actor: Actor) -> str:
    """The name under which an agent holds jobs; the same after it was started anew."""
    return f"agent:{actor.device_id}"


def printer_of_agent(db: sqlite3.Connection, device_id: int) -> int | None:
    """The id of the printer in use that this agent has; None before it has told of one."""
    row = db.execute(
        "SELECT id FROM printer WHERE agent_id = ? AND active = 1 ORDER BY id LIMIT 1",
        (device_id,),
    ).fetchone()
    return None if row is None else int(row[0])


def own_printer_of(store: Store, actor: Actor) -> Printer:
    """The printer of the agent that asks. Raises Refused `unknown_printer`."""
    with store.reading() as db:
        found = printer_of_agent(db, actor.device_id or 0)
        if found is None:
            raise Refused("unknown_printer")
        return printer_by_id(db, found)


def head(db: sqlite3.Connection, printer_id: int) -> int | None:
    """The id of the oldest paper that waits for a printer."""
    row = db.execute(
        "SELECT id FROM print_job WHERE printer_id = ?"
        " AND state IN ('queued', 'claimed', 'sending') ORDER BY id LIMIT 1",
        (printer_id,),
    ).fetchone()
    return None if row is None else int(row[0])


def last_heard(db: sqlite3.Connection, now: datetime) -> list[tuple[int, str | None]]:
    """Each printer of an agent that is still paired or no more, and when that was last heard.

    One that is sending a paper is not asked for a word: on a slow line that takes a minute.
    """
    rows = db.execute(
        "SELECT p.id, iif(d.revoked_at IS NULL, d.seen_at, NULL) FROM printer p"
        " LEFT JOIN device d ON d.id = p.agent_id WHERE p.transport = 'agent' AND p.active = 1"
        " AND NOT EXISTS (SELECT 1 FROM print_job j WHERE j.printer_id = p.id"
        " AND j.state = 'sending' AND j.lease_until > ?)",
        (iso(now),),
    )
    return [(int(row[0]), row[1]) for row in rows]


def introduce(
    store: Store, actor: Actor, *, name: str, address: str, width: int, cut: bool, profile: str
) -> Printer:
    """Take up what an agent says of its printer: a new one, or another in its place.

    `address` is how the printer is reached over there, for people to read. Raises Refused
    `name_invalid` or `address_invalid`.
    """
    with store.reading() as db:
        known = printer_of_agent(db, actor.device_id or 0)
    if known is None:
        return add_printer(
            store,
            actor,
            name=_free(store, actor.branch_id, name),
            transport=TRANSPORT,
            address=address,
            width=width,
            cut=cut,
            profile=profile,
            agent_id=actor.device_id,
        )
    with store.change(actor.branch_id) as change:
        before = printer_by_id(change.db, known)
        values = (address, width, int(cut), profile)
        if values != (before.address, before.width, int(before.cut), before.profile):
            change.db.execute(
                "UPDATE printer SET address = ?, width = ?, cut = ?, profile = ? WHERE id = ?",
                (*values, known),
            )
            change.record("printer_changed", actor, data={"printer": known})
        return printer_by_id(change.db, known)


def _free(store: Store, branch_id: int, name: str) -> str:
    """The agent's name, with a number where another printer has it already."""
    with store.reading() as db:
        taken = {
            row[0]
            for row in db.execute(
                "SELECT name FROM printer WHERE branch_id = ? AND active = 1", (branch_id,)
            )
        }
    found, count = name, 2
    while found in taken:
        found, count = f"{name} {count}", count + 1
    return found
