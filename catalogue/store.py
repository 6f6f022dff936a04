"""Procedures in the database; the catalogue's only SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, replace

from catalogue.procedures import Procedure
from catalogue.words import fold

_TEXTS = (
    "code, name, field, time_limit, fee, documents, result, synonyms, grade, portal_url,"
    " checked_as_of"
)
_PROCEDURES = (
    "SELECT p.code, p.name, p.field, p.time_limit, p.fee, p.documents, p.result, p.synonyms,"
    " p.grade, p.portal_url, p.checked_as_of, s.code FROM procedure p"
    " LEFT JOIN service s ON s.id = p.service_id AND s.active = 1 WHERE p.branch_id = ?"
)

Version = tuple[tuple[object, ...], ...]


def visible(db: sqlite3.Connection, branch_id: int) -> list[Procedure]:
    """What citizens may see, in the catalogue's order."""
    rows = db.execute(f"{_PROCEDURES} AND p.hidden = 0 ORDER BY p.id", (branch_id,))
    return [_procedure(row) for row in rows]


def visible_one(db: sqlite3.Connection, branch_id: int, code: str) -> Procedure | None:
    """One procedure that citizens may see; None for an unknown or hidden code."""
    row = db.execute(f"{_PROCEDURES} AND p.hidden = 0 AND p.code = ?", (branch_id, code)).fetchone()
    return None if row is None else _procedure(row)


def in_force(db: sqlite3.Connection, branch_id: int) -> dict[str, Procedure]:
    """The rows of the last imported file by code, hidden grades too; withdrawn rows left out."""
    rows = db.execute(
        f"{_PROCEDURES} AND (p.hidden = 0 OR p.grade = 'C') ORDER BY p.id", (branch_id,)
    )
    return {row[0]: _procedure(row) for row in rows}


def version(db: sqlite3.Connection, branch_id: int) -> Version:
    """What a copy of `visible` in memory depends on: it is stale when this differs."""
    rows = db.execute(
        "SELECT value, '' FROM meta WHERE name = ?"
        " UNION ALL SELECT id, code FROM service WHERE branch_id = ? AND active = 1",
        (_meta(branch_id), branch_id),
    )
    return tuple(tuple(row) for row in rows)


def save(db: sqlite3.Connection, branch_id: int, procedures: Iterable[Procedure]) -> None:
    """Add procedures or bring them up to date."""
    db.executemany(
        f"INSERT INTO procedure (branch_id, {_TEXTS}, hidden, folded, service_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " (SELECT id FROM service WHERE branch_id = ? AND code = ? AND active = 1))"
        " ON CONFLICT (branch_id, code) DO UPDATE SET name = excluded.name,"
        " field = excluded.field, time_limit = excluded.time_limit, fee = excluded.fee,"
        " documents = excluded.documents, result = excluded.result,"
        " synonyms = excluded.synonyms, grade = excluded.grade,"
        " portal_url = excluded.portal_url, checked_as_of = excluded.checked_as_of,"
        " hidden = excluded.hidden, folded = excluded.folded, service_id = excluded.service_id",
        [_values(branch_id, procedure) for procedure in procedures],
    )


def withdraw(db: sqlite3.Connection, branch_id: int, codes: Iterable[str]) -> None:
    """Hide procedures that are in force no longer; old visits still find their names."""
    db.executemany(
        "UPDATE procedure SET hidden = 1, grade = '' WHERE branch_id = ? AND code = ?",
        [(branch_id, code) for code in codes],
    )


def set_version(db: sqlite3.Connection, branch_id: int, mark: str) -> None:
    """Note that the branch's procedures are others now; `mark` must be new."""
    db.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_meta(branch_id), mark),
    )


def _meta(branch_id: int) -> str:
    return f"catalogue:{branch_id}"


def _values(branch_id: int, procedure: Procedure) -> tuple[object, ...]:
    *texts, service = astuple(replace(procedure, synonyms=()))
    texts[7] = "|".join(procedure.synonyms)
    folded = fold(" | ".join((procedure.name, *procedure.synonyms)))
    return (branch_id, *texts, int(procedure.hidden), folded, branch_id, service)


def _procedure(row: tuple[object, ...]) -> Procedure:
    values = list(row)
    values[7] = tuple(part for part in str(row[7]).split("|") if part)
    return Procedure(*values)  # type: ignore[arg-type]
