"""Printers: which there are, how they are, where a paper goes, and how much of it is left."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields
from typing import Any, Final

# What the average slip of 80 mm paper takes, until a printer has printed some of its own.
USUAL_MM: Final = 110
# Half an hour of a busy morning.
LOW_TICKETS: Final = 30
_FLAGS: Final = ("is_default", "active", "cut", "near_end", "half_sent")


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer of a branch; `width` is the dots of a line, lengths of paper in millimetres.

    `trouble` is the cause that keeps it from printing, None when well; `half_sent` when its last
    paper may have stopped in the middle, so that it may still wait for the rest. `roll_mm` is
    the paper of a full roll, None when it is not counted; `used_mm` in `used_papers` since it
    was put in.
    """

    id: int
    branch_id: int
    name: str
    transport: str
    address: str
    width: int
    is_default: bool
    active: bool
    cut: bool
    trouble: str | None = None
    profile: str = ""
    fallback_id: int | None = None
    agent_id: int | None = None
    near_end: bool = False
    trouble_at: str | None = None
    roll_mm: int | None = None
    used_mm: int = 0
    used_papers: int = 0
    roll_at: str | None = None
    half_sent: bool = False

    @property
    def tickets_left(self) -> int | None:
        """About how many slips the roll still holds; None when that is not counted."""
        if self.roll_mm is None:
            return None
        each = self.used_mm / self.used_papers if self.used_papers else USUAL_MM
        return max(0, int((self.roll_mm - self.used_mm) / max(1.0, each)))

    @property
    def is_low(self) -> bool:
        """True when somebody should have a roll ready."""
        left = self.tickets_left
        return self.near_end or (left is not None and left <= LOW_TICKETS)


COLUMNS: Final = ", ".join(field.name for field in fields(Printer))


def printer_of(row: Any) -> Printer:
    """A row of `COLUMNS` as an object."""
    values = dict(zip(COLUMNS.split(", "), row, strict=True))
    return Printer(**(values | {flag: bool(values[flag]) for flag in _FLAGS}))


def printers(db: sqlite3.Connection, branch_id: int) -> list[Printer]:
    """The branch's printers in use, the default one first."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM printer WHERE branch_id = ? AND active = 1"
        " ORDER BY is_default DESC, id",
        (branch_id,),
    )
    return [printer_of(row) for row in rows]


def printer_by_id(db: sqlite3.Connection, printer_id: int) -> Printer:
    """One printer, in use or not."""
    row = db.execute(f"SELECT {COLUMNS} FROM printer WHERE id = ?", (printer_id,)).fetchone()
    return printer_of(row)


def own_printer(every: list[Printer], printer_id: int | None) -> Printer | None:
    """A kiosk's own printer, else the default one, else None."""
    own = next((one for one in every if one.id == printer_id), None)
    return own or next((one for one in every if one.is_default), None)


def well_one(every: list[Printer], wanted: Printer) -> Printer:
    """The printer that is to print what was meant for `wanted`.

    That is `wanted` itself while it is well, else the first well one along its fallbacks, else
    `wanted`, which then waits.
    """
    known, one, passed = {p.id: p for p in every}, wanted, set[int]()
    while one.trouble is not None and one.id not in passed:
        passed.add(one.id)
        following = known.get(one.fallback_id or 0)
        if following is None:
            return wanted
        one = following
    return wanted if one.trouble is not None else one


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper is to come out: `printer`, which may have taken over from `wanted`."""

    printer: Printer
    wanted: Printer

    @property
    def moved_from(self) -> int | None:
        """The printer it was meant for, when another takes over."""
        return None if self.printer.id == self.wanted.id else self.wanted.id


def place_of(every: list[Printer], printer_id: int | None) -> Place | None:
    """Where a paper meant for this printer, or for the default one, comes out now."""
    wanted = own_printer(every, printer_id)
    return None if wanted is None else Place(well_one(every, wanted), wanted)


def place_for(db: sqlite3.Connection, branch_id: int, device_id: int | None) -> Place | None:
    """Where a paper asked for at this device comes out now; None without any printer."""
    own = db.execute("SELECT printer_id FROM device WHERE id = ?", (device_id,)).fetchone()
    return place_of(printers(db, branch_id), None if own is None else own[0])
