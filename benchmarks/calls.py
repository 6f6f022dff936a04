"""Calling: how many a second with every counter at it."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from statistics import median

from benchmarks.bench import Bench
from benchmarks.crew import crew
from benchmarks.figures import Table, times, verdict
from benchmarks.issue import HEADER, OLD_MOST

# for each service, so that no counter has nobody to call before a round is over
EACH = 900


def run(bench: Bench) -> list[Table]:
    """Measure call-next with and without old tickets."""
    scale = bench.scale
    table = Table("Calling the next, 6 counters", HEADER)
    rates: list[list[float]] = [[], []]
    took: list[list[int]] = [[], []]
    called: list[list[str]] = [[], []]
    faults: Counter[str] = Counter()
    with bench.pair() as houses, ExitStack() as stack:
        crews = [stack.enter_context(crew(one.port, one.callers())) for one in houses]
        for _ in range(scale.rounds):
            for n, (house, people) in enumerate(zip(houses, crews, strict=True)):
                house.queue(EACH if scale.rounds > 1 else 100)
                played = people.play("call", scale.round_s)
                rates[n].append(played.rate)
                took[n] += played.took
                called[n] += played.numbers
                faults.update(played.faults)
    a, b = (median(one) for one in rates)
    slow = verdict(a / b <= OLD_MOST if b else False)
    table.add("calls/s", f"{a:.0f}", f"{b:.0f}", times(a, b), f"≤ {OLD_MOST} × slower", slow)
    twice = [len(numbers) - len(set(numbers)) for numbers in called]
    met = verdict(twice == [0, 0])
    table.add("numbers called twice", str(twice[0]), str(twice[1]), "", "0", met)
    table.add("unexpected answers", str(faults.total()), "", "", "0", verdict(not faults.total()))
    table.notes.append(
        "Each call also finishes the visit before it, in the same transaction and with an event"
        " of its own."
    )
    if faults:
        table.notes.append(f"Unexpected: {dict(faults)} (204: nobody was left to call).")
    return [table]
