"""Which ticket is next, and why: pure rules over the heads of the queues.

Three rules, chosen by the branch's setting `calling_policy`. All of them call first a parked
ticket whose promised time has come, and the counter's own services before those it only helps
with; they differ in how priority classes stand to one another:

- ``strict``: the higher class first, always.
- ``interleaved``: after one priority ticket a counter calls n ordinary ones before the next.
- ``accumulating``: a class earns credit b for each second of waiting (ordinary 1), and the
  largest credit goes first (accumulating priority queue; Kleinrock 1964, Stanford et al. 2014).

Within a class all are first come, first served.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

ORDINARY_CREDIT: Final = 1.0
USUAL_CREDIT: Final = 2.0


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
class Policy:
    """A branch's rule and what it needs to know.

    `ordinary` is the n of 1:n, `owed` how many ordinary tickets this counter still calls
    before the next priority one, `credits` the b of each rank.
    """

    name: str = "strict"
    ordinary: int = 3
    owed: int = 0
    credits: Mapping[int, float] = field(default_factory=dict)

    def credit(self, candidate: Candidate) -> float:
        """What a candidate's waiting has earned it, in seconds of ordinary waiting."""
        return self.rate(candidate.rank) * candidate.waited_s

    def rate(self, rank: int) -> float:
        """Credit that one second of waiting earns."""
        return ORDINARY_CREDIT if rank == 0 else self.credits.get(rank, USUAL_CREDIT)


@dataclass(frozen=True, slots=True)
class Choice:
    """The ticket to call, the reason as codes and numbers that `texts` words, and how many
    ordinary tickets the counter owes afterwards.
    """

    candidate: Candidate
    why: dict[str, object]
    owed: int = 0


STRICT: Final = Policy()


def choose(candidates: Sequence[Candidate], policy: Policy = STRICT) -> Choice | None:
    """The next ticket, or None when nobody can be called.

    The same candidates give the same choice, in whatever order they are handed over.
    """
    if not candidates:
        return None
    due = [one for one in candidates if one.due]
    if due:
        best = min(due, key=_first_come)
        return Choice(best, {"rule": "due", "waited_s": best.waited_s}, policy.owed)
    tier = min(one.tier for one in candidates)
    own = [one for one in candidates if one.tier == tier]
    if len(own) == 1:
        best = own[0]
        rule = "only" if len(candidates) == 1 else "own_service"
        why: dict[str, object] = {"rule": rule, "waited_s": best.waited_s}
        return Choice(best, why, _owed_after(best, policy))
    return _RULES[policy.name](own, policy)


def _first_come(candidate: Candidate) -> tuple[int, int]:
    return candidate.place, candidate.visit_id


def _owed_after(called: Candidate, policy: Policy) -> int:
    return policy.ordinary if called.rank else max(0, policy.owed - 1)


def _strict(own: Sequence[Candidate], policy: Policy) -> Choice:
    best = min(own, key=lambda one: (-one.rank, *_first_come(one)))
    passed = any(other.rank < best.rank for other in own)
    rule = "priority" if passed else "longest"
    why: dict[str, object] = {"rule": rule, "waited_s": best.waited_s}
    return Choice(best, why, _owed_after(best, policy))


def _interleaved(own: Sequence[Candidate], policy: Policy) -> Choice:
    privileged = [one for one in own if one.rank]
    ordinary = [one for one in own if not one.rank]
    if not privileged:
        return _strict(own, policy)
    # among several classes credit decides, or the lower of them might never have its turn
    first = _accumulating(privileged, policy)
    if not ordinary:
        return first
    if policy.owed <= 0:
        best = first.candidate
        why: dict[str, object] = {"rule": "turn", "n": policy.ordinary, "waited_s": best.waited_s}
    else:
        best = min(ordinary, key=_first_come)
        why = {"rule": "turn_ordinary", "left": policy.owed, "waited_s": best.waited_s}
    return Choice(best, why, _owed_after(best, policy))


def _accumulating(own: Sequence[Candidate], policy: Policy) -> Choice:
    ordered = sorted(own, key=lambda one: (-policy.credit(one), -one.rank, *_first_come(one)))
    best = ordered[0]
    other = next((one for one in ordered if one.rank != best.rank), None)
    why: dict[str, object] = {"rule": "longest", "waited_s": best.waited_s}
    if other is not None:
        why = {
            "rule": "credit",
            "b": policy.rate(best.rank),
            "waited_s": best.waited_s,
            "over_b": policy.rate(other.rank),
            "over_s": other.waited_s,
        }
    return Choice(best, why, _owed_after(best, policy))


_RULES: Final[dict[str, Callable[[Sequence[Candidate], Policy], Choice]]] = {
    "strict": _strict,
    "interleaved": _interleaved,
    "accumulating": _accumulating,
}
