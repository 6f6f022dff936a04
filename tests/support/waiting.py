"""Waiting for a condition with a deadline, instead of sleeping and hoping."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def eventually(
    look: Callable[[], Found], *, within_s: float = 10.0, every_s: float = 0.02, why: str = ""
) -> Found:
    """Call `look` until it answers something true, and return that.

    Raises AssertionError with `why` and the last answer when the deadline passes.
    """
    deadline = time.monotonic() + within_s
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within_s:g} s: {why or look!r}; last: {found!r}")
        time.sleep(every_s)
    return found
