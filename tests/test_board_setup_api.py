"""How boards look and what stands on them, set over the API."""

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from boards.setup import BoardSetup
from queueing.store import board_setup, branches
from tests.support.office import Office, Person
from tests.test_board_setup import FULL

PATH = "/api/v1/board-setup"


def put(person: Person, body: Any) -> TestResponse:
    return person.client.put(PATH, json=body, headers=person.headers())


def now(person: Person) -> dict[str, Any]:
    answer = person.get(PATH)
    assert answer.status_code == 200
    assert isinstance(answer.json, dict)
    return answer.json


def refused(answer: TestResponse) -> tuple[int, str]:
    problem = answer.get_json(force=True)
    assert problem["status"] == answer.status_code
    assert "…" not in problem["detail"]
    return answer.status_code, problem["code"]


def test_a_new_branch_has_the_plain_board(office: Office) -> None:
    found = now(office.person("son"))
    assert found["setup"] == BoardSetup().as_json()
    assert found["settings"] == {
        "board_layout": "one",
        "board_theme": "light",
        "board_panel": True,
        "board_calls": 6,
        "board_mark_seconds": 10,
        "board_hold_seconds": 3,
        "board_night": "clock",
        "board_qr": True,
        "notice_minutes": 10,
        "media_most_mb": 300,
    }


def test_what_is_set_is_in_force_at_once_and_the_history_knows_no_words(office: Office) -> None:
    son = office.person("son")
    wanted = now(son)
    wanted["setup"] = FULL
    wanted["settings"] |= {"board_layout": "table", "board_qr": False, "board_calls": 8}
    answer = put(son, wanted)
    assert answer.status_code == 200
    assert answer.json == now(son)
    assert answer.json == wanted | {"seen": answer.json["seen"]}
    with office.room.store.reading() as db:
        assert BoardSetup.from_json(board_setup.board_setup(db, 1)).as_json() == FULL
        rules = branches.rules(db, 1)
    assert (rules.text("board_layout"), rules.flag("board_qr")) == ("table", False)
    kinds = [event.kind for event in office.events()][-2:]
    assert kinds == ["settings_changed", "board_changed"]
    assert not any("Nguy" in event.data or "\\u" in event.data for event in office.events())
    count = len(office.events())
    # again with the state that was seen before, as after an answer that was lost
    assert put(son, wanted).status_code == 200
    assert len(office.events()) == count


def test_all_of_it_is_saved_or_nothing(office: Office) -> None:
    son = office.person("son")
    before = now(son)
    count = len(office.events())
    for wrong in (
        {"setup": FULL | {"ticker": [{"words": "a\u202e"}]}},
        {"settings": before["settings"] | {"board_calls": 99}},
        {"setup": FULL | {"hints": [{"counter": 99, "arrow": "up"}]}},
    ):
        body = {"settings": before["settings"] | {"board_layout": "table"}, "setup": FULL} | wrong
        assert put(son, body).status_code == 422
    assert now(son) == before
    assert len(office.events()) == count


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"ticker": [{"words": "x" * 201}]}, "setup_length", "Dòng chữ chạy"),
        ({"ticker": [{"words": "a\u200bb"}]}, "setup_unseen", "Dòng chữ chạy"),
        ({"ticker": [{"words": "a"}] * 13}, "setup_count", "12"),
        ({"ticker": [{"words": "", "words_en": "a"}]}, "setup_empty", "tiếng Việt"),
        ({"roster": [{"counter": 1, "field": "x" * 81}]}, "setup_length", "80"),
        ({"roster": [{"counter": 98, "field": "x"}]}, "setup_counter", "98"),
        ({"roster_from": "hôm nay"}, "setup_day", "Áp dụng từ ngày"),
        ({"roster_seconds": 3}, "setup_number", "Số giây"),
        ({"hints": [{"counter": 1, "arrow": "back"}]}, "setup_invalid", "Đường đến"),
        ({"hints": [{"counter": 1, "arrow": "up"}] * 2}, "setup_twice", "hai lần"),
        ({"colour": "red"}, "invalid_request", "colour"),
        ({"ticker": [{"words": "a", "html": "<b>"}]}, "invalid_request", "html"),
        ({"ticker": [{"words": "x" * 2001}]}, "invalid_request", "words"),
    ],
)
def test_what_no_board_can_show_is_refused_in_words(
    office: Office, change: dict[str, Any], code: str, words: str
) -> None:
    son = office.person("son")
    answer = put(son, now(son) | {"setup": FULL | change})
    assert refused(answer) == (422, code)
    assert words in answer.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"board_layout": "circle"}, "setting_invalid"),
        ({"board_calls": 1}, "setting_invalid"),
        ({"board_night": "dim"}, "setting_invalid"),
        ({"notice_minutes": 0}, "setting_invalid"),
        ({"media_most_mb": 2001}, "setting_invalid"),
        ({"board_qr": "yes"}, "invalid_request"),
        ({"public_url": "http://elsewhere"}, "invalid_request"),
    ],
)
def test_settings_keep_their_bounds(office: Office, change: dict[str, Any], code: str) -> None:
    son = office.person("son")
    found = now(son)
    answer = put(son, found | {"settings": found["settings"] | change})
    assert refused(answer) == (422, code)
    assert now(son) == found


def test_the_longest_setup_there_may_be_is_taken(office: Office) -> None:
    son = office.person("son")
    long = "Ồ" * 80
    setup = {
        "ticker": [{"words": "Ồ" * 200, "words_en": "x" * 200}] * 12,
        "roster": [{"counter": 1, "field": long, "officer": long, "backup": long}] * 60,
        "roster_from": None,
        "roster_seconds": 0,
        "hints": [],
    }
    answer = put(son, now(son) | {"setup": setup})
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["setup"] == setup


def test_rows_of_a_counter_that_went_out_of_use_keep_nothing_else_from_being_saved(
    office: Office,
) -> None:
    son = office.person("son")
    duty = {"counter": 3, "field": "Đất đai", "officer": "Nguyễn Thị H.", "backup": ""}
    hint = {"counter": 3, "arrow": "left", "words": "Cuối hành lang", "words_en": ""}
    setup = now(son)["setup"] | {"roster": [duty], "hints": [hint]}
    assert put(son, now(son) | {"setup": setup}).status_code == 200
    office.sql("UPDATE counter SET active = 0 WHERE number = 3")
    line = {"words": "Chiều nay nghỉ", "words_en": ""}
    assert put(son, now(son) | {"setup": setup | {"ticker": [line]}}).status_code == 200
    kept = now(son)
    assert kept["setup"] == setup | {"ticker": [line]}
    for change in (
        {"roster": [duty | {"officer": "Trần Văn M."}]},
        {"roster": [duty, duty | {"field": "Hộ tịch"}]},
        {"roster": [{"counter": 98, "field": "x"}]},
        {"hints": [hint | {"arrow": "right"}]},
    ):
        answer = put(son, kept | {"setup": setup | change})
        assert refused(answer) == (422, "setup_counter")
    assert now(son) == kept
    assert put(son, kept | {"setup": setup | {"roster": [], "hints": []}}).status_code == 200
    # once gone they are as new as any other
    assert refused(put(son, now(son) | {"setup": setup})) == (422, "setup_counter")


@pytest.mark.parametrize("login", ["hoa", "ha"])
def test_only_an_administrator_may(office: Office, login: str) -> None:
    body = now(office.person("son"))
    person = office.person(login)
    assert refused(person.get(PATH)) == (403, "forbidden")
    assert refused(put(person, body)) == (403, "forbidden")


def test_the_page_of_another_site_may_not(office: Office) -> None:
    son = office.person("son")
    assert refused(son.client.put(PATH, json=now(son))) == (403, "csrf_failed")


def test_what_another_version_stored_is_shown_as_far_as_it_can_be_read(office: Office) -> None:
    kept = json.dumps(FULL | {"hints": "all", "weather": 1})
    office.sql("INSERT INTO board_setup VALUES (1, ?, '2026-11-23T00:00:00.000Z')", kept)
    found = now(office.person("son"))["setup"]
    assert found == FULL | {"hints": []}
