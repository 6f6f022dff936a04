import pytest

from queueing.store import alerts
from tests.support.branch import House, clock, refused


def call(house: House) -> str:
    found = house.operations.call_next(house.hoa, 1)
    assert found is not None
    return found.ticket.label


def test_the_branchs_rule_is_used_and_an_undo_gives_its_turn_back(desk: House) -> None:
    desk.set("calling_policy", "interleaved")
    desk.set("interleave_ordinary", "2")
    for priority in (None, None, None, "cao-tuoi", "cao-tuoi"):
        desk.issue(priority=priority)
    assert [call(desk) for _ in range(2)] == ["A004", "A001"]
    desk.operations.undo(desk.hoa, 1)
    assert [call(desk) for _ in range(3)] == ["A001", "A002", "A005"]


def test_credit_decides_by_the_branchs_own_rates(desk: House) -> None:
    desk.set("calling_policy", "accumulating")
    desk.sql("UPDATE priority_class SET credit = 3 WHERE code = 'cao-tuoi'")
    desk.issue()
    clock(desk).forward(minutes=5)
    desk.issue(priority="cao-tuoi")
    clock(desk).forward(minutes=2)
    assert call(desk) == "A001"
    desk.operations.undo(desk.hoa, 1)
    clock(desk).forward(minutes=1)
    assert call(desk) == "A002"


def test_recalls_have_a_limit_where_the_branch_sets_one(desk: House) -> None:
    desk.set("recalls_most", "2")
    desk.issue()
    call(desk)
    desk.operations.recall(desk.hoa, 1)
    desk.operations.recall(desk.hoa, 1)
    error = refused(desk.operations.recall, desk.hoa, 1)
    assert (error.code, error.facts["times"]) == ("too_often", 2)


def test_only_recalls_count_as_recalls(desk: House) -> None:
    desk.set("recalls_most", "1")
    desk.issue()
    call(desk)
    desk.operations.park(desk.hoa, 1)
    desk.operations.resume(desk.hoa, 1, "A001")
    desk.operations.recall(desk.hoa, 1)
    assert refused(desk.operations.recall, desk.hoa, 1).code == "too_often"
    desk.operations.undo(desk.hoa, 1)
    desk.operations.recall(desk.hoa, 1)
    desk.operations.park(desk.hoa, 1)
    desk.operations.resume(desk.hoa, 1, "A001")
    desk.operations.recall(desk.hoa, 1)


def test_whoever_took_the_counter_over_is_credited_with_the_work(desk: House) -> None:
    desk.issue()
    call(desk)
    desk.operations.close(desk.nam, 2)
    desk.operations.open(desk.nam, 1, take=True)
    desk.operations.finish(desk.nam, 1)
    assert desk.sql("SELECT officer_id FROM visit") == [(desk.nam.officer_id,)]


def test_a_supervisors_change_does_not_take_the_officers_undo(desk: House) -> None:
    desk.issue()
    call(desk)
    desk.operations.assign(desk.lan, 1, {"dat-dai": 1, "ho-tich": 2})
    desk.operations.undo(desk.hoa, 1)
    assert desk.ticket("A001").state == "waiting"


def test_a_pause_has_a_reason_that_may_change_and_ends_with_it(desk: House) -> None:
    desk.operations.pause(desk.hoa, 1, "lunch")
    assert desk.counter(1).reason == "lunch"
    desk.operations.pause(desk.hoa, 1, "meeting")
    desk.operations.pause(desk.hoa, 1)
    assert (desk.counter(1).reason, desk.kinds()[-2:]) == ("meeting", ["paused", "paused"])
    desk.operations.open(desk.hoa, 1)
    assert desk.counter(1).reason is None
    assert refused(desk.operations.pause, desk.hoa, 1, "đi chợ").code == "unknown_reason"


def test_a_supervisor_changes_what_a_counter_serves_at_once(desk: House) -> None:
    desk.issue("dat-dai")
    assert desk.operations.call_next(desk.hoa, 1) is None
    desk.operations.assign(desk.lan, 1, {"dat-dai": 1, "ho-tich": 2})
    assert call(desk) == "H001"
    desk.operations.assign(desk.lan, 1, {"dat-dai": 1, "ho-tich": 2})
    assert desk.kinds().count("assigned") == 1


@pytest.mark.parametrize(
    ("services", "code"), [({}, "no_services"), ({"khong-co": 1}, "unknown_service")]
)
def test_a_counter_cannot_serve_nothing_or_what_does_not_exist(
    desk: House, services: dict[str, int], code: str
) -> None:
    assert refused(desk.operations.assign, desk.lan, 1, services).code == code
    assert desk.kinds() == ["opened"]


def test_a_mistaken_result_is_corrected_and_the_old_one_is_kept(desk: House) -> None:
    desk.issue()
    call(desk)
    desk.operations.finish(desk.hoa, 1, "refused")
    visit = desk.visit("A001")
    corrected = desk.operations.correct(desk.lan, visit.id, outcome="received")
    assert corrected.outcome == "received"
    event = desk.events()[-1]
    assert event.kind == "corrected"
    assert '"was":{"visit":{"outcome":"refused"}}' in event.data


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"outcome": "no_show"}, "unknown_outcome"),
        ({"procedure": "9.9"}, "unknown_procedure"),
    ],
)
def test_a_correction_must_itself_be_right(desk: House, wanted: dict[str, str], code: str) -> None:
    desk.issue()
    call(desk)
    desk.operations.finish(desk.hoa, 1)
    visit = desk.visit("A001")
    assert refused(desk.operations.correct, desk.lan, visit.id, **wanted).code == code


def test_what_has_not_ended_or_nobody_chose_is_not_corrected(desk: House) -> None:
    desk.issue()
    visit = desk.visit("A001")
    assert (
        refused(desk.operations.correct, desk.lan, visit.id, outcome="guided").code == "visit_open"
    )
    call(desk)
    desk.operations.no_show(desk.hoa, 1)
    error = refused(desk.operations.correct, desk.lan, visit.id, outcome="guided")
    assert error.code == "not_correctable"
    assert refused(desk.operations.correct, desk.lan, 999, outcome="guided").code == "unknown_visit"


def test_an_alert_once_seen_is_known_by_its_key(house: House) -> None:
    house.operations.acknowledge(house.lan, "printer:1:paper_out")
    with house.store.reading() as db:
        assert alerts.acknowledged(db, 1) == {"printer:1:paper_out": "2026-11-23T01:30:00.000Z"}
    assert house.kinds() == ["acknowledged"]


@pytest.mark.parametrize(
    ("deed", "arguments"),
    [("assign", (1, {"ho-tich": 1})), ("correct", (1,)), ("acknowledge", ("x",))],
)
def test_an_officer_supervises_nobody(
    desk: House, deed: str, arguments: tuple[object, ...]
) -> None:
    assert refused(getattr(desk.operations, deed), desk.hoa, *arguments).code == "forbidden"


# -- counters that call by themselves ---------------------------------------------------


def test_an_idle_counter_calls_by_itself_after_the_branchs_time(desk: House) -> None:
    desk.set("auto_call_seconds", "30")
    desk.issue()
    clock(desk).forward(seconds=29)
    assert desk.operations.auto_call(1) == []
    clock(desk).forward(seconds=1)
    (found,) = desk.operations.auto_call(1)
    assert (found.ticket.label, found.counter.number) == ("A001", 1)
    assert desk.events()[-1].officer_id == 1
    assert desk.operations.undo(desk.hoa, 1) == "called"


def test_it_does_not_call_for_a_paused_busy_or_closed_counter(desk: House) -> None:
    desk.set("auto_call_seconds", "5")
    desk.issue()
    desk.issue()
    call(desk)
    clock(desk).forward(minutes=5)
    assert desk.operations.auto_call(1) == []
    desk.operations.finish(desk.hoa, 1)
    desk.operations.pause(desk.hoa, 1, "lunch")
    clock(desk).forward(minutes=5)
    assert desk.operations.auto_call(1) == []
    desk.operations.close(desk.hoa, 1)
    assert desk.operations.auto_call(1) == []


def test_two_idle_counters_call_two_tickets(desk: House) -> None:
    desk.set("auto_call_seconds", "5")
    desk.operations.open(desk.nam, 2)
    desk.issue()
    desk.issue()
    clock(desk).forward(seconds=5)
    labels = [found.ticket.label for found in desk.operations.auto_call(1)]
    assert labels == ["A001", "A002"]
    requests = {event.request_id for event in desk.events()[-2:]}
    assert len(requests) == 2, "two deeds, each undone by itself"


def test_by_default_nobody_is_called_without_a_press(desk: House) -> None:
    desk.issue()
    clock(desk).forward(hours=1)
    assert desk.operations.auto_call(1) == []


# -- tickets sent to somebody who has left ----------------------------------------------


def test_a_ticket_sent_to_a_counter_that_closes_is_anybodys(desk: House) -> None:
    desk.issue()
    call(desk)
    desk.operations.open(desk.nam, 2)
    desk.operations.transfer(desk.hoa, 1, counter=2)
    assert desk.operations.call_next(desk.hoa, 1) is None
    desk.operations.close(desk.nam, 2)
    assert call(desk) == "A001"


def test_a_ticket_sent_to_an_officer_who_leaves_is_anybodys(desk: House) -> None:
    desk.issue()
    call(desk)
    desk.operations.open(desk.nam, 2)
    desk.operations.transfer(desk.hoa, 1, officer=2)
    desk.operations.pause(desk.nam, 2, "break")
    assert desk.operations.call_next(desk.hoa, 1) is None
    desk.operations.close(desk.nam, 2)
    assert call(desk) == "A001"
