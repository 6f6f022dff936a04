"""Threads beside gevent, on this program: sixteen clients that write, two hundred boards."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median

from benchmarks import process
from benchmarks.bench import Bench, Scale
from benchmarks.crew import Crew, Round, crew
from benchmarks.figures import Table
from benchmarks.house import House, add_paper, serving
from benchmarks.live import Calls, audience, call

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


Measure = Callable[[Server], list[Row]]


def alone(server: Server) -> list[Row]:
    """How many requests a second, with nobody connected."""
    return [
        (f"empty POST/s, {WRITERS} clients", f"{server.rates('refused'):.0f}"),
        (f"numbers/s, {WRITERS} clients", f"{server.rates('issue'):.0f}"),
    ]


def steady(server: Server) -> list[Row]:
    """How soon an answer comes at a steady pace."""
    played = server.people.play("issue", server.scale.paced_s / 2, 100.0)
    return [("answer at 100/s, p50 / p99, ms", _answers(played))]


def quiet(server: Server) -> list[Row]:
    """A call's way to every board while nothing else happens, and the memory they take."""
    assert server.house.server is not None
    with audience(server.house, server.boards) as screens:
        seen = call(server.house, screens, server.boards, server.scale.calls)
        memory = process.rss_mb(server.house.server.process.pid)
    return [
        (f"press to last of {server.boards} boards, p50 / p99, ms", _both(seen)),
        (f"RSS with {server.boards} boards, MB", f"{memory:.0f}"),
    ]


def busy(server: Server) -> list[Row]:
    """A call's way beside people who take numbers, more than any office has."""
    written, seen = server.beside(BUSY)
    return [
        (f"press to last board beside {BUSY:.0f} numbers/s, p50 / p99, ms", _both(seen)),
        ("answer meanwhile, p50 / p99, ms", _answers(written)),
    ]


def flooded(server: Server) -> list[Row]:
    """All writers flat out, with every board connected."""
    written, seen = server.beside(None)
    return [
        (f"numbers/s, {WRITERS} clients and {server.boards} boards", f"{written.rate:.0f}"),
        ("press to last board meanwhile, p50 / p99, ms", _both(seen)),
    ]


def slow_disk(server: Server) -> list[Row]:
    """When each commit takes as long as on an SD card."""
    flat_out = server.rates("issue")
    written, seen = server.beside(BUSY_SLOW_DISK)
    busy_words = f"press to last board beside {BUSY_SLOW_DISK:.0f} numbers/s, p50 / p99, ms"
    rows = [
        (f"numbers/s, {WRITERS} clients", f"{flat_out:.0f}"),
        (busy_words, _both(seen)),
        ("answer meanwhile, p50 / p99, ms", _answers(written)),
        (f"reading beside {WRITERS} writers, p50 / p99, ms", _answers(server.reading())),
    ]
    return [(f"commits of {SLOW_COMMIT_MS:.0f} ms: {what}", value) for what, value in rows]


def _both(seen: Calls) -> str:
    lost = f" ({seen.incomplete} lost)" if seen.incomplete else ""
    return f"{seen.p(0.5):.1f} / {seen.p(0.99):.1f}{lost}"


def _answers(written: Round) -> str:
    return f"{written.ms(0.5):.1f} / {written.ms(0.99):.1f}"


@contextmanager
def serving_kind(bench: Bench, kind: str, *runner: str) -> Iterator[Server]:
    """One kind of server on a branch of its own, with people in front of it."""
    house = bench.fresh(f"{kind}{''.join(runner)}")
    house.fill(3 * bench.scale.calls + 100)
    add_paper(house)
    with (
        serving(house, (kind, "--slip-s", str(SLIP_S), *runner)),
        crew(house.port, house.kiosks(WRITERS)) as people,
    ):
        yield Server(bench.scale, house, people)


def measure(bench: Bench, table: Table, measures: Sequence[Measure], *runner: str) -> None:
    """Both kinds in turn, measure by measure, so that they share the weather."""
    with ExitStack() as stack:
        servers = [stack.enter_context(serving_kind(bench, kind, *runner)) for kind in KINDS]
        for one in measures:
            for left, right in zip(*map(one, servers), strict=True):
                table.add(left[0], left[1], right[1])


def run(bench: Bench) -> list[Table]:
    """Measure both kinds."""
    table = Table("Threads beside gevent", ("what", *KINDS))
    measure(bench, table, (alone, steady, quiet, busy, flooded))
    measure(bench, table, (slow_disk,), "--commit-ms", str(SLOW_COMMIT_MS))
    table.notes.append(
        f"Both print meanwhile, a slip each {SLIP_S:.0f} s. gevent: its worker with TCP_NODELAY,"
        " patched before anything is imported, a cooperative lock around writes, slips drawn in"
        " a real thread. The slow disk is this one with a pause before every commit, during"
        " which Python's lock is free."
    )
    return [table]
