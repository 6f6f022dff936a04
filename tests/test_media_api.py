"""Pictures and films for the boards, sent and removed over the API, and what is refused."""

import errno
import json
import shutil
from collections import namedtuple
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest

from boards import media as files
from boards.media import IMAGE_MOST, MB
from queueing.refusals import Refused
from queueing.store import media
from tests.support.films import film, opened, photo
from tests.support.media import delete, fetch, items, lying, put, refused, send, sent
from tests.support.office import Office

Usage = namedtuple("Usage", "total used free")


def test_a_picture_is_kept_as_boards_get_it(office: Office, folder: Path) -> None:
    son = office.person("son")
    one = sent(son, photo(5000, 3000), "  Thông báo  nghỉ lễ ")
    shown = {name: one[name] for name in ("name", "kind", "seconds", "active", "zone", "due")}
    assert shown == {
        "name": "Thông báo nghỉ lễ",
        "kind": "image",
        "seconds": 12,
        "active": True,
        "zone": None,
        "due": True,
    }
    assert items(son) == [one]
    answer = fetch(son.client, one["url"])
    assert answer.content_type == "image/jpeg"
    assert opened(answer.data).size == (3600, 2160)
    assert len(answer.data) == one["bytes"]
    assert lying(folder) == [one["url"].rsplit("/", 1)[1] + ".jpg"]
    (event,) = [event for event in office.events() if event.kind == "media_added"]
    assert json.loads(event.data) == {"media": one["id"]}


def test_a_film_is_kept_as_it_is(office: Office, folder: Path) -> None:
    son = office.person("son")
    data = film(700_000)
    one = sent(son, data, "Phim")
    assert (one["kind"], one["bytes"]) == ("video", len(data))
    answer = fetch(son.client, one["url"])
    assert (answer.content_type, answer.data) == ("video/mp4", data)
    assert len(lying(folder)) == 1


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "x" * 121,
        "a\u202egpj",
        "a\nb",
        "a\u200b",
        "\ud800".encode("utf-8", "replace").decode() + "\x7f",
    ],
)
@pytest.mark.usefixtures("nothing_stays")
def test_a_name_that_cannot_be_read_is_refused(office: Office, name: str) -> None:
    assert refused(send(office.person("son"), photo(), name)) == (422, "media_name")


def test_a_hostile_name_is_only_a_name(office: Office, folder: Path) -> None:
    son = office.person("son")
    for name in ("../../etc/passwd", "C:\\Windows\\x.exe", "<img src=x>", "%2e%2e/%00", "a;b|c"):
        assert sent(son, film(), name)["name"] == name
    assert len(lying(folder)) == 1
    assert {one.parent for one in folder.rglob("*")} == {folder}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "media_empty"),
        (b"%PDF-1.7 a poster", "media_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "media_kind"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 9000, "media_kind"),
        (photo()[:3000], "media_unreadable"),
        (b"\xff\xd8\xff" + b"\0" * IMAGE_MOST, "media_too_large"),
    ],
    ids=["empty", "pdf", "svg", "heic", "half", "21 MB"],
)
@pytest.mark.usefixtures("nothing_stays")
def test_what_no_board_shows_is_refused(office: Office, data: bytes, code: str) -> None:
    answer = send(office.person("son"), data)
    assert refused(answer)[1] == code
    assert answer.status_code == (413 if code == "media_too_large" else 422)


class Unread(BytesIO):
    """A body of which nothing may be read."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError("it was read")

    def readinto(self, buffer: Any, /) -> int:
        raise AssertionError("it was read")


@pytest.mark.parametrize(
    ("length", "mime", "most"),
    [(2 * 1024 * MB, "video/mp4", 300), (300 * MB + 1, "", 300), (21 * MB, "image/png", 20)],
)
@pytest.mark.usefixtures("nothing_stays")
def test_too_much_is_refused_before_a_byte_is_read(
    office: Office, length: int, mime: str, most: int
) -> None:
    son = office.person("son")
    answer = son.client.post(
        "/api/v1/media?name=x",
        headers=son.headers() | {"Content-Type": mime},
        environ_overrides={"wsgi.input": Unread(), "CONTENT_LENGTH": str(length)},
    )
    assert refused(answer) == (413, "media_too_large")
    assert f"{most} MB" in answer.get_json(force=True)["detail"]


@pytest.mark.usefixtures("nothing_stays")
def test_the_branch_sets_the_limit_of_films(office: Office) -> None:
    office.sql("INSERT INTO setting (branch_id, name, value) VALUES (1, 'media_most_mb', '50')")
    answer = send(office.person("son"), film(50 * MB + 1))
    assert refused(answer) == (413, "media_too_large")
    assert "50 MB" in answer.get_json(force=True)["detail"]


def free(megabytes: float) -> Callable[[Any], Usage]:
    return lambda path: Usage(10**12, 10**12, int(megabytes * MB))


@pytest.mark.usefixtures("nothing_stays")
def test_a_disk_without_room_is_told_of_before(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    son = office.person("son")
    monkeypatch.setattr(shutil, "disk_usage", free(501.5))
    answer = send(son, film(2 * MB))
    assert refused(answer) == (507, "media_disk")
    assert "501 MB" in answer.get_json(force=True)["detail"]
    assert "500 MB" in answer.get_json(force=True)["detail"]


@pytest.mark.usefixtures("nothing_stays")
def test_a_disk_that_fills_up_meanwhile_ends_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = iter([600, 600, 499])
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(0, 0, next(left) * MB))
    assert refused(send(office.person("son"), film(40 * MB))) == (507, "media_disk")


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "storage_full"), (errno.EDQUOT, "storage_full"), (errno.EIO, "storage_failed")],
)
@pytest.mark.parametrize("data", [film(800_000), photo(900, 900)], ids=["film", "picture"])
@pytest.mark.usefixtures("nothing_stays")
def test_a_write_that_fails_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, data: bytes, number: int, code: str
) -> None:
    def full(file: IO[bytes]) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(files, "_sync", full)
    assert refused(send(office.person("son"), data)) == (507, code)


@pytest.mark.usefixtures("nothing_stays")
def test_a_row_that_cannot_be_written_leaves_no_file(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise Refused("storage_full")

    monkeypatch.setattr(media, "add_media", full)
    assert refused(send(office.person("son"), photo())) == (507, "storage_full")


def test_such_a_failure_takes_no_file_that_another_row_needs(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    son = office.person("son")
    one = sent(son, photo())

    def full(*given: object) -> None:
        raise Refused("storage_full")

    monkeypatch.setattr(media, "add_media", full)
    assert send(son, photo()).status_code == 507
    assert fetch(son.client, one["url"]).status_code == 200
    assert len(lying(folder)) == 1


def test_what_was_left_half_sent_is_swept_when_serving_begins(office: Office, folder: Path) -> None:
    one = sent(office.person("son"), photo())
    (folder / ".part-0123").write_bytes(b"half")
    for begin in office.room.on_serve:
        if getattr(begin, "__name__", "") == "sweep":
            begin()
    assert lying(folder) == [one["url"].rsplit("/", 1)[1] + ".jpg"]


def test_a_file_goes_with_the_last_row_that_needs_it(office: Office, folder: Path) -> None:
    son = office.person("son")
    one, two = sent(son, photo()), sent(son, photo(), "Lần nữa")
    assert one["url"].rsplit("/", 1)[1] == two["url"].rsplit("/", 1)[1]
    assert len(lying(folder)) == 1
    assert delete(son, one["id"]).status_code == 204
    assert fetch(son.client, one["url"]).status_code == 404
    assert fetch(son.client, two["url"]).status_code == 200
    assert delete(son, two["id"]).status_code == 204
    assert lying(folder) == []
    assert refused(delete(son, two["id"])) == (404, "unknown_media")
    kinds = [event.kind for event in office.events() if event.kind.startswith("media")]
    assert kinds == ["media_added", "media_added", "media_removed", "media_removed"]


def test_a_file_that_somebody_took_away_is_not_found_and_can_be_removed(
    office: Office, folder: Path
) -> None:
    son = office.person("son")
    one = sent(son, photo())
    shutil.rmtree(folder)
    assert fetch(son.client, one["url"]).status_code == 404
    assert delete(son, one["id"]).status_code == 204


def test_there_is_an_end_to_how_many(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "MEDIA_MOST", 1)
    son = office.person("son")
    sent(son, photo())
    assert refused(send(son, film())) == (409, "media_too_many")


@pytest.mark.parametrize("login", ["hoa", "ha"])
@pytest.mark.usefixtures("nothing_stays")
def test_only_an_administrator_may(office: Office, login: str) -> None:
    person = office.person(login)
    answers = (
        person.get("/api/v1/media"),
        send(person, photo()),
        put(person, "/media/1", {"name": "x"}),
        put(person, "/media/order", {"ids": []}),
        delete(person, 1),
    )
    assert {refused(answer) for answer in answers} == {(403, "forbidden")}
    nobody = office.app.test_client()
    assert refused(nobody.post("/api/v1/media?name=x", data=photo())) == (401, "not_signed_in")


@pytest.mark.usefixtures("nothing_stays")
def test_the_page_of_another_site_may_not(office: Office) -> None:
    son = office.person("son")
    answer = son.client.post("/api/v1/media?name=x", data=photo())
    assert refused(answer) == (403, "csrf_failed")
