"""Whether the computers with printers are there: one that says nothing cannot print."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from queueing.clock import parse_iso
from queueing.store import agent_printers, printer_health
from web.surface import Room

# An agent tells how its printer is every ten seconds (printer.agent): three misses and a margin.
AWAY_AFTER: Final = timedelta(seconds=35)
LOOK_S: Final = 5.0
AWAY: Final = "agent_away"


def look(room: Room) -> None:
    """Note every printer whose agent has fallen silent; it says itself when it is back."""
    now = room.store.clock()
    with room.store.reading() as db:
        every = agent_printers.last_heard(db, now)
    for printer_id, heard in every:
        if heard is None or not timedelta(0) <= now - parse_iso(heard) <= AWAY_AFTER:
            printer_health.note(room.store, printer_id, AWAY, near_end=False)
