"""Proof that nothing was tampered with: the hash chain, and state compared with history."""

from __future__ import annotations

import contextlib
import heapq
import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from queueing.events import first_broken_link, replay
from queueing.store.rows import Branch, Counter, Event, Ticket, Visit


@dataclass(frozen=True, slots=True)
class Chain:
    """What checking the hash chain found. `broken_at` is the branch_seq of the first event that
    does not follow from the one before; `why` is ``link``, ``start`` (the oldest events are
    gone and no checkpoint says so), ``end`` (the newest are gone) or None.
    """

    events: int
    why: str | None = None
    broken_at: int | None = None

    @property
    def whole(self) -> bool:
        """True when nothing was changed, put in or taken out."""
        return self.why is None


def verify_chain(db: sqlite3.Connection, branch_id: int) -> Chain:
    """Follow the hash chain of a branch from its oldest event to its newest, one at a time."""
    branch = Branch.one(db, "WHERE id = ?", branch_id)
    rows = db.execute(Event.select("WHERE branch_id = ? ORDER BY branch_seq"), (branch_id,))
    seen = _Seen()
    events = seen.watch(Event(*row) for row in rows)
    first = next(events, None)
    start = "" if first is None else first.prev_hash
    if first is not None:
        broken = first_broken_link(itertools.chain([first], events), start)
        if broken is not None:
            return Chain(seen.count, "link", broken.branch_seq)
    if start and start not in seen.checkpoints:
        return Chain(seen.count, "start", None if first is None else first.branch_seq)
    if branch is not None and (branch.last_seq, branch.last_hash) != (seen.seq, seen.hash):
        return Chain(seen.count, "end", seen.seq)
    return Chain(seen.count)


class _Seen:
    """Keeps of a stream of events what the check needs at its end."""

    def __init__(self) -> None:
        self.count = self.seq = 0
        self.hash = ""
        self.checkpoints: set[str] = set()

    def watch(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            self.count, self.seq, self.hash = self.count + 1, event.branch_seq, event.hash
            if event.kind == "checkpoint":
                # a tampered one need not be JSON; the link after it shows that
                with contextlib.suppress(ValueError, AttributeError):
                    self.checkpoints.add(str(json.loads(event.data).get("last_hash")))
            yield event


class Difference(NamedTuple):
    """A field in which a row is not what its events say: what the row holds, what they tell."""

    table: str
    id: int
    field: str
    row: object
    history: object


# What of a counter the deeds change; the rest is the branch's description.
_PRESENCE: Final = ("state", "officer_id", "token_id", "since", "ticket_id", "owed", "reason")


def differences(db: sqlite3.Connection, branch_id: int) -> Iterator[Difference]:
    """Every field of tickets, visits and counters that a replay of the events gives otherwise.

    Tickets are gone through one by one, so that memory holds one ticket's history at a time.
    """
    tickets = Ticket.select("WHERE +branch_id = ? ORDER BY id")
    visits_ = Visit.select("WHERE +branch_id = ? ORDER BY ticket_id, id")
    events = Event.select(
        "INDEXED BY event_ticket WHERE ticket_id IS NOT NULL AND branch_id = ?"
        " ORDER BY ticket_id, seq"
    )
    streams = (
        (_Piece(row[0], 0, Ticket(*row)) for row in db.execute(tickets, (branch_id,))),
        (_Piece(row[2], 1, Visit(*row)) for row in db.execute(visits_, (branch_id,))),
        (_Piece(row[4], 2, Event(*row)) for row in db.execute(events, (branch_id,))),
    )
    merged = heapq.merge(*streams, key=lambda piece: piece[:2])
    for _, pieces in itertools.groupby(merged, key=lambda piece: piece.ticket_id):
        yield from _ticket_differences([piece.row for piece in pieces])
    yield from _counter_differences(db, branch_id)


class _Piece(NamedTuple):
    ticket_id: int
    order: int
    row: Ticket | Visit | Event


def _ticket_differences(rows: list[Ticket | Visit | Event]) -> Iterator[Difference]:
    told = replay(row for row in rows if isinstance(row, Event))
    for row in rows:
        if isinstance(row, Event):
            continue
        image = row.image()
        # the history must not know the holder's secret
        image.pop("token", None)
        yield from _compare(row.TABLE, row.id, image, told.pop((row.TABLE, row.id), {}))
    for (table, row_id), image in told.items():
        if table != Counter.TABLE:
            yield Difference(table, row_id, "id", None, image["id"])


def _counter_differences(db: sqlite3.Connection, branch_id: int) -> Iterator[Difference]:
    for counter in Counter.all(db, "WHERE branch_id = ? ORDER BY id", branch_id):
        told: dict[str, object] = {}
        sql = Event.select("WHERE counter_id = ? ORDER BY seq")
        for row in db.execute(sql, (counter.id,)):
            told.update(json.loads(Event(*row).data).get("set", {}).get(Counter.TABLE, {}))
        image = {name: getattr(counter, name) for name in _PRESENCE}
        yield from _compare(Counter.TABLE, counter.id, image, {"state": "closed"} | told)


def _compare(
    table: str, row_id: int, image: dict[str, Any], told: dict[str, Any]
) -> Iterator[Difference]:
    for name, value in image.items():
        # a field that no event has mentioned is empty
        if (value or None) != (told.get(name) or None):
            yield Difference(table, row_id, name, value, told.get(name))
