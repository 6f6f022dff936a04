"""The pages for developers point at things that are there."""

import re

from tests.support.tree import ROOT, files, name_of

LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")
RECORDS = ROOT / "docs" / "decisions"


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{name_of(page)}: {link}"
        for page in files()
        if page.suffix == ".md"
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []


def test_every_decision_is_in_the_index_under_its_own_number() -> None:
    records = sorted(path.name for path in RECORDS.glob("[0-9]*.md"))
    listed = re.findall(r"^\| \[\d{4}\]\(([^)]+)\)", (RECORDS / "README.md").read_text(), re.M)
    assert listed == records
    assert [int(name[:4]) for name in records] == list(range(1, len(records) + 1))


def test_every_decision_has_its_four_parts() -> None:
    for record in RECORDS.glob("[0-9]*.md"):
        text = record.read_text(encoding="utf-8")
        assert re.match(rf"# {record.name[:4]}\. \S", text), record.name
        assert re.search(r"^Date: \d{4}-\d\d-\d\d$", text, re.M), record.name
        assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Choice", "Cost"], record.name


def test_every_door_of_the_makefile_is_in_the_readme() -> None:
    doors = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.M)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = set(re.findall(r"make ([a-z]+)", readme))
    assert set(doors) - said == {"help", "clean"}
