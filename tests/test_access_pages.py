"""Who may open a page, where others are sent, and the demo's short cuts."""

from pathlib import Path

import pytest

from queueing.devices import Kind
from tests.support.door import PASSWORD, Door, csrf, open_door
from web.pages import safe_next


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path)


@pytest.fixture
def demo(tmp_path: Path) -> Door:
    return open_door(tmp_path, demo=True)


def test_staff_are_sent_to_sign_in_and_come_back(door: Door) -> None:
    answer = door.client().get("/admin/devices?lang=en")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=%2Fadmin%2Fdevices%3Flang%3Den"
    page = door.client().get(answer.headers["Location"])
    assert '"next": "/admin/devices?lang=en"' in page.text


@pytest.mark.parametrize(
    "target",
    ["", None, "http://evil.example", "//evil.example", "/\\evil.example", "javascript:x",
     "/\tx", "/a\r\nb", "evil", "/\\/evil", "\\\\evil"],
)  # fmt: skip
def test_no_address_of_elsewhere_is_gone_on_to(target: str | None) -> None:
    assert safe_next(target) == "/"


def test_an_address_of_ours_is(door: Door) -> None:
    assert safe_next("/console?counter=3") == "/console?counter=3"


def test_a_screen_that_is_not_paired_gets_the_pairing_page(door: Door) -> None:
    page = door.client().get("/kiosk")
    assert page.status_code == 200
    assert 'data-kind="kiosk"' in page.text


def test_signing_out_ends_the_session(door: Door) -> None:
    secret = door.person("officer")
    client = door.client(secret)
    answer = client.delete("/api/v1/session", headers=csrf(secret))
    assert answer.status_code == 204
    assert door.room.identity.known(secret) is None
    assert client.delete("/api/v1/session").status_code == 401


def test_signing_out_needs_the_page_s_token(door: Door) -> None:
    secret = door.person("officer")
    assert door.client(secret).delete("/api/v1/session").json["code"] == "csrf_failed"
    assert door.room.identity.known(secret)


def test_the_whole_way_of_a_new_screen(door: Door) -> None:
    screen, secret = door.client(), door.person("admin")
    admin = door.client(secret)
    asked = screen.post("/api/v1/pairings", json={"kind": "kiosk"}).json
    head = {"X-Pairing-Secret": asked["secret"]}
    url = f"/api/v1/pairings/{asked['code']}"
    assert screen.get(url, headers=head).json["state"] == "waiting"
    assert screen.get(url).json["code"] == "pairing_unknown"
    confirmed = admin.post(f"{url}/confirm", json={"name": "Kiosk 1"}, headers=csrf(secret))
    assert confirmed.json["name"] == "Kiosk 1"
    fetched = screen.get(url, headers=head)
    assert fetched.json["state"] == "paired"
    assert fetched.json["token"] is None
    assert "denluot_kiosk=dld_" in fetched.headers["Set-Cookie"]
    assert 'data-kind="kiosk"' not in screen.get("/kiosk").text
    listed = admin.get("/api/v1/devices").json["items"]
    assert [one["name"] for one in listed] == ["Kiosk 1"]
    revoked = admin.post(f"/api/v1/devices/{listed[0]['id']}/revoke", headers=csrf(secret))
    assert revoked.status_code == 200
    assert 'data-kind="kiosk"' in screen.get("/kiosk").text


@pytest.mark.parametrize("counter", [0, -1, 10**30, -(10**30)])
def test_a_counter_s_number_beyond_all_bounds_is_refused(door: Door, counter: int) -> None:
    secret = door.person("admin")
    code = door.room.identity.screens.ask(1, Kind.COUNTER)[0]
    answer = door.client(secret).post(
        f"/api/v1/pairings/{code}/confirm",
        json={"name": "Quầy", "counter": counter},
        headers=csrf(secret),
    )
    assert answer.json["code"] == "invalid_request"


def test_only_an_administrator_confirms(door: Door) -> None:
    code = door.client().post("/api/v1/pairings", json={"kind": "kiosk"}).json["code"]
    body = {"name": "Mine"}
    for secret in (door.person("officer"), door.person("supervisor"), door.device(Kind.KIOSK)):
        answer = door.client(secret).post(
            f"/api/v1/pairings/{code}/confirm", json=body, headers=csrf(secret)
        )
        assert answer.json["code"] == "forbidden"
    assert door.client().post(f"/api/v1/pairings/{code}/confirm", json=body).status_code == 401


def test_an_agent_has_no_browser_and_gets_its_token_in_the_answer(door: Door) -> None:
    asked = door.client().post("/api/v1/pairings", json={"kind": "agent"}).json
    secret = door.person("admin")
    url = f"/api/v1/pairings/{asked['code']}"
    door.client(secret).post(f"{url}/confirm", json={"name": "PC"}, headers=csrf(secret))
    token = door.client().get(url, headers={"X-Pairing-Secret": asked["secret"]}).json["token"]
    known = door.room.identity.known(token)
    assert known is not None
    assert known.actor.role == "agent"


def test_guessed_codes_are_throttled_and_a_true_one_is_let_in(door: Door) -> None:
    screen = door.client()
    asked = screen.post("/api/v1/pairings", json={"kind": "kiosk"}).json
    codes = [screen.get("/api/v1/pairings/CCCCDDDD").json["code"] for _ in range(20)]
    assert (codes[0], codes[-1]) == ("pairing_unknown", "too_many_tries")
    answer = screen.get(
        f"/api/v1/pairings/{asked['code']}", headers={"X-Pairing-Secret": asked["secret"]}
    )
    assert answer.json["state"] == "waiting"


def test_a_flood_of_pairings_is_slowed_down(door: Door) -> None:
    client = door.client()
    codes = [client.post("/api/v1/pairings", json={"kind": "kiosk"}).status_code for _ in range(40)]
    assert codes[0] == 201
    assert codes[-1] == 429


def test_the_set_up_link_opens_once_and_signs_in(door: Door) -> None:
    link = door.room.identity.create_setup_link(1)
    client = door.client()
    assert client.get(f"/setup/{link}").status_code == 200
    body = {"login": "chu.tich", "name": "Chị Tịch", "password": PASSWORD}
    assert client.post(f"/api/v1/setup/{link}", json=body).json["role"] == "admin"
    assert client.get("/admin/devices").status_code == 200
    assert client.get(f"/setup/{link}").status_code == 404
    again = client.post(f"/api/v1/setup/{link}", json=body)
    assert again.json["code"] == "setup_link_invalid"


def test_the_demo_pairs_this_computer_by_itself(demo: Door) -> None:
    client = demo.client()
    first = client.get("/kiosk")
    assert first.status_code == 302
    assert first.headers["Location"] == "/kiosk"
    assert 'data-kind="kiosk"' not in client.get("/kiosk").text


def test_the_demo_signs_a_sample_person_in_with_one_tap(demo: Door) -> None:
    client = demo.client()
    assert "data-login=" in client.get("/sign-in").text
    login = demo.room.identity.officers.all(1)[0].login
    assert client.post("/api/v1/demo/session", json={"login": login}).status_code == 201


def test_outside_the_demo_there_is_no_one_tap_sign_in(door: Door) -> None:
    login = door.room.identity.officers.all(1)[0].login
    answer = door.client().post("/api/v1/demo/session", json={"login": login})
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")
    assert "data-login=" not in door.client().get("/sign-in").text


@pytest.mark.parametrize(
    "host", ["evil.example", "denluot.evil.example:80", "127.0.0.1.evil.example"]
)
def test_the_demo_answers_to_no_other_name(demo: Door, host: str) -> None:
    client = demo.client()
    assert client.get("/kiosk", headers={"Host": host}).status_code == 400
    answer = client.post("/api/v1/demo/session", json={"login": "x"}, headers={"Host": host})
    assert answer.json["code"] == "bad_request"


def test_the_demo_does_nothing_for_another_computer(demo: Door) -> None:
    elsewhere = {"REMOTE_ADDR": "192.168.1.20"}
    page = demo.client().get("/kiosk", environ_overrides=elsewhere)
    assert 'data-kind="kiosk"' in page.text
    login = demo.room.identity.officers.all(1)[0].login
    answer = demo.client().post(
        "/api/v1/demo/session", json={"login": login}, environ_overrides=elsewhere
    )
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via"]
)
def test_the_demo_does_nothing_for_who_comes_through_a_proxy(demo: Door, header: str) -> None:
    brought = {header: "203.0.113.9"}
    assert 'data-kind="kiosk"' in demo.client().get("/kiosk", headers=brought).text
    login = demo.room.identity.officers.all(1)[0].login
    body = {"login": login}
    answer = demo.client().post("/api/v1/demo/session", json=body, headers=brought)
    assert answer.status_code == 404


def test_an_office_s_browser_came_in_english_and_reads_vietnamese(door: Door) -> None:
    client = door.client()
    english = {"Accept-Language": "en-US,en;q=0.9"}
    for path in ("/", "/sign-in", "/kiosk"):
        assert '<html lang="vi"' in client.get(path, headers=english).text, path


def test_a_language_chosen_on_one_page_is_that_of_the_next(door: Door) -> None:
    client = door.client()
    page = client.get("/sign-in")
    assert 'href="?lang=en"' in page.text
    assert '<html lang="en"' in client.get("/sign-in?lang=en").text
    assert '<html lang="en"' in client.get("/").text
    assert '<html lang="en"' in client.get("/sign-in?lang=xx").text, "no such language"
    assert '<html lang="vi"' in client.get("/?lang=vi").text
    assert '<html lang="vi"' in client.get("/sign-in").text
