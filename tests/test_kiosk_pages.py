"""The citizens' pages: the kiosk and a ticket on a phone."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from queueing.devices import Kind
from queueing.texts import say
from tests.support.citizens import Hall, open_hall


def block(page: str, name: str) -> dict[str, Any]:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.S)
    assert found, page
    return dict(json.loads(found[1]))


# -- the kiosk --------------------------------------------------------------------------


def test_a_paired_kiosk_gets_its_state_and_settings(hall: Hall) -> None:
    hall.set("kiosk_idle_seconds", "90")
    hall.take()
    page = hall.client.get("/kiosk").text
    state, settings = block(page, "state"), block(page, "page")
    assert state == hall.kiosk()
    assert settings == {
        "language": "vi",
        "zone_minutes": 420,
        "mm": None,
        "program": state["program"],
        "languages": ["vi", "en"],
        "idle_s": 90,
        "thanks_s": 10,
    }


def test_the_kiosks_page_carries_the_csrf_token_its_deeds_need(hall: Hall) -> None:
    page = hall.client.get("/kiosk").text
    token = re.search(r'<meta name="csrf-token" content="(\w+)">', page)
    assert token is not None
    answer = hall.client.post(
        "/api/v1/tickets", json={"service": "ho-tich"}, headers={"X-CSRF-Token": token[1]}
    )
    assert answer.status_code == 201


def test_an_unpaired_screen_gets_the_pairing_page_and_no_state(hall: Hall) -> None:
    for client in (hall.door.client(), hall.door.client(hall.door.device(Kind.BOARD))):
        page = client.get("/kiosk").text
        assert 'data-kind="kiosk"' in page
        assert 'id="state"' not in page
        assert client.get_cookie("denluot_kiosk") is None


def test_the_demo_pairs_this_computers_browser_by_itself(tmp_path: Path) -> None:
    hall = open_hall(tmp_path, demo=True)
    client = hall.door.client()
    page = client.get("/kiosk", follow_redirects=True)
    assert block(page.text, "state")["services"]
    cookie = client.get_cookie("denluot_kiosk")
    assert cookie is not None
    assert cookie.http_only


# -- the ticket's page -------------------------------------------------------------------


def page_of(hall: Hall, token: str, language: str | None = None, **headers: str) -> str:
    query = {"lang": language} if language else {}
    answer = hall.door.client().get(f"/t/{token}", query_string=query, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    return str(answer.text)


def shown(page: str) -> str:
    """The one block of the page that is not hidden."""
    blocks = re.findall(r'<section class="says" data-state="(\w+)"( hidden)?>', page)
    (name,) = [name for name, hidden in blocks if not hidden]
    return str(name)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_says_every_state_in_both_languages(hall: Hall, language: str) -> None:
    officer, deeds = hall.officer(), hall.door.room.operations
    token = hall.take()["token"]

    def page(state: str, message: str, **facts: object) -> None:
        text = page_of(hall, token, language)
        assert f'<html lang="{language}"' in text
        assert (shown(text), block(text, "state")["state"]) == (state, state)
        assert say(message, language, **facts) in text

    page("waiting", "You are next in line")
    deeds.call_next(officer, 1)
    page("called", "PLEASE COME TO COUNTER {n}", n=1)
    deeds.park(officer, 1, "giấy tờ")
    page("parked", "Your number is set aside")
    deeds.resume(officer, 1, "A001")
    deeds.no_show(officer, 1)
    page("no_show", "Your number was called, but you were not there")
    deeds.call(officer, 1, "A001")
    deeds.start(officer, 1)
    page("serving", "You are being served at counter {n}.", n=1)
    deeds.finish(officer, 1, outcome="returned")
    page("finished", "Result handed over")
    token = hall.take()["token"]
    hall.do(token, "cancel")
    page("cancelled", "This number was cancelled")
    token = hall.take()["token"]
    hall.door.clock.forward(days=1)
    hall.take()
    page("expired", "This number is no longer valid")


def test_people_ahead_stand_on_the_page_before_any_script_runs(hall: Hall) -> None:
    tokens = [hall.take()["token"] for _ in range(3)]
    assert "1 person before you" in page_of(hall, tokens[1], "en")
    assert "2 people before you" in page_of(hall, tokens[2], "en")
    assert "Updated at 08:30" in page_of(hall, tokens[2], "en")


def test_the_page_speaks_the_language_the_number_was_taken_in(hall: Hall) -> None:
    token = hall.take(language="en")["token"]
    assert '<html lang="en"' in page_of(hall, token)
    assert '<html lang="en"' in page_of(hall, token, **{"Accept-Language": "vi"})
    assert '<html lang="vi"' in page_of(hall, token, "vi")
    vietnamese = hall.take()["token"]
    assert '<html lang="vi"' in page_of(hall, vietnamese, **{"Accept-Language": "en"})


def test_the_first_state_is_what_the_api_says(hall: Hall) -> None:
    token = hall.take()["token"]
    page = page_of(hall, token)
    assert block(page, "state") == hall.look(token)
    assert block(page, "page")["token"] == token


def test_the_page_names_no_address_that_holds_the_token_elsewhere(hall: Hall) -> None:
    token = hall.take()["token"]
    page = page_of(hall, token)
    assert page.count(token) == 1
    assert not re.search(r'(?:href|src)="https?://', page)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_unknown_token_gets_a_friendly_page(hall: Hall, language: str) -> None:
    answer = hall.door.client().get("/t/unknown", query_string={"lang": language})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert say("This number is not known", language) in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_many_unknown_tokens_are_asked_to_wait_while_pages_still_open(hall: Hall) -> None:
    token = hall.take()["token"]
    client = hall.door.client()
    statuses = [client.get(f"/t/wrong{n}").status_code for n in range(33)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    assert shown(page_of(hall, token)) == "waiting"


def test_an_id_is_no_token(hall: Hall) -> None:
    ticket_id = hall.take()["id"]
    officer = hall.door.client(hall.door.person("officer"))
    for client in (hall.door.client(), officer):
        assert client.get(f"/t/{ticket_id}").status_code == 404
