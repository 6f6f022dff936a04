import pytest

from tests.support.branch import House, clock, refused


def test_who_came_first_is_called_first(desk: House) -> None:
    for _ in range(3):
        desk.issue()
    called = [desk.operations.call_next(desk.hoa, 1) for _ in range(4)]
    assert [c.ticket.label if c else None for c in called] == ["A001", "A002", "A003", None]


def test_a_counter_calls_its_own_services_before_those_it_helps_with(desk: House) -> None:
    desk.issue("tra-ket-qua")
    desk.issue("ho-tich")
    called = desk.operations.call_next(desk.hoa, 1)
    assert called is not None
    assert (called.ticket.label, called.why["rule"]) == ("A001", "own_service")


def test_priority_is_called_first_and_says_so(desk: House) -> None:
    desk.issue()
    desk.issue(priority="cao-tuoi")
    clock(desk).forward(minutes=6)
    called = desk.operations.call_next(desk.hoa, 1)
    assert called is not None
    assert (called.ticket.label, called.why) == ("A002", {"rule": "priority", "waited_s": 360})


def test_calling_the_next_finishes_the_one_before(desk: House) -> None:
    desk.issue()
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.call_next(desk.hoa, 1)
    assert desk.ticket("A001").state == "finished"
    assert (desk.visit("A001").outcome, desk.visit("A001").start_inferred) == ("received", 1)


def test_calling_the_next_is_refused_while_one_is_here_if_the_branch_says_so(desk: House) -> None:
    desk.set("call_next_finishes", "false")
    desk.issue()
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    error = refused(desk.operations.call_next, desk.hoa, 1)
    assert (error.code, error.facts["number"]) == ("counter_holds_ticket", "A001")


def test_a_closed_counter_calls_nobody(house: House) -> None:
    assert refused(house.operations.call_next, house.hoa, 1).code == "counter_closed"


def test_a_paused_counter_calls_nobody(desk: House) -> None:
    desk.operations.pause(desk.hoa, 1)
    assert refused(desk.operations.call_next, desk.hoa, 1).code == "counter_paused"


def test_nobody_calls_at_anothers_counter(desk: House) -> None:
    error = refused(desk.operations.call_next, desk.nam, 1)
    assert (error.code, error.facts["officer"]) == ("counter_not_yours", "Nguyễn Thị Hoa")


def test_a_kiosk_calls_nobody(desk: House) -> None:
    assert refused(desk.operations.call_next, desk.kiosk, 1).code == "forbidden"


def test_a_parked_ticket_is_called_again_when_its_time_has_come(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.park(desk.hoa, 1, "thiếu giấy tờ", "2026-11-23T01:40:00.000Z")
    desk.issue()
    clock(desk).forward(minutes=5)
    called = desk.operations.call_next(desk.hoa, 1)
    assert called is not None
    assert called.ticket.label == "A002"
    clock(desk).forward(minutes=5)
    due = desk.operations.call_next(desk.hoa, 1)
    assert due is not None
    assert (due.ticket.label, due.why["rule"]) == ("A001", "due")


@pytest.mark.parametrize("typed", ["a2", "A002", "A 2", " a-002 "])
def test_a_chosen_ticket_is_called_however_it_was_typed(desk: House, typed: str) -> None:
    desk.issue()
    desk.issue()
    assert desk.operations.call(desk.hoa, 1, typed).ticket.label == "A002"


def test_calling_a_no_show_lets_it_join_again_first(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.no_show(desk.hoa, 1)
    desk.operations.call(desk.hoa, 1, "A001")
    assert desk.ticket("A001").state == "called"
    assert desk.kinds()[-2:] == ["rejoined", "called"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("H001", "not_served_here"), ("A009", "unknown_number"), ("??", "unreadable_number")],
)
def test_it_refuses_to_call_a_number_that_cannot_come(desk: House, typed: str, code: str) -> None:
    desk.issue("dat-dai")
    assert refused(desk.operations.call, desk.hoa, 1, typed).code == code


def test_a_ticket_at_another_counter_is_not_called_twice(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.open(desk.nam, 2)
    error = refused(desk.operations.call, desk.nam, 2, "A001")
    assert (error.code, error.facts["state"], error.facts["counter"]) == (
        "at_counter_already",
        "called",
        1,
    )
    assert "recall" in error.facts["allowed"]  # type: ignore[operator]
