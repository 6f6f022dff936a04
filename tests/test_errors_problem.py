"""Everything that can go wrong with a request of the API, told as problem+json."""

import io
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from queueing.texts import say
from tests.support.door import Door, open_door
from tests.support.probe import probe
from web.errors import known_refusals

BODY = "/api/v1/probe/body"
GOOD = {"word": "xin chào", "number": 3}


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path, probe())


def problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    assert answer.content_type == "application/problem+json"
    found = answer.json
    assert found is not None
    assert (answer.status_code, found["status"], found["code"]) == (status, status, code)
    assert found["type"] == "about:blank"
    assert found["title"]
    assert found["detail"]
    assert "{" not in found["detail"]
    return found


def test_a_good_body_is_taken(door: Door) -> None:
    assert door.client().post(BODY, json=GOOD).json["caller"] == "xin chào"


@pytest.mark.parametrize("raw", [b"{", b"[1,", b"not json", b"\xff\xfe"])
def test_what_is_not_json_is_bad_json(door: Door, raw: bytes) -> None:
    answer = door.client().post(BODY, data=raw, content_type="application/json")
    problem(answer, 400, "bad_json")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "x"])
def test_a_body_of_another_kind_is_refused(door: Door, kind: str) -> None:
    answer = door.client().post(BODY, data=b'{"word": "a", "number": 1}', content_type=kind)
    problem(answer, 415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({**GOOD, "number": "3"}, ["number"]),
        ({**GOOD, "number": 3.5}, ["number"]),
        ({**GOOD, "number": True}, ["number"]),
        ({**GOOD, "number": 10}, ["number"]),
        ({**GOOD, "number": 10**400}, ["number"]),
        ({**GOOD, "word": 7}, ["word"]),
        ({**GOOD, "word": None}, ["word"]),
        ({**GOOD, "word": "x" * 201}, ["word"]),
        ({**GOOD, "yes": "true"}, ["yes"]),
        ({**GOOD, "colour": "red"}, ["colour"]),
        ({"number": "x"}, ["word", "number"]),
        ([], ["body"]),
        (7, ["body"]),
    ],
)
def test_wrong_types_and_unknown_fields_are_named(
    door: Door, body: object, fields: list[str]
) -> None:
    found = problem(door.client().post(BODY, json=body), 422, "invalid_request")
    assert [one["field"] for one in found["errors"]] == fields


def test_a_body_that_is_missing_reads_as_an_empty_one(door: Door) -> None:
    found = problem(door.client().post(BODY), 422, "invalid_request")
    assert [one["field"] for one in found["errors"]] == ["word", "number"]


def test_what_was_sent_is_not_repeated(door: Door) -> None:
    answer = door.client().post(BODY, json={"word": 1, "number": "bí mật", "<b>": 1})
    assert "bí mật" not in answer.text


@pytest.mark.parametrize("size", [64 * 1024 + 1, 10 * 1024 * 1024])
def test_a_body_over_64_kb_is_too_large(door: Door, size: int) -> None:
    answer = door.client().post(BODY, data=b"x" * size, content_type="application/json")
    problem(answer, 413, "body_too_large")


def test_a_wrong_query_is_named(door: Door) -> None:
    get = door.client().get
    assert get("/api/v1/probe/query?page=2").json["role"] == "2"
    for query in ("page=0", "page=x", "pages=2"):
        problem(get(f"/api/v1/probe/query?{query}"), 422, "invalid_request")


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/probe/number/x", "/api/v2/services"])
def test_an_unknown_address_is_not_found(door: Door, path: str) -> None:
    problem(door.client().get(path), 404, "not_found")


def test_a_number_beyond_any_row_is_not_found(door: Door) -> None:
    assert door.client().get(f"/api/v1/probe/number/{2**63 - 1}").status_code == 200
    problem(door.client().get(f"/api/v1/probe/number/{2**63}"), 404, "not_found")


def test_another_method_is_told_which_ones_there_are(door: Door) -> None:
    answer = door.client().put(BODY)
    problem(answer, 405, "method_not_allowed")
    assert "POST" in answer.headers["Allow"]


def test_a_fault_tells_its_id_and_the_log_alone_its_reason(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = door.client().get("/api/v1/probe/fault")
    found = problem(answer, 500, "internal_error")
    assert "secret of the inside" not in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert found["id"] in found["detail"]
    assert found["id"] in caplog.text
    assert "a secret of the inside" in caplog.text


def test_a_body_sent_in_chunks_is_not_read_beyond_the_limit(door: Door) -> None:
    raw = json.dumps(GOOD).encode() + b" " * 100_000
    answer = door.client().post(
        BODY,
        input_stream=io.BytesIO(raw),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    problem(answer, 413, "body_too_large")


def test_an_answer_that_its_document_does_not_know_fails_the_tests(door: Door) -> None:
    problem(door.client().get("/api/v1/probe/untrue"), 500, "internal_error")


def test_the_words_are_vietnamese_unless_asked_otherwise(door: Door) -> None:
    get = door.client().get
    english = get("/api/v1/nothing?lang=en").json["detail"]
    assert english == "There is nothing at this address."
    for head in ({"X-Language": "en"}, {"Accept-Language": "en-GB,en;q=0.9"}):
        assert get("/api/v1/nothing", headers=head).json["detail"] == english
    for head in ({}, {"Accept-Language": "fr"}, {"Accept-Language": "vi,en;q=0.5"}):
        assert get("/api/v1/nothing", headers=head).json["detail"] == ("Không có gì ở địa chỉ này.")


def test_every_refusal_has_vietnamese_words() -> None:
    refusals = known_refusals()
    assert {"not_signed_in", "csrf_failed", "unknown_service"} <= refusals.keys()
    for code, (status, msgid) in refusals.items():
        assert 400 <= status <= 599, code
        assert say(msgid, "vi") != msgid, code
