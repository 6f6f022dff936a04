"""What every answer says to the browser."""

from pathlib import Path

import pytest
from flask import request

from tests.support.door import Door, open_door
from web.assets import asset_url
from web.headers import CSP, HEADERS


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path)


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/nothing", "/api/v1/nothing", "/static/base.css", "/static/none"]
)
def test_every_answer_bears_the_security_headers(door: Door, path: str) -> None:
    headers = door.client().get(path, buffered=True).headers
    assert headers["Content-Security-Policy"] == CSP
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert HEADERS.keys() <= set(headers.keys())


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline() -> None:
    assert "default-src 'none'" in CSP
    assert "unsafe" not in CSP
    assert "http" not in CSP
    assert "*" not in CSP


@pytest.mark.parametrize("path", ["/", "/sign-in", "/api/v1/openapi.json", "/static/none"])
def test_what_may_be_personal_is_never_kept(door: Door, path: str) -> None:
    assert door.client().get(path).headers["Cache-Control"] == "no-store"


def test_a_file_named_by_its_content_is_kept_for_ever_others_asked_again(door: Door) -> None:
    url = asset_url("base.css")
    assert "immutable" in door.client().get(url, buffered=True).headers["Cache-Control"]
    plain = door.client().get("/static/base.css", buffered=True)
    assert plain.headers["Cache-Control"] == "no-cache"
    assert plain.headers["ETag"]


def test_a_file_that_is_not_there_is_noticed_when_the_page_is_made() -> None:
    with pytest.raises(FileNotFoundError):
        asset_url("nothing.css")


def test_a_hostile_host_header_reaches_no_address(door: Door) -> None:
    for path in ("/", "/sign-in", "/admin/devices", "/nothing"):
        answer = door.client().get(path, headers={"Host": "evil.example"})
        assert "evil.example" not in answer.text
        assert "evil.example" not in answer.headers.get("Location", "")
    assert "evil" not in door.room.ticket_url("abc")


FORWARDED = {
    "X-Forwarded-For": "10.1.1.1, 192.168.1.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
}


@pytest.mark.parametrize("behind_proxy", [False, True])
def test_a_proxy_s_word_counts_only_when_there_is_one(tmp_path: Path, behind_proxy: bool) -> None:
    door = open_door(tmp_path, behind_proxy=behind_proxy)
    seen: list[tuple[str | None, bool, str]] = []

    @door.app.get("/who")
    def who() -> str:
        seen.append((request.remote_addr, request.is_secure, request.host))
        return ""

    door.client().get("/who", headers=FORWARDED)
    expected = ("192.168.1.9", True) if behind_proxy else ("127.0.0.1", False)
    assert seen == [(*expected, "localhost")]
