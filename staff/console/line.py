"""Who comes next at a counter, by the branch's own calling rule."""

from __future__ import annotations

import sqlite3
from collections import deque

from queueing.calling import Candidate, Policy, choose
from queueing.clock import milliseconds_between
from queueing.settings import Rules
from queueing.store import desk, queue
from queueing.store.desk import CounterLine, Waiting
from queueing.store.queue import Seat
from queueing.store.rows import Service


def policy_at(db: sqlite3.Connection, rules: Rules, here: CounterLine) -> Policy:
    """The branch's calling rule as it stands at this counter."""
    return queue.policy(db, rules, here.branch_id, here.owed)


def next_up(
    db: sqlite3.Connection,
    seat: Seat,
    tiers: list[tuple[Service, int]],
    policy: Policy,
    at: str,
) -> dict[str, object] | None:
    """Whom a call would bring now, and why; None when nobody can be called."""
    choice = choose(queue.candidates(db, seat, tiers, at), policy)
    if choice is None:
        return None
    codes = {service.id: service.code for service, _ in tiers}
    found = choice.candidate
    return {
        "number": found.label,
        "service": codes[desk.service_of(db, found.visit_id)],
        "why_rule": choice.why["rule"],
        "why_facts": choice.why,
    }


def in_order(
    db: sqlite3.Connection, seat: Seat, policy: Policy, at: str, limit: int
) -> list[Waiting]:
    """Those who wait, as they would be called if nobody came and no time passed."""
    if policy.name == "strict":
        return desk.waiting(db, seat, limit)
    lines: dict[tuple[str, int], deque[Waiting]] = {}
    for one in desk.heads(db, seat, limit):
        lines.setdefault((one.service, one.rank), deque()).append(one)
    ordered: list[Waiting] = []
    while lines and len(ordered) < limit:
        first = {line[0].visit_id: key for key, line in lines.items()}
        choice = choose([_candidate(line[0], at) for line in lines.values()], policy)
        assert choice is not None, "there are lines"
        policy = Policy(policy.name, policy.ordinary, choice.owed, policy.credits)
        key = first[choice.candidate.visit_id]
        ordered.append(lines[key].popleft())
        if not lines[key]:
            del lines[key]
    return ordered


def _candidate(one: Waiting, at: str) -> Candidate:
    waited = milliseconds_between(one.turn_from, at) // 1000
    return Candidate(one.visit_id, one.ticket_id, one.label, one.tier, one.rank, one.place, waited)
