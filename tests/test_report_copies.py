"""Months that are over are added up once: a copy says what counting says, and never what was."""

from datetime import timedelta

import pytest

from queueing.people import Actor, Role
from queueing.reports import Report
from queueing.store import report
from tests.support.branch import House, clock
from tests.support.lively import live_a_while

# 45 issued becomes 9945, which no counting would give
FALSIFY = """UPDATE report_copy SET figures = replace(figures, '"issued": ', '"issued": 99')"""
YEAR = ("2026-01-01", "2027-12-31")


def copies(house: House) -> list[tuple[str, str]]:
    with house.store.reading() as db:
        return db.execute("SELECT first, last FROM report_copy ORDER BY first").fetchall()


def keep_all(house: House) -> None:
    while report.keep_next(house.store, 1):
        pass


def asked(house: House, first: str = YEAR[0], last: str = YEAR[1]) -> Report:
    return report.read(house.store, 1, first, last)


@pytest.fixture
def years(house: House) -> House:
    """Give a branch that worked in November, December and January, and is now in February."""
    for seed, month in enumerate((11, 12, 13)):
        live_a_while(house, seed, 120)
        later = clock(house).now.replace(day=3) + timedelta(days=31)
        clock(house).now = later.replace(day=3, hour=1)
        assert clock(house).now.month == month % 12 + 1
        house.operations.expire(1)
        house.operations.confirm_day(Actor(1, Role.ADMIN))
        house.operations.expire(1)
    house.issue()
    return house


def test_a_copy_says_what_counting_says(years: House) -> None:
    counted = asked(years)
    part = asked(years, "2026-11-25", "2027-01-15")
    keep_all(years)
    assert copies(years) == [
        ("2026-11-01", "2026-11-30"),
        ("2026-12-01", "2026-12-31"),
        ("2027-01-01", "2027-01-31"),
    ]
    assert asked(years) == counted
    assert asked(years, "2026-11-25", "2027-01-15") == part
    assert counted.issued > 30
    assert counted.work.handling_ms > 0


def test_a_month_that_goes_on_has_no_copy(house: House) -> None:
    live_a_while(house, 1, 60)
    clock(house).forward(days=1)
    house.operations.expire(1)
    house.issue()
    assert not report.keep_next(house.store, 1)
    assert copies(house) == []


def test_a_date_in_doubt_ends_no_month(house: House) -> None:
    live_a_while(house, 1, 60)
    clock(house).forward(days=40)
    house.operations.expire(1)
    assert not report.keep_next(house.store, 1)
    assert copies(house) == []


def test_a_copy_is_read_instead_of_the_visits(years: House) -> None:
    keep_all(years)
    with years.store.writing() as db:
        db.execute("UPDATE visit SET calls = calls + 0")
        db.execute(FALSIFY)
    assert asked(years, "2026-11-01", "2026-12-31").issued > 1000


def test_a_corrected_result_throws_its_months_copy_away(years: House) -> None:
    december = asked(years, "2026-12-01", "2026-12-31")
    keep_all(years)
    with years.store.writing() as db:
        db.execute(FALSIFY)
        visit = db.execute(
            "SELECT id FROM visit WHERE outcome = 'received' AND void = 0"
            " AND day LIKE '2026-12-%' LIMIT 1"
        ).fetchone()[0]
    years.operations.correct(Actor(1, Role.SUPERVISOR), visit, outcome="guided")
    assert [first for first, _ in copies(years)] == ["2026-11-01", "2027-01-01"]
    assert asked(years, "2026-12-01", "2026-12-31") == december, "counted anew"
    keep_all(years)
    assert len(copies(years)) == 3


def test_another_rollover_hour_leaves_copies_unused(years: House) -> None:
    keep_all(years)
    with years.store.writing() as db:
        db.execute(FALSIFY)
        db.execute("UPDATE report_copy SET rollover_hour = rollover_hour + 1")
    assert asked(years).issued < 1000
