import pytest

from tests.support.branch import House, clock, refused


def test_parked_time_is_kept_apart_from_handling_and_service(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.start(desk.hoa, 1)
    clock(desk).forward(minutes=2)
    desk.operations.park(desk.hoa, 1)
    clock(desk).forward(minutes=30)
    desk.operations.resume(desk.hoa, 1, "A001", present=True)
    clock(desk).forward(minutes=3)
    desk.operations.finish(desk.hoa, 1)
    visit = desk.visit("A001")
    assert (visit.handled_ms, visit.parked_ms) == (5 * 60_000, 30 * 60_000)


def test_a_ticket_parked_before_its_start_parks_apart(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.park(desk.hoa, 1)
    clock(desk).forward(minutes=4)
    desk.operations.resume(desk.hoa, 1, "A001")
    visit = desk.visit("A001")
    assert (visit.parked_early_ms, visit.parked_ms, desk.ticket("A001").state) == (
        4 * 60_000,
        0,
        "called",
    )


@pytest.mark.parametrize(
    "due", ["gestern", "2026-11-23T01:30:00", "2026-11-23T01:00:00Z", "2026-11-25T01:00:00Z"]
)
def test_a_due_time_outside_the_day_is_refused(desk: House, due: str) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    assert refused(desk.operations.park, desk.hoa, 1, None, due).code == "due_invalid"


def test_another_counter_that_serves_it_may_resume(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.park(desk.hoa, 1)
    desk.operations.open(desk.nam, 2)
    assert desk.operations.resume(desk.nam, 2, "A001").counter.number == 2


def test_only_a_parked_ticket_is_resumed(desk: House) -> None:
    desk.issue()
    assert refused(desk.operations.resume, desk.hoa, 1, "A001").code == "wrong_state"


def test_a_transfer_keeps_its_arrival_time(desk: House) -> None:
    desk.issue("ho-tich")
    desk.issue("dat-dai")
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.transfer(desk.hoa, 1, service="dat-dai")
    desk.operations.open(desk.nam, 3)
    called = desk.operations.call_next(desk.nam, 3)
    assert called is not None
    assert called.ticket.label == "A001"


def test_a_transfer_may_go_to_the_end(desk: House) -> None:
    desk.set("transfer_keeps_arrival", "false")
    desk.issue("ho-tich")
    desk.issue("dat-dai")
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.transfer(desk.hoa, 1, service="dat-dai")
    desk.operations.open(desk.nam, 3)
    called = desk.operations.call_next(desk.nam, 3)
    assert called is not None
    assert called.ticket.label == "H001"


def test_a_transfer_to_a_counter_waits_for_that_counter_only(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.open(desk.nam, 2)
    desk.operations.transfer(desk.hoa, 1, counter=2)
    assert desk.operations.call_next(desk.hoa, 1) is None
    called = desk.operations.call_next(desk.nam, 2)
    assert called is not None
    assert called.ticket.label == "A001"


def test_a_transfer_to_an_officer_follows_the_officer(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.open(desk.nam, 2)
    desk.operations.transfer(desk.hoa, 1, officer=2)
    assert desk.operations.call_next(desk.hoa, 1) is None
    assert desk.operations.call_next(desk.nam, 2) is not None


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ({}, "transfer_nowhere"),
        ({"service": "khong-co"}, "target_unknown"),
        ({"counter": 9}, "unknown_counter"),
        ({"counter": 2}, "target_not_open"),
        ({"officer": 2}, "target_not_open"),
    ],
)
def test_a_transfer_to_nowhere_is_refused(
    desk: House, target: dict[str, object], code: str
) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    assert refused(desk.operations.transfer, desk.hoa, 1, **target).code == code


def test_a_transfer_to_a_counter_that_does_not_serve_it_is_refused(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.open(desk.nam, 3)
    assert refused(desk.operations.transfer, desk.hoa, 1, counter=3).code == "transfer_unserved"


def test_only_a_supervisor_moves_a_waiting_ticket(desk: House) -> None:
    ticket = desk.issue()
    deed = desk.operations.transfer_ticket
    assert refused(deed, desk.hoa, ticket.id, service="dat-dai").code == "forbidden"
    assert deed(desk.lan, ticket.id, service="dat-dai").service_id == 2


def test_an_officer_does_not_move_a_ticket_from_anothers_counter(desk: House) -> None:
    ticket = desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    error = refused(desk.operations.transfer_ticket, desk.nam, ticket.id, service="dat-dai")
    assert (error.code, error.facts["counter"]) == ("at_other_counter", 1)


def test_granting_priority_moves_a_waiting_ticket_forward(desk: House) -> None:
    desk.issue()
    second = desk.issue()
    desk.operations.priority(desk.hoa, second.id, "co-cong")
    called = desk.operations.call_next(desk.hoa, 1)
    assert called is not None
    assert called.ticket.label == "A002"


def test_priority_taken_away_puts_it_back_where_it_came(desk: House) -> None:
    desk.issue()
    second = desk.issue(priority="cao-tuoi")
    desk.operations.priority(desk.hoa, second.id, None)
    called = desk.operations.call_next(desk.hoa, 1)
    assert called is not None
    assert called.ticket.label == "A001"


def test_a_holder_grants_nothing(house: House) -> None:
    ticket = house.issue()
    deed = house.operations.priority
    assert refused(deed, house.holder(ticket), ticket.id, "cao-tuoi").code == "forbidden"
