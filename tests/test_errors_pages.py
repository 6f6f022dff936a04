"""What a person sees when a page cannot be shown."""

from pathlib import Path

import pytest

from tests.support.door import Door, open_door
from tests.support.probe import probe


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path, probe())


def test_an_unknown_page_is_a_plain_page_with_a_way_back(door: Door) -> None:
    answer = door.client().get("/nothing/here")
    assert answer.status_code == 404
    assert answer.content_type.startswith("text/html")
    assert 'lang="vi"' in answer.text
    assert 'href="/"' in answer.text


def test_a_fault_on_a_page_shows_its_number_only(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(door.room.identity.officers, "all", broken)
    monkeypatch.setattr("web.access_views.demo_allowed", lambda: True)
    answer = door.client().get("/sign-in")
    assert answer.status_code == 500
    assert "secret of the inside" not in answer.text
    assert "Traceback" not in answer.text


def test_staff_of_another_role_are_told_so(door: Door) -> None:
    answer = door.client(door.person("officer")).get("/admin/devices?lang=en")
    assert answer.status_code == 403
    assert "You may not do this" in answer.text


def test_an_address_cannot_put_markup_into_the_page(door: Door) -> None:
    answer = door.client().get("/setup/<script>alert(1)</script>?lang=<b>")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
