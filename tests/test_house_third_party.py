"""THIRD_PARTY.md tells the truth about what others made."""

import hashlib
import re

from tests.support.tree import ROOT, files, name_of, pyproject

FOLDERS = ("static/vendor/", "static/fonts/", "printer/fonts/")


def tables() -> list[list[list[str]]]:
    """Return the page's tables, each a list of rows of cells, headings left out."""
    page = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    return [
        [[cell.strip(" `") for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]]
        for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
    ]


def shipped_rows() -> list[list[str]]:
    return tables()[0]


def test_every_vendored_file_has_a_row_and_every_row_a_file() -> None:
    named = {row[0] for row in shipped_rows()} | {row[4] for row in shipped_rows()}
    found = {name_of(path) for path in files() if name_of(path).startswith(FOLDERS)}
    assert found == named


def test_every_vendored_file_is_the_one_that_was_taken() -> None:
    for name, _package, _version, _licence, _text, digest in shipped_rows():
        assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == digest, name


def test_every_row_names_a_version_and_a_licence_whose_text_is_there() -> None:
    words = {"MIT": "Permission is hereby granted", "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1"}
    for name, _package, version, licence, text, _digest in shipped_rows():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert words[licence] in (ROOT / text).read_text(encoding="utf-8"), name


def test_every_package_that_it_runs_with_is_named() -> None:
    needed = pyproject()["project"]["dependencies"]  # type: ignore[index]
    names = {re.split(r"[><=!~; \[]", line)[0].lower() for line in needed}
    assert {row[0].lower() for row in tables()[1]} == names


def test_every_font_face_names_a_file_that_is_there() -> None:
    faces = (ROOT / "static/fonts.css").read_text(encoding="utf-8")
    named = re.findall(r'url\("([^"]+)"\)', faces)
    assert named
    assert [name for name in named if not (ROOT / "static" / name).is_file()] == []
