"""Alerts appear when something is wrong, stay seen once seen, and return when it recurs."""

from datetime import timedelta
from typing import Any

import pytest

from queueing import alerts
from queueing.alerts import Stretch
from queueing.clock import iso
from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store.jobs import Jobs
from queueing.store.printer_setup import add_printer, new_roll, set_fallback, set_roll
from queueing.store.screens import Placing
from tests.support.branch import MORNING
from tests.support.office import Office


def shown(office: Office) -> list[dict[str, Any]]:
    answer = office.ha.get("/api/v1/overview")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert isinstance(answer.json, dict)
    found: list[dict[str, Any]] = answer.json["alerts"]
    return found


def kinds(office: Office) -> list[str]:
    return [one["kind"] for one in shown(office)]


def only(office: Office, kind: str) -> dict[str, Any]:
    found = [one for one in shown(office) if one["kind"] == kind]
    assert len(found) == 1, found
    return found[0]


def see(office: Office, alert: dict[str, Any]) -> None:
    answer = office.ha.post("/alerts/ack", {"key": alert["key"]})
    assert answer.status_code == 200, answer.get_data(as_text=True)


def served_at(office: Office, minutes: float) -> None:
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "start")
    office.clock.forward(minutes=minutes)


def test_a_quiet_office_has_none(office: Office) -> None:
    office.hoa.at(1, "open")
    office.issue()
    office.clock.forward(minutes=30)
    assert shown(office) == []


def test_a_long_wait_is_seen_and_returns_only_when_it_recurs(office: Office) -> None:
    office.hoa.at(1, "open")
    office.issue()
    began = office.clock() + timedelta(minutes=30)
    office.clock.forward(minutes=20)
    office.issue()
    office.clock.forward(minutes=15)
    first = only(office, "wait")
    assert first["since"] == iso(began)
    assert (first["facts"]["people"], first["facts"]["number"]) == (1, "A001")
    assert first["seen"] is None
    see(office, first)
    seen = only(office, "wait")["seen"]
    assert (seen["at"], seen["by"]) == (iso(office.clock()), "Đỗ Thu Hà")
    # another person becomes late before the first is called: the matter goes on
    office.clock.forward(minutes=16)
    office.hoa.at(1, "call-next")
    again = only(office, "wait")
    assert (again["key"], again["facts"]["number"]) == (first["key"], "A002")
    assert again["seen"] == seen
    office.hoa.at(1, "call-next")
    assert "wait" not in kinds(office)
    office.issue()
    office.clock.forward(minutes=31)
    later = only(office, "wait")
    assert later["key"] != first["key"]
    assert later["seen"] is None


def test_a_service_longer_than_its_target_is_told_of_that_visit(office: Office) -> None:
    office.hoa.at(1, "open")
    office.issue()
    served_at(office, 11)
    first = only(office, "serve")
    assert first["facts"] == {"counter": 1, "number": "A001", "target_s": 600}
    see(office, first)
    office.hoa.at(1, "finish")
    office.issue()
    served_at(office, 11)
    second = only(office, "serve")
    assert second["seen"] is None
    assert second["key"] != first["key"]


def test_people_for_whom_no_counter_is_open_are_urgent(office: Office) -> None:
    office.issue("dat-dai")
    office.clock.forward(hours=1)
    alert = only(office, "unserved")
    assert (alert["urgent"], alert["facts"]) == (True, {"service": "dat-dai", "people": 1})
    # that they wait long is the same matter, not a further alert
    assert kinds(office) == ["unserved"]
    office.person("hung").at(4, "open")
    assert kinds(office) == ["wait"]


def test_a_printers_trouble_returns_when_the_printer_fails_again(office: Office) -> None:
    admin = Actor(office.room.branch_id, Role.ADMIN)
    store = office.room.store
    printer = add_printer(store, admin, name="In", transport="dummy", address="x", width=576)
    jobs = Jobs(store)

    def fail() -> None:
        job = jobs.claim(printer.id, "test", 30)
        assert job is not None
        jobs.put_back(job.id, "test", "paper_out", 0)

    office.issue()
    fail()
    first = only(office, "printer")
    assert first["facts"] == {
        "printer": "In",
        "cause": "paper_out",
        "waiting": 1,
        "taker": None,
    }
    see(office, first)
    office.issue()
    office.clock.forward(seconds=5)
    fail()
    assert only(office, "printer")["seen"] is not None
    for _ in range(2):
        job = jobs.claim(printer.id, "test", 30)
        assert job is not None
        jobs.settle(job.id, "test", "printed")
    assert "printer" not in kinds(office)
    office.issue()
    fail()
    assert only(office, "printer")["seen"] is None


def test_one_whose_papers_another_prints_is_less_urgent(office: Office) -> None:
    admin = Actor(office.room.branch_id, Role.ADMIN)
    store = office.room.store
    for name in ("In", "Hai"):
        add_printer(store, admin, name=name, transport="dummy", address="x", width=576)
    set_fallback(store, admin, "In", "Hai")
    Jobs(store).note(1, "cover_open", near_end=False)
    alert = only(office, "printer")
    assert (alert["urgent"], alert["facts"]["taker"]) == (False, "Hai")


def test_a_roll_near_its_end_is_told_once_a_roll(office: Office) -> None:
    admin = Actor(office.room.branch_id, Role.ADMIN)
    store = office.room.store
    printer = add_printer(store, admin, name="In", transport="dummy", address="x", width=576)
    jobs = Jobs(store)
    jobs.note(printer.id, None, near_end=True)
    first = only(office, "low")
    assert first["facts"] == {"printer": "In", "left": None}
    see(office, first)
    assert only(office, "low")["seen"] is not None
    set_roll(store, admin, "In", 4)
    assert only(office, "low")["facts"]["left"] == 36
    new_roll(store, admin, "In")
    assert "low" not in kinds(office)
    set_roll(store, admin, "In", 3)
    assert only(office, "low")["seen"] is None, "another roll is another matter"


def test_a_paper_nobody_may_hold_is_told_until_it_is_printed_again(office: Office) -> None:
    admin = Actor(office.room.branch_id, Role.ADMIN)
    store = office.room.store
    printer = add_printer(store, admin, name="In", transport="dummy", address="x", width=576)
    jobs, ticket = Jobs(store), office.issue()
    job = jobs.claim(printer.id, "test", 30)
    assert job is not None
    jobs.sending(job.id, "test", 30)
    jobs.settle(job.id, "test", "unknown", "error")
    assert only(office, "paper")["facts"]["numbers"] == ["A001"]
    office.room.operations.reprint(admin, ticket.id)
    assert "paper" not in kinds(office)


def test_a_screen_that_fell_silent_returns_when_it_falls_silent_again(office: Office) -> None:
    admin = Actor(office.room.branch_id, Role.ADMIN)
    screens = office.room.identity.screens
    board, _ = screens.add(admin, Kind.BOARD, Placing("Bảng khu A"))
    assert shown(office) == []
    screens.seen([board.id])
    office.clock.forward(seconds=140)
    assert shown(office) == []
    office.clock.forward(seconds=11)
    first = only(office, "device")
    see(office, first)
    office.clock.forward(minutes=9)
    assert only(office, "device")["seen"] is not None
    screens.seen([board.id])
    assert shown(office) == []
    office.clock.forward(minutes=9)
    assert only(office, "device")["seen"] is None


def test_it_is_told_in_which_branch_a_screen_is_back(office: Office) -> None:
    admin = Actor(office.room.branch_id, Role.ADMIN)
    screens = office.room.identity.screens
    board, _ = screens.add(admin, Kind.BOARD, Placing("Bảng"))
    assert screens.seen([board.id]) == {office.room.branch_id}
    office.clock.forward(seconds=60)
    assert screens.seen([board.id]) == frozenset()
    office.clock.forward(seconds=151)
    assert screens.seen([board.id]) == {office.room.branch_id}


def test_screens_may_sleep_while_the_office_is_closed(office: Office) -> None:
    admin = Actor(office.room.branch_id, Role.ADMIN)
    board, _ = office.room.identity.screens.add(admin, Kind.BOARD, Placing("Bảng"))
    office.room.identity.screens.seen([board.id])
    office.sql("DELETE FROM opening_hours")
    office.sql("INSERT INTO opening_hours VALUES (1, 0, '07:30', '11:30')")
    office.clock.forward(hours=6)
    assert shown(office) == []
    assert office.ha.get("/api/v1/overview").json["devices"][0]["silent"] is True  # type: ignore[index]


def test_a_doubtful_date_is_urgent(office: Office) -> None:
    office.issue()
    office.clock.forward(days=4)
    office.hoa.post("/counters/1/open")
    alert = only(office, "day")
    assert (alert["urgent"], alert["facts"]) == (True, {"doubt": "jumped"})
    assert office.ha.post("/day/confirm").status_code == 200
    assert "day" not in kinds(office)


def test_what_is_seen_stands_below_what_is_not(office: Office) -> None:
    office.issue("dat-dai")
    office.issue("cu-tru")
    see(office, shown(office)[0])
    assert [one["seen"] is None for one in shown(office)] == [True, False]


@pytest.mark.parametrize("key", ["wait:ho-tich:2026", "x" * 120])
def test_what_is_over_cannot_be_acknowledged(office: Office, key: str) -> None:
    status, code, words = office.ha.refused("/alerts/ack", {"key": key})
    assert (status, code) == (409, "alert_over")
    assert words == "Việc này đã qua; không còn gì để xác nhận."
    assert office.sql("SELECT * FROM alert_ack") == []


@pytest.mark.parametrize("body", [{}, {"key": ""}, {"key": "x" * 121}, {"key": 3}])
def test_a_key_that_is_none_is_refused(office: Office, body: dict[str, object]) -> None:
    assert office.ha.post("/alerts/ack", body).status_code == 422


def stretch(begins: int, ends: int | None) -> Stretch:
    end = None if ends is None else MORNING + timedelta(minutes=ends)
    return Stretch(MORNING + timedelta(minutes=begins), end)


@pytest.mark.parametrize(
    ("stretches", "since"),
    [
        ([], None),
        ([(0, None)], 30),
        ([(0, 45), (20, None)], None),
        ([(0, 55), (20, None)], 30),
        ([(0, 40), (29, None)], 59),
        ([(0, 29), (10, None)], 40),
        ([(0, 40), (5, 60), (29, None)], 30),
    ],
)
def test_a_matter_lasts_while_anybody_is_over_the_target(
    stretches: list[tuple[int, int | None]], since: int | None
) -> None:
    now = MORNING + timedelta(minutes=60)
    if stretches == [(0, 45), (20, None)]:
        now = MORNING + timedelta(minutes=49)
    found = alerts.over_since([stretch(*one) for one in stretches], timedelta(minutes=30), now)
    assert found == (None if since is None else MORNING + timedelta(minutes=since))
