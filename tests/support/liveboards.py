"""Small live surfaces for tests of the live line itself, and a served app that has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from queueing.clock import iso
from queueing.people import Actor, Role
from queueing.store import branches
from queueing.store.identity import Known
from tests.support.door import Door, open_door, serving_door
from tests.support.probe import probe
from web.audience import Wish
from web.surface import Room


def board(room: Room, branch_id: int, key: str) -> dict[str, Any]:
    """A state with nothing in it but what every state has, and its key."""
    with room.store.reading() as db:
        branch = branches.branch(db, branch_id)
        return {
            "epoch": room.store.epoch,
            "seq": branch.last_seq,
            "now": iso(room.store.clock()),
            "key": key,
            "name": "Điểm phục vụ",
        }


def board_rooms(room: Room, known: Known, wish: Wish) -> Sequence[str]:
    """A board sees its own zone, staff the one they ask for."""
    if known.actor.role is Role.BOARD:
        return (known.zone or "all",)
    return (wish.zone or "all",) if known.actor.is_staff else ()


def counter_rooms(room: Room, known: Known, wish: Wish) -> Sequence[str]:
    """The counters that an officer holds, or the one of them that was asked for."""
    with room.store.reading() as db:
        held = [
            str(counter.number)
            for counter in branches.counters(db, known.actor.branch_id)
            if counter.officer_id is not None and counter.officer_id == known.actor.officer_id
        ]
    return held if wish.counter is None else [one for one in held if one == str(wish.counter)]


def ticket_rooms(room: Room, known: Known, wish: Wish) -> Sequence[str]:
    """Its holder's ticket."""
    return (str(known.actor.ticket_id),) if known.actor.role is Role.HOLDER else ()


@contextmanager
def live_door(folder: Path, port: int, **config: Any) -> Iterator[tuple[Door, str]]:
    """A served app with a board, counters and tickets; the watch and the heartbeat are quick."""
    quick = {"watch_s": 0.2, "beat_s": 0.3, **config}
    door = open_door(folder, probe(), surfaces=(), **quick)
    door.room.live.register("board", build=board, rooms=board_rooms)
    door.room.live.register("counter", build=board, rooms=counter_rooms)
    door.room.live.register("ticket", build=board, rooms=ticket_rooms, pace_s=0.5)
    with serving_door(door, port) as url:
        yield door, url


def write(door: Door, kind: str = "configured") -> int:
    """One commit with this kind of event; returns its seq."""
    with door.room.store.change(1) as change:
        return change.record(kind, Actor(1, Role.SYSTEM))
