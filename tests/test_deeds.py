import pytest

from tests.support.branch import House, clock, refused

# -- issue ------------------------------------------------------------------------------


def test_numbers_count_up_within_a_prefix(house: House) -> None:
    labels = [house.issue(s).label for s in ("ho-tich", "dat-dai", "ho-tich")]
    assert labels == ["A001", "H001", "A002"]


def test_a_series_goes_on_past_999(house: House) -> None:
    house.issue()
    house.sql("UPDATE series SET last = 998")
    assert [house.issue().label for _ in range(3)] == ["A999", "A1000", "A1001"]


def test_a_ticket_says_how_many_wait_before_it(house: House) -> None:
    aheads = [house.operations.issue(house.kiosk, "ho-tich").ahead for _ in range(3)]
    assert aheads == [0, 1, 2]


def test_a_priority_ticket_counts_only_those_who_go_before_it(house: House) -> None:
    for _ in range(3):
        house.issue()
    first = house.operations.issue(house.kiosk, "ho-tich", priority="cao-tuoi")
    second = house.operations.issue(house.kiosk, "ho-tich", priority="cao-tuoi")
    ordinary = house.operations.issue(house.kiosk, "ho-tich")
    assert (first.ahead, second.ahead, ordinary.ahead) == (0, 1, 5)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"service": "khong-co"}, "unknown_service"),
        ({"service": "ho-tich", "procedure": "9.9"}, "unknown_procedure"),
        ({"service": "ho-tich", "priority": "vip"}, "unknown_priority"),
        ({"service": "ho-tich", "priority": "co-cong"}, "priority_not_offered"),
        ({"service": "ho-tich", "language": "fr"}, "unknown_language"),
    ],
)
def test_it_refuses_to_issue_what_does_not_exist(
    house: House, options: dict[str, str], code: str
) -> None:
    assert refused(house.operations.issue, house.kiosk, **options).code == code
    assert house.events() == []


def test_a_refused_ticket_takes_no_number(house: House) -> None:
    refused(house.operations.issue, house.kiosk, "ho-tich", procedure="9.9")
    assert house.issue().label == "A001"


def test_it_refuses_a_paused_service_by_name(house: House) -> None:
    house.sql("UPDATE service SET paused = 1 WHERE id = 1")
    error = refused(house.operations.issue, house.kiosk, "ho-tich")
    assert (error.code, error.facts["service"]) == ("service_closed", "Hộ tịch – Chứng thực")


def test_it_refuses_outside_opening_hours_and_says_when_it_opens(house: House) -> None:
    house.sql("INSERT INTO opening_hours VALUES (1, 1, '07:30', '11:30')")
    error = refused(house.operations.issue, house.kiosk, "ho-tich")
    assert error.code == "branch_closed"
    assert error.facts["opens_at"] == "2026-11-24T00:30:00.000Z"


# -- call-next --------------------------------------------------------------------------


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


# -- call a chosen number ---------------------------------------------------------------


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
        "wrong_state",
        "called",
        1,
    )
    assert "recall" in error.facts["allowed"]  # type: ignore[operator]


# -- recall, start, finish, no-show -----------------------------------------------------


def test_recalls_are_counted_and_the_first_call_stays(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(seconds=40)
    desk.operations.recall(desk.hoa, 1)
    visit = desk.visit("A001")
    assert (visit.calls, visit.first_called_at, visit.called_at) == (
        2,
        "2026-11-23T01:30:00.000Z",
        "2026-11-23T01:30:40.000Z",
    )


def test_times_of_a_served_visit(desk: House) -> None:
    desk.issue()
    clock(desk).forward(minutes=10)
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(minutes=1)
    desk.operations.start(desk.hoa, 1)
    clock(desk).forward(minutes=5)
    desk.operations.finish(desk.hoa, 1, "supplement", note="thiếu bản sao", dossier="H01.23")
    visit = desk.visit("A001")
    assert (visit.handled_ms, visit.outcome, visit.start_inferred) == (360_000, "supplement", 0)
    assert desk.sql("SELECT note, dossier FROM visit_text") == [("thiếu bản sao", "H01.23")]


def test_typed_words_never_enter_the_history(desk: House) -> None:
    ticket = desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.park(desk.hoa, 1, "chờ bản gốc")
    desk.operations.resume(desk.hoa, 1, "A001", present=True)
    desk.operations.finish(desk.hoa, 1, note="ghi chú riêng", dossier="H01.23")
    history = " ".join(event.data for event in desk.events())
    for secret in ("chờ bản gốc", "ghi chú riêng", "H01.23", ticket.token):
        assert secret not in history
        assert secret.encode("ascii", "backslashreplace").decode() not in history


def test_finishing_with_a_next_service_keeps_the_number(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.finish(desk.hoa, 1, next_service="tra-ket-qua")
    ticket = desk.ticket("A001")
    assert (ticket.state, ticket.service_id, ticket.counter_id) == ("waiting", 3, None)
    assert desk.sql("SELECT outcome FROM visit ORDER BY id") == [("received",), (None,)]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"outcome": "no_show"}, "unknown_outcome"),
        ({"outcome": "đẹp"}, "unknown_outcome"),
        ({"procedure": "9.9"}, "unknown_procedure"),
        ({"note": "x" * 501}, "text_too_long"),
        ({"dossier": "x" * 65}, "text_too_long"),
        ({"next_service": "khong-co"}, "unknown_service"),
    ],
)
def test_a_wrong_finish_is_refused_and_changes_nothing(
    desk: House, options: dict[str, str], code: str
) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    before = desk.kinds()
    assert refused(desk.operations.finish, desk.hoa, 1, **options).code == code
    assert desk.kinds() == before
    assert desk.ticket("A001").state == "called"


@pytest.mark.parametrize("deed", ["recall", "start", "finish", "no_show", "park"])
def test_an_empty_counter_has_nothing_to_act_on(desk: House, deed: str) -> None:
    assert refused(getattr(desk.operations, deed), desk.hoa, 1).code == "counter_holds_nothing"


@pytest.mark.parametrize("deed", ["recall", "start", "no_show"])
def test_a_served_ticket_is_neither_recalled_nor_absent(desk: House, deed: str) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.start(desk.hoa, 1)
    assert refused(getattr(desk.operations, deed), desk.hoa, 1).code == "wrong_state"


def test_a_no_show_may_wait_some_places_later_by_the_branchs_rule(desk: House) -> None:
    desk.set("no_show_returns", "1")
    desk.set("no_show_places", "2")
    for _ in range(4):
        desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.no_show(desk.hoa, 1)
    order = [desk.operations.call_next(desk.hoa, 1) for _ in range(4)]
    assert [c.ticket.label for c in order if c] == ["A002", "A003", "A001", "A004"]
    desk.operations.finish(desk.hoa, 1)
    assert desk.ticket("A001").state == "finished"


def test_the_second_absence_is_a_no_show(desk: House) -> None:
    desk.set("no_show_returns", "1")
    desk.issue()
    for _ in range(2):
        desk.operations.call_next(desk.hoa, 1)
        desk.operations.no_show(desk.hoa, 1)
    assert (desk.ticket("A001").state, desk.visit("A001").outcome) == ("no_show", "no_show")


# -- park, resume -----------------------------------------------------------------------


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


# -- transfer ---------------------------------------------------------------------------


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
        ({"service": "khong-co"}, "unknown_service"),
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


# -- the holder's deeds -----------------------------------------------------------------


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


# -- priority ---------------------------------------------------------------------------


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
