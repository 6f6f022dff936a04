"""The queue: who waits where, in which order, and how fast it moves."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from queueing.calling import Candidate, Policy
from queueing.clock import milliseconds_between
from queueing.settings import Rules
from queueing.store import branches
from queueing.store.rows import Service, Visit
from queueing.waiting import Pace, pace_of

# Places are event numbers spread out, so that a returned ticket fits between two others.
PLACE_STEP = 2**20
PACE_SAMPLE = 50


def next_number(db: sqlite3.Connection, branch_id: int, day: str, prefix: str) -> int:
    """Take a series' next number, inside the caller's write transaction.

    One statement does it, so that not even two processes can read the same last number.
    """
    found = db.execute(
        "INSERT INTO series (branch_id, day, prefix, last) VALUES (?, ?, ?, 1)"
        " ON CONFLICT (branch_id, day, prefix) DO UPDATE SET last = last + 1 RETURNING last",
        (branch_id, day, prefix),
    ).fetchone()
    return int(found[0])


def waiting_by_rank(db: sqlite3.Connection, service_id: int) -> dict[int, int]:
    """How many wait for a service, by rank; its cost does not grow with the queue."""
    rows = db.execute(
        "SELECT rank, waiting FROM queue_load WHERE service_id = ? AND waiting > 0", (service_id,)
    )
    return dict(rows.fetchall())


def waiting_total(db: sqlite3.Connection, service_id: int) -> int:
    """How many wait for a service in all."""
    return sum(waiting_by_rank(db, service_id).values())


def ahead_at_end(db: sqlite3.Connection, service_id: int, rank: int) -> int:
    """How many would be called before one who joins the end of a rank now."""
    return sum(n for of, n in waiting_by_rank(db, service_id).items() if of >= rank)


def ahead_of(db: sqlite3.Connection, visit: Visit) -> int:
    """How many wait before a waiting visit: all of higher ranks, and those before it in its own."""
    higher = sum(n for of, n in waiting_by_rank(db, visit.service_id).items() if of > visit.rank)
    before = db.execute(
        "SELECT count(*) FROM visit WHERE service_id = ? AND rank = ? AND queued = 1"
        " AND (place < ? OR (place = ? AND id < ?))",
        (visit.service_id, visit.rank, visit.place, visit.place, visit.id),
    ).fetchone()[0]
    return higher + int(before)


def end_place(seq: int) -> int:
    """The place of one who joins the end with the event of this number."""
    return seq * PLACE_STEP


def place_behind(
    db: sqlite3.Connection, visit: Visit, places: int, seq: int, *, from_head: bool = False
) -> int:
    """A place behind the next `places` who wait after `visit`'s own place in its rank.

    With `from_head` they are counted from the head of the queue. Where fewer wait, it is the
    end, as taken by the event numbered `seq`.
    """
    behind = db.execute(
        "SELECT place FROM visit WHERE service_id = ? AND rank = ? AND queued = 1"
        " AND id <> ? AND place >= ? ORDER BY place, id LIMIT 2 OFFSET ?",
        (visit.service_id, visit.rank, visit.id, 0 if from_head else visit.place, places - 1),
    ).fetchall()
    if len(behind) < 2:
        return end_place(seq)
    return int(behind[0][0] + behind[1][0] + 1) // 2


# A ticket sent to one counter or officer waits for them alone, but only while they are at
# work and serve it: otherwise nobody could ever call it.
_AT_WORK = (
    " (SELECT 1 FROM counter o JOIN counter_service w ON w.counter_id = o.id"
    " AND w.service_id = v.service_id WHERE o.state <> 'closed' AND o.branch_id = v.branch_id"
)
CALLABLE_FROM = (
    " AND (v.only_counter_id IS NULL OR v.only_counter_id = :counter OR NOT EXISTS"
    + _AT_WORK
    + " AND o.id = v.only_counter_id))"
    " AND (v.only_officer_id IS NULL OR v.only_officer_id = :officer OR NOT EXISTS"
    + _AT_WORK
    + " AND o.officer_id = v.only_officer_id))"
)


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose calls are being chosen: tickets kept for another counter or officer stay away."""

    counter_id: int
    officer_id: int | None


def policy(db: sqlite3.Connection, rules: Rules, branch_id: int, owed: int) -> Policy:
    """The branch's calling rule at a counter that owes so many ordinary tickets."""
    name = rules.text("calling_policy")
    if name == "strict":
        return Policy(owed=owed, ordinary=0)
    rates = {group.rank: group.credit for group in reversed(branches.classes(db, branch_id))}
    return Policy(name, rules.integer("interleave_ordinary"), owed, rates)


def candidates(
    db: sqlite3.Connection, seat: Seat, tiers: list[tuple[Service, int]], at: str
) -> list[Candidate]:
    """The heads of every queue a counter serves, and parked tickets whose time has come.

    Only the first of each (service, rank) can be next, so the cost does not grow with the
    number who wait.
    """
    found: list[Candidate] = []
    for service, tier in tiers:
        for rank in waiting_by_rank(db, service.id):
            head = db.execute(
                "SELECT v.id, v.ticket_id, t.label, v.place, v.turn_from FROM visit v"
                " JOIN ticket t ON t.id = v.ticket_id"
                " WHERE v.service_id = :service AND v.rank = :rank AND v.queued = 1"
                + CALLABLE_FROM
                + " ORDER BY v.place, v.id LIMIT 1",
                {
                    "service": service.id,
                    "rank": rank,
                    "counter": seat.counter_id,
                    "officer": seat.officer_id,
                },
            ).fetchone()
            if head is not None:
                found.append(_candidate(head, tier, rank, at, due=False))
        found += _due(db, seat, service, tier, at)
    return found


def _due(
    db: sqlite3.Connection, seat: Seat, service: Service, tier: int, at: str
) -> list[Candidate]:
    rows = db.execute(
        "SELECT v.id, v.ticket_id, t.label, v.place, v.parked_due, v.rank FROM visit v"
        " JOIN ticket t ON t.id = v.ticket_id"
        " WHERE v.branch_id = :branch AND v.parked_at IS NOT NULL AND v.service_id = :service"
        " AND v.parked_due <= :at" + CALLABLE_FROM + " ORDER BY v.parked_due, v.id LIMIT 1",
        {
            "branch": service.branch_id,
            "service": service.id,
            "at": at,
            "counter": seat.counter_id,
            "officer": seat.officer_id,
        },
    )
    return [_candidate(tuple(row)[:5], tier, row[5], at, due=True) for row in rows]


def _candidate(
    row: tuple[int, int, str, int, str], tier: int, rank: int, at: str, *, due: bool
) -> Candidate:
    visit_id, ticket_id, label, place, turn_from = row
    waited = milliseconds_between(turn_from, at) // 1000
    return Candidate(visit_id, ticket_id, label, tier, rank, place, waited, due)


def waiting_list(
    db: sqlite3.Connection, service_ids: list[int], limit: int
) -> list[tuple[int, int]]:
    """(ticket id, visit id) of those who wait for these services, higher ranks first."""
    marks = ", ".join("?" * len(service_ids))
    rows = db.execute(
        f"SELECT ticket_id, id FROM visit WHERE queued = 1 AND service_id IN ({marks})"
        " ORDER BY rank DESC, place, id LIMIT ?",
        (*service_ids, limit),
    )
    return [(row[0], row[1]) for row in rows]


def on_duty(db: sqlite3.Connection, service_id: int) -> tuple[int, int]:
    """(open counters that serve a service, those of them that hold no ticket)."""
    row = db.execute(
        "SELECT count(*), coalesce(sum(c.ticket_id IS NULL), 0) FROM counter_service s"
        " JOIN counter c ON c.id = s.counter_id"
        " WHERE s.service_id = ? AND c.state = 'open' AND c.active = 1",
        (service_id,),
    ).fetchone()
    return int(row[0]), int(row[1])


def pace(db: sqlite3.Connection, service_id: int) -> Pace:
    """How long the last visits of a service kept a counter, from at most 50 of them.

    Not those that the day's end found at a counter: nobody served until three in the night.
    """
    rows = db.execute(
        "SELECT handled_ms FROM visit INDEXED BY visit_pace"
        " WHERE service_id = ? AND ended_at IS NOT NULL AND started_at IS NOT NULL AND void = 0"
        " AND outcome <> 'expired' ORDER BY ended_at DESC LIMIT ?",
        (service_id, PACE_SAMPLE),
    )
    return pace_of([row[0] / 1000 for row in rows])


def pace_marks(db: sqlite3.Connection, branch_id: int) -> list[tuple[int, int]]:
    """(service id, mark) of every active service; a mark moves with each finish and its undo."""
    rows = db.execute(
        "SELECT id, pace_mark FROM service WHERE branch_id = ? AND active = 1", (branch_id,)
    )
    return [(row[0], row[1]) for row in rows]


def move_pace_mark(db: sqlite3.Connection, service_id: int) -> None:
    """Say that a service's finished visits have changed."""
    db.execute("UPDATE service SET pace_mark = pace_mark + 1 WHERE id = ?", (service_id,))
