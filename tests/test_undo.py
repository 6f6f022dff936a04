import pytest

from tests.support.branch import House, clock, refused


def test_an_undone_call_leaves_no_trace_on_the_board_and_the_place_is_kept(desk: House) -> None:
    desk.issue()
    desk.issue()
    before = desk.visit("A001").place
    desk.operations.call_next(desk.hoa, 1)
    assert desk.operations.undo(desk.hoa, 1) == "called"
    visit = desk.visit("A001")
    assert (desk.ticket("A001").state, visit.place) == ("waiting", before)
    assert (visit.call_seq, visit.calls, visit.first_called_at) == (None, 0, None)


def test_finish_and_call_in_one_deed_are_undone_whole(desk: House) -> None:
    desk.issue()
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.start(desk.hoa, 1)
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.undo(desk.hoa, 1)
    assert (desk.ticket("A001").state, desk.ticket("A002").state) == ("serving", "waiting")
    assert desk.counter(1).ticket_id == desk.ticket("A001").id


@pytest.mark.parametrize("deed", ["recall", "start", "finish", "no_show", "park"])
def test_each_deed_on_a_called_ticket_is_taken_back(desk: House, deed: str) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    ticket, visit = desk.ticket("A001"), desk.visit("A001")
    clock(desk).forward(seconds=5)
    getattr(desk.operations, deed)(desk.hoa, 1)
    desk.operations.undo(desk.hoa, 1)
    assert (desk.ticket("A001"), desk.visit("A001")) == (ticket, visit)


def test_an_undone_transfer_makes_the_new_visit_void(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    visit = desk.visit("A001")
    desk.operations.transfer(desk.hoa, 1, service="dat-dai")
    desk.operations.undo(desk.hoa, 1)
    assert desk.visit("A001") == visit
    assert desk.sql("SELECT void, queued FROM visit ORDER BY id") == [(0, 0), (1, 0)]


def test_an_undone_further_service_is_void_too(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.finish(desk.hoa, 1, next_service="tra-ket-qua")
    desk.operations.undo(desk.hoa, 1)
    assert (desk.ticket("A001").state, desk.ticket("A001").service_id) == ("called", 1)


def test_an_undone_resume_is_parked_again_with_its_time_running(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.park(desk.hoa, 1)
    clock(desk).forward(minutes=3)
    desk.operations.resume(desk.hoa, 1, "A001")
    desk.operations.undo(desk.hoa, 1)
    assert (desk.ticket("A001").state, desk.visit("A001").parked_ms) == ("parked", 0)
    assert desk.visit("A001").parked_at == "2026-11-23T01:30:00.000Z"


def test_a_called_no_show_is_a_no_show_again(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.no_show(desk.hoa, 1)
    desk.operations.call(desk.hoa, 1, "A001")
    desk.operations.undo(desk.hoa, 1)
    assert (desk.ticket("A001").state, desk.ticket("A001").rejoined) == ("no_show", 0)


def test_an_undo_is_not_undone(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.undo(desk.hoa, 1)
    assert refused(desk.operations.undo, desk.hoa, 1).code == "nothing_to_undo"


def test_it_is_too_late_after_the_branchs_time(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(seconds=30)
    desk.operations.undo(desk.hoa, 1)
    desk.operations.call_next(desk.hoa, 1)
    clock(desk).forward(seconds=31)
    error = refused(desk.operations.undo, desk.hoa, 1)
    assert (error.code, error.facts["seconds"]) == ("undo_too_late", 30)


def test_what_somebody_acted_on_since_is_not_undone(desk: House) -> None:
    ticket = desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.park(desk.hoa, 1)
    desk.operations.cancel(desk.holder(ticket), ticket.id)
    error = refused(desk.operations.undo, desk.hoa, 1)
    assert (error.code, error.facts["number"]) == ("undo_overtaken", "A001")


def test_a_slip_coming_out_does_not_stand_in_the_way(desk: House) -> None:
    ticket = desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    with desk.store.change(1) as change:
        row = change.ticket(ticket.id)
        change.record("print_printed", desk.hoa, ticket=row, data={"job": 1})
    assert desk.operations.undo(desk.hoa, 1) == "called"


@pytest.mark.parametrize("deed", ["open", "pause", "close"])
def test_presence_is_not_undone(desk: House, deed: str) -> None:
    if deed == "open":
        desk.operations.close(desk.hoa, 1)
    getattr(desk.operations, deed)(desk.hoa, 1)
    code = refused(desk.operations.undo, desk.hoa, 1).code
    assert code == ("counter_closed" if deed == "close" else "nothing_to_undo")


def test_nobody_undoes_what_a_colleague_did(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.open(desk.nam, 1, take=True)
    assert refused(desk.operations.undo, desk.nam, 1).code == "nothing_to_undo"


def test_an_undone_finish_no_longer_counts_for_the_pace(desk: House) -> None:
    desk.set("estimate_after", "1")
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.start(desk.hoa, 1)
    clock(desk).forward(minutes=6)
    desk.operations.finish(desk.hoa, 1)
    desk.issue()
    assert desk.operations.issue(desk.kiosk, "ho-tich").estimate is not None
    desk.operations.undo(desk.hoa, 1)
    assert desk.operations.issue(desk.kiosk, "ho-tich").estimate is None


def test_the_words_of_an_undone_finish_are_forgotten(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.finish(desk.hoa, 1, note="nhầm người", dossier="H01.1")
    desk.operations.undo(desk.hoa, 1)
    desk.operations.finish(desk.hoa, 1, note="đủ giấy tờ")
    assert desk.sql("SELECT note, dossier FROM visit_text") == [("đủ giấy tờ", None)]


def test_a_reason_to_park_does_not_outlive_its_parking(desk: House) -> None:
    desk.issue()
    desk.operations.call_next(desk.hoa, 1)
    desk.operations.park(desk.hoa, 1, "thiếu ảnh")
    desk.operations.undo(desk.hoa, 1)
    assert desk.sql("SELECT park_reason FROM visit_text") == [(None,)]
    desk.operations.park(desk.hoa, 1, "thiếu ảnh")
    desk.operations.resume(desk.hoa, 1, "A001")
    desk.operations.park(desk.hoa, 1)
    assert desk.sql("SELECT park_reason FROM visit_text") == [(None,)]
