"""Notices over the API: who may send, see and take down what, and what is refused."""

import threading
from typing import Any

import pytest

from queueing.clock import iso
from queueing.people import Actor, Role
from queueing.store import notices
from queueing.store.settings import save_settings
from tests.support.door import bearer
from tests.support.office import Office, Person
from voice.ready import READY

MARKUP = "<img src=x onerror=alert(1)> & “ngoặc”"


def sent(person: Person, **body: Any) -> Any:
    answer = person.post("/notices", body)
    assert answer.status_code == 201, answer.text
    return answer.json


def listed(person: Person) -> Any:
    answer = person.get("/api/v1/notices")
    assert answer.status_code == 200, answer.text
    return answer.json


def take_down(person: Person, notice: int) -> tuple[int, str]:
    answer = person.client.delete(f"/api/v1/notices/{notice}", headers=person.headers())
    code = "" if answer.status_code == 204 else answer.get_json(force=True)["code"]
    return answer.status_code, code


def setting(office: Office, name: str, value: str) -> None:
    save_settings(office.room.store, Actor(office.room.branch_id, Role.ADMIN), {name: value})


def test_an_officer_sends_words_and_colleagues_see_who_it_was(office: Office) -> None:
    answer = sent(office.hoa, words="  Thang máy   hỏng, xin đi cầu thang. ", minutes=3)
    office.clock.forward(minutes=1)
    (row,) = listed(office.minh)["items"]
    assert row["words"] == "Thang máy hỏng, xin đi cầu thang."
    assert row["officer"] == "Nguyễn Thị Hoa"
    assert (row["mine"], row["ready"], row["zone"]) == (False, None, None)
    assert answer == {**row, "mine": True, "spoken": False}
    office.clock.forward(minutes=2)
    assert listed(office.minh)["items"] == []


def test_the_ready_made_ones_are_worded_for_the_reader(office: Office) -> None:
    here = listed(office.hoa)
    assert [one["code"] for one in here["ready"]] == [one.code for one in READY]
    office.ha.language = "en"
    there = listed(office.ha)
    assert [one["words"] for one in there["ready"]] == [one.words for one in READY]
    assert all(a["words"] != b["words"] for a, b in zip(here["ready"], there["ready"], strict=True))
    assert here["limits"] == {"words": 200, "minutes": 480, "usual_minutes": 10, "standing": 6}


def test_a_ready_made_one_is_spoken_and_soon_after_only_renewed(office: Office) -> None:
    first = sent(office.hoa, ready="quiet")
    assert first["spoken"]
    office.clock.forward(seconds=10)
    again = sent(office.hoa, ready="quiet")
    assert (again["id"], again["spoken"]) == (first["id"], False)
    assert again["until"] > first["until"]
    office.clock.forward(seconds=30)
    assert sent(office.minh, ready="quiet")["spoken"]


@pytest.mark.parametrize(("name", "value"), [("voice", "false"), ("voice_quiet", "08:00-09:00")])
def test_it_says_when_the_voice_will_not_speak_it(office: Office, name: str, value: str) -> None:
    assert listed(office.hoa)["spoken"]
    setting(office, name, value)
    assert not listed(office.hoa)["spoken"]
    assert not sent(office.hoa, ready="quiet")["spoken"]


def test_quiet_hours_go_past_midnight(office: Office) -> None:
    setting(office, "voice_quiet", "17:00-09:00")
    assert not listed(office.hoa)["spoken"]
    office.clock.forward(hours=1)
    assert listed(office.hoa)["spoken"]


def test_a_notice_for_a_zone_names_it(office: Office) -> None:
    zones = listed(office.hoa)["zones"]
    row = sent(office.hoa, words="Khu này nghỉ", zone=zones[0]["code"])
    assert row["zone"] == zones[0]


def test_a_sound_check_is_no_notice_to_read(office: Office) -> None:
    admin = Actor(office.room.branch_id, Role.ADMIN)
    notices.send(office.room.store, admin, ready="trial", trial=True)
    assert listed(office.ha)["items"] == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "notice_empty"),
        ({"words": " \u00a0\n"}, 422, "notice_empty"),
        ({"words": "đ" * 201}, 422, "text_too_long"),
        ({"words": "x" * 10_000}, 422, "invalid_request"),
        ({"words": "x" * 100_000}, 413, "body_too_large"),
        ({"words": "Quầy \u202e3"}, 422, "notice_unseen"),
        ({"words": "Quầy\u200b3"}, 422, "notice_unseen"),
        ({"words": 3}, 422, "invalid_request"),
        ({"ready": "bay-len"}, 422, "unknown_ready"),
        ({"ready": "trial"}, 422, "unknown_ready"),
        ({"ready": "quiet", "words": "và nữa"}, 422, "notice_either"),
        ({"ready": "quiet", "zone": "khong-co"}, 422, "unknown_zone"),
        ({"ready": "quiet", "minutes": 0}, 422, "invalid_request"),
        ({"ready": "quiet", "minutes": 481}, 422, "invalid_request"),
        ({"ready": "quiet", "minutes": True}, 422, "invalid_request"),
        ({"ready": "quiet", "trial": True}, 422, "invalid_request"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_refusals_are_worded_and_nothing_is_written(
    office: Office, language: str, body: dict[str, Any], status: int, code: str
) -> None:
    office.hoa.language, before = language, office.events()
    found_status, found_code, detail = office.hoa.refused("/notices", body)
    assert (found_status, found_code) == (status, code)
    assert detail
    assert "{" not in detail
    assert office.events() == before


def test_half_a_character_is_no_json(office: Office) -> None:
    answer = office.hoa.client.post(
        "/api/v1/notices",
        data=b'{"words": "\\ud800"}',
        headers=office.hoa.headers() | {"Content-Type": "application/json"},
    )
    assert answer.status_code in (400, 422)
    assert office.sql("SELECT count(*) FROM notice") == [(0,)]


def test_markup_stays_words(office: Office) -> None:
    sent(office.hoa, words=MARKUP)
    assert listed(office.hoa)["items"][0]["words"] == MARKUP


def test_a_seventh_is_refused_until_one_is_taken_down(office: Office) -> None:
    rows = [sent(office.hoa, words=f"Thông báo {n}") for n in range(6)]
    status, code, detail = office.minh.refused("/notices", {"words": "Thông báo 7"})
    assert (status, code) == (409, "notices_full")
    assert "6" in detail
    assert take_down(office.hoa, rows[0]["id"]) == (204, "")
    sent(office.minh, words="Thông báo 7")


def test_officers_take_down_their_own_and_a_supervisor_every_one(office: Office) -> None:
    of_hoa, of_ha = sent(office.hoa, words="một"), sent(office.ha, words="hai")
    assert [row["mine"] for row in listed(office.ha)["items"]] == [True, True]
    assert [row["mine"] for row in listed(office.hoa)["items"]] == [False, True]
    assert take_down(office.minh, of_hoa["id"]) == (403, "notice_not_yours")
    assert take_down(office.hoa, of_ha["id"]) == (403, "notice_not_yours")
    assert take_down(office.hoa, of_hoa["id"]) == (204, "")
    assert take_down(office.hoa, of_hoa["id"]) == (204, "")
    assert take_down(office.ha, of_ha["id"]) == (204, "")
    assert take_down(office.ha, 999) == (404, "unknown_notice")
    assert listed(office.ha)["items"] == []


@pytest.mark.parametrize("role", ["kiosk", "officer", "supervisor", "admin"])
def test_programs_of_staffs_roles_may_and_kiosks_may_not(office: Office, role: str) -> None:
    system = Actor(office.room.branch_id, Role.SYSTEM)
    secret = office.room.identity.create_token(system, role, role)[1]
    client = office.app.test_client()
    answer = client.post("/api/v1/notices", json={"words": "từ máy"}, headers=bearer(secret))
    assert answer.status_code == (403 if role == "kiosk" else 201)
    assert client.get("/api/v1/notices", headers=bearer(secret)).status_code == (
        403 if role == "kiosk" else 200
    )
    if role != "kiosk":
        assert answer.json is not None
        assert (answer.json["officer"], answer.json["mine"]) == (None, True)


def test_strangers_and_pages_without_their_token_are_refused(office: Office) -> None:
    stranger = office.app.test_client()
    assert stranger.get("/api/v1/notices").status_code == 401
    assert stranger.post("/api/v1/notices", json={"ready": "quiet"}).status_code == 401
    assert stranger.delete("/api/v1/notices/1").status_code == 401
    forged = office.hoa.client.post("/api/v1/notices", json={"ready": "quiet"})
    assert forged.status_code == 403
    row = sent(office.hoa, words="một")
    assert office.hoa.client.delete(f"/api/v1/notices/{row['id']}").status_code == 403
    assert len(listed(office.hoa)["items"]) == 1


def test_a_repeated_press_is_one_notice_with_one_answer(office: Office) -> None:
    first = office.hoa.post("/notices", {"ready": "quiet"}, key="k1")
    seq = office.room.store.last_seq(office.room.branch_id)
    again = office.hoa.post("/notices", {"ready": "quiet"}, key="k1")
    assert (again.status_code, again.data) == (201, first.data)
    assert office.room.store.last_seq(office.room.branch_id) == seq


def test_two_officers_at_once_send_one_and_the_same(office: Office) -> None:
    people, gate, rows = (office.hoa, office.minh), threading.Barrier(2), []

    def press(person: Person) -> None:
        gate.wait()
        rows.append(sent(person, ready="missed"))

    hands = [threading.Thread(target=press, args=(one,)) for one in people]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert [row["spoken"] for row in rows].count(True) == 1
    assert len(listed(office.ha)["items"]) == 1


def test_practice_reaches_the_sandbox_only(office: Office) -> None:
    practice = {"X-Training": "1"}
    headers, before = office.hoa.headers() | practice, office.events()
    client = office.hoa.client
    answer = client.post("/api/v1/notices", json={"ready": "quiet"}, headers=headers)
    assert answer.status_code == 201
    row = answer.get_json()
    seen = client.get("/api/v1/notices", headers=practice).get_json()["items"]
    assert [one["id"] for one in seen] == [row["id"]]
    assert listed(office.hoa)["items"] == []
    assert office.events() == before
    gone = client.delete(f"/api/v1/notices/{row['id']}", headers=headers)
    assert gone.status_code == 204
    assert client.get("/api/v1/notices", headers=practice).get_json()["items"] == []
    assert office.sql("SELECT count(*) FROM notice") == [(0,)]


def test_practice_takes_no_real_notice_down(office: Office) -> None:
    real = sent(office.hoa, words="thật")
    headers = office.hoa.headers() | {"X-Training": "1"}
    answer = office.hoa.client.delete(f"/api/v1/notices/{real['id']}", headers=headers)
    assert answer.status_code == 404
    assert listed(office.hoa)["items"][0]["id"] == real["id"]


def test_what_was_sent_is_kept_with_its_sender(office: Office) -> None:
    row = sent(office.hoa, words="Chị Mai nghỉ")
    event = office.events()[-1]
    assert (event.kind, event.data) == ("notice_sent", f'{{"notice":{row["id"]}}}')
    assert event.at == iso(office.clock())
    assert office.sql("SELECT o.login FROM notice n JOIN officer o ON o.id = n.officer_id") == [
        ("hoa",)
    ]
