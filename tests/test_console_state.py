"""What a counter sees: the calling order, the legal deeds, the undo, the day's figures."""

from typing import Any

import pytest

from queueing.people import Actor, Role
from queueing.store.identity import Known
from staff.console.state import build, rooms
from tests.support.office import Office
from web.audience import Wish


def test_the_waiting_list_is_the_order_in_which_people_are_called(office: Office) -> None:
    for service, priority in [
        ("tra-ket-qua", "cao-tuoi"),
        ("ho-tich", None),
        ("tra-ket-qua", None),
        ("ho-tich", "co-cong"),
        ("ho-tich", None),
        ("dat-dai", None),
    ]:
        office.clock.forward(seconds=5)
        office.issue(service, priority=priority and "cao-tuoi")
    office.hoa.at(1, "open")
    promised = [row["number"] for row in office.hoa.state(1)["waiting"]]
    called = []
    while answer := office.hoa.at(1, "call-next"):
        called.append(answer["ticket"]["number"])
    assert promised == called == ["A002", "A001", "A003", "Q001", "Q002"]


def test_the_list_is_cut_at_fifty_and_the_total_is_not(office: Office) -> None:
    for _ in range(53):
        office.issue()
    state = office.hoa.state(1)
    assert (len(state["waiting"]), state["waiting_total"]) == (50, 53)


def situation(office: Office, name: str) -> None:
    """Bring Hoa's counter 1 into a state; A002 waits, Q001 is set aside."""
    office.issue()
    office.issue()
    office.issue("tra-ket-qua")
    if name == "closed":
        return
    if name == "anothers":
        office.minh.at(1, "open")
        return
    office.hoa.at(1, "open")
    office.hoa.at(1, "call", {"number": "Q001"})
    office.hoa.at(1, "park")
    if name == "elsewhere":
        office.hoa.at(1, "close")
        office.hoa.at(3, "open")
        return
    office.clock.forward(minutes=2)
    if name == "paused":
        office.hoa.at(1, "pause")
    if name in ("called", "serving"):
        office.hoa.at(1, "call", {"number": "A001"})
    if name == "serving":
        office.hoa.at(1, "start")
    if name in ("called", "serving"):
        office.clock.forward(minutes=2)


SITUATIONS = ["closed", "anothers", "elsewhere", "free", "paused", "called", "serving"]
DEEDS: dict[str, Any] = {
    "open": {"take": True},
    "pause": {},
    "close": {},
    "call-next": {},
    "call": {"number": "A002"},
    "resume": {"number": "Q001"},
    "recall": {},
    "start": {},
    "finish": {},
    "no-show": {},
    "park": {},
    "transfer": {"service": "cu-tru"},
    "undo": {},
    "finish-and-call-next": {},
}
# on what is so already these are answered with 200, and nothing happens
NOTHING = {("free", "open"), ("called", "open"), ("serving", "open"), ("closed", "close"),
           ("elsewhere", "close"), ("paused", "pause")}  # fmt: skip


@pytest.mark.parametrize("name", SITUATIONS)
def test_allowed_are_exactly_the_deeds_that_are_not_refused(office_data: Any, name: str) -> None:
    from tests.support.office import open_office

    office = open_office(office_data)
    situation(office, name)
    allowed = set(office.hoa.state(1)["allowed"]) - {"cancel", "priority"}
    done = set()
    for deed, body in DEEDS.items():
        # what one try changes, the next must not see
        with office.room.store.writing() as db:
            db.execute("SAVEPOINT situation")
            answer = office.hoa.post(f"/counters/1/{deed}", body)
            db.execute("ROLLBACK TO situation")
        if answer.status_code < 300 and (name, deed) not in NOTHING:
            done.add(deed)
    assert allowed == done


def test_the_undo_names_the_deed_and_its_deadline(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    assert office.hoa.state(1)["undo"] is None
    office.hoa.at(1, "call-next")
    assert office.hoa.state(1)["undo"] == {
        "deed": "called",
        "number": "A001",
        "until": "2026-11-23T01:30:30.000Z",
    }
    office.clock.forward(seconds=30)
    assert office.hoa.state(1)["undo"] is None


@pytest.mark.parametrize(
    ("deed", "body", "before"),
    [
        ("call-next", {}, "waiting"),
        ("recall", {}, "called"),
        ("start", {}, "called"),
        ("finish", {"outcome": "guided"}, "called"),
        ("no-show", {}, "called"),
        ("park", {}, "called"),
        ("transfer", {"service": "cu-tru"}, "called"),
    ],
)
def test_an_undone_deed_leaves_everything_as_it_was(
    office: Office, deed: str, body: Any, before: str
) -> None:
    office.issue()
    office.hoa.at(1, "open")
    if deed != "call-next":
        office.hoa.at(1, "call-next")
    was = office.hoa.state(1)
    office.hoa.at(1, deed, body)
    now = office.hoa.at(1, "undo")
    for part in ("current", "waiting", "waiting_total", "recent", "today", "counter"):
        assert now[part] == was[part], part
    assert office.ticket("A001").state == before
    assert now["undo"] is None


def test_calling_the_next_is_taken_back_whole(office: Office) -> None:
    office.issue()
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "start")
    office.hoa.at(1, "call-next")
    state = office.hoa.at(1, "undo")
    assert (state["current"]["number"], state["current"]["state"]) == ("A001", "serving")
    assert [row["number"] for row in state["waiting"]] == ["A002"]


def test_nobody_else_sees_an_undo(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    seen = office.ha.state(1)
    assert (seen["undo"], seen["counter"]["mine"], seen["allowed"]) == (None, False, ["open"])


def test_the_days_figures_are_of_this_counter_and_this_day(office: Office) -> None:
    office.hoa.at(1, "open")
    for length in (60, 120):
        office.issue()
        office.hoa.at(1, "call-next")
        office.hoa.at(1, "start")
        office.clock.forward(seconds=length)
        office.hoa.at(1, "finish")
    office.issue()
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "no-show")
    assert office.hoa.state(1)["today"] == {"visits": 2, "mean_handling_s": 90}
    assert len(office.hoa.state(1)["recent"]) == 3
    assert office.hoa.state(2)["today"] == {"visits": 0, "mean_handling_s": None}
    office.clock.forward(days=1)
    state = office.person("hoa", fresh=True).at(1, "open")
    assert (state["today"]["visits"], state["recent"]) == (0, [])
    assert state["day"] == {"date": "2026-11-24", "doubt": None}


def test_waiting_and_serving_times_start_where_they_should(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.clock.forward(minutes=5)
    office.hoa.at(1, "call-next")
    office.clock.forward(seconds=40)
    current = office.hoa.at(1, "start")["current"]
    assert (current["wait_s"], current["target_s"]) == (300, 600)
    assert (current["why_rule"], current["why_waited_s"]) == ("only", 300)
    assert current["started_at"] == "2026-11-23T01:35:40.000Z"


def test_the_words_follow_the_reader(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.hoa.language = "en"
    assert office.hoa.state(1)["current"]["why"] == "the only one waiting, 0 min"


# -- the live line ---------------------------------------------------------------------------


def known(office: Office, login: str) -> Known:
    found = office.room.identity.known(office.person(login).secret)
    assert found is not None
    return found


def test_an_officer_gets_the_counters_held_or_the_one_named(office: Office) -> None:
    hoa = known(office, "hoa")
    assert rooms(office.room, hoa, Wish()) == []
    office.hoa.at(2, "open")
    held = rooms(office.room, hoa, Wish(surface="counter"))
    named = rooms(office.room, hoa, Wish(surface="counter", counter=5))
    assert [room.split(" ")[0] for room in (*held, *named)] == ["2", "5"]
    assert rooms(office.room, hoa, Wish(counter=99)) == []


@pytest.mark.parametrize("role", [Role.KIOSK, Role.BOARD, Role.COUNTER, Role.HOLDER])
def test_no_screen_without_an_officer_sees_a_counter(office: Office, role: Role) -> None:
    stranger = Known(Actor(office.room.branch_id, role, device_id=1), "")
    assert rooms(office.room, stranger, Wish(counter=1)) == ()


def test_the_live_state_is_the_one_of_the_api(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    for login in ("hoa", "minh"):
        (room,) = rooms(office.room, known(office, login), Wish(counter=1))
        assert build(office.room, office.room.branch_id, room) == office.person(login).state(1)
