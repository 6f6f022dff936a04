"""One transaction in which current state and its history are written together."""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from queueing.clock import iso, parse_iso
from queueing.people import Actor
from queueing.settings import Rules
from queueing.store import branches
from queueing.store.rows import Branch, Counter, Row, Ticket, Visit
from queueing.tickets import State

R = TypeVar("R", bound=Row)

# A call or recall, or the taking back of one, must be on every board at once; so must what staff
# tell the waiting room.
URGENT_KINDS = frozenset(
    {"called", "recalled", "resumed", "undone", "notice_sent", "notice_withdrawn"}
)

# Written by nobody but the holder's token itself; the history must not know it.
_SECRET_FIELDS = frozenset({"token"})


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did, for those who show it."""

    branch_id: int
    seq: int
    urgent: bool
    tickets: frozenset[int] = frozenset()
    counters: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(slots=True)
class Facts:
    """What one `Change` has recorded so far."""

    urgent: bool = False
    tickets: set[int] = field(default_factory=set)
    counters: set[int] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)


def event_hash(
    prev: str, branch_id: int, branch_seq: int, kind: str, rest: tuple[object, ...]
) -> str:
    """SHA-256 over an event's fields and its predecessor's hash, as hexadecimal text.

    `rest` is (ticket, visit, counter, officer, device, at, data, request id).
    """
    text = json.dumps([prev, branch_id, branch_seq, kind, *rest], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Change:
    """A write in progress: rows are loaded, changed as objects, and `record`ed.

    `record` is the only way state changes: it updates the rows and appends the event that
    says so, with the fields before (`was`) and after (`set`), so that state can be replayed
    from history and a deed be taken back from it.
    """

    def __init__(self, db: sqlite3.Connection, branch: Branch, now: datetime) -> None:
        self.db = db
        self.branch = branch
        self.now = now
        self.request_id = secrets.token_hex(8)
        self.facts = Facts()
        self._loaded: dict[tuple[type[Row], int], tuple[Row, dict[str, Any]]] = {}
        self._rules: Rules | None = None
        self.day_checked = False
        self._saved = self._branch_values()
        self.at = now if branch.last_at is None else max(now, parse_iso(branch.last_at))
        self.at_text = iso(self.at)

    @property
    def rules(self) -> Rules:
        """The branch's settings, read once a change."""
        if self._rules is None:
            self._rules = branches.rules(self.db, self.branch.id)
        return self._rules

    def turn_clock_to_now(self) -> None:
        """Let the history's time follow the clock again, though it may step back."""
        self.at, self.at_text = self.now, iso(self.now)

    def next_deed(self) -> None:
        """Begin another deed in the same transaction: events bear a new request id."""
        self.request_id = secrets.token_hex(8)

    def ticket(self, ticket_id: int) -> Ticket:
        """The ticket with this id, the same object every time within the change."""
        return self._load(Ticket, ticket_id)

    def visit(self, visit_id: int) -> Visit:
        """The visit with this id, the same object every time within the change."""
        return self._load(Visit, visit_id)

    def counter(self, counter_id: int) -> Counter:
        """The counter with this id, the same object every time within the change."""
        return self._load(Counter, counter_id)

    def _load(self, kind: type[R], row_id: int) -> R:
        key = (kind, row_id)
        if key not in self._loaded:
            row = kind.one(self.db, "WHERE id = ?", row_id)
            if row is None:
                raise LookupError(f"no {kind.TABLE} {row_id}")
            self._loaded[key] = (row, row.image())
        found = self._loaded[key][0]
        assert isinstance(found, kind)
        return found

    def insert(self, row: Ticket | Visit) -> None:
        """Add a new ticket or visit; one without an id gets it. `record(..., new=...)` follows."""
        image = row.image()
        if row.id == 0:
            del image["id"]
        columns = ", ".join(image)
        marks = ", ".join("?" * len(image))
        sql = f"INSERT INTO {row.TABLE} ({columns}) VALUES ({marks}) RETURNING id"
        row.id = self.db.execute(sql, tuple(image.values())).fetchone()[0]
        self._loaded[(type(row), row.id)] = (row, row.image())
        if isinstance(row, Visit) and row.queued:
            self._load_by(row.service_id, row.rank, 1)

    def record(
        self,
        kind: str,
        actor: Actor,
        *,
        ticket: Ticket | None = None,
        visit: Visit | None = None,
        counter: Counter | None = None,
        new: tuple[Ticket | Visit, ...] = (),
        data: dict[str, object] | None = None,
    ) -> int:
        """Write the changed rows and their event in one; returns the branch's new seq.

        `data` may hold ids, codes and numbers only. Raises AssertionError if a row is no
        longer as it was read, which the write lock makes impossible.
        """
        if ticket is not None and visit is not None and ticket.visit_id == visit.id:
            visit.queued = int(ticket.state is State.WAITING and not visit.void)
        body: dict[str, object] = dict(data or {})
        if new:
            body["new"] = {row.TABLE: _public(row.image()) for row in new}
        if actor.token_id is not None:
            body["token"] = actor.token_id
        self._write(body, [row for row in (ticket, visit, counter) if row is not None])
        self._append(kind, actor, body, ticket, visit, counter)
        self._note(kind, ticket, counter)
        return self.branch.last_seq

    def _note(self, kind: str, ticket: Ticket | None, counter: Counter | None) -> None:
        self.facts.kinds.add(kind)
        self.facts.urgent = self.facts.urgent or kind in URGENT_KINDS
        if ticket is not None:
            self.facts.tickets.add(ticket.id)
        if counter is not None:
            self.facts.counters.add(counter.id)

    def _write(self, body: dict[str, object], rows: list[Ticket | Visit | Counter]) -> None:
        was: dict[str, dict[str, object]] = {}
        now: dict[str, dict[str, object]] = {}
        for row in rows:
            before = self._loaded[(type(row), row.id)][1]
            after = row.image()
            changed = [name for name, value in after.items() if value != before[name]]
            if not changed:
                continue
            self._update(row, before, after, changed)
            was[row.TABLE] = {name: before[name] for name in changed}
            now[row.TABLE] = {name: after[name] for name in changed}
            self._loaded[(type(row), row.id)] = (row, after)
        if now:
            body["was"], body["set"] = was, now

    def _update(
        self,
        row: Ticket | Visit | Counter,
        before: dict[str, Any],
        after: dict[str, Any],
        changed: list[str],
    ) -> None:
        assignments = ", ".join(f"{name} = ?" for name in changed)
        guard = " AND state = ?" if "state" in before else ""
        sql = f"UPDATE {row.TABLE} SET {assignments} WHERE id = ?{guard}"
        values = [after[name] for name in changed] + [row.id]
        if guard:
            values.append(before["state"])
        done = self.db.execute(sql, values).rowcount
        if done != 1:
            raise AssertionError(f"{row.TABLE} {row.id} changed under the write lock")
        if isinstance(row, Visit):
            if before["queued"]:
                self._load_by(before["service_id"], before["rank"], -1)
            if after["queued"]:
                self._load_by(after["service_id"], after["rank"], 1)

    def _load_by(self, service_id: int, rank: int, step: int) -> None:
        self.db.execute(
            "INSERT INTO queue_load (service_id, rank, waiting) VALUES (?, ?, ?)"
            " ON CONFLICT (service_id, rank) DO UPDATE SET waiting = waiting + ?",
            (service_id, rank, max(step, 0), step),
        )

    def _append(
        self,
        kind: str,
        actor: Actor,
        body: dict[str, object],
        ticket: Ticket | None,
        visit: Visit | None,
        counter: Counter | None,
    ) -> None:
        branch = self.branch
        branch.last_seq += 1
        branch.last_at = self.at_text
        rest = (
            ticket.id if ticket is not None else None,
            visit.id if visit is not None else None,
            counter.id if counter is not None else None,
            actor.officer_id,
            actor.device_id,
            self.at_text,
            json.dumps(body, separators=(",", ":")),
            self.request_id,
        )
        prev = branch.last_hash
        branch.last_hash = event_hash(prev, branch.id, branch.last_seq, kind, rest)
        self.db.execute(
            "INSERT INTO event (branch_id, branch_seq, kind, ticket_id, visit_id, counter_id,"
            " officer_id, device_id, at, data, request_id, prev_hash, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (branch.id, branch.last_seq, kind, *rest, prev, branch.last_hash),
        )

    def save_branch(self) -> None:
        """Write the branch's last seq, time, hash and day, if they are not written already."""
        values = self._branch_values()
        if values == self._saved:
            return
        self.db.execute(
            "UPDATE branch SET last_seq = ?, last_at = ?, last_hash = ?, day = ?, day_doubt = ?"
            " WHERE id = ?",
            (*values, self.branch.id),
        )
        self._saved = values

    def _branch_values(self) -> tuple[object, ...]:
        branch = self.branch
        return branch.last_seq, branch.last_at, branch.last_hash, branch.day, branch.day_doubt

    def committed(self) -> Committed:
        """The summary for those who are told after the commit."""
        facts = self.facts
        return Committed(
            self.branch.id,
            self.branch.last_seq,
            facts.urgent,
            frozenset(facts.tickets),
            frozenset(facts.counters),
            frozenset(facts.kinds),
        )


def _public(image: dict[str, Any]) -> dict[str, Any]:
    """What the history may know of a new row; empty fields go without saying."""
    return {n: v for n, v in image.items() if n not in _SECRET_FIELDS and v not in (None, 0)}
