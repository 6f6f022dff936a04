"""A paired device as the database has it, and what an administrator says of a new one."""

from __future__ import annotations

from dataclasses import dataclass

from queueing.devices import Kind


@dataclass(frozen=True, slots=True)
class Device:
    """A paired device; `zone` is its code, `counter` its number.

    `speaks` is False for a board that shall never make a sound.
    """

    id: int
    branch_id: int
    kind: Kind
    name: str
    zone: str | None
    counter: int | None
    printer_id: int | None
    created_at: str
    seen_at: str | None
    revoked_at: str | None
    speaks: bool


@dataclass(frozen=True, slots=True)
class Placing:
    """What an administrator says of a new device."""

    name: str
    zone: str | None = None
    counter: int | None = None
    printer: str | None = None


DEVICE_SQL = (
    "SELECT d.id, d.branch_id, d.kind, d.name, z.code, c.number, d.printer_id, d.created_at,"
    " d.seen_at, d.revoked_at, d.speaks FROM device d LEFT JOIN zone z ON z.id = d.zone_id"
    " LEFT JOIN counter c ON c.id = d.counter_id "
)


def device_of(row: tuple[object, ...]) -> Device:
    """A row of `DEVICE_SQL` as an object."""
    fields = (*row[:2], Kind(str(row[2])), *row[3:-1], bool(row[-1]))
    return Device(*fields)  # type: ignore[arg-type]
