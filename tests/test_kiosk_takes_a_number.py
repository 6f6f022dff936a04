"""Taking a number at the kiosk: what the answer says, and that it is true."""

import json
from urllib.parse import urlsplit

import pytest

from queueing.devices import Kind
from queueing.store.jobs import Jobs
from tests.support.citizens import TICKETS, Hall
from tests.support.door import bearer, csrf


def test_the_first_number_of_a_service_stands_first(hall: Hall) -> None:
    answer = hall.take("dat-dai")
    (ticket,) = hall.tickets()
    assert answer == {
        "id": ticket.id,
        "token": ticket.token,
        "number": "H001",
        "service": "dat-dai",
        "ahead": 0,
        "estimate": None,
        "issued_at": "2026-11-23T01:30:00.000Z",
        "url": f"http://127.0.0.1:8080/t/{ticket.token}",
        "print": None,
    }


def test_each_number_says_how_many_wait_before_it(hall: Hall) -> None:
    assert [hall.take()["ahead"] for _ in range(3)] == [0, 1, 2]
    assert [hall.take("tra-ket-qua")["number"], hall.take()["number"]] == ["Q001", "A004"]


def test_a_declared_priority_goes_before_ordinary_numbers(hall: Hall) -> None:
    hall.take()
    hall.take()
    assert hall.take(priority="cao-tuoi")["ahead"] == 0
    assert hall.take()["ahead"] == 3


def test_the_address_in_the_answer_is_the_tickets_page(hall: Hall) -> None:
    answer = hall.take()
    page = hall.door.client().get(urlsplit(answer["url"]).path)
    assert page.status_code == 200
    assert answer["number"] in page.text


def test_the_public_address_is_the_settings_and_never_the_host_header(hall: Hall) -> None:
    hall.set("public_url", "https://hang-doi.example/")
    headers = bearer(hall.door.token("kiosk")) | {"Host": "evil.example"}
    answer = hall.door.client().post(TICKETS, json={"service": "ho-tich"}, headers=headers).json
    assert answer["url"] == f"https://hang-doi.example/t/{answer['token']}"


def test_the_slip_is_queued_with_the_number_and_carries_its_address(hall: Hall) -> None:
    hall.printer()
    answer = hall.take(language="en")
    job = Jobs(hall.door.room.store).job(answer["print"]["job"])
    assert answer["print"]["state"] == "queued"
    assert job is not None
    assert (job.state, job.ticket_id) == ("queued", answer["id"])
    said = {name: job.content[name] for name in ("number", "language", "url", "ahead")}
    assert said == {"number": "A001", "language": "en", "url": answer["url"], "ahead": 0}


def test_the_estimate_is_a_range_once_the_branch_has_a_pace(hall: Hall) -> None:
    officer = hall.officer()
    for _ in range(5):
        hall.take()
        hall.door.room.operations.call_next(officer, 1)
        hall.door.room.operations.start(officer, 1)
        hall.door.clock.forward(minutes=6)
        hall.door.room.operations.finish(officer, 1)
    hall.take()
    low, high = (hall.take()["estimate"][end] for end in ("low", "high"))
    assert 60 < low < 12 * 60 < high < 60 * 60


@pytest.mark.parametrize("role", ["kiosk", "officer", "supervisor", "admin"])
def test_other_programs_take_numbers_with_a_token(hall: Hall, role: str) -> None:
    secret = hall.door.token(role)
    answer = hall.door.client().post(TICKETS, json={"service": "cu-tru"}, headers=bearer(secret))
    assert (answer.status_code, answer.json["number"]) == (201, "B001")


def test_an_officer_takes_a_number_for_somebody(hall: Hall) -> None:
    secret = hall.door.person("officer")
    answer = hall.door.client(secret).post(
        TICKETS, json={"service": "cu-tru", "priority": "cao-tuoi"}, headers=csrf(secret)
    )
    assert answer.status_code == 201
    assert [event.officer_id for event in hall.events() if event.kind == "issued"] != [None]


def test_in_a_browser_with_several_surfaces_the_kiosks_page_acts_as_the_kiosk(hall: Hall) -> None:
    officer = hall.door.person("officer")
    both = hall.door.client(hall.secret, officer)
    both.post(TICKETS, json={"service": "cu-tru"}, headers=csrf(hall.secret))
    both.post(TICKETS, json={"service": "cu-tru"}, headers=csrf(officer))
    issued = [event for event in hall.events() if event.kind == "issued"]
    assert [(e.device_id is None, e.officer_id is None) for e in issued] == [
        (False, True),
        (True, False),
    ]


def test_a_kiosk_with_its_own_printer_prints_there(hall: Hall) -> None:
    hall.printer()
    own = hall.sql(
        "INSERT INTO printer (branch_id, name, transport, address, width)"
        " VALUES (1, 'Sảnh', 'dummy', 'y', 384) RETURNING id"
    )[0][0]
    secret = hall.door.device(Kind.KIOSK, printer="Sảnh")
    answer = hall.door.client(secret).post(
        TICKETS, json={"service": "ho-tich"}, headers=csrf(secret)
    )
    job = Jobs(hall.door.room.store).job(answer.json["print"]["job"])
    assert job is not None
    assert job.printer_id == own


def test_the_procedure_is_kept_with_the_visit(hall: Hall) -> None:
    hall.sql("INSERT INTO procedure (branch_id, code, name) VALUES (1, '1.001193', 'Khai sinh')")
    hall.take(procedure="1.001193")
    assert hall.sql("SELECT procedure_code FROM visit") == [("1.001193",)]


def test_the_answer_is_compact_json_with_its_letters_as_they_are(hall: Hall) -> None:
    answer = hall.ask({"service": "ho-tich"})
    assert answer.mimetype == "application/json"
    assert answer.text == json.dumps(answer.json, ensure_ascii=False, separators=(",", ":"))
    assert answer.headers["Cache-Control"] == "no-store"
