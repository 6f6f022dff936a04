"""What `denluot doctor` finds: a broken chain, and rows that are not what their history says."""

import json

import pytest

from queueing.history import Chain, Difference, differences, verify_chain
from queueing.store.change import event_hash
from queueing.store.rows import Event
from tests.support.branch import House
from tests.support.lively import live_a_while


def chain(house: House) -> Chain:
    with house.store.reading() as db:
        return verify_chain(db, 1)


def unlike(house: House) -> list[Difference]:
    with house.store.reading() as db:
        return list(differences(db, 1))


@pytest.fixture
def open_house(house: House) -> House:
    """Give a house whose history no longer protects itself, as to who edits the file."""
    for _ in range(4):
        house.issue()
    house.sql("DROP TRIGGER event_no_update")
    house.sql("DROP TRIGGER event_no_delete")
    return house


def test_an_untouched_history_is_whole(house: House) -> None:
    assert chain(house) == Chain(0)
    live_a_while(house, 5, deeds=80)
    found = chain(house)
    assert found.whole
    assert found.events == len(house.events())


def test_a_changed_event_is_named(open_house: House) -> None:
    (before,) = open_house.sql("SELECT kind FROM event WHERE branch_seq = 2")[0]
    open_house.sql("UPDATE event SET kind = 'cancelled' WHERE branch_seq = 2")
    assert chain(open_house) == Chain(2, "link", 2)
    open_house.sql("UPDATE event SET kind = ? WHERE branch_seq = 2", before)


def put_back(house: House, event: Event) -> None:
    image = event.image()
    marks = ", ".join("?" * len(image))
    house.sql(f"INSERT INTO event ({', '.join(image)}) VALUES ({marks})", *image.values())


@pytest.mark.parametrize(("seq", "why"), [(1, "start"), (2, "link"), (4, "end")])
def test_a_missing_event_is_noticed_wherever_it_stood(
    open_house: House, seq: int, why: str
) -> None:
    event = open_house.events()[seq - 1]
    open_house.sql("DELETE FROM event WHERE branch_seq = ?", seq)
    found = chain(open_house)
    assert (found.whole, found.why) == (False, why)
    put_back(open_house, event)


def test_oldest_days_may_be_gone_when_a_checkpoint_says_so(open_house: House) -> None:
    first, *_, last = events = open_house.events()
    data = json.dumps({"last_hash": first.hash})
    rest = (None, None, None, None, None, last.at, data, "r")
    new = event_hash(last.hash, 1, 5, "checkpoint", rest)
    put_back(
        open_house,
        Event(5, 1, 5, "checkpoint", None, None, None, None, None, *rest[5:], last.hash, new),
    )
    open_house.sql("UPDATE branch SET last_seq = 5, last_hash = ?", new)
    open_house.sql("DELETE FROM event WHERE branch_seq = 1")
    assert chain(open_house) == Chain(len(events))
    put_back(open_house, first)
    open_house.sql("DELETE FROM event WHERE branch_seq = 5")
    open_house.sql("UPDATE branch SET last_seq = 4, last_hash = ?", last.hash)


def test_rows_are_what_the_history_says_after_a_lively_day(house: House) -> None:
    live_a_while(house, 3)
    assert unlike(house) == []


@pytest.mark.parametrize(
    ("table", "field", "value", "told"),
    [
        ("ticket", "state", "finished", "waiting"),
        ("visit", "service_id", 2, 1),
        ("counter", "state", "closed", "open"),
        ("counter", "officer_id", 2, 1),
    ],
)
def test_a_row_changed_behind_the_history_is_named(
    desk: House, table: str, field: str, value: object, told: object
) -> None:
    desk.issue()
    desk.sql(f"UPDATE {table} SET {field} = ? WHERE id = 1", value)
    assert unlike(desk) == [Difference(table, 1, field, value, told)]
    desk.sql(f"UPDATE {table} SET {field} = ? WHERE id = 1", told)


def test_a_row_without_history_and_a_history_without_row_are_named(house: House) -> None:
    ticket = house.issue()
    house.sql("UPDATE visit SET id = 7")
    found = {(one.table, one.id) for one in unlike(house)}
    assert found == {("visit", 7), ("visit", 1)}
    house.sql("UPDATE visit SET id = 1")
    assert house.ticket(ticket).visit_id == 1
