"""What a report's services, counters and officers are called, those no longer in use too."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import NamedTuple


class ServiceName(NamedTuple):
    """A service by its code and names."""

    id: int
    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Names:
    """By id, in the order in which people know them."""

    services: dict[int, ServiceName]
    counters: dict[int, int]
    officers: dict[int, str]


def read(db: sqlite3.Connection, branch_id: int) -> Names:
    """All names of a branch."""
    services = db.execute(
        "SELECT id, code, name, name_en FROM service WHERE branch_id = ?"
        " ORDER BY active DESC, position, id",
        (branch_id,),
    )
    counters = db.execute(
        "SELECT id, number FROM counter WHERE branch_id = ? ORDER BY number", (branch_id,)
    )
    officers = db.execute(
        "SELECT id, name FROM officer WHERE branch_id = ? ORDER BY name, id", (branch_id,)
    )
    return Names({row[0]: ServiceName(*row) for row in services}, dict(counters), dict(officers))
