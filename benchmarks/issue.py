"""Giving out numbers: how many a second beside an empty POST, and how late at a steady pace."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from benchmarks.bench import Bench, Scale
from benchmarks.crew import Round, crew
from benchmarks.figures import Table, times, verdict
from benchmarks.house import House

HEADER = ("what", "empty database", "1,000,000 old tickets", "slower by", "budget", "met")
SHARE_LEAST = 0.5
P99_MOST_MS = 30.0
OLD_MOST = 1.3
PACE = 100.0


@dataclass
class Speed:
    """One house's medians, in requests a second, at some number of clients."""

    issue: float
    empty: float
    share: float


@dataclass
class Books:
    """Every number that a house's clients were told, and what else they were answered."""

    house: House
    numbers: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def enter(self, played: Round) -> Round:
        """Note a round's answers."""
        self.numbers += played.numbers
        self.faults.update(played.faults)
        return played

    def check(self) -> tuple[int, int, int]:
        """(numbers told twice or stored twice, gaps in a series, numbers told but not stored)."""
        with self.house.reading() as db:
            day = db.execute("SELECT max(day) FROM ticket").fetchone()[0]
            stored = [
                row[0] for row in db.execute("SELECT label FROM ticket WHERE day = ?", (day,))
            ]
        twice = len(self.numbers) - len(set(self.numbers)) + len(stored) - len(set(stored))
        gaps = 0
        for prefix in {label[0] for label in stored}:
            series = [int(re.sub(r"\D", "", one)) for one in stored if one[0] == prefix]
            gaps += max(series) - len(set(series))
        return twice, gaps, len(set(self.numbers) - set(stored))


def speeds(bench: Bench, books: list[Books], clients: int) -> list[Speed]:
    """Rounds of both kinds and of every house, one after another so that all share the weather."""
    scale = bench.scale
    taken: list[list[tuple[float, float]]] = [[] for _ in books]
    with ExitStack() as stack:
        crews = [
            stack.enter_context(crew(book.house.port, book.house.kiosks(clients))) for book in books
        ]
        for _ in range(scale.rounds):
            for book, people, rates in zip(books, crews, taken, strict=True):
                empty = book.enter(people.play("refused", scale.round_s))
                issue = book.enter(people.play("issue", scale.round_s))
                rates.append((issue.rate, empty.rate))
    return [
        Speed(
            median(issue for issue, _ in rates),
            median(empty for _, empty in rates),
            median(issue / empty if empty else 0.0 for issue, empty in rates),
        )
        for rates in taken
    ]


def steady(scale: Scale, book: Books) -> Round:
    """Sixteen clients that together take a hundred numbers a second."""
    with crew(book.house.port, book.house.kiosks(16)) as people:
        return book.enter(people.play("issue", scale.paced_s, PACE))


def add_speeds(table: Table, clients: int, empty: Speed, old: Speed) -> None:
    """The rows for one number of clients."""
    who = f"{clients} client{'s' if clients > 1 else ''}"
    slower = times(empty.issue, old.issue)
    table.add(
        f"numbers/s, {who}",
        f"{empty.issue:.0f}",
        f"{old.issue:.0f}",
        slower,
        f"≤ {OLD_MOST} × slower",
        verdict(empty.issue / old.issue <= OLD_MOST if old.issue else False),
    )
    table.add(f"empty POST/s, {who}", f"{empty.empty:.0f}", f"{old.empty:.0f}")
    table.add(
        f"numbers : empty POSTs, {who}",
        f"{empty.share:.2f}",
        f"{old.share:.2f}",
        "",
        f"≥ {SHARE_LEAST}" if clients > 1 else "",
        verdict(min(empty.share, old.share) >= SHARE_LEAST) if clients > 1 else "",
    )


def add_steady(table: Table, empty: Round, old: Round) -> None:
    """The rows for the steady pace."""
    for share, most in ((0.5, 0.0), (0.99, P99_MOST_MS)):
        a, b = empty.ms(share), old.ms(share)
        table.add(
            f"answer at {PACE:.0f}/s, p{share * 100:.0f}, ms",
            f"{a:.1f}",
            f"{b:.1f}",
            times(b, a),
            f"≤ {most:.0f} ms" if most else "",
            verdict(max(a, b) <= most) if most else "",
        )


def add_books(table: Table, empty: Books, old: Books) -> None:
    """The rows that must be nothing but noughts."""
    checks = empty.check(), old.check()
    for what, a, b in zip(
        ("numbers given twice", "gaps in a series", "told but not stored"), *checks, strict=True
    ):
        table.add(what, str(a), str(b), "", "0", verdict(a == b == 0))
    a, b = empty.faults.total(), old.faults.total()
    table.add("unexpected answers", str(a), str(b), "", "0", verdict(a == b == 0))
    told = f"{len(empty.numbers):,} and {len(old.numbers):,} numbers were given in all."
    found = ", ".join(f"{n} × {what}" for what, n in (empty.faults + old.faults).items())
    table.notes.append(f"{told} Unexpected: {found}." if found else told)


def run(bench: Bench) -> list[Table]:
    """Measure issuing with and without old tickets."""
    table = Table("Giving out numbers", HEADER)
    with bench.pair() as houses:
        books = [Books(house) for house in houses]
        for clients in bench.scale.clients:
            add_speeds(table, clients, *speeds(bench, books, clients))
        add_steady(table, *(steady(bench.scale, book) for book in books))
    add_books(table, *books)
    return [table]
