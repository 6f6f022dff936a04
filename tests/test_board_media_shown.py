"""From the administrator's deed to the boards: what is sent, set and removed is seen at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.support.boards import WaitingRoom, hang_board
from tests.support.door import bearer, open_door, serving_door
from tests.support.films import photo
from tests.support.waiting import eventually


@pytest.fixture
def room(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[WaitingRoom]:
    """Give a served waiting room with the administrator's surface too."""
    door = open_door(tmp_path, surfaces=("display", "staff.admin"), beat_s=0.5)
    known = door.room.identity.known(door.token("officer"))
    assert known is not None
    found = WaitingRoom(door, known.actor)
    with serving_door(door, free_port()) as url:
        found.url = url
        yield found
    door.room.store.close()


def test_what_the_administrator_does_is_on_the_board_at_once(
    room: WaitingRoom, new_context: Callable[..., BrowserContext]
) -> None:
    head = bearer(room.door.token("admin"))
    client = room.door.client()
    body = client.get("/api/v1/board-setup", headers=head).get_json()
    body["settings"]["board_night"] = "off"
    body["setup"] = {"roster_seconds": 0, "ticker": [], "roster": [], "hints": []}
    answer = client.put("/api/v1/board-setup", json=body, headers=head)
    assert answer.status_code == 200
    body = answer.get_json()
    page = hang_board(new_context, room)
    page.goto(room.url + "/board")
    expect(page.locator("#panel")).to_be_hidden()

    sent = client.post("/api/v1/media?name=x", data=photo(), headers=head).get_json()
    expect(page.locator("#panel")).to_be_visible()
    picture = page.locator(f'#panel img[src="{sent["url"]}"]')
    eventually(lambda: picture.evaluate("i => i.naturalWidth") == 320, why="it is shown")

    body["setup"]["ticker"] = [{"words": "Chiều thứ Sáu nghỉ"}]
    assert client.put("/api/v1/board-setup", json=body, headers=head).status_code == 200
    expect(page.get_by_text("Chiều thứ Sáu nghỉ").first).to_be_visible()

    assert client.delete(f"/api/v1/media/{sent['id']}", headers=head).status_code == 204
    expect(page.locator("#panel")).to_be_hidden()
