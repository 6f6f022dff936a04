"""The kiosk's live state: what is open, who waits, and whether paper comes out."""

import pytest

from kiosk import state, ticket_state
from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store.identity import Known
from queueing.store.jobs import Jobs
from tests.support.citizens import Hall, Statements, open_hall, problem
from tests.support.door import bearer
from web.audience import Wish

WELL = {"state": "ok", "cause": None, "elsewhere": None, "near_end": False}
NO_PRINTER = WELL | {"state": "none"}


def service(hall: Hall, code: str = "ho-tich") -> dict:
    return next(row for row in hall.kiosk()["services"] if row["code"] == code)


def test_it_lists_every_service_in_the_branchs_order(hall: Hall) -> None:
    assert [row["prefix"] for row in hall.kiosk()["services"]] == [
        "A",
        "B",
        "H",
        "L",
        "M",
        "Q",
        "X",
    ]
    assert service(hall) == {
        "code": "ho-tich",
        "prefix": "A",
        "name": "Hộ tịch – Chứng thực",
        "name_en": "Civil status – Certification",
        "summary": "khai sinh, kết hôn, khai tử, sao y, chữ ký",
        "summary_en": "births, marriages, deaths, certified copies, signatures",
        "open": True,
        "waiting": 0,
        "estimate": None,
        "counters": [1, 2, 3],
        "zone": "Khu A",
    }


def test_it_counts_who_waits_whatever_their_priority(hall: Hall) -> None:
    hall.take()
    hall.take(priority="cao-tuoi")
    token = hall.take()["token"]
    assert service(hall)["waiting"] == 3
    hall.do(token, "cancel")
    assert service(hall)["waiting"] == 2
    assert service(hall, "dat-dai")["waiting"] == 0


def test_the_estimate_counts_counters_that_are_open(hall: Hall) -> None:
    officer, deeds = hall.officer(), hall.door.room.operations
    for _ in range(5):
        hall.take()
        deeds.call_next(officer, 1)
        deeds.start(officer, 1)
        hall.door.clock.forward(minutes=6)
        deeds.finish(officer, 1)
    assert service(hall)["estimate"] == {"low": 0, "high": 0}
    for _ in range(4):
        hall.take()
    alone = service(hall)["estimate"]
    hall.officer(2)
    both = service(hall)["estimate"]
    assert 0 < both["low"] < alone["low"] < 5 * 360 < alone["high"]
    assert service(hall, "dat-dai")["estimate"] is None


def test_a_paused_service_is_shown_closed(hall: Hall) -> None:
    hall.sql("UPDATE service SET paused = 1 WHERE code = 'ho-tich'")
    assert service(hall)["open"] is False
    assert service(hall, "cu-tru")["open"] is True


def test_a_branch_without_hours_is_open_all_day(hall: Hall) -> None:
    found = hall.kiosk()
    assert (found["open"], found["opens_at"]) == (True, None)
    assert found["hours_today"] == [["00:00", "24:00"]]


def test_a_closed_branch_says_when_it_opens_and_takes_no_numbers(hall: Hall) -> None:
    hall.hours((0, "07:30", "08:00"), (0, "13:30", "17:00"))
    found = hall.kiosk()
    assert (found["open"], found["opens_at"]) == (False, "2026-11-23T06:30:00.000Z")
    assert found["hours_today"] == [["07:30", "08:00"], ["13:30", "17:00"]]
    assert {row["open"] for row in found["services"]} == {False}
    hall.door.clock.forward(hours=6)
    assert hall.kiosk()["open"] is True


def test_only_classes_that_people_may_declare_are_offered(hall: Hall) -> None:
    hall.sql("UPDATE priority_class SET self_declared = 0 WHERE code <> 'cao-tuoi'")
    assert hall.kiosk()["priorities"] == [
        {"code": "cao-tuoi", "name": "Người cao tuổi", "name_en": "Elderly person"}
    ]


def test_it_says_what_ails_the_printer_until_it_prints_again(hall: Hall) -> None:
    assert hall.kiosk()["printer"] == NO_PRINTER
    printer, jobs = hall.printer(), Jobs(hall.door.room.store)
    assert hall.kiosk()["printer"] == WELL
    hall.take()
    job = jobs.claim(printer, "spool", 30)
    assert job is not None
    assert jobs.put_back(job.id, "spool", "cover_open", 0)
    assert hall.kiosk()["printer"] == WELL | {"state": "trouble", "cause": "cover_open"}
    hall.door.clock.forward(seconds=1)
    assert jobs.claim(printer, "spool", 30)
    assert jobs.sending(job.id, "spool", 30)
    assert jobs.settle(job.id, "spool", "printed")
    assert hall.kiosk()["printer"] == WELL


def test_a_kiosk_with_its_own_printer_is_told_of_that_one(hall: Hall) -> None:
    hall.printer()
    hall.sql(
        "INSERT INTO printer (branch_id, name, transport, address, width, trouble)"
        " VALUES (1, 'Sảnh', 'dummy', 'y', 384, 'paper_out')"
    )
    secret = hall.door.device(Kind.KIOSK, printer="Sảnh")
    own = hall.door.client(secret).get("/api/v1/kiosk").json["printer"]
    assert own == WELL | {"state": "trouble", "cause": "paper_out"}
    assert hall.kiosk()["printer"] == WELL
    known = hall.door.room.identity.known(secret)
    assert known is not None
    (key,) = state.rooms(hall.door.room, known, Wish(surface="kiosk"))
    assert state.build(hall.door.room, 1, key)["printer"] == own


def test_everybody_may_list_the_services(hall: Hall) -> None:
    hall.take()
    answer = hall.door.client().get("/api/v1/services")
    assert answer.status_code == 200
    assert answer.json == {"items": hall.kiosk()["services"]}


@pytest.mark.parametrize(
    ("role", "status"), [("kiosk", 200), ("officer", 403), ("supervisor", 200), ("admin", 200)]
)
def test_the_kiosks_state_is_for_kiosks_and_those_who_look_after_them(
    hall: Hall, role: str, status: int
) -> None:
    headers = bearer(hall.door.token(role))
    assert hall.door.client().get("/api/v1/kiosk", headers=headers).status_code == status
    problem(hall.door.client().get("/api/v1/kiosk"), 401, "not_signed_in")


def test_the_live_rooms_are_for_those_who_may_see_them(hall: Hall) -> None:
    room = hall.door.room

    def keys(role: Role, **more: int) -> tuple[list[str], list[str]]:
        known = Known(Actor(1, role, **more), "")
        wish = Wish()
        return list(state.rooms(room, known, wish)), list(ticket_state.rooms(room, known, wish))

    assert keys(Role.KIOSK, device_id=1) == ([""], [])
    assert keys(Role.ADMIN, officer_id=1) == ([""], [])
    assert keys(Role.HOLDER, ticket_id=7) == ([], ["7"])
    for role in (Role.BOARD, Role.COUNTER, Role.OFFICER, Role.AGENT):
        assert keys(role) == ([], [])


def test_its_cost_does_not_grow_with_the_queue(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    statements = Statements(monkeypatch)
    hall = open_hall(tmp_path)

    def cost() -> tuple[int, int]:
        statements.clear()
        state.kiosk_state(hall.door.room, 1)
        return len(statements.ran), statements.steps

    hall.take()
    few = cost()
    for _ in range(200):
        hall.take()
    assert cost() == few
    assert few[0] < 40
