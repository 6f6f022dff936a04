"""A branch that lives a while: people come, officers press whatever they like."""

from __future__ import annotations

import random

from queueing.refusals import Refused
from tests.support.branch import House, clock


def live_a_while(house: House, seed: int, deeds: int = 600) -> None:
    """Let people come and officers press whatever they like; what is refused is refused."""
    chance = random.Random(seed)
    do, desks = house.operations, {1: house.hoa, 2: house.nam}
    for number, officer in desks.items():
        do.open(officer, number)
    for _ in range(deeds):
        clock(house).forward(seconds=chance.choice((3, 8, 20, 61, 300)))
        number = chance.choice((1, 2))
        officer = desks[number]
        label = f"A{chance.randint(1, 30):03d}"
        chosen = chance.choice(
            (
                lambda: house.issue(chance.choice(("ho-tich", "ho-tich", "dat-dai"))),
                house.issue,
                lambda: do.call_next(officer, number),  # noqa: B023
                lambda: do.call_next(officer, number),  # noqa: B023
                lambda: do.call(officer, number, label),  # noqa: B023
                lambda: do.recall(officer, number),  # noqa: B023
                lambda: do.start(officer, number),  # noqa: B023
                lambda: do.finish(officer, number),  # noqa: B023
                lambda: do.finish(officer, number, next_service="ho-tich"),  # noqa: B023
                lambda: do.no_show(officer, number),  # noqa: B023
                lambda: do.park(officer, number),  # noqa: B023
                lambda: do.resume(officer, number, label, present=True),  # noqa: B023
                lambda: do.transfer(officer, number, service="dat-dai"),  # noqa: B023
                lambda: do.undo(officer, number),  # noqa: B023
                lambda: do.cancel(officer, house.ticket(label).id),  # noqa: B023
                lambda: do.postpone(officer, house.ticket(label).id, 2),  # noqa: B023
            )
        )
        try:
            chosen()
        except (Refused, AssertionError):
            # not legal now, or no such number yet: nothing happened
            continue
