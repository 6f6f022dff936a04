"""Which ticket is next, and why: pure rules over the heads of the queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One ticket that could be called now: the head of a queue, or a parked one now due.

    `tier` is the counter's own order of services (1 first), `rank` the priority class's (0 is
    ordinary, higher goes first), `place` the order within a rank, `waited_s` the seconds
    since its turn began to count.
    """

    visit_id: int
    ticket_id: int
    label: str
    tier: int
    rank: int
    place: int
    waited_s: int
    due: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The ticket to call and the reason, as codes and numbers that `texts` words."""

    candidate: Candidate
    why: dict[str, object]


def choose(candidates: Sequence[Candidate]) -> Choice | None:
    """The next ticket under the strict rule, or None when nobody can be called.

    A parked ticket whose promised time has come is first; then the counter's own services
    before those it only helps with; then the higher priority class; then who came first.
    The same candidates give the same choice, in whatever order they are handed over.
    """
    if not candidates:
        return None
    ordered = sorted(candidates, key=_order)
    best, others = ordered[0], ordered[1:]
    return Choice(best, _why(best, others))


def _order(candidate: Candidate) -> tuple[bool, int, int, int, int]:
    return (
        not candidate.due,
        candidate.tier,
        -candidate.rank,
        candidate.place,
        candidate.visit_id,
    )


def _why(best: Candidate, others: Sequence[Candidate]) -> dict[str, object]:
    facts: dict[str, object] = {"waited_s": best.waited_s}
    if best.due:
        return {"rule": "due", **facts}
    passed_over = [other for other in others if other.tier == best.tier]
    if best.rank and any(other.rank < best.rank for other in passed_over):
        return {"rule": "priority", **facts}
    if any(other.tier > best.tier for other in others) and not passed_over:
        return {"rule": "own_service", **facts}
    if not others:
        return {"rule": "only", **facts}
    return {"rule": "longest", **facts}
