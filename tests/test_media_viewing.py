"""The files of pictures and films: who gets them, whole or in parts, and for how long."""

import pytest

from boards.media import MB
from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store.screens import Placing
from tests.support.films import film, photo
from tests.support.media import fetch, sent
from tests.support.office import Office
from web.access import DEVICE_COOKIES


def test_boards_and_staff_see_it_and_nobody_else(office: Office) -> None:
    one = sent(office.person("son"), photo())
    screens = office.room.identity.screens
    seen = {}
    for kind in (Kind.BOARD, Kind.KIOSK, Kind.COUNTER):
        place = Placing(f"Máy {kind}", counter=1 if kind is Kind.COUNTER else None)
        secret = screens.add(Actor(1, Role.SYSTEM), kind, place)[1]
        client = office.app.test_client()
        client.set_cookie(DEVICE_COOKIES[Role(str(kind))], secret)
        seen[kind] = fetch(client, one["url"]).status_code
    assert seen == {Kind.BOARD: 200, Kind.KIOSK: 403, Kind.COUNTER: 403}
    assert fetch(office.hoa.client, one["url"]).status_code == 200
    assert fetch(office.app.test_client(), one["url"]).status_code == 401


def test_its_address_is_for_ever_and_another_is_nothing(office: Office) -> None:
    son = office.person("son")
    one = sent(son, photo())
    answer = fetch(son.client, one["url"])
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Accept-Ranges"] == "bytes"
    for path in (
        one["url"] + "0",
        one["url"].replace(f"/{one['id']}/", "/99/"),
        f"/media/{one['id']}/" + "0" * 32,
        f"/media/{one['id']}/..%2f..%2fdenluot.sqlite3",
        f"/media/{10**30}/x",
        f"/media/{one['id']}/",
    ):
        assert fetch(son.client, path).status_code == 404, path


@pytest.mark.parametrize(
    ("asked", "status", "begin", "end"),
    [
        ("bytes=0-99", 206, 0, 100),
        ("bytes=100-", 206, 100, 100 + 4 * MB),
        ("bytes=0-", 206, 0, 4 * MB),
        (f"bytes={5 * MB}-", 206, 5 * MB, 6 * MB),
        ("bytes=-100", 206, 6 * MB - 100, 6 * MB),
        (f"bytes=0-{6 * MB}", 206, 0, 4 * MB),
        ("bytes=0-9,20-29", 200, 0, 6 * MB),
        ("pages=1-2", 200, 0, 6 * MB),
        ("", 200, 0, 6 * MB),
    ],
)
def test_a_film_is_given_in_parts(
    office: Office, asked: str, status: int, begin: int, end: int
) -> None:
    son = office.person("son")
    data = film(6 * MB)
    one = sent(son, data)
    answer = fetch(son.client, one["url"], **({"Range": asked} if asked else {}))
    assert answer.status_code == status
    assert answer.data == data[begin:end]
    if status == 206:
        assert answer.headers["Content-Range"] == f"bytes {begin}-{end - 1}/{len(data)}"


def test_beyond_its_end_there_is_no_part(office: Office) -> None:
    son = office.person("son")
    one = sent(son, film(5000))
    assert fetch(son.client, one["url"], Range="bytes=5000-").status_code == 416
