"""A supervisor is told of a board that should be heard and is not."""

from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store.screens import Placing
from queueing.store.settings import save_settings
from tests.support.office import Office
from tests.test_overview_alerts import kinds, only
from web.speakers import Screen as SpeakingScreen
from web.speakers import read_report


def test_a_board_that_nobody_hears_is_told_of_until_it_is_touched(office: Office) -> None:
    admin = Actor(1, Role.ADMIN)
    board, _ = office.room.identity.screens.add(admin, Kind.BOARD, Placing("Bảng khu A"))
    office.room.identity.screens.seen([board.id])
    blocked = read_report({"state": "blocked"})
    speakers = office.room.speakers
    speakers.join(SpeakingScreen("sid", 1, "", "page", board.id, report=blocked))
    assert only(office, "sound")["facts"] == {"device": "Bảng khu A", "state": "blocked"}
    save_settings(office.room.store, admin, {"voice": "false"})
    assert kinds(office) == []
    save_settings(office.room.store, admin, {"voice": "true"})
    touched = read_report({"state": "ready"})
    assert touched is not None
    speakers.note("sid", touched)
    assert kinds(office) == []
