from tests.support.branch import House, clock, refused


def test_a_holder_leaves_and_the_visit_says_so(house: House) -> None:
    ticket = house.issue()
    house.operations.cancel(house.holder(ticket), ticket.id)
    assert (house.ticket(ticket).state, house.visit(ticket).outcome) == ("cancelled", "left")


def test_leaving_when_called_frees_the_counter(desk: House) -> None:
    ticket = desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.cancel(desk.holder(ticket), ticket.id)
    assert desk.counter(1).ticket_id is None


def test_nobody_cancels_anothers_ticket(house: House) -> None:
    mine, theirs = house.issue(), house.issue()
    assert refused(house.operations.cancel, house.holder(mine), theirs.id).code == "forbidden"


def test_a_finished_ticket_is_not_cancelled(desk: House) -> None:
    ticket = desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.finish(desk.hoa, 1)
    assert refused(desk.operations.cancel, desk.holder(ticket), ticket.id).code == "wrong_state"


def test_postponing_lets_others_go_first(desk: House) -> None:
    first = desk.issue()
    for _ in range(3):
        desk.issue()
    desk.operations.postpone(desk.holder(first), first.id, 2)
    order = [desk.operations.call_next(desk.hoa, 1) for _ in range(4)]
    assert [c.ticket.label for c in order if c] == ["A002", "A003", "A001", "A004"]


def test_postponing_past_the_end_goes_to_the_end(desk: House) -> None:
    first = desk.issue()
    desk.issue()
    desk.operations.postpone(desk.holder(first), first.id, 20)
    called = desk.operations.call_next(desk.hoa, 1)
    assert called is not None
    assert called.ticket.label == "A002"


def test_postponing_has_its_limits(house: House) -> None:
    ticket = house.issue()
    holder = house.holder(ticket)
    assert refused(house.operations.postpone, holder, ticket.id, 0).code == "places_invalid"
    assert refused(house.operations.postpone, holder, ticket.id, 21).code == "places_invalid"
    house.operations.postpone(holder, ticket.id, 1)
    house.operations.postpone(holder, ticket.id, 1)
    assert refused(house.operations.postpone, holder, ticket.id, 1).code == "too_often"


def test_a_no_show_joins_again_once_at_the_end(desk: House) -> None:
    first = desk.issue()
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.no_show(desk.hoa, 1)
    desk.operations.rejoin(desk.holder(first), first.id)
    order = []
    for _ in range(2):
        called = desk.operations.call_next(desk.hoa, 1)
        assert called is not None
        order.append(called.ticket.label)
    assert order == ["A002", "A001"]
    desk.operations.no_show(desk.hoa, 1)
    assert refused(desk.operations.rejoin, desk.holder(first), first.id).code == "too_often"


def test_a_no_show_may_join_near_the_head_by_the_branchs_rule(desk: House) -> None:
    desk.set("rejoin_places", "1")
    first = desk.issue()
    for _ in range(3):
        desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.no_show(desk.hoa, 1)
    desk.operations.rejoin(desk.holder(first), first.id)
    order = [desk.operations.call_next(desk.hoa, 1) for _ in range(3)]
    assert [c.ticket.label for c in order if c] == ["A002", "A001", "A003"]


def test_yesterdays_no_show_does_not_join_today(desk: House) -> None:
    ticket = desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.no_show(desk.hoa, 1)
    clock(desk).forward(days=1)
    assert refused(desk.operations.rejoin, desk.holder(ticket), ticket.id).code == "not_today"
