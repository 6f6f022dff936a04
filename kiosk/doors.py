"""Opening and closing by the clock: nothing is written then, but every screen must show it."""

from __future__ import annotations

from typing import Final

from queueing.store import Committed, branches
from web.surface import Room

LOOK_S: Final = 5.0


class Doors:
    """Remembers which branches were open, and has their states sent again when that changes."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._open: dict[int, bool] = {}

    def look(self) -> None:
        """Compare with the last look; the first one only remembers."""
        for branch_id in self._room.store.branch_ids():
            is_open, seq = self._read(branch_id)
            if self._open.get(branch_id, is_open) != is_open:
                nobody: frozenset[int] = frozenset()
                self._room.live.committed(
                    Committed(branch_id, seq, False, nobody, nobody, frozenset({"doors"}))
                )
            self._open[branch_id] = is_open

    def _read(self, branch_id: int) -> tuple[bool, int]:
        with self._room.store.reading() as db:
            branch = branches.branch(db, branch_id)
            hours = branches.hours(db, branch_id)
        return hours.is_open(self._room.store.clock(), branch.timezone), branch.last_seq


def set_up(room: Room) -> None:
    """Look at the clock in the serving process, first of all before any screen connects."""
    doors = Doors(room)
    room.on_serve.append(doors.look)
    room.live.every(LOOK_S, doors.look)
