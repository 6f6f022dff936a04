"""Printers over the API: set up, changed, asked and removed by administrators alone."""

from pathlib import Path
from typing import Any

import pytest

from queueing.devices import Kind
from queueing.people import Actor, Role
from tests.support.door import Door, bearer, open_door
from tests.support.printer_desk import Desk
from tests.support.socket_printer import SocketPrinter


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path)


@pytest.fixture
def desk(door: Door) -> Desk:
    return Desk(door)


DEEDS = [
    ("GET", "printers"),
    ("GET", "printers/kinds"),
    ("GET", "printers/find"),
    ("POST", "printers"),
    ("PUT", "printers/1"),
    ("PUT", "devices/1/printer"),
    *(
        ("POST", f"printers/1/{deed}")
        for deed in ("remove", "default", "fallback", "roll", "new-roll", "test", "status")
    ),
]


@pytest.mark.parametrize(("method", "path"), DEEDS)
@pytest.mark.parametrize("role", ["officer", "supervisor", "kiosk", ""])
def test_nobody_but_an_administrator_may(door: Door, role: str, method: str, path: str) -> None:
    headers = bearer(door.token(role)) if role else {}
    answer = door.client().open(f"/api/v1/{path}", method=method, headers=headers)
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (
        (403, "forbidden") if role else (401, "not_signed_in")
    )


@pytest.mark.parametrize("deed", ["remove", "default", "new-roll", "test", "status"])
def test_a_printer_that_is_not_there_is_not_found(desk: Desk, deed: str) -> None:
    assert desk.refused("POST", f"printers/7/{deed}") == (404, "unknown_printer")


def test_what_needs_a_body_is_not_found_either(desk: Desk) -> None:
    assert desk.refused("POST", "printers/7/roll", {"metres": 80})[1] == "unknown_printer"
    assert desk.refused("POST", "printers/7/fallback", {"printer": None})[1] == "unknown_printer"
    body = {"name": "A", "way": "network", "address": "10.0.0.9", "width": 576}
    assert desk.refused("PUT", "printers/7", body) == (404, "unknown_printer")


def test_a_printer_is_added_with_all_that_is_known_of_it(desk: Desk) -> None:
    added = desk.add(profile="TM-T88V", width=None)
    assert desk.items() == [added]
    assert added == {
        "id": added["id"],
        "name": "Máy in",
        "way": "network",
        "address": "10.0.0.9:9100",
        "profile": "TM-T88V",
        "width": 512,
        "cut": True,
        "default": True,
        "fallback": None,
        "fallback_id": None,
        "trouble": None,
        "since": None,
        "near_end": False,
        "roll_metres": None,
        "tickets_left": None,
        "waiting": 0,
        "agent": None,
        "trial": None,
    }


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"name": ""}, 422, "name_invalid"),
        ({"name": "x" * 61}, 422, "name_invalid"),
        ({"name": "Máy in"}, 409, "printer_name_taken"),
        ({"address": "host:0"}, 422, "address_invalid"),
        ({"way": "usb", "address": "4b8"}, 422, "address_invalid"),
        ({"way": "serial", "address": "/etc/passwd"}, 422, "address_invalid"),
        ({"way": "file", "address": "/dev/usb/lp0"}, 422, "way_not_here"),
        ({"way": "dummy", "address": ""}, 422, "way_not_here"),
        ({"way": "virtual", "address": "/tmp"}, 422, "address_invalid"),
        ({"way": "virtual", "address": "backups"}, 422, "address_invalid"),
        ({"profile": "Nothing"}, 422, "unknown_profile"),
        ({"width": None}, 422, "width_needed"),
        ({"width": 577}, 422, "width_invalid"),
        ({"profile": "TM-T88V"}, 422, "width_not_of_profile"),
        ({"width": "576"}, 422, "invalid_request"),
        ({"paper": "A4"}, 422, "invalid_request"),
    ],
)
def test_a_printer_that_cannot_be_is_refused(
    desk: Desk, change: dict[str, Any], status: int, code: str
) -> None:
    kept = desk.add()
    body = {"name": "B", "way": "network", "address": "10.0.0.8", "width": 576} | change
    assert desk.refused("POST", "printers", body) == (status, code)
    other = desk.add("C", "10.0.0.7")
    assert desk.refused("PUT", f"printers/{other['id']}", body) == (status, code)
    assert desk.items() == [kept, other]


def test_a_width_too_large_for_its_kind_is_refused_in_words(desk: Desk) -> None:
    body = {"name": "B", "way": "network", "address": "x", "profile": "TM-T88V", "width": 576}
    answer = desk.ask("POST", "printers", body)
    assert answer.get_json(force=True)["detail"] == "A TM-T88V prints 512 dots in a line at most."
    answer = desk.ask("POST", "printers", body, **{"Accept-Language": "vi"})
    assert "512" in answer.get_json(force=True)["detail"]


def test_a_printer_is_changed_and_at_another_address_nothing_is_known_of_it(
    desk: Desk, door: Door
) -> None:
    one = desk.add()
    door.room.store.after_commit.clear()
    with door.room.store.writing() as db:
        db.execute("UPDATE printer SET trouble = 'mute', trouble_at = '2026', near_end = 1")
    body = {"name": "Máy mới", "way": "network", "address": "10.0.0.9", "width": 384, "cut": False}
    path = f"printers/{one['id']}"
    changed = desk.do("PUT", path, body)
    assert changed == one | {
        "name": "Máy mới",
        "width": 384,
        "cut": False,
        "trouble": "mute",
        "since": "2026",
        "near_end": True,
    }
    moved = desk.do("PUT", path, body | {"address": "10.0.0.10:9101"})
    assert (moved["address"], moved["trouble"], moved["near_end"]) == (
        "10.0.0.10:9101",
        None,
        False,
    )


def test_a_printer_of_the_command_line_keeps_its_way(desk: Desk, door: Door) -> None:
    one = desk.add()
    with door.room.store.writing() as db:
        db.execute("UPDATE printer SET transport = 'file', address = '/dev/usb/lp0'")
    body = {"name": "Mới", "way": "file", "address": "/dev/usb/lp0", "width": 576}
    assert desk.do("PUT", f"printers/{one['id']}", body)["name"] == "Mới"
    body["address"] = "/dev/usb/lp1"
    assert desk.refused("PUT", f"printers/{one['id']}", body) == (422, "way_not_here")
    # a file is not asked, and nothing is made of that
    with door.room.store.writing() as db:
        db.execute("UPDATE printer SET trouble = 'error'")
    asked = desk.do("POST", f"printers/{one['id']}/status")
    assert asked == {"asked": False, "cause": "error", "near_end": False}
    assert desk.items()[0]["trouble"] == "error"


def test_a_printer_of_an_agent_is_neither_moved_nor_asked_from_here(desk: Desk, door: Door) -> None:
    one = desk.add()
    door.device(Kind.AGENT)
    with door.room.store.writing() as db:
        db.execute("UPDATE printer SET transport = 'agent', address = 'usb', agent_id = 1")
    path = f"printers/{one['id']}"
    item = desk.items()[0]
    assert (item["way"], item["agent"]) == ("agent", "A agent")
    body = {"name": "Mới", "way": "agent", "address": "usb", "width": 384}
    assert desk.do("PUT", path, body)["width"] == 384
    body |= {"way": "network", "address": "10.0.0.9"}
    assert desk.refused("PUT", path, body) == (422, "way_not_here")
    assert desk.do("POST", f"{path}/status")["asked"] is False


def test_default_fallback_and_roll(desk: Desk) -> None:
    a, b = desk.add("A"), desk.add("B", "10.0.0.8")
    assert (a["default"], b["default"]) == (True, False)
    assert desk.do("POST", f"printers/{b['id']}/default")["default"] is True
    assert [one["name"] for one in desk.items()] == ["B", "A"]
    changed = desk.do("POST", f"printers/{a['id']}/fallback", {"printer": b["id"]})
    assert (changed["fallback"], changed["fallback_id"]) == ("B", b["id"])
    path = f"printers/{a['id']}"
    assert desk.refused("POST", f"{path}/fallback", {"printer": a["id"]})[1] == "fallback_itself"
    assert desk.refused("POST", f"{path}/fallback", {"printer": 99})[1] == "unknown_printer"
    assert desk.do("POST", f"{path}/roll", {"metres": 80})["tickets_left"] == 727
    assert desk.refused("POST", f"{path}/roll", {"metres": 0.5})[1] == "roll_invalid"
    assert desk.do("POST", f"{path}/new-roll")["near_end"] is False
    assert desk.do("POST", f"{path}/roll", {"metres": None})["tickets_left"] is None
    assert desk.do("POST", f"{path}/fallback", {"printer": None})["fallback"] is None


def test_what_waits_moves_to_the_one_that_is_now_to_take_over(desk: Desk, door: Door) -> None:
    a, b = desk.add("A"), desk.add("B", "10.0.0.8")
    door.room.operations.issue(Actor(1, Role.KIOSK), "ho-tich")
    with door.room.store.writing() as db:
        db.execute("UPDATE printer SET trouble = 'paper_out' WHERE id = ?", (a["id"],))
    assert [one["waiting"] for one in desk.items()] == [1, 0]
    desk.do("POST", f"printers/{a['id']}/fallback", {"printer": b["id"]})
    assert [one["waiting"] for one in desk.items()] == [0, 1]


def test_a_test_slip_is_queued_once_for_a_repeated_request(desk: Desk) -> None:
    one = desk.add()
    for _ in range(2):
        answer = desk.ask("POST", f"printers/{one['id']}/test", **{"Idempotency-Key": "k"})
        assert answer.status_code == 200
    item = desk.items()[0]
    assert (item["waiting"], item["trial"]["state"]) == (1, "queued")


def test_removing_one_lets_the_oldest_of_the_others_be_the_default(desk: Desk) -> None:
    a, b = desk.add("A"), desk.add("B", "10.0.0.8")
    desk.do("POST", f"printers/{b['id']}/fallback", {"printer": a["id"]})
    desk.do("POST", f"printers/{a['id']}/remove")
    (left,) = desk.items()
    assert (left["name"], left["default"], left["fallback_id"]) == ("B", True, None)
    assert desk.refused("POST", f"printers/{a['id']}/test") == (404, "unknown_printer")
    desk.add("A")


def test_asking_tells_and_notes_how_a_printer_is(desk: Desk) -> None:
    with SocketPrinter() as paper:
        path = f"printers/{desk.add(address=paper.address)['id']}/status"
        assert desk.do("POST", path) == {"asked": True, "cause": None, "near_end": False}
        paper.condition.paper_out = True
        assert desk.do("POST", path)["cause"] == "paper_out"
        item = desk.items()[0]
        assert (item["trouble"], item["since"]) == ("paper_out", desk.do("GET", "printers")["now"])
        paper.condition.paper_out, paper.condition.near_end = False, True
        assert desk.do("POST", path) == {"asked": True, "cause": None, "near_end": True}
        paper.condition.mute = True
        assert desk.do("POST", path)["cause"] == "mute"
    assert desk.do("POST", path)["cause"] == "refused"
    assert desk.items()[0]["trouble"] == "refused"


def test_asking_holds_no_transaction(
    desk: Desk, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = desk.add()
    seen = []

    def asked(connect: object) -> None:
        writer = door.room.store._writer
        seen.append(writer is not None and writer.in_transaction)

    monkeypatch.setattr("staff.admin.printers_api.status_of", asked)
    answer = desk.ask("POST", f"printers/{one['id']}/status", **{"Idempotency-Key": "k"})
    assert answer.status_code == 200
    assert seen == [False]


def test_a_printer_that_is_printing_is_not_disturbed(desk: Desk, door: Door) -> None:
    one = desk.add()
    desk.do("POST", f"printers/{one['id']}/test")
    with door.room.store.writing() as db:
        db.execute("UPDATE print_job SET state = 'sending'")
    assert desk.refused("POST", f"printers/{one['id']}/status") == (409, "printer_busy")


def test_a_virtual_printer_is_not_asked(desk: Desk) -> None:
    one = desk.add(way="virtual", address="paper")
    asked = desk.do("POST", f"printers/{one['id']}/status")
    assert asked == {"asked": False, "cause": None, "near_end": False}


def test_the_kinds_are_listed(desk: Desk) -> None:
    kinds = {one["name"]: one for one in desk.do("GET", "printers/kinds")["items"]}
    assert kinds["TM-T88V"] == {
        "name": "TM-T88V", "maker": "Epson", "width": 512, "dpi": 180, "cuts": True
    }  # fmt: skip


def test_a_kiosk_gets_a_printer_of_its_own(desk: Desk, door: Door) -> None:
    desk.add("A")
    own = desk.add("B", "10.0.0.8")["id"]
    door.device(Kind.KIOSK)
    kiosk = desk.do("GET", "devices")["items"][0]
    assert kiosk["printer_id"] is None
    path = f"devices/{kiosk['id']}/printer"
    assert desk.do("PUT", path, {"printer": own})["printer_id"] == own
    assert desk.refused("PUT", path, {"printer": 99}) == (404, "unknown_printer")
    assert desk.refused("PUT", "devices/99/printer", {"printer": own}) == (404, "unknown_device")
    assert desk.refused("PUT", path, {}) == (422, "invalid_request")
    assert desk.do("PUT", path, {"printer": None})["printer_id"] is None
