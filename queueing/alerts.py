"""What a supervisor should look at: alerts, worked out from the state.

An alert's key names the occasion, not only the kind: it stays the same while the matter goes on
and is another one when the matter comes back, so that an alert that was seen stays seen and
yet returns when it recurs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from queueing.clock import iso


@dataclass(frozen=True, slots=True)
class Alert:
    """One matter: when it began, the facts that its words need, and whether it is urgent."""

    key: str
    kind: str
    since: str
    urgent: bool = False
    facts: dict[str, object] = field(default_factory=dict)


class Stretch(NamedTuple):
    """One person's wait: from when to when; None while it goes on."""

    begins: datetime
    ends: datetime | None


def over_since(stretches: Iterable[Stretch], target: timedelta, now: datetime) -> datetime | None:
    """Since when, without a break, somebody or other has waited longer than the target.

    None when nobody does now. It is the beginning of the alert: however the people change, the
    matter is one until nobody is over the target.
    """
    over = sorted(
        (one.begins + target, now if one.ends is None else one.ends)
        for one in stretches
        if (now if one.ends is None else one.ends) > one.begins + target
    )
    begins = ends = None
    for start, end in over:
        if begins is None or ends is None or start > ends:
            begins, ends = start, end
        else:
            ends = max(ends, end)
    return begins if ends is not None and ends >= now else None


def long_wait(service: str, since: datetime, people: int, longest_s: int, number: str) -> Alert:
    """People wait longer than the branch's target; `number` is who waits longest."""
    facts: dict[str, object] = {
        "service": service,
        "people": people,
        "longest_s": longest_s,
        "number": number,
    }
    return Alert(f"wait:{service}:{iso(since)}", "wait", iso(since), facts=facts)


def long_service(counter: int, visit_id: int, number: str, since: str, target_s: int) -> Alert:
    """A ticket is being served longer than its service's target."""
    facts: dict[str, object] = {"counter": counter, "number": number, "target_s": target_s}
    return Alert(f"serve:{visit_id}", "serve", since, facts=facts)


def nobody_serves(service: str, ticket_id: int, since: str, people: int) -> Alert:
    """People wait for a service that no open counter serves; the first of them names it."""
    facts: dict[str, object] = {"service": service, "people": people}
    return Alert(f"unserved:{service}:{ticket_id}", "unserved", since, True, facts)


def printer_trouble(
    printer_id: int, name: str, cause: str, since: str, waiting: int, taker: str | None
) -> Alert:
    """A printer does not print; since when names the occasion. `taker` prints in its place."""
    facts: dict[str, object] = {
        "printer": name,
        "cause": cause,
        "waiting": waiting,
        "taker": taker,
    }
    return Alert(f"printer:{printer_id}:{cause}:{since}", "printer", since, taker is None, facts)


def paper_low(printer_id: int, name: str, left: int | None, roll_at: str | None, now: str) -> Alert:
    """A roll is near its end; the roll names the occasion. `left` slips about, if counted."""
    facts: dict[str, object] = {"printer": name, "left": left}
    return Alert(f"low:{printer_id}:{roll_at or ''}", "low", roll_at or now, facts=facts)


def lost_papers(name: str, numbers: Sequence[str], newest: int, since: str) -> Alert:
    """Papers that nobody may hold; a further one is a further matter."""
    facts: dict[str, object] = {"printer": name, "people": len(numbers), "numbers": numbers[:5]}
    return Alert(f"paper:{newest}", "paper", since, facts=facts)


def screen_silent(device_id: int, name: str, kind: str, seen_at: str) -> Alert:
    """A screen that was connected is no longer; when it was last seen names the occasion."""
    facts: dict[str, object] = {"device": name, "device_kind": kind}
    return Alert(f"device:{device_id}:{seen_at}", "device", seen_at, facts=facts)


def board_mute(device_id: int, name: str, state: str, since: str) -> Alert:
    """A board that should speak is not heard, and no other in its room; since when names it."""
    return Alert(
        f"sound:{device_id}:{since}", "sound", since, facts={"device": name, "state": state}
    )


def day_in_doubt(doubt: str, day: str, since: str) -> Alert:
    """The clock may be wrong, and nothing expires until somebody says that it is right."""
    return Alert(f"day:{doubt}:{day}", "day", since, True, {"doubt": doubt})
