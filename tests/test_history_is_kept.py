import sqlite3

import pytest

from queueing.events import KINDS, first_broken_link
from queueing.store import Committed, Store
from tests.support.branch import House


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'x'",
        "UPDATE event SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 1",
        "DELETE FROM event",
        "DELETE FROM event WHERE seq = 1",
    ],
)
def test_the_database_itself_refuses_to_change_history(house: House, statement: str) -> None:
    house.issue()
    with pytest.raises(sqlite3.IntegrityError, match="history is never"):
        house.sql(statement)
    assert house.kinds() == ["issued"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "cancelled"),
        ("at", "2026-11-23T00:00:00.000Z"),
        ("data", "{}"),
        ("officer_id", 2),
        ("hash", "0" * 64),
        ("request_id", "x"),
    ],
)
def test_tampering_shows_at_the_event_that_was_touched(
    house: House, column: str, value: object
) -> None:
    for _ in range(3):
        house.issue()
    events = house.events()
    setattr(events[1], column, value)
    broken = first_broken_link(events)
    assert broken is not None
    assert broken.branch_seq == 2


def test_a_missing_event_shows(house: House) -> None:
    for _ in range(3):
        house.issue()
    events = house.events()
    del events[1]
    broken = first_broken_link(events)
    assert broken is not None
    assert broken.branch_seq == 3


def test_every_kind_that_the_deeds_write_is_described(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.finish(desk.hoa, 1)
    assert set(desk.kinds()) <= set(KINDS)


def test_hooks_are_told_once_after_the_commit_and_may_fail(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Committed] = []

    def broken(done: Committed) -> None:
        raise RuntimeError("no listener")

    house.store.after_commit += [broken, told.append]
    ticket = house.issue()
    house.operations.open(house.hoa, 1)
    house.operations.call_next(house.hoa, 1)
    assert [(done.seq, done.urgent) for done in told] == [(1, False), (2, False), (3, True)]
    assert told[2].tickets == {ticket.id}
    assert "no listener" in caplog.text


def test_a_hook_is_not_told_of_what_was_refused(house: House) -> None:
    told: list[Committed] = []
    house.store.after_commit.append(told.append)

    def go_wrong() -> None:
        with house.store.change(1):
            house.issue()
            raise RuntimeError("the deed went wrong")

    with pytest.raises(RuntimeError):
        go_wrong()
    assert told == []
    assert house.events() == []


def test_a_reader_within_a_change_sees_what_it_has_written(house: House) -> None:
    with house.store.change(1):
        ticket = house.issue()
        with house.store.reading() as db:
            seen = db.execute("SELECT state FROM ticket WHERE id = ?", (ticket.id,)).fetchone()
            seq = db.execute("SELECT last_seq FROM branch").fetchone()
    assert (tuple(seen), tuple(seq)) == (("waiting",), (1,))


def test_the_epoch_is_made_once_with_the_database(house: House) -> None:
    other = Store(house.store.path)
    assert other.epoch == house.store.epoch
    assert len(other.epoch) == 16
    other.close()


def test_a_database_from_the_future_is_not_touched(house: House) -> None:
    house.sql("INSERT INTO schema_version VALUES (999)")
    with pytest.raises(RuntimeError, match="newer than this program"):
        Store(house.store.path)
