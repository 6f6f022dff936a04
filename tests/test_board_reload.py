"""A board loads itself anew only when there is a page to load: nobody is there to press a key."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from display import state, views
from tests.support.boards import COOKIE
from tests.support.trouble import Trouble

Hang = Callable[..., Trouble]
PAGE = "**/board?*"


class Denied:
    """An address that has no good answer until it is given free."""

    def __init__(self, board: Trouble, address: str, status: int) -> None:
        self.board = board
        self.address = address
        self.status = status
        self.asked = 0
        board.page.route(address, self._deny)

    def _deny(self, route: Route) -> None:
        self.asked += 1
        if self.status:
            route.fulfill(status=self.status, body="not now")
        else:
            route.abort("connectionrefused")

    def free(self) -> None:
        """Answer as the server does."""
        self.board.page.unroute(self.address)


def another_program(monkeypatch: pytest.MonkeyPatch, board: Trouble) -> None:
    """The server runs another one from now on, and the board is told."""
    for module in (state, views):
        monkeypatch.setattr(module, "program", lambda: "0.0.2-another")
    board.room.issue()


def revoke(board: Trouble) -> None:
    """The administrator takes the screen out of service."""
    cookies = {one["name"]: one["value"] for one in board.page.context.cookies()}
    known = board.room.door.room.identity.known(cookies[COOKIE])
    assert known is not None
    assert known.actor.device_id is not None
    board.room.door.room.identity.screens.revoke(board.room.door.system, known.actor.device_id)


@pytest.mark.parametrize(("address", "status"), [("**/healthz", 503), (PAGE, 502), (PAGE, 0)])
def test_a_page_that_cannot_be_had_is_asked_for_again_and_not_loaded(
    trouble: Hang, monkeypatch: pytest.MonkeyPatch, address: str, status: int
) -> None:
    board = trouble()
    denied = Denied(board, address, status)
    another_program(monkeypatch, board)
    board.until(lambda: denied.asked >= 3, "it asks again and again", within_s=90)
    assert board.reloads == 0
    assert board.line == "live"
    denied.free()
    board.until(lambda: board.reloads == 1, "it loads itself anew", within_s=90)
    board.until(lambda: board.is_heard, "it is live")


def test_a_screen_that_is_a_board_no_more_waits_for_the_page_that_says_so(trouble: Hang) -> None:
    board = trouble()
    denied = Denied(board, PAGE, 502)
    revoke(board)
    board.until(lambda: denied.asked >= 3, "it asks again and again", within_s=90)
    assert board.reloads == 0
    expect(board.page.locator("#clock")).to_be_visible()
    denied.free()
    pairing = board.page.locator("[data-kind='board']")
    board.until(pairing.is_visible, "the pairing page is there", within_s=90)


def test_a_server_clock_that_was_set_back_does_not_keep_the_old_program(
    trouble: Hang, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = trouble()
    board.room.issue()
    board.room.call(1)
    board.until(lambda: board.news != [], "the call is marked")
    # by the new clock the call is an hour ahead
    board.clock.forward(hours=-1)
    another_program(monkeypatch, board)
    board.until(lambda: board.reloads == 1, "it loads itself anew", within_s=90)
    board.until(lambda: board.is_heard and board.rows == ["A001"], "it shows the same")
