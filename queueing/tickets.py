"""Tickets and visits: their states, and the one table of legal steps."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a ticket is in its life."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OPEN_STATES: Final = frozenset({State.WAITING, State.CALLED, State.SERVING, State.PARKED})
AT_COUNTER: Final = frozenset({State.CALLED, State.SERVING})


class Deed(StrEnum):
    """What may be done with a ticket. The values are the words of the API's paths."""

    ISSUE = "issue"
    CALL_NEXT = "call-next"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no-show"
    PARK = "park"
    RESUME = "resume"
    TRANSFER = "transfer"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    REJOIN = "rejoin"
    PRIORITY = "priority"
    EXPIRE = "expire"


class Outcome(StrEnum):
    """How a visit ended. The first five are an officer's to choose."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    REFUSED = "refused"
    RETURNED = "returned"
    GUIDED = "guided"
    NO_SHOW = "no_show"
    LEFT = "left"
    TRANSFERRED = "transferred"
    EXPIRED = "expired"


CHOSEN_OUTCOMES: Final = (
    Outcome.RECEIVED,
    Outcome.SUPPLEMENT,
    Outcome.REFUSED,
    Outcome.RETURNED,
    Outcome.GUIDED,
)

_W, _C, _S, _P = State.WAITING, State.CALLED, State.SERVING, State.PARKED

# The only truth about legal steps: deed -> {state found: states it may lead to}. Where a deed
# may lead to two states, the branch's rule or the caller's wish decides between them.
TRANSITIONS: Final[dict[Deed, dict[State, frozenset[State]]]] = {
    Deed.CALL_NEXT: {_W: frozenset({_C}), _P: frozenset({_C})},
    Deed.CALL: {
        _W: frozenset({_C}),
        _P: frozenset({_C}),
        State.NO_SHOW: frozenset({_C}),
    },
    Deed.RECALL: {_C: frozenset({_C})},
    Deed.START: {_C: frozenset({_S})},
    Deed.FINISH: {
        _S: frozenset({State.FINISHED, _W}),
        _C: frozenset({State.FINISHED, _W}),
    },
    Deed.NO_SHOW: {_C: frozenset({State.NO_SHOW, _W})},
    Deed.PARK: {_C: frozenset({_P}), _S: frozenset({_P})},
    Deed.RESUME: {_P: frozenset({_C, _S})},
    Deed.TRANSFER: dict.fromkeys((_W, _C, _S, _P), frozenset({_W})),
    Deed.POSTPONE: {_W: frozenset({_W}), _C: frozenset({_W})},
    Deed.CANCEL: dict.fromkeys((_W, _C, _P), frozenset({State.CANCELLED})),
    Deed.REJOIN: {State.NO_SHOW: frozenset({_W})},
    Deed.PRIORITY: {state: frozenset({state}) for state in (_W, _C, _P)},
    Deed.EXPIRE: dict.fromkeys((_W, _C, _S, _P), frozenset({State.EXPIRED})),
}


def may(deed: Deed, state: State) -> bool:
    """True when the table lets this deed be done to a ticket found in this state."""
    return state in TRANSITIONS.get(deed, {})


def allowed_deeds(state: State) -> tuple[Deed, ...]:
    """The deeds the table allows from a state, in the table's order."""
    return tuple(deed for deed, steps in TRANSITIONS.items() if state in steps)
