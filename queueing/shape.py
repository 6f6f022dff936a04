"""A branch's configuration as plain rows, so that file and database can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from queueing.branchfile import BranchFile
from queueing.branchfile.parts import WEEKDAYS
from queueing.branchfile.table import Gettext
from queueing.texts import N_

Fields = dict[str, object]
Rows = dict[str, Fields]
# kind of row -> its key -> its fields
Shape = dict[str, Rows]

KINDS: Final = {
    "branch": N_("service point"),
    "zone": N_("zone"),
    "service": N_("service"),
    "counter": N_("counter"),
    "hours": N_("opening hours"),
    "closed_day": N_("closed day"),
    "priority": N_("priority class"),
    "officer": N_("officer"),
    "printer": N_("printer"),
    "setting": N_("setting"),
}
LABELS: Final = {
    "name": N_("name"),
    "name_en": N_("English name"),
    "authority": N_("authority"),
    "hotline": N_("hotline"),
    "timezone": N_("time zone"),
    "prefix": N_("letter"),
    "summary": N_("summary"),
    "summary_en": N_("English summary"),
    "target_s": N_("target seconds"),
    "position": N_("position"),
    "zone": N_("zone"),
    "services": N_("services"),
    "helps": N_("helps with"),
    "hours": N_("hours"),
    "note": N_("note"),
    "rank": N_("rank"),
    "credit": N_("credit"),
    "self_declared": N_("chosen at the kiosk"),
    "role": N_("role"),
    "transport": N_("transport"),
    "address": N_("address"),
    "width": N_("width"),
    "cut": N_("cuts"),
    "value": N_("value"),
}
# The file describes the place whole; people, printers and settings it only adds or changes, or
# it would shut out an administrator made at the command line.
OWNED: Final = frozenset({"zone", "service", "counter", "hours", "closed_day", "priority"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that a file adds (`was` None), changes, or switches off (`now` None)."""

    kind: str
    key: str
    was: Fields | None
    now: Fields | None

    @property
    def sign(self) -> str:
        """``+``, ``~`` or ``-``."""
        if self.was is None:
            return "+"
        return "-" if self.now is None else "~"

    def changed(self) -> list[str]:
        """The names of the fields that differ."""
        if self.was is None or self.now is None:
            return []
        return [name for name, value in self.now.items() if value != self.was[name]]

    def worded(self, gettext: Gettext = str) -> str:
        """One line for a person: ``~ service ho-tich: name Hộ tịch → Tư pháp``."""
        line = f"{self.sign} {gettext(KINDS[self.kind])} {self.key}"
        if self.was is None and self.now is not None:
            shown = self.now.get("name") or self.now.get("hours") or self.now.get("value")
            return f"{line}: {shown}" if shown and shown != self.key else line
        if self.was is None or self.now is None:
            return line
        steps = [
            f"{gettext(LABELS[name])} {_shown(self.was[name], gettext)}"
            f" → {_shown(self.now[name], gettext)}"
            for name in self.changed()
        ]
        return f"{line}: {'; '.join(steps)}"


def _shown(value: object, gettext: Gettext) -> str:
    if isinstance(value, bool):
        return gettext(N_("yes") if value else N_("no"))
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value) or "–"
    return "–" if value in (None, "") else str(value)


def differences(have: Shape, want: Shape) -> list[Difference]:
    """What must be done to `have` to make it `want`, kind by kind."""
    found = []
    for kind in KINDS:
        old, new = have.get(kind, {}), want.get(kind, {})
        found += [
            Difference(kind, key, old.get(key), fields)
            for key, fields in new.items()
            if old.get(key) != fields
        ]
        if kind in OWNED:
            found += [Difference(kind, key, old[key], None) for key in old if key not in new]
    return found


def shape_of(file: BranchFile) -> Shape:
    """The rows that a branch file asks for."""
    branch, printer = file.branch, file.printer
    return {
        "branch": {
            branch.code: {
                "name": branch.name,
                "authority": branch.authority,
                "hotline": branch.hotline,
                "timezone": branch.timezone,
            }
        },
        "zone": {zone.code: {"name": zone.name} for zone in file.zones},
        "service": _services(file),
        "counter": {
            str(counter.number): {
                "name": counter.name,
                "zone": counter.zone,
                "services": tuple(sorted(counter.services)),
                "helps": tuple(sorted(counter.helps)),
            }
            for counter in file.counters
        },
        "hours": _hours(file),
        "closed_day": {day: {"note": note} for day, note in file.hours.closed_days},
        "priority": {
            priority.code: {
                "name": priority.name,
                "name_en": priority.name_en,
                "rank": priority.rank,
                "self_declared": priority.self_declared,
                "credit": priority.credit,
            }
            for priority in file.priorities
        },
        "officer": {o.login: {"name": o.name, "role": o.role} for o in file.officers},
        "printer": {}
        if printer is None
        else {
            printer.name: {
                "transport": printer.transport,
                "address": printer.address,
                "width": printer.width,
                "cut": printer.cut,
            }
        },
        "setting": {name: {"value": value} for name, value in file.settings.items()},
    }


def _services(file: BranchFile) -> Rows:
    return {
        service.code: {
            "prefix": service.prefix,
            "name": service.name,
            "name_en": service.name_en,
            "summary": service.summary,
            "summary_en": service.summary_en,
            "target_s": service.target_minutes * 60,
            "position": position,
        }
        for position, service in enumerate(file.services, 1)
    }


def _hours(file: BranchFile) -> Rows:
    days: dict[str, list[str]] = {}
    for weekday, opens, closes in file.hours.ranges:
        days.setdefault(WEEKDAYS[weekday], []).append(f"{opens}-{closes}")
    return {day: {"hours": ", ".join(ranges)} for day, ranges in days.items()}
