"""The list of counters, from which an officer chooses a place."""

from __future__ import annotations

from queueing.people import Actor
from queueing.store import desk
from staff.console.parts import is_mine, person
from web.surface import Room


def counter_list(room: Room, actor: Actor) -> dict[str, object]:
    """Every counter with who sits there, and the numbers of those that the actor holds."""
    with room.store.reading() as db:
        served = desk.served_by_counter(db, actor.branch_id)
        items = [
            {
                "number": line.number,
                "name": line.name,
                "zone": line.zone,
                "state": line.state,
                "since": line.since,
                "officer": person(line.officer),
                "mine": is_mine(actor, line),
                "ticket": None if line.ticket is None else line.ticket[1],
                "services": served.get(line.id, []),
            }
            for line in desk.counters(db, actor.branch_id)
        ]
        return {"items": items, "held": desk.held_by(db, actor)}
