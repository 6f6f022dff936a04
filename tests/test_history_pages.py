"""The service-time log is read page by page, however long it is."""

import pytest

from queueing import history
from tests.support.branch import House, clock

DAY = "2026-11-23"


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("size", [1, 3, 7])
def test_pages_hold_every_visit_once_and_in_order(
    house: House, newest_first: bool, size: int
) -> None:
    for _ in range(3):
        for _ in range(4):
            house.issue()
        clock(house).forward(days=1)
    seen: list[history.VisitRow] = []
    after = None
    while True:
        with house.store.reading() as db:
            page = history.visits(
                db,
                1,
                "2026-11-23",
                "2026-11-25",
                after=after,
                newest_first=newest_first,
                limit=size,
            )
        if not page:
            break
        seen += page
        after = page[-1].place
    expected = [(line.day, line.id) for line in seen]
    assert expected == sorted(expected, reverse=newest_first)
    assert len(set(expected)) == 12


def test_other_days_and_other_branches_are_not_in_it(house: House) -> None:
    house.issue()
    clock(house).forward(days=1)
    house.issue()
    with house.store.reading() as db:
        assert [line.day for line in history.visits(db, 1, DAY, DAY)] == [DAY]
        assert history.visits(db, 2, DAY, "2027-01-01") == []


def test_no_page_of_the_log_reads_more_than_itself(house: House) -> None:
    with house.store.reading() as db:
        for bound in ("v.day = ? AND v.id > ?", "v.day > ? AND v.day <= ?"):
            sql = history._SELECT + bound + " ORDER BY v.day, v.id LIMIT 10"
            plan = [str(row[3]) for row in db.execute("EXPLAIN QUERY PLAN " + sql, (1, DAY, 1))]
            assert "visit_day" in plan[0]
            assert not any("SCAN" in step or "TEMP B-TREE" in step for step in plan), plan
