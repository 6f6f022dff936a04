"""Boards on real sockets: who is named to speak, and when that is told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from queueing.clock import utc_now
from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store.settings import save_settings
from tests.support.boards import COOKIE, WaitingRoom, waiting_room
from tests.support.door import serving_door
from tests.support.sockets import Screen, screen
from tests.support.waiting import eventually

ADMIN = Actor(1, Role.ADMIN)
ALWAYS = "00:00-23:59,23:59-00:00"


def cookie(room: WaitingRoom, **place: Any) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={room.door.device(Kind.BOARD, **place)}"}


def auth(name: str, state: str = "ready", said: int = 0) -> dict[str, Any]:
    sound = {"state": state, "said": said, "epoch": ""}
    return {"surface": "board", "screen": name, "sound": sound}


def speaker(one: Screen) -> str | None:
    found = one.states("board")[-1]["voice"]["speaker"]
    return None if found is None else str(found)


def say(one: Screen) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = one.states("board")[-1]["voice"]["say"]
    return found


def names(one: Screen, name: str | None) -> None:
    one.wait(
        lambda: one.states("board") and speaker(one) == name, f"{name} is named as the speaker"
    )


def test_every_board_is_told_who_speaks_and_who_takes_over(waiting: WaitingRoom) -> None:
    with screen(waiting.url, auth("first"), **cookie(waiting)) as first:
        names(first, "first")
        with screen(waiting.url, auth("second"), **cookie(waiting)) as second:
            names(second, "first")
            first.close()
            names(second, "second")


def test_one_that_is_unlocked_later_says_so_and_is_named(waiting: WaitingRoom) -> None:
    with screen(waiting.url, auth("one", "blocked"), **cookie(waiting)) as one:
        names(one, None)
        one.send("sound", {"state": "ready", "epoch": "", "said": 0})
        names(one, "one")
        one.send("sound", {"state": "louder"})
        one.send("sound", None)
        one.send("sound", {"state": "blocked"})
        names(one, None)


def test_staff_who_look_at_a_board_are_never_named(waiting: WaitingRoom) -> None:
    secret = waiting.door.person("supervisor")
    with screen(waiting.url, auth("staff"), Cookie=f"denluot_session={secret}") as one:
        one.wait(lambda: one.states("board"), "the state")
        waiting.issue()
        waiting.call(1)
        one.wait(lambda: one.states("board")[-1]["calls"], "a later state")
        assert speaker(one) is None
        assert waiting.door.room.speakers.report(1) == {}


def test_a_board_that_an_administrator_silences_gives_the_word_away(waiting: WaitingRoom) -> None:
    with screen(waiting.url, auth("one"), **cookie(waiting)) as one:
        names(one, "one")
        screens = waiting.door.room.identity.screens
        (device,) = screens.all(1)
        screens.set_speaks(ADMIN, device.id, False)
        names(one, None)
        screens.set_speaks(ADMIN, device.id, True)
        names(one, "one")


@pytest.mark.parametrize("sound", ["loud", 7, ["ready"]])
def test_a_handshake_with_other_things_is_refused(waiting: WaitingRoom, sound: object) -> None:
    wish = {"surface": "board", "screen": "x", "sound": sound}
    with screen(waiting.url, wish, **cookie(waiting)) as one:
        assert one.refusal is not None


def test_what_changes_by_the_clock_alone_is_sent_too(
    tmp_path: Path, free_port: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.live.REFRESH_S", 0.2)
    room = waiting_room(tmp_path, utc_now)
    with serving_door(room.door, free_port()) as url:
        room.url = url
        with screen(url, auth("one"), **cookie(room)) as one:
            one.wait(lambda: one.states("board"), "the first state")
            seq = one.states("board")[-1]["seq"]
            # as a schedule would, without any deed
            with room.door.room.store.writing() as db:
                db.execute("INSERT INTO setting VALUES (1, 'voice_quiet', ?)", (ALWAYS,))
            one.wait(lambda: one.states("board")[-1]["voice"]["quiet"], "quiet hours begin")
            assert one.states("board")[-1]["seq"] == seq
    room.door.room.store.close()


def test_what_one_said_the_next_does_not_say_again(waiting: WaitingRoom) -> None:
    save_settings(waiting.door.room.store, ADMIN, {"voice_times": "1"})
    epoch = waiting.door.room.store.epoch
    with screen(waiting.url, auth("first"), **cookie(waiting)) as first:
        names(first, "first")
        waiting.issue()
        waiting.call(1)
        waiting.issue()
        waiting.call(2)
        first.wait(lambda: len(say(first)) == 2, "both are to be said")
        done = say(first)[0]["seq"]
        with screen(waiting.url, auth("second"), **cookie(waiting)) as second:
            second.wait(lambda: second.states("board"), "the state")
            first.send("sound", {"state": "ready", "epoch": epoch, "said": done})
            eventually(
                lambda: waiting.door.room.speakers.voice(1, "", epoch).said == done, why="noted"
            )
            first.close()
            names(second, "second")
            assert [one["number"] for one in say(second)] == ["A002"]


def test_a_board_that_claims_the_impossible_silences_nobody(waiting: WaitingRoom) -> None:
    epoch = waiting.door.room.store.epoch
    with screen(waiting.url, auth("liar"), **cookie(waiting)) as liar:
        names(liar, "liar")
        for lie in ({"said": 2**53, "epoch": epoch}, {"said": 1, "epoch": "another"}):
            liar.send("sound", {"state": "ready", **lie})
        # reports are heard in their order: this one is the last
        liar.send("sound", {"state": "ready", "epoch": epoch, "said": 0, "missing": ["x"]})
        reports = waiting.door.room.speakers.report
        eventually(lambda: [one["missing"] for one in reports(1).values()] == [["x"]], why="heard")
        waiting.issue()
        waiting.call(1)
        liar.wait(lambda: len(say(liar)) == 1, "the call is still to be said")


def test_a_board_whose_voice_was_switched_is_asked_to_load_itself_anew(
    waiting: WaitingRoom,
) -> None:
    with screen(waiting.url, auth("one"), **cookie(waiting)) as one:
        names(one, "one")
        screens = waiting.door.room.identity.screens
        (device,) = screens.all(1)
        screens.rename(ADMIN, device.id, "Bảng sảnh")
        screens.set_speaks(ADMIN, device.id, False)
        one.wait(lambda: [name for name, _ in one.got if name == "renew"], "it is asked")
        screens.set_speaks(ADMIN, device.id, True)
        one.wait(lambda: len([1 for name, _ in one.got if name == "renew"]) == 2, "and once more")
