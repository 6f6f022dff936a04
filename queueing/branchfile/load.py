"""The branch file: one TOML file that describes a service point, read and checked.

`load` gives a `BranchFile` or refuses with a `BranchFileError` that lists every mistake.
docs/branch-file.md explains the file to those who write it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from queueing.branchfile import parts, readers
from queueing.branchfile.rules import check
from queueing.branchfile.table import BranchFileError, Mistakes, Problem, Table, shown
from queueing.texts import N_

SAMPLE: Final = Path(__file__).parents[1] / "sample.toml"
MOST_BYTES: Final = 1_000_000
TOP: Final = "file"
# Within an array of tables, which key names an entry in messages.
_NAMED_BY: Final = {"counter": "number", "officer": "login"}


@dataclass(frozen=True, slots=True)
class BranchFile:
    """A checked branch file; every reference in it leads to something in it."""

    branch: parts.BranchPart
    zones: tuple[parts.ZonePart, ...]
    services: tuple[parts.ServicePart, ...]
    counters: tuple[parts.CounterPart, ...]
    hours: parts.HoursPart
    priorities: tuple[parts.PriorityPart, ...]
    officers: tuple[parts.OfficerPart, ...]
    printer: parts.PrinterPart | None
    settings: Mapping[str, str]
    warnings: tuple[Problem, ...] = ()

    def service_for(self, field: str, procedure_code: str) -> str | None:
        """The code of the service that a procedure belongs to; a named procedure goes first."""
        for service in self.services:
            if procedure_code in service.procedures:
                return service.code
        return next((s.code for s in self.services if field in s.fields), None)


def load(path: Path | str) -> BranchFile:
    """Read and check a branch file. Raises BranchFileError with all its mistakes."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _refusal(N_("cannot be read: {why}"), why=why) from None
    if len(content) > MOST_BYTES:
        raise _refusal(N_("is larger than {most} bytes"), most=MOST_BYTES)
    try:
        # Windows editors put a byte-order mark first, which TOML does not know
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refusal(N_("line {line} is not UTF-8; save the file as UTF-8"), line=line) from None
    return parse(text)


def parse(text: str) -> BranchFile:
    """Check a branch file's text. Raises BranchFileError with all its mistakes."""
    try:
        values = tomllib.loads(text)
    except RecursionError:
        raise _refusal(N_("has lists nested too deep")) from None
    except ValueError as error:  # TOMLDecodeError, and numbers Python refuses to read
        raise _refusal(N_("is not valid TOML: {why}"), why=shown(error, most=200)) from None
    mistakes = Mistakes()
    file = _read(values, mistakes)
    check(file, mistakes)
    if mistakes.found:
        raise BranchFileError(mistakes.found)
    return BranchFile(**file, warnings=tuple(mistakes.warned))


def _refusal(msgid: str, **facts: object) -> BranchFileError:
    return BranchFileError([Problem(TOP, msgid, facts)])


def _read(values: Mapping[str, Any], mistakes: Mistakes) -> dict[str, Any]:
    top = Table(values, TOP, mistakes)
    file = {
        "branch": readers.read_branch(_table(top, "branch", required=True)),
        "zones": _each(top, "zone", readers.read_zone, most=20),
        "services": _each(top, "service", readers.read_service, most=20, least=1),
        "counters": _each(top, "counter", readers.read_counter, most=99, least=1),
        "hours": readers.read_hours(_table(top, "hours", required=True)),
        "priorities": _each(top, "priority", readers.read_priority, most=20),
        "officers": _each(top, "officer", readers.read_officer, most=500),
        "printer": readers.read_printer(_table(top, "printer")) if top.has("printer") else None,
        "settings": readers.read_settings(_table(top, "settings")),
    }
    top.value("printer")
    top.done()
    return file


def _table(top: Table, key: str, *, required: bool = False) -> Table:
    value = top.value(key)
    if isinstance(value, dict):
        return Table(value, key, top.mistakes)
    if value is not None or required:
        top.wrong(N_("a [{key}] part is needed"), key=key)
    # The part's own keys would only repeat that it is missing
    return Table({}, key, Mistakes())


def _each(
    top: Table, key: str, read: readers.Reader[readers.T], *, most: int, least: int = 0
) -> tuple[readers.T, ...]:
    entries = top.value(key)
    if entries is None:
        entries = []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        top.wrong(N_("every {key} must begin with a line [[{key}]]"), key=key)
        return ()
    if not least <= len(entries) <= most:
        top.wrong(
            N_("there must be {least} to {most} [[{key}]] blocks, found {found}"),
            key=key,
            least=least,
            most=most,
            found=len(entries),
        )
    return tuple(
        read(Table(entry, _place(key, index, entry), top.mistakes))
        for index, entry in enumerate(entries[:most], 1)
    )


def _place(key: str, index: int, entry: Mapping[str, Any]) -> str:
    by = _NAMED_BY.get(key, "code")
    return f'{key} {index} ({by} "{shown(entry[by])}")' if by in entry else f"{key} {index}"
