"""What an officer can choose from: where a ticket can go now, and the priority classes."""

from __future__ import annotations

from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store import branches, desk, queue
from staff.console import parts
from web.surface import Room


def choices(room: Room, actor: Actor, number: int) -> dict[str, object]:
    """The open services, counters and classes as seen from a counter.

    Raises Refused `unknown_counter`.
    """
    with room.store.reading() as db:
        everyone = desk.counters(db, actor.branch_id)
        if number not in {one.number for one in everyone}:
            raise Refused("unknown_counter", counter=number)
        at_work = [one for one in everyone if one.state != "closed"]
        serves = {one.id: branches.services_of(db, one.id) for one in at_work}
        services = [
            {
                **parts.service_name(service),
                "paused": bool(service.paused),
                "waiting": queue.waiting_total(db, service.id),
                "counters": [
                    one.number
                    for one in at_work
                    if service.id in {served.id for served, _ in serves[one.id]}
                ],
            }
            for service in branches.services(db, actor.branch_id)
        ]
        others = [
            {
                "number": one.number,
                "name": one.name,
                "state": one.state,
                "reason": one.reason,
                "officer": parts.person(one.officer),
                "services": [service.code for service, _ in serves[one.id]],
            }
            for one in at_work
            if one.number != number
        ]
        classes = [parts.class_name(one) for one in branches.classes(db, actor.branch_id)]
    return {"services": services, "counters": others, "priorities": classes}
