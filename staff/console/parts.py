"""The pieces of a counter's state, each row put as the API gives it."""

from __future__ import annotations

from typing import Any, Final

from queueing.people import Actor
from queueing.settings import Rules
from queueing.store import desk
from queueing.store.desk import CounterLine
from queueing.store.rows import PriorityClass, Service
from queueing.tickets import Deed, State, may

Json = dict[str, Any]

# What an officer does with the ticket at the counter; the table says in which state.
AT_DESK: Final = (
    Deed.START,
    Deed.RECALL,
    Deed.FINISH,
    Deed.NO_SHOW,
    Deed.PARK,
    Deed.TRANSFER,
    Deed.CANCEL,
    Deed.PRIORITY,
)


def is_mine(actor: Actor, line: CounterLine) -> bool:
    """True when this actor is the one who opened the counter."""
    if actor.officer_id is not None:
        return line.officer is not None and line.officer[0] == actor.officer_id
    return actor.token_id is not None and line.token_id == actor.token_id


def allowed(
    counter: str,
    held: State | None,
    *,
    mine: bool,
    free: bool,
    clears: bool,
    parked: bool,
    recalls: bool,
) -> list[str]:
    """The deeds that are legal now at a counter in the state `counter` that holds `held`.

    `free`: the actor holds no other counter, or may hold several. `clears`: calling finishes
    what is still at the counter. `parked`: there is something to resume. `recalls`: the branch
    lets the ticket be called once more.
    """
    if not mine:
        return ["open"] if free else []
    if counter == "paused":
        return ["open", "close"]
    if held is None:
        resume = [str(Deed.RESUME)] if parked else []
        return [str(Deed.CALL_NEXT), str(Deed.CALL), *resume, "pause", "close"]
    found = [str(deed) for deed in AT_DESK if may(deed, held)]
    if not recalls and str(Deed.RECALL) in found:
        found.remove(str(Deed.RECALL))
    if may(Deed.FINISH, held):
        found.append("finish-and-call-next")
    if clears:
        found += [str(Deed.CALL_NEXT), str(Deed.CALL)] + ([str(Deed.RESUME)] if parked else [])
    return found


def person(officer: tuple[int, str] | None) -> Json | None:
    """An officer, as colleagues see them."""
    return None if officer is None else {"id": officer[0], "name": officer[1]}


def service_name(service: Service) -> Json:
    """A service, named."""
    return {
        "code": service.code,
        "prefix": service.prefix,
        "name": service.name,
        "name_en": service.name_en,
    }


def class_name(group: PriorityClass) -> Json:
    """A priority class, named."""
    return {"code": group.code, "name": group.name, "name_en": group.name_en}


def rules(found: Rules) -> Json:
    """What the branch has settled for its counters."""
    return {
        "call_next_finishes": found.flag("call_next_finishes"),
        "confirm_arrival": found.flag("confirm_arrival"),
        "recalls_most": found.integer("recalls_most"),
        "auto_call_seconds": found.integer("auto_call_seconds"),
        "calling_policy": found.text("calling_policy"),
    }


def waiting_row(one: desk.Waiting) -> Json:
    """One who waits."""
    return {
        "id": one.ticket_id,
        "number": one.label,
        "service": one.service,
        "priority": _named(one.priority),
        "enqueued_at": one.enqueued_at,
    }


def parked_row(one: desk.Parked) -> Json:
    """One who was set aside."""
    return {
        "id": one.ticket_id,
        "number": one.label,
        "service": one.service,
        "parked_at": one.parked_at,
        "due": one.due,
        "reason": one.reason,
    }


def _named(group: tuple[str, str, str] | None) -> Json | None:
    return None if group is None else dict(zip(("code", "name", "name_en"), group, strict=True))
