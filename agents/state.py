"""What a print agent is shown live: whether there is anything to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from queueing.clock import iso
from queueing.people import Role
from queueing.store import agent_printers, branches, printers
from queueing.store.identity import Known
from web.audience import Wish
from web.surface import Room

Json = dict[str, Any]


def build(room: Room, branch_id: int, key: str) -> Json:
    """The live state of the agent whose device has the id `key`."""
    with room.store.reading() as db:
        branch = branches.branch(db, branch_id)
        printer_id = agent_printers.printer_of_agent(db, int(key))
        found = None if printer_id is None else printers.printer_by_id(db, printer_id)
        return {
            "epoch": room.store.epoch,
            "seq": branch.last_seq,
            "now": iso(room.store.clock()),
            "printer": None if found is None else found.name,
            "head": None if found is None else agent_printers.head(db, found.id),
        }


def rooms(room: Room, known: Known, wish: Wish) -> Sequence[str]:
    """Each agent has a room of its own."""
    actor = known.actor
    if actor.role is not Role.AGENT or actor.device_id is None:
        return ()
    return (str(actor.device_id),)
