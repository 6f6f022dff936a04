"""Ten supervisors who look on cost what one does, and never hold up a call."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import pairwise
from typing import Any

from staff.supervisor import PACE_S
from tests.support.door import Door, serving_door
from tests.support.office import Office
from tests.support.sockets import screen

LOOKING_ON = 10
CALLS = 20


def test_ten_supervisors_share_one_state_at_its_own_pace(
    office: Office, free_port: Callable[[], int]
) -> None:
    live = office.room.live
    surface = live._surfaces["overview"]
    built: list[float] = []

    def counted(*given: Any) -> dict[str, Any]:
        built.append(time.monotonic())
        return surface.build(*given)

    live.register("overview", build=counted, rooms=surface.rooms, pace_s=PACE_S)
    for _ in range(CALLS):
        office.issue()
    office.hoa.at(1, "open")
    head = {"Cookie": f"denluot_session={office.ha.secret}"}
    door = Door(office.app, office.room, office.clock)
    with serving_door(door, free_port()) as url, ExitStack() as stack:
        seen = [
            stack.enter_context(screen(url, {"surface": "overview"}, **head))
            for _ in range(LOOKING_ON)
        ]
        for one in seen:
            one.wait(lambda one=one: one.states("overview"), "the first state")  # type: ignore[misc]
        built.clear()
        began = time.monotonic()
        for _ in range(CALLS):
            office.hoa.at(1, "call-next")
        last = office.room.store.last_seq(1)
        for one in seen:
            one.wait(lambda one=one: one.states("overview")[-1]["seq"] == last, "the last call")  # type: ignore[misc]
        took = time.monotonic() - began
        # one at once, one at each pace, never one for each call or for each who looks on
        assert len(built) <= took / PACE_S + 2
        assert all(b - a >= PACE_S * 0.9 for a, b in pairwise(built))
