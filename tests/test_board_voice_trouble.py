"""The board's voice when something goes wrong: taken back, slow, broken, missing."""

from playwright.sync_api import Route, expect

from queueing.store import voice_clips
from tests.support.boards import WaitingRoom
from tests.support.waiting import eventually
from tests.test_board_voice import ADMIN, Hang, all_said, call, is_speaker, settings

# A device that needs a second and a half to open, as over HDMI.
DROWSY = """
const wake = AudioContext.prototype.resume;
AudioContext.prototype.resume = function () {
  window.loudspeaker = this;
  if (this.state === "running") return wake.call(this);
  return new Promise((done) => setTimeout(() => wake.call(this).then(done), 1500));
};
"""
BROKEN_ONCE = """
const make = AudioContext.prototype.createBufferSource;
AudioContext.prototype.createBufferSource = function () {
  AudioContext.prototype.createBufferSource = make;
  throw new TypeError("no more nodes");
};
"""


def test_a_call_taken_back_is_cut_short(waiting: WaitingRoom, television: Hang) -> None:
    settings(waiting, voice_times="3")
    tv = television(waiting)
    is_speaker(waiting)
    waiting.issue()
    waiting.call(1)
    eventually(lambda: tv.names() != [], within_s=15, why="it begins")
    waiting.deed("undo", 1)
    expect(tv.page.locator("#call")).to_be_hidden()
    waiting.call(2)
    eventually(
        lambda: tv.names()[-1:] == ["vi-north/number-2.mp3"], within_s=30, why="the next is heard"
    )
    names, clips = tv.names(), tv.clips()
    second = names.index("chime.mp3", 1)
    taken_back = clips[:second]
    assert names[:second] == ["chime.mp3", *call("A001", 1) * 3]
    # it began before all of the first would have been heard
    assert clips[second][0] < taken_back[-1][0]


def test_a_call_taken_back_before_it_is_heard_is_not_heard(
    waiting: WaitingRoom, television: Hang
) -> None:
    settings(waiting, voice_times="1", voice_chime="false")
    tv = television(waiting)
    is_speaker(waiting)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    tv.page.route("**/number-1.mp3*", hold)
    waiting.issue()
    waiting.call(1)
    expect(tv.page.locator("#sound")).to_contain_text("Đang đọc")
    eventually(lambda: tv.page.evaluate("1") and held, why="a clip is on its way")
    waiting.deed("undo", 1)
    expect(tv.page.locator("#call")).to_be_hidden()
    for route in held:
        route.continue_()
    waiting.call(2)
    tv.hears(call("A001", 2))


def test_a_loudspeaker_that_takes_its_time_to_wake_up_is_waited_for(
    waiting: WaitingRoom, television: Hang
) -> None:
    settings(waiting, voice_times="1", voice_chime="false")
    tv = television(waiting, before=lambda page: page.add_init_script(DROWSY))
    is_speaker(waiting)
    tv.page.evaluate("window.loudspeaker.suspend()")
    waiting.issue()
    waiting.call(1)
    tv.hears(call("A001", 1))
    all_said(waiting)
    assert not tv.page.locator("#enable").is_visible()


def test_a_fault_of_the_page_silences_one_call_and_no_more(
    waiting: WaitingRoom, television: Hang
) -> None:
    settings(waiting, voice_times="1", voice_chime="false")
    tv = television(waiting, before=lambda page: page.add_init_script(BROKEN_ONCE))
    is_speaker(waiting)
    waiting.issue()
    waiting.call(1)
    all_said(waiting)
    assert tv.names() == []
    waiting.issue()
    waiting.call(2)
    tv.hears(call("A002", 2))


def test_a_missing_clip_leaves_the_chime_and_is_told(
    waiting: WaitingRoom, television: Hang
) -> None:
    tv = television(waiting)
    is_speaker(waiting)
    tv.page.route("**/digit-0.mp3*", lambda route: route.fulfill(status=404))
    waiting.issue()
    waiting.call(1)
    all_said(waiting)
    assert tv.names() == ["chime.mp3"]
    eventually(
        lambda: (
            [one["missing"] for one in waiting.door.room.speakers.report(1).values()]
            == [["voice/vi-north/digit-0.mp3"]]
        ),
        why="the administrator can read it",
    )


def test_a_recording_that_cannot_be_had_gives_way_to_the_programs_own_clip(
    waiting: WaitingRoom, television: Hang
) -> None:
    settings(waiting, voice_times="1", voice_chime="false")
    # nobody serves recordings in this house
    voice_clips.save(waiting.door.room.store, ADMIN, "vi", "digit-0", b"RIFF", "ab12", 300)
    tv = television(waiting)
    is_speaker(waiting)
    waiting.issue()
    waiting.call(1)
    (one,) = waiting.state()["voice"]["say"]
    assert "/api/v1/voice/own/vi/digit-0/ab12.wav" in [url for url, _ in one["parts"][0]["clips"]]
    tv.hears(call("A001", 1))
    all_said(waiting)
    (report,) = waiting.door.room.speakers.report(1).values()
    assert report["missing"] == ["vi/digit-0/ab12.wav"]
