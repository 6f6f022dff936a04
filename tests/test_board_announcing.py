"""What the server wants said: which announcements, of which clips, in which languages."""

from typing import Any

import pytest

from display import state
from queueing.people import Actor, Role
from queueing.store import notices
from queueing.store.identity import Identity
from queueing.store.settings import save_settings
from tests.support.branch import House, clock
from web.config import Config
from web.speakers import Screen, read_report
from web.surface import Room

ADMIN = Actor(1, Role.ADMIN)


@pytest.fixture
def room(house: House) -> Room:
    """Give the room of a house whose three counters are worked by a program."""
    house.sql("INSERT INTO api_token VALUES (1, 1, 'test', 'officer', 'x', ?, NULL)", "2026")
    house.program = Actor(1, Role.OFFICER, token_id=1)  # type: ignore[attr-defined]
    for number in (1, 2, 3):
        house.operations.open(house.program, number)  # type: ignore[attr-defined]
    return Room(Config(), house.store, house.operations, Identity(house.store))


def voice(room: Room, zone: str = "") -> dict[str, Any]:
    found: dict[str, Any] = state.build(room, 1, zone)["voice"]
    return found


def settings(room: Room, **wanted: str) -> None:
    save_settings(room.store, ADMIN, wanted)


def call(house: House, counter: int, **options: Any) -> str:
    ticket = house.issue(**options)
    house.operations.call(house.program, counter, ticket.label)  # type: ignore[attr-defined]
    return ticket.label


def languages(announcement: dict[str, Any]) -> list[str]:
    return [part["language"] for part in announcement["parts"]]


def spoken(announcement: dict[str, Any]) -> list[list[str]]:
    """The clips' names, sentence by sentence."""
    return [
        [url.split("?")[0].rsplit("/", 1)[1].removesuffix(".mp3") for url, _ in part["clips"]]
        for part in announcement["parts"]
    ]


def say(room: Room, zone: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = voice(room, zone)["say"]
    return found


def join(room: Room, zone: str = "", said: int = 0) -> None:
    report = read_report({"state": "ready", "epoch": room.store.epoch, "said": said})
    room.speakers.join(Screen(f"sid{zone}", 1, zone, f"page{zone}", 1, report=report))


def test_a_call_is_said_as_people_say_it(house: House, room: Room) -> None:
    call(house, 2)
    (one,) = say(room)
    assert (one["kind"], one["number"], one["counter"], one["calls"]) == ("call", "A001", 2, 1)
    assert spoken(one) == [
        ["moi-so", "letter-a", "digit-0", "digit-0", "digit-1", "den-quay", "number-2"]
    ]


def test_a_recall_says_that_it_is_one(house: House, room: Room) -> None:
    call(house, 2)
    house.operations.recall(house.program, 2)  # type: ignore[attr-defined]
    (one,) = say(room)
    assert spoken(one)[0][0] == "nhac-lai"


@pytest.mark.parametrize(
    ("wish", "of_vietnamese", "of_english"),
    [
        ("vi", ["vi"], ["vi"]),
        ("en", ["en"], ["en"]),
        ("vi_en", ["vi", "en"], ["vi", "en"]),
        ("en_vi", ["en", "vi"], ["en", "vi"]),
        ("ticket", ["vi"], ["vi", "en"]),
    ],
)
def test_the_branch_chooses_the_languages_and_their_order(
    house: House, room: Room, wish: str, of_vietnamese: list[str], of_english: list[str]
) -> None:
    settings(room, voice_languages=wish)
    call(house, 1)
    call(house, 2, language="en")
    assert [languages(one) for one in say(room)] == [of_vietnamese, of_english]


def test_the_accent_is_the_branch_s(house: House, room: Room) -> None:
    settings(room, voice_accent="south")
    call(house, 1)
    (one,) = say(room)
    assert {url.split("/")[3] for url, _ in one["parts"][0]["clips"]} == {"vi-south"}


def test_what_was_said_or_is_answered_is_said_no_more(house: House, room: Room) -> None:
    first, second = call(house, 1), call(house, 2)
    assert [one["number"] for one in say(room)] == [first, second]
    join(room, said=say(room)[0]["seq"])
    assert [one["number"] for one in say(room)] == [second]
    house.operations.start(house.program, 2)  # type: ignore[attr-defined]
    assert say(room) == []


def test_a_call_waits_ten_minutes_for_its_turn_and_is_then_news_to_nobody(
    house: House, room: Room
) -> None:
    call(house, 1)
    clock(house).forward(minutes=10)
    assert len(say(room)) == 1
    clock(house).forward(seconds=1)
    assert say(room) == []


def test_a_number_with_a_sign_that_no_clip_says_is_not_said_in_part(
    house: House, room: Room
) -> None:
    call(house, 1)
    house.sql("UPDATE ticket SET label = '中001'")
    assert say(room) == []
    house.sql("UPDATE ticket SET label = 'A001'")


def test_a_zone_hears_its_own_calls_unless_all_share_a_room(house: House, room: Room) -> None:
    here, there = call(house, 1), call(house, 3, service="dat-dai")
    zones = {code: [one["number"] for one in say(room, code)] for code in ("a", "b")}
    assert sorted(zones.values()) == sorted([[here], [there]])
    assert voice(room, "a")["room"] == "a"
    settings(room, voice_together="true")
    assert [one["number"] for one in say(room, "a")] == [here, there]
    assert voice(room, "a")["room"] == voice(room, "")["room"]


def test_the_state_names_who_speaks(house: House, room: Room) -> None:
    assert voice(room)["speaker"] is None
    join(room)
    assert (voice(room)["speaker"], voice(room)["said"]) == ("page", 0)
    assert voice(room, "a")["speaker"] is None
    settings(room, voice_together="true")
    assert voice(room, "a")["speaker"] == "page"


def test_ready_notices_are_spoken_among_the_calls_and_own_words_are_not(
    house: House, room: Room
) -> None:
    call(house, 1)
    notices.send(house.store, house.lan, ready="closing-soon")
    notices.send(house.store, house.lan, words="Mời mọi người vào nhà văn hóa.")
    call(house, 2)
    found = say(room)
    assert [one["kind"] for one in found] == ["call", "notice", "call"]
    assert spoken(found[1]) == [["notice-closing-soon"]]
    lines = state.build(room, 1, "")["ticker"]
    assert lines[0]["words"] == "Mời mọi người vào nhà văn hóa."
    assert all(line["urgent"] for line in lines)


def test_a_sound_check_is_heard_in_quiet_hours_and_seen_nowhere(house: House, room: Room) -> None:
    settings(room, voice_quiet="00:00-23:59", voice="false")
    call(house, 1)
    notices.send(house.store, ADMIN, ready="trial", trial=True)
    (one,) = say(room)
    assert one["kind"] == "trial"
    assert state.build(room, 1, "")["ticker"] == []


@pytest.mark.parametrize(
    ("hours", "is_quiet"),
    [
        ("", False),
        ("08:00-09:00", True),  # it is 08:30
        ("08:30-08:31", True),
        ("08:00-08:30", False),
        ("22:00-07:00", False),
        ("22:00-08:31", True),
        ("08:15-07:00", True),
        ("11:30-13:30,08:20-08:40", True),
    ],
)
def test_quiet_hours(house: House, room: Room, hours: str, is_quiet: bool) -> None:
    settings(room, voice_quiet=hours)
    call(house, 1)
    found = voice(room)
    assert found["quiet"] is is_quiet
    assert bool(found["say"]) is not is_quiet


def test_speed_volume_times_and_chime_are_the_branch_s(house: House, room: Room) -> None:
    settings(room, voice_speed="85", voice_volume="60", voice_times="1", voice_chime="false")
    found = voice(room)
    assert (found["speed"], found["volume"], found["times"]) == (85, 60, 1)
    assert found["chime"] is None
    settings(room, voice_chime="true")
    assert voice(room)["chime"][0].startswith("/static/voice/chime.mp3?v=")
