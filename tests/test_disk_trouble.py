"""A disk that cannot be written: a refusal in words, nothing half done, and on again after."""

import sqlite3

import pytest

from tests.support.branch import House, refused


def test_a_full_disk_refuses_in_words_and_takes_no_number(house: House) -> None:
    first = house.issue()
    with house.store.writing() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
    codes = set()
    for _ in range(400):
        try:
            house.issue()
        except Exception as error:
            codes.add(getattr(error, "code", repr(error)))
            break
    assert codes == {"storage_full"}
    taken = house.sql("SELECT count(*), max(label) FROM ticket")
    house.check()
    house.sql("PRAGMA max_page_count = 1000000")
    label = house.issue().label
    assert label == f"A{taken[0][0] + 1:03d}"
    assert first.label == "A001"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_IOERR_WRITE", "storage_failed"),
        ("SQLITE_READONLY_DBMOVED", "storage_failed"),
        ("SQLITE_BUSY_SNAPSHOT", "busy"),
    ],
)
def test_trouble_below_the_database_is_a_refusal(house: House, name: str, code: str) -> None:
    def go_wrong() -> None:
        with house.store.change(1):
            house.issue()
            error = sqlite3.OperationalError("trouble")
            error.sqlite_errorname = name
            raise error

    assert refused(go_wrong).code == code
    assert house.events() == []
