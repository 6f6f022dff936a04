"""What all parts share: how thorough to be, and houses that are built when first asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import house
from benchmarks.house import House
from benchmarks.old import add_old_tickets

OLD_TICKETS = 1_000_000


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured. `quick` shows only that everything works."""

    rounds: int = 5
    round_s: float = 3.0
    paced_s: float = 20.0
    calls: int = 120
    idle_s: float = 20.0
    boards: tuple[int, ...] = (10, 50, 200)
    clients: tuple[int, ...] = (1, 16)
    old_tickets: int = OLD_TICKETS
    presses: int = 200


QUICK = Scale(1, 0.5, 1.0, 5, 1.0, (3,), (2,), 2_000, 5)


@dataclass
class Bench:
    """One run: its scale, and a folder on the disk that is to be measured."""

    folder: Path
    scale: Scale = field(default_factory=Scale)
    _count: int = 0

    def fresh(self, name: str) -> House:
        """A new sample branch at work, without a server yet."""
        made = self._new(name)
        house.begin_day(made)
        return made

    def _new(self, name: str) -> House:
        self._count += 1
        return house.build(name, self.folder / f"{self._count}-{name}")

    @contextlib.contextmanager
    def pair(self) -> Iterator[tuple[House, House]]:
        """Two served branches that differ in nothing but a million old tickets."""
        empty, old = self._old_pair()
        with house.serving(empty), house.serving(old):
            yield empty, old

    _pair: tuple[House, House] | None = None

    def _old_pair(self) -> tuple[House, House]:
        if self._pair is None:
            empty = self._new("empty")
            old = house.copy(empty, "old", self.folder / "old")
            add_old_tickets(old.file, self.scale.old_tickets)
            for one in (empty, old):
                house.begin_day(one)
            self._pair = empty, old
        return self._pair
