"""A deed sent with a cookie must come from a page of ours."""

import re
from pathlib import Path

import pytest

from queueing.devices import Kind
from tests.support.door import PASSWORD, Door, bearer, csrf, open_door
from tests.support.probe import probe

DEED = "/api/v1/probe/officer"


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path, probe())


@pytest.mark.parametrize("sent", ["", "wrong", "é", "x" * 5000])
def test_a_cookie_without_its_token_is_refused_and_nothing_written(door: Door, sent: str) -> None:
    client = door.client(door.person("officer"))
    before = door.room.store.last_seq(1)
    head = {"X-CSRF-Token": sent.encode().decode("latin-1")}
    answer = client.post(DEED, headers=head if sent else {})
    assert (answer.status_code, answer.json["code"]) == (403, "csrf_failed")
    assert door.room.store.last_seq(1) == before


def test_another_officer_s_token_does_not_help(door: Door) -> None:
    mine, other = door.person("officer"), door.person("officer")
    answer = door.client(mine).post(DEED, headers=csrf(other))
    assert answer.json["code"] == "csrf_failed"


def test_a_bearer_token_needs_none(door: Door) -> None:
    assert door.client().post(DEED, headers=bearer(door.token("officer"))).status_code == 201


def test_reading_needs_none(door: Door) -> None:
    assert door.client(door.person("officer")).get(DEED).status_code == 200


def test_the_page_carries_the_token_that_its_deeds_need(door: Door) -> None:
    client = door.client(door.person("admin"))
    page = client.get("/admin/devices").text
    found = re.search(r'name="csrf-token" content="(\w+)"', page)
    assert found is not None
    assert client.post(DEED, headers={"X-CSRF-Token": found[1]}).status_code == 201


@pytest.mark.parametrize(
    "head",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_can_neither_sign_anybody_in_nor_ask_for_a_pairing(
    door: Door, head: dict[str, str]
) -> None:
    client = door.client()
    sign_in = {"login": "x", "password": "y"}
    assert client.post("/api/v1/session", json=sign_in, headers=head).json["code"] == "csrf_failed"
    pairing = client.post("/api/v1/pairings", json={"kind": "kiosk"}, headers=head)
    assert pairing.json["code"] == "csrf_failed"


def test_our_own_origin_may(door: Door) -> None:
    head = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    answer = door.client().post("/api/v1/pairings", json={"kind": "kiosk"}, headers=head)
    assert answer.status_code == 201


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(door: Door) -> None:
    door.person("officer", "thuy")
    body = {"login": "thuy", "password": PASSWORD}
    cookie = door.client().post("/api/v1/session", json=body).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    https = door.client().post("/api/v1/session", json=body, base_url="https://localhost")
    assert "Secure" in https.headers["Set-Cookie"]


def test_a_device_s_cookie_is_renewed_by_its_page(door: Door) -> None:
    answer = door.client(door.device(Kind.KIOSK)).get("/kiosk")
    assert "denluot_kiosk=dld_" in answer.headers["Set-Cookie"]
