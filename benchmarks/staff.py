"""The counters at rush hour, supervisors who watch, and reports over three years meanwhile."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks.bench import Bench
from benchmarks.crew import Round, crew
from benchmarks.figures import Table, times, verdict
from benchmarks.house import COUNTERS, SERVICES, House
from benchmarks.issue import HEADER, OLD_MOST
from benchmarks.live import call, watching
from benchmarks.old import YEARS
from queueing.store import Store, report

WAITING = 500
SUPERVISORS = 10
# every counter presses at one moment, twice a second: far quicker than people serve
WAVES = 2.0
# a counter keeps its number for six of these: longer than overviews wait between two drawings
EVERY_S = 0.4
REPORT_MOST_S = 2.0
CALL = "call"
THREE_YEARS = "the report of three years"


@dataclass
class Rush:
    """What calling took, in nanoseconds, and what was called."""

    took: list[int] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, played: Round) -> None:
        """Count a round in."""
        self.took += played.took
        self.numbers += played.numbers
        self.faults.update(played.faults)

    def ms(self, share: float) -> float:
        """A percentile of the answer time in milliseconds."""
        return Round(1.0, self.took).ms(share)


def rush(bench: Bench, house: House, *, together: bool) -> Rush:
    """Six officers with 500 waiting: all at one moment again and again, or flat out."""
    found = Rush()
    with crew(house.port, house.callers()) as people:
        for _ in range(bench.scale.rounds):
            house.queue(round(WAITING / len(SERVICES)))
            # flat out they would soon have called everybody
            seconds = bench.scale.round_s * (2.0 if together else 0.3)
            rate = COUNTERS * WAVES if together else None
            found.add(people.play(CALL, seconds, rate, together=together))
    return found


def rushes(bench: Bench, house: House) -> dict[str, Rush]:
    """The same with nobody watching and with ten overviews."""
    found = {}
    for watched in (0, SUPERVISORS):
        over = f", {watched} supervisors watching" if watched else ""
        with watching(house, house.overviews(watched)) if watched else nullcontext():
            found[f"all six at one moment{over}"] = rush(bench, house, together=True)
            found[f"all six flat out{over}"] = rush(bench, house, together=False)
    return found


def calling(bench: Bench, houses: tuple[House, House]) -> Table:
    """How long an officer waits for the next number."""
    table = Table(f"Call next, six counters, {WAITING} waiting", HEADER)
    empty, old = (rushes(bench, house) for house in houses)
    for what, a in empty.items():
        b = old[what]
        for share in (0.5, 0.99):
            budget = f"≤ {OLD_MOST} ×" if share == 0.5 else ""
            slower = b.ms(share) / a.ms(share)
            table.add(
                f"{what}, p{share * 100:.0f}, ms",
                f"{a.ms(share):.1f}",
                f"{b.ms(share):.1f}",
                times(b.ms(share), a.ms(share)),
                budget,
                verdict(slower <= OLD_MOST if budget else None),
            )
    for house, found in zip(houses, (empty, old), strict=True):
        numbers = [number for one in found.values() for number in one.numbers]
        faults = sum((one.faults for one in found.values()), Counter[str]())
        twice = len(numbers) - len(set(numbers))
        table.notes.append(
            f"{house.name}: {len(numbers):,} called, {twice} of them twice,"
            f" {faults.total()} unexpected answers."
        )
    return table


def shown(bench: Bench, houses: tuple[House, House]) -> Table:
    """How soon ten overviews show a call."""
    table = Table(f"From the press to the last of {SUPERVISORS} overviews", HEADER)
    found = []
    for house in houses:
        house.queue(bench.scale.calls)
        with watching(house, house.overviews(SUPERVISORS)) as screens:
            found.append(call(house, screens, SUPERVISORS, bench.scale.calls, every_s=EVERY_S))
    empty, old = found
    for share in (0.5, 0.99):
        a, b = empty.p(share), old.p(share)
        table.add(f"p{share * 100:.0f}, ms", f"{a:.1f}", f"{b:.1f}", times(b, a))
    table.add("calls not seen everywhere", str(empty.incomplete), str(old.incomplete), "", "0")
    table.notes.append(
        "An overview is built at most once in 0.75 s, however much happens, so that calls never"
        " wait for it."
    )
    return table


@dataclass
class Fetched:
    """One answer: seconds to its first and last byte, and its size in bytes."""

    first_s: float
    whole_s: float
    size: int

    @property
    def cells(self) -> tuple[str, str, str]:
        """As a table shows it."""
        return f"{self.first_s:.2f}", f"{self.whole_s:.1f}", f"{self.size / 1e6:.1f}"


def fetch(house: House, path: str, over: threading.Event | None = None) -> Fetched:
    """Get something as a supervisor, until `over`. Raises RuntimeError when it is refused."""
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=600)
    begun = time.monotonic()
    line.request("GET", path, headers={"Authorization": f"Bearer {house.supervisor}"})
    answer = line.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    size = len(answer.read(1))
    first = time.monotonic() - begun
    while not (over and over.is_set()) and (piece := answer.read(1 << 16)):
        size += len(piece)
    line.close()
    return Fetched(first, time.monotonic() - begun, size)


@contextmanager
def fetching(house: House, path: str) -> Iterator[None]:
    """Get it again and again, from another thread, for as long as the block runs.

    What is not whole by then is broken off, as by a closed window.
    """
    over = threading.Event()

    def again() -> None:
        while not over.is_set():
            fetch(house, path, over)

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def forgotten(house: House, path: str) -> tuple[str, str, str]:
    """The same right after a restore of old data, say: the server has added up no month."""
    store = Store(house.file)
    with store.writing() as db:
        db.execute("DELETE FROM report_copy")
    store.close()
    return fetch(house, path).cells


def add_up(house: House) -> None:
    """Let every month that is over be added up, as the server does by and by when it is."""
    store = Store(house.file)
    while report.keep_next(store, 1):
        pass
    store.close()


def reports(bench: Bench, house: House) -> list[Table]:
    """What a supervisor asks of three years, and what calls feel of it."""
    today = datetime.now(UTC).date()
    start = (today - timedelta(days=YEARS * 365)).isoformat()
    last = (today - timedelta(days=4)).isoformat()
    span = f"from={start}&to={today.isoformat()}"
    asked = {
        "a day's report": (f"/api/v1/reports/day?from={last}&to={last}", REPORT_MOST_S),
        THREE_YEARS: (f"/api/v1/reports/day?{span}", REPORT_MOST_S),
        "the log's first page": (f"/api/v1/visits?{span}", REPORT_MOST_S),
        "all of the log as CSV": (f"/api/v1/visits?{span}&format=csv", None),
        "all of the log as a workbook": (f"/api/v1/visits?{span}&format=xlsx", None),
    }
    table = Table(
        f"Reports over {bench.scale.old_tickets:,} visits",
        ("what", "first byte, s", "all, s", "MB", "budget", "met"),
    )
    first = forgotten(house, asked[THREE_YEARS][0])
    table.add(f"{THREE_YEARS}, no month of them added up yet", *first, "", "")
    add_up(house)
    for what, (path, most) in asked.items():
        got = fetch(house, path)
        met = verdict(got.whole_s < most) if most else ""
        budget = f"< {most:.0f} s" if most else "streamed"
        table.add(what, *got.cells, budget, met)
    beside = Table(
        "Call next beside a report, all six at one moment",
        ("meanwhile, again and again", "p50, ms", "p99, ms", "longest, ms"),
    )
    alone = rush(bench, house, together=True)
    beside.add("nothing", *(f"{alone.ms(share):.1f}" for share in (0.5, 0.99, 1.0)))
    for what, (path, _) in asked.items():
        with fetching(house, path):
            found = rush(bench, house, together=True)
        beside.add(what, *(f"{found.ms(share):.1f}" for share in (0.5, 0.99, 1.0)))
    return [table, beside]


def run(bench: Bench) -> list[Table]:
    """Measure the staff's side."""
    with bench.pair() as houses:
        tables = [calling(bench, houses), shown(bench, houses)]
        return [*tables, *reports(bench, houses[1])]
