import pytest

from tests.support.branch import House, clock, refused


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
        ({"next_service": "khong-co"}, "target_unknown"),
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


def test_what_is_typed_loses_the_characters_that_nobody_sees(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.finish(
        desk.hoa, 1, note="thiếu\u202e bản\x00 sao\u200b\ngọi lại", dossier="\x1b "
    )
    assert desk.sql("SELECT note, dossier FROM visit_text") == [("thiếu bản sao\ngọi lại", None)]
