"""What the kiosk's API refuses: a stable code, plain words, and nothing written."""

import json
from typing import Any

import pytest

from queueing.devices import Kind
from queueing.texts import refusal
from tests.support.citizens import TICKETS, Hall, problem, system
from tests.support.door import bearer, csrf

GOOD = {"service": "ho-tich"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"service": "khong-co"}, 404, "unknown_service"),
        ({"service": "HO-TICH"}, 404, "unknown_service"),
        ({"service": "ho-tich' OR 1=1 --"}, 404, "unknown_service"),
        ({"service": "\u0000"}, 404, "unknown_service"),
        (GOOD | {"procedure": "9.999999"}, 422, "unknown_procedure"),
        (GOOD | {"priority": "vip"}, 422, "unknown_priority"),
        (GOOD | {"language": "fr"}, 422, "unknown_language"),
        ({}, 422, "invalid_request"),
        ([], 422, "invalid_request"),
        ("ho-tich", 422, "invalid_request"),
        (None, 422, "invalid_request"),
        ({"service": None}, 422, "invalid_request"),
        ({"service": 7}, 422, "invalid_request"),
        ({"service": ["ho-tich"]}, 422, "invalid_request"),
        ({"service": ""}, 422, "invalid_request"),
        ({"service": "  "}, 422, "invalid_request"),
        ({"service": "x" * 61}, 422, "invalid_request"),
        (GOOD | {"procedure": "x" * 5000}, 422, "invalid_request"),
        (GOOD | {"priority": True}, 422, "invalid_request"),
        (GOOD | {"language": 1}, 422, "invalid_request"),
        (GOOD | {"number": "A001"}, 422, "invalid_request"),
        (GOOD | {"branch_id": 2}, 422, "invalid_request"),
    ],
)
def test_it_refuses_what_does_not_fit(calm_hall: Hall, body: Any, status: int, code: str) -> None:
    with calm_hall.unchanged():
        problem(calm_hall.ask(body), status, code)


@pytest.mark.parametrize(
    ("raw", "kind", "status", "code"),
    [
        (b"", "application/json", 422, "invalid_request"),
        (b"{", "application/json", 400, "bad_json"),
        (b'{"service": "ho-tich",}', "application/json", 400, "bad_json"),
        (b"\xff\xfe", "application/json", 400, "bad_json"),
        (b'{"service": "\\ud800"}', "application/json", 400, "bad_json"),
        (b"[" * 60_000, "application/json", 400, "bad_json"),
        (json.dumps(GOOD).encode(), "text/plain", 415, "unsupported_media_type"),
        (b"service=ho-tich", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        (
            json.dumps(GOOD | {"x": "y" * 70_000}).encode(),
            "application/json",
            413,
            "body_too_large",
        ),
        (b"x" * 10_000_000, "application/json", 413, "body_too_large"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_it_refuses_a_body_it_cannot_read(
    calm_hall: Hall, raw: bytes, kind: str, status: int, code: str
) -> None:
    with calm_hall.unchanged():
        answer = calm_hall.client.post(
            TICKETS, data=raw, content_type=kind, headers=csrf(calm_hall.secret)
        )
        problem(answer, status, code)


@pytest.mark.parametrize("deed", ["cancel", "postpone", "rejoin"])
def test_a_holders_deed_refuses_ten_megabytes_too(hall: Hall, deed: str) -> None:
    token = hall.take()["token"]
    with hall.unchanged():
        answer = hall.door.client().post(
            f"{TICKETS}/{token}/{deed}", data=b"x" * 10_000_000, content_type="application/json"
        )
        problem(answer, 413, "body_too_large")


def test_a_wrong_field_is_named_without_repeating_what_was_sent(calm_hall: Hall) -> None:
    found = problem(calm_hall.ask({"service": "bí mật" * 30}), 422, "invalid_request")
    assert [error["field"] for error in found["errors"]] == ["service"]
    assert "bí mật" not in json.dumps(found, ensure_ascii=False)


def test_closed_hours_say_when_the_doors_open(hall: Hall) -> None:
    hall.hours((0, "13:30", "17:00"), (1, "07:30", "11:30"))
    with hall.unchanged():
        found = problem(hall.ask(GOOD), 409, "branch_closed")
    assert found["opens_at"] == "2026-11-23T06:30:00.000Z"
    hall.door.clock.forward(hours=5)
    assert hall.take()["number"] == "A001"


def test_a_holiday_is_closed_all_day(hall: Hall) -> None:
    hall.sql("INSERT INTO closed_day (branch_id, day) VALUES (1, '2026-11-23')")
    with hall.unchanged():
        problem(hall.ask(GOOD), 409, "branch_closed")


def test_a_paused_service_takes_no_numbers(hall: Hall) -> None:
    hall.sql("UPDATE service SET paused = 1 WHERE code = 'ho-tich'")
    with hall.unchanged():
        problem(hall.ask(GOOD), 409, "service_closed")


def test_a_service_switched_off_is_unknown(hall: Hall) -> None:
    hall.sql("UPDATE service SET active = 0 WHERE code = 'ho-tich'")
    with hall.unchanged():
        problem(hall.ask(GOOD), 404, "unknown_service")


def test_a_priority_that_only_officers_grant_is_not_given_at_the_kiosk(hall: Hall) -> None:
    hall.sql("UPDATE priority_class SET self_declared = 0 WHERE code = 'co-cong'")
    with hall.unchanged():
        problem(hall.ask(GOOD | {"priority": "co-cong"}), 403, "priority_not_offered")
    secret = hall.door.person("officer")
    answer = hall.door.client(secret).post(
        TICKETS, json=GOOD | {"priority": "co-cong"}, headers=csrf(secret)
    )
    assert answer.status_code == 201


@pytest.mark.parametrize("sent", [None, "", "x", "0" * 40, "é"])
def test_a_kiosks_cookie_without_its_csrf_token_is_refused(
    calm_hall: Hall, sent: str | None
) -> None:
    headers = {} if sent is None else {"X-CSRF-Token": sent}
    with calm_hall.unchanged():
        problem(calm_hall.client.post(TICKETS, json=GOOD, headers=headers), 403, "csrf_failed")


def test_another_kiosks_csrf_token_is_refused(hall: Hall) -> None:
    other = hall.door.device(Kind.KIOSK)
    with hall.unchanged():
        problem(hall.client.post(TICKETS, json=GOOD, headers=csrf(other)), 403, "csrf_failed")


def test_a_stranger_must_sign_in(calm_hall: Hall) -> None:
    with calm_hall.unchanged():
        problem(calm_hall.door.client().post(TICKETS, json=GOOD), 401, "not_signed_in")


@pytest.mark.parametrize("kind", [Kind.BOARD, Kind.COUNTER])
def test_another_kind_of_screen_may_not_take_numbers(hall: Hall, kind: Kind) -> None:
    place = {"counter": 1} if kind is Kind.COUNTER else {}
    secret = hall.door.device(kind, **place)
    with hall.unchanged():
        answer = hall.door.client(secret).post(TICKETS, json=GOOD, headers=csrf(secret))
        problem(answer, 403, "forbidden")


@pytest.mark.parametrize("secret", ["dld_unknown", "dlt_unknown", "nonsense", "", "x" * 3000])
def test_an_unknown_device_or_token_is_nobody(calm_hall: Hall, secret: str) -> None:
    client = calm_hall.door.app.test_client()
    client.set_cookie("denluot_kiosk", secret)
    with calm_hall.unchanged():
        problem(client.post(TICKETS, json=GOOD, headers=csrf(secret)), 401, "not_signed_in")
        problem(client.post(TICKETS, json=GOOD, headers=bearer(secret)), 401, "not_signed_in")


def test_a_revoked_device_is_nobody_from_then_on(hall: Hall) -> None:
    hall.take()
    (device,) = hall.door.room.identity.screens.all(1)
    hall.door.room.identity.screens.revoke(system(hall), device.id)
    with hall.unchanged():
        problem(hall.ask(GOOD), 401, "not_signed_in")
        problem(hall.client.get("/api/v1/kiosk"), 401, "not_signed_in")


def test_a_revoked_token_is_nobody_from_then_on(hall: Hall) -> None:
    secret = hall.door.token("kiosk")
    (token,) = hall.door.room.identity.tokens(1)
    hall.door.room.identity.revoke_token(system(hall), token.id)
    with hall.unchanged():
        answer = hall.door.client().post(TICKETS, json=GOOD, headers=bearer(secret))
        problem(answer, 401, "not_signed_in")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_refusal_is_told_in_the_readers_language(calm_hall: Hall, language: str) -> None:
    for headers in ({"X-Language": language}, {"Accept-Language": language}):
        found = problem(calm_hall.ask({"service": "khong-co"}, **headers), 404, "unknown_service")
        assert found["detail"] == refusal("unknown_service", {"service": "khong-co"}, language)


@pytest.mark.parametrize(("method", "path"), [("GET", TICKETS), ("DELETE", f"{TICKETS}/x")])
def test_other_methods_are_refused(calm_hall: Hall, method: str, path: str) -> None:
    with calm_hall.unchanged():
        problem(calm_hall.client.open(path, method=method), 405, "method_not_allowed")
