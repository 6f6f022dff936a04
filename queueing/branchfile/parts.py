"""The parts of a branch file, as plain checked values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# a counter's tiers of services
MAIN: Final = 1
HELPS: Final = 2


@dataclass(frozen=True, slots=True)
class BranchPart:
    """[branch]. `authority` and `hotline` may be empty."""

    code: str
    name: str
    authority: str
    hotline: str
    timezone: str


@dataclass(frozen=True, slots=True)
class ZonePart:
    """[[zone]]: a part of the waiting room."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ServicePart:
    """[[service]]; `fields` and `procedures` say which procedures belong to it."""

    code: str
    prefix: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    target_minutes: int
    fields: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CounterPart:
    """[[counter]]; `services` come first, `helps` only when nobody waits for those.

    `name` may be empty: most counters are known by their number alone.
    """

    number: int
    name: str
    zone: str
    services: tuple[str, ...]
    helps: tuple[str, ...] = ()

    @property
    def tiers(self) -> dict[str, int]:
        """Service code to tier: 1 main, 2 helps."""
        return dict.fromkeys(self.helps, HELPS) | dict.fromkeys(self.services, MAIN)


@dataclass(frozen=True, slots=True)
class HoursPart:
    """[hours]: (weekday from Monday 0, opens, closes) as HH:MM, and (day, note) closed days."""

    always_open: bool
    ranges: tuple[tuple[int, str, str], ...] = ()
    closed_days: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PriorityPart:
    """[[priority]]: a coarse class; the larger rank is called earlier."""

    code: str
    name: str
    name_en: str
    rank: int
    self_declared: bool
    credit: float = 2.0


@dataclass(frozen=True, slots=True)
class OfficerPart:
    """[[officer]]: who works here. Passwords are never in the file."""

    login: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class PrinterPart:
    """[printer]: the branch's default printer; `width` in dots."""

    name: str
    transport: str
    address: str
    width: int
    cut: bool = True
