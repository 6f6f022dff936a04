"""The benchmarks measure what they say: a figure that is wrong is worse than none."""

import math
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import house, report
from benchmarks.figures import Table, percentile, verdict
from benchmarks.issue import Books
from benchmarks.old import add_old_tickets
from queueing.operations import Operations
from queueing.people import Actor, Role
from queueing.store import Store
from tests.support.tree import ROOT

KIOSK = Actor(1, Role.KIOSK)


def test_a_percentile_is_one_of_the_samples() -> None:
    samples = [float(n) for n in range(100, 0, -1)]
    assert [percentile(samples, share) for share in (0.5, 0.99, 1.0)] == [50.0, 99.0, 100.0]
    assert percentile([7.0], 0.99) == 7.0


def test_nothing_measured_never_passes() -> None:
    nothing = percentile([], 0.99)
    assert math.isnan(nothing)
    assert verdict(nothing <= 30.0) == "**no**"


def test_a_table_says_what_was_not_met() -> None:
    table = Table("Speed", ("what", "met"))
    table.add("fast", verdict(True))
    table.add("slow", verdict(False))
    assert table.markdown().splitlines()[-2:] == ["| fast |    yes |", "| slow | **no** |"]


def test_a_part_rewrites_its_own_place_alone(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("# Words\n<!-- issue -->\nold\n<!-- /issue -->\nmore\n<!-- live -->\n")
    report.put("issue", r"new \1", page)
    assert page.read_text().split("\n") == [
        "# Words",
        "<!-- issue -->",
        "",
        r"new \1",
        "",
        "<!-- /issue -->",
        "more",
        "<!-- live -->",
        "",
    ]
    with pytest.raises(ValueError, match="no place for calls"):
        report.put("calls", "new", page)


def test_every_part_has_its_place_in_the_page() -> None:
    from benchmarks.__main__ import PARTS

    page = report.PAGE.read_text(encoding="utf-8")
    for part in (*PARTS, "machine"):
        assert page.count(f"<!-- {part} -->") == page.count(f"<!-- /{part} -->") == 1


def test_old_tickets_are_over_and_a_new_day_begins_with_one(tmp_path: Path) -> None:
    empty = house.build("empty", tmp_path / "empty")
    old = house.copy(empty, "old", tmp_path / "old")
    add_old_tickets(old.file, 3_000)
    store = Store(old.file)
    issued = Operations(store).issue(KIOSK, "ho-tich")
    assert (issued.ticket.label, issued.ahead, issued.ticket.id) == ("A001", 0, 3_001)
    with store.reading() as db:
        days, last = db.execute("SELECT count(DISTINCT day), max(day) FROM ticket").fetchone()
        events = db.execute("SELECT count(*), max(branch_seq) FROM event").fetchone()
        faults = db.execute("PRAGMA foreign_key_check").fetchall()
        indexes = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    store.close()
    with empty.reading() as db:
        assert {row[0] for row in db.execute("SELECT name FROM sqlite_master")} == indexes
    assert days > 700
    assert last == issued.ticket.day
    assert events[0] == events[1] == store.last_seq(1)
    assert events[0] > 9_000
    assert faults == []


def test_the_books_find_a_gap_and_a_number_given_twice(tmp_path: Path) -> None:
    made = house.build("books", tmp_path / "books")
    made.fill(14)
    assert Books(made, ["A001", "B002"]).check() == (0, 0, 0)
    assert Books(made, ["A001", "A001", "A003"]).check() == (1, 0, 1)
    store = Store(made.file)
    with store.writing() as db:
        db.execute("UPDATE ticket SET label = 'A009' WHERE label = 'A002'")
    store.close()
    assert Books(made).check() == (0, 7, 0)


@pytest.mark.slow
def test_issuing_and_calling_are_measured_on_real_servers() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", "issue", "live"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "### Giving out numbers" in done.stdout
    assert "### From the press to the last board" in done.stdout
    for what in ("numbers given twice", "gaps in a series", "told but not stored"):
        row = next(line for line in done.stdout.splitlines() if what in line)
        assert [cell.strip() for cell in row.split("|")[2:4]] == ["0", "0"]


@pytest.mark.slow
def test_presses_are_followed_to_the_pixels_of_a_real_board(chromium_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", "board"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for what in ("this board alone", "3 more boards"):
        missed = f"{what}, calls not painted"
        row = next(line for line in done.stdout.splitlines() if missed in line)
        assert [cell.strip() for cell in row.split("|")[3:5]] == ["0", "yes"]
    assert "with pictures, a roster and a moving line" in done.stdout
