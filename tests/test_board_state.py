"""What a board shows after each deed."""

import json
import time

import pytest

from queueing.people import Actor
from tests.support.boards import board_of, called
from tests.support.branch import AT, House, clock, refused


@pytest.fixture
def program(house: House) -> Actor:
    """A program that works all counters."""
    house.sql("INSERT INTO api_token VALUES (1, 1, 'test', 'officer', 'x', ?, NULL)", AT)
    actor = Actor(1, house.hoa.role, token_id=1)
    for number in (1, 2, 3):
        house.operations.open(actor, number)
    return actor


def test_at_first_nobody_is_called_and_nobody_waits(house: House) -> None:
    shown = board_of(house)
    assert shown["calls"] == []
    assert shown["zone"] is None
    assert shown["branch"] == {"name": "Xã Mẫu", "hotline": "024 3000 0000"}
    assert (shown["seq"], shown["epoch"]) == (0, house.store.epoch)
    assert [(one["prefix"], one["waiting"]) for one in shown["waiting"]] == [
        ("A", 0), ("H", 0), ("Q", 0),
    ]  # fmt: skip


def test_a_call_is_shown_with_its_counter_and_its_time(desk: House) -> None:
    desk.issue()
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    shown = board_of(desk)
    assert shown["seq"] == desk.store.last_seq(1)
    assert shown["calls"] == [
        {
            "number": "A001",
            "counter": 1,
            "counter_name": "",
            "zone": "Khu A",
            "call_seq": shown["seq"],
            "at": "2026-11-23T01:30:00.000Z",
            "calls": 1,
            "state": "called",
            "arrow": None,
            "hint": "",
            "hint_en": "",
        }
    ]
    assert shown["waiting"][0]["waiting"] == 1


def test_the_newest_call_comes_first(house: House, program: Actor) -> None:
    for _ in range(3):
        house.issue()
    for number in (2, 1):
        house.operations.call_next(program, number)
    assert called(board_of(house)) == [("A002", 1), ("A001", 2)]


def test_a_recalled_number_comes_first_again_and_is_counted(house: House, program: Actor) -> None:
    house.issue()
    house.issue()
    house.operations.call_next(program, 1)
    house.operations.call_next(program, 2)
    clock(house).forward(seconds=30)
    house.operations.recall(program, 1)
    shown = board_of(house)
    assert called(shown) == [("A001", 1), ("A002", 2)]
    assert shown["calls"][0]["calls"] == 2
    assert shown["calls"][0]["at"] == "2026-11-23T01:30:30.000Z"
    assert shown["calls"][0]["call_seq"] == shown["seq"]


def test_an_undone_call_leaves_the_board(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.undo(desk.hoa, 1)
    shown = board_of(desk)
    assert shown["calls"] == []
    assert shown["waiting"][0]["waiting"] == 1


def test_an_undone_recall_stands_where_the_call_stood(house: House, program: Actor) -> None:
    house.issue()
    house.issue()
    house.operations.call_next(program, 1)
    house.operations.call_next(program, 2)
    before = board_of(house)["calls"]
    house.operations.recall(program, 1)
    house.operations.undo(program, 1)
    assert board_of(house)["calls"] == before


@pytest.mark.parametrize(
    ("deed", "state"),
    [("start", "serving"), ("finish", "finished"), ("no_show", "no_show"), ("park", "parked")],
)
def test_a_number_that_was_called_stays_listed_with_its_state(
    desk: House, deed: str, state: str
) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    getattr(desk.operations, deed)(desk.hoa, 1)
    shown = board_of(desk)
    assert called(shown) == [("A001", 1)]
    assert shown["calls"][0]["state"] == state


def test_a_transferred_number_is_no_longer_sent_to_its_old_counter(
    house: House, program: Actor
) -> None:
    house.issue()
    house.operations.call_next(program, 1)
    house.operations.transfer(program, 1, service="dat-dai")
    shown = board_of(house)
    assert shown["calls"] == []
    assert [one["waiting"] for one in shown["waiting"]] == [0, 1, 0]
    house.operations.call_next(program, 3)
    assert called(board_of(house)) == [("A001", 3)]


def test_a_number_that_waits_for_a_further_service_leaves_the_list(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.finish(desk.hoa, 1, next_service="dat-dai")
    assert board_of(desk)["calls"] == []


def test_a_number_that_its_holder_puts_back_or_gives_up_leaves_the_list(desk: House) -> None:
    ticket = desk.issue()
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.postpone(desk.holder(ticket), ticket.id, 1)
    assert board_of(desk)["calls"] == []
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.cancel(desk.holder(desk.ticket("A002")), desk.ticket("A002").id)
    assert board_of(desk)["calls"] == []


def test_a_no_show_that_joins_again_leaves_the_list(desk: House) -> None:
    ticket = desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.no_show(desk.hoa, 1)
    desk.operations.rejoin(desk.holder(ticket), ticket.id)
    assert board_of(desk)["calls"] == []


def test_a_zones_board_knows_its_own_counters_and_their_services_only(
    house: House, program: Actor
) -> None:
    house.issue()
    house.issue("tra-ket-qua")
    house.operations.call_next(program, 1)
    house.operations.call_next(program, 3)
    first, second = board_of(house, "a"), board_of(house, "b")
    assert first["zone"] == {"code": "a", "name": "Khu A"}
    assert called(first) == [("A001", 1)]
    assert called(second) == [("Q001", 3)]
    assert [one["prefix"] for one in first["waiting"]] == ["A", "H", "Q"]
    assert [one["prefix"] for one in second["waiting"]] == ["H", "Q"]


def test_there_is_no_board_of_an_unknown_zone(house: House) -> None:
    assert refused(board_of, house, "c").code == "unknown_zone"


def test_the_list_is_as_long_as_the_setting_says(house: House, program: Actor) -> None:
    house.set("board_calls", "3")
    for _ in range(5):
        house.issue()
        house.operations.call_next(program, 1)
    assert [number for number, _ in called(board_of(house))] == ["A005", "A004", "A003"]


def test_a_number_still_awaited_is_kept_when_a_busy_counter_fills_the_list(
    house: House, program: Actor
) -> None:
    house.set("board_calls", "3")
    for _ in range(5):
        house.issue()
    house.operations.call_next(program, 2)
    for _ in range(4):
        house.operations.call_next(program, 1)
    assert [number for number, _ in called(board_of(house))] == ["A005", "A004", "A001"]


def test_every_number_still_awaited_is_listed_however_many_counters_call(
    house: House, program: Actor
) -> None:
    house.set("board_calls", "2")
    for service in ("tra-ket-qua", "tra-ket-qua", "ho-tich", "ho-tich"):
        house.issue(service)
    for counter in (3, 1, 2, 3):
        house.operations.call_next(program, counter)
    shown = board_of(house)
    assert {call["state"] for call in shown["calls"]} == {"called"}
    assert called(shown) == [("Q002", 3), ("A002", 2), ("A001", 1)]


def test_yesterdays_calls_are_not_todays(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(hours=20)
    assert board_of(desk)["calls"] == []


def test_a_clock_set_back_does_not_bring_yesterday_up_again(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(hours=-20)
    assert called(board_of(desk)) == [("A001", 1)]


def test_outside_hours_the_board_is_closed_and_knows_when_it_opens(house: House) -> None:
    house.sql("INSERT INTO opening_hours VALUES (1, 0, '13:30', '17:00')")
    shown = board_of(house)
    assert (shown["open"], shown["opens_at"]) == (False, "2026-11-23T06:30:00.000Z")
    clock(house).forward(hours=6)
    shown = board_of(house)
    assert (shown["open"], shown["opens_at"]) == (True, None)


def test_the_range_is_that_of_one_who_would_join_now(desk: House) -> None:
    desk.set("estimate_after", "1")
    desk.issue()
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    assert board_of(desk)["waiting"][0]["estimate"] is None
    clock(desk).forward(minutes=10)
    desk.operations.call_next(desk.hoa, 1)
    shown = board_of(desk)["waiting"][0]
    told = desk.operations.issue(desk.kiosk, "ho-tich")
    assert told.estimate is not None
    assert (shown["waiting"], shown["estimate"]) == (told.ahead, told.estimate.as_json())
    assert shown["estimate"]["high"] > 0


def test_nobody_can_tell_from_it_who_is_in_a_priority_group(house: House, program: Actor) -> None:
    house.issue()
    ordinary = house.issue()
    first = house.issue(priority="cao-tuoi")
    house.operations.call_next(program, 1)
    house.operations.call_next(program, 2)
    shown = board_of(house)
    assert called(shown) == [("A001", 2), (first.label, 1)]
    assert set(shown["calls"][0]) == set(shown["calls"][1])
    words = json.dumps(shown, ensure_ascii=False)
    assert "cao-tuoi" not in words
    assert "Người cao tuổi" not in words
    assert ordinary.label not in words


def test_it_is_built_within_2_ms_after_a_long_day(house: House, program: Actor) -> None:
    for _ in range(300):
        house.issue("dat-dai")
        house.operations.call_next(program, 3)
    board_of(house, "a")
    took = []
    for _ in range(20):
        begun = time.perf_counter()
        board_of(house, "a")
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.002


def test_it_is_small_enough_to_send_to_two_hundred_boards(house: House, program: Actor) -> None:
    for _ in range(9):
        house.issue()
        house.operations.call_next(program, 1)
    assert len(json.dumps(board_of(house), ensure_ascii=False).encode()) < 4000
