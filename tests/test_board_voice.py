"""The board's voice in a browser with sound: what is heard, by whom, and when nothing is."""

from collections.abc import Callable
from itertools import pairwise

from playwright.sync_api import expect

from queueing.people import Actor, Role
from queueing.store.settings import save_settings
from tests.support.boards import WaitingRoom
from tests.support.ears import Television
from tests.support.waiting import eventually

Hang = Callable[..., Television]
ADMIN = Actor(1, Role.ADMIN)


def call(number: str, counter: int, voice: str = "vi-north") -> list[str]:
    """The files of one sentence in Vietnamese."""
    letter, *digits = number
    spelled = [f"letter-{letter.lower()}", *(f"digit-{one}" for one in digits)]
    names = ["moi-so", *spelled, "den-quay", f"number-{counter}"]
    return [f"{voice}/{name}.mp3" for name in names]


def is_speaker(waiting: WaitingRoom, how_many: int = 1) -> None:
    """Wait until so many boards are connected and one of them has the word."""

    def ready() -> bool:
        found = list(waiting.door.room.speakers.report(1).values())
        return len(found) == how_many and any(one["speaker"] for one in found)

    eventually(ready, within_s=15, why="a board has the word")


def settings(waiting: WaitingRoom, **wanted: str) -> None:
    save_settings(waiting.door.room.store, ADMIN, wanted)


def all_said(waiting: WaitingRoom) -> None:
    """Wait until the board has told that nothing is left to say."""
    eventually(lambda: waiting.state()["voice"]["say"] == [], within_s=40, why="everything is said")


def test_a_call_is_heard_twice_after_a_chime(waiting: WaitingRoom, television: Hang) -> None:
    tv = television(waiting)
    is_speaker(waiting)
    waiting.issue()
    waiting.call(3)
    tv.hears(["chime.mp3", *call("A001", 3), *call("A001", 3)])
    all_said(waiting)
    assert 0.1 < tv.peak() < 1.0
    # one after another: none begins before the one before has ended
    for (at, seconds, _), (then, _, _) in pairwise(tv.clips()):
        assert then >= at + seconds


def test_without_leave_to_play_it_asks_for_a_touch_and_then_speaks(
    waiting: WaitingRoom, television: Hang
) -> None:
    tv = television(waiting, autoplay=False)
    button = tv.page.locator("#enable")
    expect(button).to_be_visible()
    eventually(
        lambda: (
            [one["sound"] for one in waiting.door.room.speakers.report(1).values()] == ["blocked"]
        ),
        why="the server is told",
    )
    settings(waiting, voice_times="1")
    waiting.issue()
    waiting.call(3)
    expect(tv.page.locator("#number")).to_have_attribute("data-text", "A001")
    assert tv.names() == []
    button.click()
    expect(button).to_be_hidden()
    tv.hears(["chime.mp3", *call("A001", 3)])
    all_said(waiting)
    assert tv.peak() > 0.1


def test_the_ok_key_of_a_remote_is_as_good_as_a_touch(
    waiting: WaitingRoom, television: Hang
) -> None:
    tv = television(waiting, autoplay=False)
    expect(tv.page.locator("#enable")).to_be_focused()
    tv.page.keyboard.press("Enter")
    is_speaker(waiting)
    expect(tv.page.locator("#enable")).to_be_hidden()


def test_of_two_boards_in_a_room_one_speaks_and_the_other_takes_over(
    waiting: WaitingRoom, television: Hang
) -> None:
    settings(waiting, voice_times="1", voice_chime="false")
    first = television(waiting)
    is_speaker(waiting)
    second = television(waiting)
    is_speaker(waiting, 2)
    waiting.issue()
    waiting.call(1)
    first.hears(call("A001", 1))
    all_said(waiting)
    assert second.names() == []
    first.page.close()
    is_speaker(waiting)
    waiting.issue()
    waiting.call(2)
    second.hears(call("A002", 2))
    all_said(waiting)


def test_calls_within_a_second_are_heard_one_after_another(
    waiting: WaitingRoom, television: Hang
) -> None:
    settings(waiting, voice_times="1", voice_chime="false")
    tv = television(waiting)
    is_speaker(waiting)
    for counter in (1, 2):
        waiting.issue()
        waiting.call(counter)
    tv.hears(call("A001", 1) + call("A002", 2))
    all_said(waiting)
    for (at, seconds, _), (then, _, _) in pairwise(tv.clips()):
        assert then >= at + seconds


def test_slower_speech_takes_longer_and_is_as_whole(waiting: WaitingRoom, television: Hang) -> None:
    settings(waiting, voice_times="1", voice_chime="false")
    tv = television(waiting)
    is_speaker(waiting)
    waiting.issue()
    waiting.call(1)
    usual = call("A001", 1)
    tv.hears(usual)
    all_said(waiting)
    before = sum(seconds for _, seconds, _ in tv.clips())
    settings(waiting, voice_speed="70")
    waiting.deed("recall", 1)
    # the sentence begins with "once more" this time
    eventually(lambda: len(tv.clips()) == 2 * len(usual) + 1, within_s=30, why="it is heard again")
    again = sum(seconds for _, seconds, _ in tv.clips()[len(usual) + 1 :])
    assert 1.3 < again / before < 1.55


def test_a_zones_board_speaks_its_own_calls_or_all_when_all_share_a_room(
    waiting: WaitingRoom, television: Hang
) -> None:
    settings(waiting, voice_times="1", voice_chime="false")
    tv = television(waiting, zone="a")
    is_speaker(waiting)
    for counter in (4, 1):
        waiting.issue()
        waiting.issue("dat-dai")
        waiting.call(counter)
    far, near = waiting.state("")["voice"]["say"][:2]
    assert far["counter"] == 4
    tv.hears(call(near["number"], 1))
    eventually(lambda: waiting.state("a")["voice"]["say"] == [], within_s=30, why="said")
    settings(waiting, voice_together="true")
    waiting.deed("recall", 4)
    eventually(lambda: len(tv.names()) > len(call(near["number"], 1)), within_s=30, why="heard")
    assert tv.names()[-1].endswith("number-4.mp3")


def test_in_quiet_hours_and_with_the_voice_off_nothing_is_heard(
    waiting: WaitingRoom, television: Hang
) -> None:
    settings(waiting, voice_quiet="00:00-23:59,23:59-00:00")
    tv = television(waiting)
    is_speaker(waiting)
    waiting.issue()
    waiting.call(1)
    expect(tv.page.locator("#number")).to_have_attribute("data-text", "A001")
    state = waiting.state()["voice"]
    assert (state["quiet"], state["say"]) == (True, [])
    settings(waiting, voice_quiet="", voice="false")
    assert waiting.state()["voice"]["say"] == []
    assert tv.names() == []


def test_a_board_that_may_speak_again_does_so_without_anybody_touching_it(
    waiting: WaitingRoom, television: Hang
) -> None:
    settings(waiting, voice_times="1", voice_chime="false")
    tv = television(waiting)
    is_speaker(waiting)
    screens = waiting.door.room.identity.screens
    (device,) = screens.all(1)
    screens.set_speaks(ADMIN, device.id, False)
    reports = waiting.door.room.speakers.report
    silent = [{"sound": "silent", "allowed": False}]

    def states() -> list[dict[str, object]]:
        return [{k: one[k] for k in ("sound", "allowed")} for one in reports(1).values()]

    eventually(lambda: states() == silent, within_s=30, why="its page is made for silence")
    screens.set_speaks(ADMIN, device.id, True)
    is_speaker(waiting)
    tv.page.wait_for_load_state("load")
    waiting.issue()
    waiting.call(1)
    tv.hears(call("A001", 1))


def test_a_board_that_shall_be_silent_stays_silent(waiting: WaitingRoom, television: Hang) -> None:
    silent = television(waiting)
    is_speaker(waiting)
    screens = waiting.door.room.identity.screens
    (device,) = screens.all(1)
    screens.set_speaks(ADMIN, device.id, False)
    loud = television(waiting)

    def loud_has_the_word() -> bool:
        found = waiting.door.room.speakers.report(1)
        return [one["speaker"] for one in found.values()].count(True) == 1 and (
            device.id in found and not found[device.id]["speaker"]
        )

    eventually(loud_has_the_word, within_s=15, why="the other has the word")
    settings(waiting, voice_times="1", voice_chime="false")
    waiting.issue()
    waiting.call(1)
    loud.hears(call("A001", 1))
    assert silent.names() == []


def test_english_follows_for_a_ticket_that_was_taken_in_english(
    waiting: WaitingRoom, television: Hang
) -> None:
    settings(waiting, voice_languages="ticket", voice_times="1", voice_chime="false")
    tv = television(waiting)
    is_speaker(waiting)
    kiosk = Actor(1, Role.KIOSK)
    waiting.door.room.operations.issue(kiosk, "ho-tich", language="en")
    waiting.call(2)
    tv.hears(
        [
            *call("A001", 2),
            *(
                f"en/{name}.mp3"
                for name in [
                    "ticket-number",
                    "letter-a",
                    "digit-0",
                    "digit-0",
                    "digit-1",
                    "go-to-counter",
                    "number-2",
                ]
            ),
        ]
    )
