"""Threads beside gevent, on this program: sixteen clients that write, two hundred boards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from benchmarks import process
from benchmarks.bench import Bench, Scale
from benchmarks.crew import Crew, Round, crew
from benchmarks.figures import Table
from benchmarks.house import SYSTEM, House, serving
from benchmarks.live import Calls, audience, call
from queueing.store import Store
from queueing.store.printers import add_printer

KINDS = ("gthread", "gevent")
WRITERS = 16
SLIP_S = 1.0
# a cheap SD card takes this long to make a commit safe
SLOW_COMMIT_MS = 10.0
BUSY = 50.0
BUSY_SLOW_DISK = 20.0

Row = tuple[str, str]


@dataclass
class Server:
    """One kind of server with all that the measurements need."""

    scale: Scale
    house: House
    people: Crew

    @property
    def boards(self) -> int:
        """How many boards are connected."""
        return max(self.scale.boards)

    def rates(self, work: str) -> float:
        """Median requests a second of a few rounds, all writers flat out."""
        rounds = min(3, self.scale.rounds)
        return median(self.people.play(work, self.scale.round_s).rate for _ in range(rounds))

    def beside(self, rate: float | None) -> tuple[Round, Calls]:
        """Call while the writers write, flat out or at a rate, with all boards connected."""
        calls = max(2, self.scale.calls // 2)
        seconds = calls * 0.1
        played: list[Round] = []
        with audience(self.house, self.boards) as boards:
            writers = threading.Thread(
                target=lambda: played.append(self.people.play("issue", seconds, rate))
            )
            writers.start()
            try:
                seen = call(self.house, boards, self.boards, calls)
            finally:
                writers.join()
        return played[0], seen

    def reading(self) -> Round:
        """Read the services at a steady pace while all writers are flat out."""
        seconds = self.scale.paced_s / 2
        writers = threading.Thread(target=lambda: self.people.play("issue", seconds))
        with crew(self.house.port, self.house.kiosks(4)) as readers:
            writers.start()
            try:
                return readers.play("read", seconds, 50.0)
            finally:
                writers.join()


def add_paper(house: House) -> None:
    """Give the branch a printer, which the runner makes as slow as a real one."""
    store = Store(house.file)
    add_printer(store, SYSTEM, name="paper", transport="dummy", address="-", width=576)
    store.close()


def on_fast_disk(server: Server) -> list[Row]:
    """The figures on this machine's own disk."""
    house, people, boards = server.house, server.people, server.boards
    rows = [
        (f"empty POST/s, {WRITERS} clients", f"{server.rates('refused'):.0f}"),
        (f"numbers/s, {WRITERS} clients", f"{server.rates('issue'):.0f}"),
    ]
    steady = people.play("issue", server.scale.paced_s / 2, 100.0)
    rows.append(("answer at 100/s, p50 / p99, ms", f"{steady.ms(0.5):.1f} / {steady.ms(0.99):.1f}"))
    with audience(house, boards) as screens:
        quiet = call(house, screens, boards, server.scale.calls)
        assert house.server is not None
        memory = process.rss_mb(house.server.process.pid)
    rows.append((f"press to last of {boards} boards, p50 / p99, ms", _both(quiet)))
    rows.append((f"RSS with {boards} boards, MB", f"{memory:.0f}"))
    written, seen = server.beside(BUSY)
    rows.append((f"the same beside {BUSY:.0f} numbers/s", _both(seen)))
    rows.append(("answer meanwhile, p50 / p99, ms", _answers(written)))
    written, seen = server.beside(None)
    rows.append((f"numbers/s, {WRITERS} clients and {boards} boards", f"{written.rate:.0f}"))
    rows.append(("press to last board meanwhile, p50 / p99, ms", _both(seen)))
    return rows


def on_slow_disk(server: Server) -> list[Row]:
    """The figures when each commit takes as long as on an SD card."""
    disk = f"commits of {SLOW_COMMIT_MS:.0f} ms"
    rows = [(f"{disk}: numbers/s, {WRITERS} clients", f"{server.rates('issue'):.0f}")]
    written, seen = server.beside(BUSY_SLOW_DISK)
    what = f"press to last of {server.boards} boards beside {BUSY_SLOW_DISK:.0f} numbers/s"
    rows.append((f"{disk}: {what}, p50 / p99, ms", _both(seen)))
    rows.append((f"{disk}: answer meanwhile, p50 / p99, ms", _answers(written)))
    read = server.reading()
    rows.append(
        (f"{disk}: reading at 50/s beside {WRITERS} writers, p50 / p99, ms", _answers(read))
    )
    return rows


def _both(seen: Calls) -> str:
    lost = f" ({seen.incomplete} lost)" if seen.incomplete else ""
    return f"{seen.p(0.5):.1f} / {seen.p(0.99):.1f}{lost}"


def _answers(written: Round) -> str:
    return f"{written.ms(0.5):.1f} / {written.ms(0.99):.1f}"


def measure(
    bench: Bench, kind: str, figures: Callable[[Server], list[Row]], *runner: str
) -> list[Row]:
    """The figures of one kind of server on a branch of its own."""
    house = bench.fresh(f"{kind}{''.join(runner)}")
    house.fill(2 * bench.scale.calls + 100)
    add_paper(house)
    with (
        serving(house, (kind, "--slip-s", str(SLIP_S), *runner)),
        crew(house.port, house.kiosks(WRITERS)) as people,
    ):
        return figures(Server(bench.scale, house, people))


def run(bench: Bench) -> list[Table]:
    """Measure both kinds."""
    table = Table("Threads beside gevent", ("what", *KINDS))
    for figures, runner in (
        (on_fast_disk, ()),
        (on_slow_disk, ("--commit-ms", str(SLOW_COMMIT_MS))),
    ):
        columns = [measure(bench, kind, figures, *runner) for kind in KINDS]
        for left, right in zip(*columns, strict=True):
            table.add(left[0], left[1], right[1])
    table.notes.append(
        f"Both print meanwhile, a slip each {SLIP_S:.0f} s. gevent: its worker with TCP_NODELAY,"
        " patched before anything is imported, a cooperative lock around writes, slips drawn in"
        " a real thread. The slow disk is this one with a pause before every commit, during"
        " which Python's lock is free."
    )
    return [table]
