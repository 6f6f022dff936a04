"""A process of its own that writes to a branch's file: `python -m tests.support.writer`."""

import contextlib
import sys
from pathlib import Path

from queueing.operations import Operations
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store import Store


def issue(store: Store, times: int) -> None:
    """Give out numbers and print each label on a line."""
    operations = Operations(store)
    kiosk = Actor(1, Role.KIOSK, device_id=1)
    for _ in range(times):
        sys.stdout.write(operations.issue(kiosk, "ho-tich").ticket.label + "\n")


def call(store: Store, officer: int, counter: int) -> None:
    """Call at a counter until nobody waits and print each label on a line."""
    operations = Operations(store)
    actor = Actor(1, Role.OFFICER, officer_id=officer)
    operations.open(actor, counter)
    while (called := operations.call_next(actor, counter)) is not None:
        sys.stdout.write(called.ticket.label + "\n")
    with contextlib.suppress(Refused):  # a counter that called nobody has nothing to finish
        operations.finish(actor, counter)


def main() -> None:
    """Run one of the two: FOLDER issue TIMES, or FOLDER call OFFICER COUNTER."""
    store = Store(Path(sys.argv[1]))
    if sys.argv[2] == "issue":
        issue(store, int(sys.argv[3]))
    else:
        call(store, int(sys.argv[3]), int(sys.argv[4]))


if __name__ == "__main__":
    main()
