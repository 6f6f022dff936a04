"""From an officer's press to the last board: how long until every screen shows the call."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.bench import Bench
from benchmarks.crew import Helper
from benchmarks.figures import Table, percentile, times, verdict
from benchmarks.house import COUNTERS, House
from benchmarks.issue import HEADER, OLD_MOST
from boards.setup import (
    DUTIES_MOST,
    DUTY_TEXT_MOST,
    HINT_TEXT_MOST,
    LINE_MOST,
    LINES_MOST,
    BoardSetup,
    Duty,
    Hint,
    Line,
)

# quiet enough for each call to be over before the next
EVERY_S = 0.1
BUDGETS = {50: (10.0, 50.0), 200: (25.0, 60.0)}
PARTS = 2
FULL_HEADER = ("", "figure", "budget", "")


@dataclass
class Calls:
    """What came of a number of calls: milliseconds to the last board, and what went astray."""

    last_ms: list[float] = field(default_factory=list)
    answer_ms: list[float] = field(default_factory=list)
    incomplete: int = 0
    lost: int = 0
    bytes: int = 0

    def add(self, more: Calls) -> None:
        """Count further calls in."""
        self.last_ms += more.last_ms
        self.answer_ms += more.answer_ms
        self.incomplete += more.incomplete
        self.lost += more.lost
        self.bytes = max(self.bytes, more.bytes)

    def p(self, share: float) -> float:
        """A percentile of the time to the last board, in milliseconds."""
        return percentile(self.last_ms, share)


@contextmanager
def audience(house: House, count: int, *, deflate: bool = True) -> Iterator[Helper]:
    """So many boards, all connected and showing a state."""
    with watching(house, house.screens(count), deflate=deflate) as boards:
        yield boards


@contextmanager
def watching(
    house: House, screens: list[dict[str, Any]], *, deflate: bool = True
) -> Iterator[Helper]:
    """Screens of any kind, all connected and showing a state."""
    boards = Helper("boards", {"port": house.port, "deflate": deflate, "screens": screens})
    try:
        boards.hear()
        yield boards
    finally:
        boards.end()


def call(
    house: House, boards: Helper, count: int, calls: int, first: int = 0, every_s: float = EVERY_S
) -> Calls:
    """Call so many times from the counters in turn, and ask the boards afterwards."""
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    line.connect()
    sent: dict[str, int] = {}
    found = Calls()
    begin = time.monotonic()
    for turn in range(calls):
        counter = (first + turn) % COUNTERS
        headers = {
            "Authorization": f"Bearer {house.officers[counter]}",
            "Content-Type": "application/json",
        }
        time.sleep(max(0.0, begin + turn * every_s - time.monotonic()))
        at = time.monotonic_ns()
        line.request("POST", f"/api/v1/counters/{counter + 1}/call-next", "{}", headers)
        answer = line.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"call-next answered {answer.status}")
        found.answer_ms.append((time.monotonic_ns() - at) / 1e6)
        sent[json.loads(text)["ticket"]["number"]] = at
    line.close()
    time.sleep(1.0)
    boards.tell("report")
    heard = boards.hear()
    for number, at in sent.items():
        seen_on, _, last = heard["seen"].get(number, (0, 0, 0))
        if seen_on == count:
            found.last_ms.append((last - at) / 1e6)
        else:
            found.incomplete += 1
    found.lost, found.bytes = heard["lost"], heard["bytes"]
    return found


def compare(bench: Bench, houses: tuple[House, House], count: int) -> tuple[Calls, Calls]:
    """Both houses in turn, twice, so that they share the weather."""
    found = Calls(), Calls()
    share = -(-bench.scale.calls // PARTS)
    for part in range(PARTS):
        for house, calls in zip(houses, found, strict=True):
            with audience(house, count) as boards:
                calls.add(call(house, boards, count, share, part * share))
    return found


def add_rows(table: Table, count: int, empty: Calls, old: Calls) -> None:
    """The rows for one number of boards."""
    budgets = BUDGETS.get(count, (0.0, 0.0))
    for share, most in zip((0.5, 0.99), budgets, strict=True):
        a, b = empty.p(share), old.p(share)
        # the 99th of so few calls is but one of them: the ratio is judged by the median
        judged = [b / a <= OLD_MOST] if share == 0.5 else []
        judged += [max(a, b) <= most] if most else []
        wanted = [f"≤ {most:.0f} ms"] if most else []
        wanted += [f"≤ {OLD_MOST} ×"] if share == 0.5 else []
        table.add(
            f"{count} boards, p{share * 100:.0f}, ms",
            f"{a:.1f}",
            f"{b:.1f}",
            times(b, a),
            ", ".join(wanted),
            verdict(all(judged)) if judged else "",
        )
    missing = empty.incomplete + empty.lost, old.incomplete + old.lost
    what = f"{count} boards, calls not seen everywhere"
    table.add(what, str(missing[0]), str(missing[1]), "", "0", verdict(missing == (0, 0)))


def fullest() -> BoardSetup:
    """As much beside the calls as an administrator may write."""

    def words(most: int) -> str:
        return ("Phiếu đã gọi ba lần mà vắng mặt thì lấy lại số. " * 5)[:most].strip()

    line, duty, hint = words(LINE_MOST), words(DUTY_TEXT_MOST), words(HINT_TEXT_MOST)
    return BoardSetup(
        ticker=(Line(line, line),) * LINES_MOST,
        roster=tuple(Duty(number, duty, duty, duty) for number in range(1, DUTIES_MOST + 1)),
        hints=tuple(Hint(number, "left", hint, hint) for number in range(1, COUNTERS + 1)),
    )


def add_fullest(table: Table, count: int, full: Calls) -> None:
    """The rows for boards whose state carries all that it may."""
    for share, most in zip((0.5, 0.99), BUDGETS.get(count, (0.0, 0.0)), strict=True):
        taken = full.p(share)
        wanted = [f"≤ {most:.0f} ms", verdict(taken <= most)] if most else ["", ""]
        table.add(f"{count} boards, p{share * 100:.0f}, ms", f"{taken:.1f}", *wanted)
    missing = full.incomplete + full.lost
    what = f"{count} boards, calls not seen everywhere"
    table.add(what, str(missing), "0", verdict(not missing))


def run(bench: Bench) -> list[Table]:
    """Measure the way of a call to 10, 50 and 200 boards."""
    scale = bench.scale
    table = Table("From the press to the last board", HEADER)
    carried = Table("The same, with all that a board's state may carry", FULL_HEADER)
    with bench.pair() as houses:
        for house in houses:
            house.fill(6 * scale.calls * len(scale.boards) + 50)
        time.sleep(3)
        for count in scale.boards:
            found = compare(bench, houses, count)
            add_rows(table, count, *found)
        house = houses[0]
        house.furnish(fullest())
        for count in scale.boards:
            with audience(house, count) as boards:
                full = call(house, boards, count, scale.calls)
            add_fullest(carried, count, full)
    table.notes.append(
        f"{scale.calls} calls each, one every {EVERY_S * 1000:.0f} ms. A state is"
        f" {found[0].bytes / 1024:.1f} kB before compression; the boards offer"
        " permessage-deflate, as browsers do."
    )
    carried.notes.append(
        f"{LINES_MOST} lines in the ticker and {DUTIES_MOST} duties, each as long as it may be: a"
        f" state is {full.bytes / 1024:.1f} kB before compression."
    )
    return [table, carried]
