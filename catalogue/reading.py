"""Reading a catalogue file: CSV in UTF-8, checked whole before anything is stored."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from catalogue.procedures import Procedure
from queueing.branchfile import Problem
from queueing.branchfile.table import UNSEEN, shown
from queueing.texts import N_

PROCEDURES: Final = Path(__file__).with_name("procedures.csv")

MOST_BYTES: Final = 20_000_000
# Longest text of each column; the longest official name of 2026 has 919 characters.
LONGEST: Final = {
    "code": 20,
    "name": 2000,
    "field": 200,
    "time_limit": 500,
    "fee": 1000,
    "documents": 4000,
    "result": 1000,
    "synonyms": 2000,
    "grade": 1,
    "portal_url": 500,
    "checked_as_of": 10,
}
_CODE: Final = re.compile(r"\d\.\d{6}(\.[0-9A-Z.]{1,10})?")
_CHECKED: Final = re.compile(r"(\d{4}-\d{2}(-\d{2})?)?")
_MOST_MISTAKES: Final = 50


class CatalogueError(ValueError):
    """A catalogue file that cannot be used; `problems` names each place and mistake."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.worded())

    def worded(self, gettext: Callable[[str], str] = str) -> str:
        """All mistakes, one a line, translated by `gettext`."""
        return "\n".join(problem.worded(gettext) for problem in self.problems)


def read(path: Path | str = PROCEDURES) -> list[Procedure]:
    """The procedures of a CSV file. Raises CatalogueError with its mistakes."""
    problems: list[Problem] = []
    found: dict[str, Procedure] = {}
    for line, row in _rows(Path(path)):
        wrong = list(_mistakes(f"line {line}", row))
        if not wrong and row["code"] in found:
            wrong = [_problem(f"line {line}", N_("code {code} stands twice"), code=row["code"])]
        problems += wrong
        if len(problems) >= _MOST_MISTAKES:
            break
        if not wrong:
            found[row["code"]] = _procedure(row)
    if not problems and not found:
        problems = [_problem("file", N_("no procedure is in it"))]
    if problems:
        raise CatalogueError(problems)
    return list(found.values())


def _problem(place: str, msgid: str, **facts: object) -> Problem:
    return Problem(place, msgid, facts)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Each row with its line number, its texts in NFC on one line."""
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        missing = [name for name in LONGEST if name not in (reader.fieldnames or ())]
        if missing:
            msgid = N_("columns are missing: {columns}")
            raise CatalogueError([_problem("line 1", msgid, columns=", ".join(missing))])
        return [(reader.line_num, {name: _tidy(row[name]) for name in LONGEST}) for row in reader]
    except csv.Error as error:
        place, msgid = f"line {reader.line_num}", N_("is not valid CSV: {why}")
        raise CatalogueError([_problem(place, msgid, why=error)]) from None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            msgid = N_("is larger than {most} bytes")
            raise CatalogueError([_problem("file", msgid, most=MOST_BYTES)])
        # spreadsheets put a byte-order mark first
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CatalogueError([_problem("file", N_("is not UTF-8"))]) from None
    except OSError as error:
        msgid = N_("cannot be read: {why}")
        raise CatalogueError([_problem("file", msgid, why=error.strerror)]) from None


def _tidy(value: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", value or "").split())


def _mistakes(place: str, row: dict[str, str]) -> Iterator[Problem]:
    for name, value in row.items():
        if len(value) > LONGEST[name]:
            msgid = N_("{key} is longer than {most} characters")
            yield _problem(place, msgid, key=name, most=LONGEST[name])
        if any(unicodedata.category(char) in UNSEEN for char in value):
            msgid = N_("{key} holds a line break or an invisible character")
            yield _problem(place, msgid, key=name)
    for name in ("name", "field"):
        if not row[name]:
            yield _problem(place, N_("{key} is empty"), key=name)
    if not _CODE.fullmatch(row["code"]):
        msgid = N_('procedure code "{value}" should look like 1.001193')
        yield _problem(place, msgid, value=shown(row["code"]))
    if row["grade"] not in ("A", "B", "C"):
        yield _problem(place, N_("grade must be A, B or C"))
    if not _CHECKED.fullmatch(row["checked_as_of"]):
        yield _problem(place, N_("checked_as_of should look like 2026-06"))
    # It becomes a link: anything but https could run a script or lead elsewhere unseen
    if row["portal_url"] and not row["portal_url"].startswith("https://"):
        yield _problem(place, N_("portal_url must begin with https://"))


def _procedure(row: dict[str, str]) -> Procedure:
    synonyms = (part.strip() for part in row["synonyms"].split("|"))
    texts = row | {"synonyms": tuple(dict.fromkeys(part for part in synonyms if part))}
    return Procedure(**texts)  # type: ignore[arg-type]
