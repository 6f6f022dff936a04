"""Chromium as a television has it, with sound, and ears in the page that hear what it plays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page

from queueing.devices import Kind
from tests.support.boards import COOKIE, WaitingRoom
from tests.support.browser import Watch, launch_options
from tests.support.waiting import eventually

AUTOPLAY = "--autoplay-policy=no-user-gesture-required"

# Everything that goes to the loudspeaker is listened to on its way, and each clip's time noted:
# [context time at which it begins, its length in seconds, the file it came from].
EARS = """
window.ears = { clips: [], peak: 0 };
const buffers = new WeakMap();
const addresses = new WeakMap();
const fetched = window.fetch;
window.fetch = async (url, options) => {
  const answer = await fetched(url, options);
  const bytes = answer.arrayBuffer.bind(answer);
  answer.arrayBuffer = async () => {
    const found = await bytes();
    addresses.set(found, String(url));
    return found;
  };
  return answer;
};
const decode = AudioContext.prototype.decodeAudioData;
AudioContext.prototype.decodeAudioData = function (bytes, done, failed) {
  const address = addresses.get(bytes);
  return decode.call(this, bytes, (sound) => { buffers.set(sound, address); done(sound); }, failed);
};
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (at) {
  const name = (buffers.get(this.buffer) || "").split("?")[0].split("/static/voice/").pop();
  window.ears.clips.push([at, this.buffer.duration, name]);
  return start.call(this, at);
};
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...more) {
  if (to instanceof AudioDestinationNode) {
    const ear = this.context.createAnalyser();
    connect.call(this, ear);
    const heard = new Float32Array(ear.fftSize);
    setInterval(() => {
      ear.getFloatTimeDomainData(heard);
      for (const one of heard) window.ears.peak = Math.max(window.ears.peak, Math.abs(one));
    }, 20);
  }
  return connect.call(this, to, ...more);
};
"""


class Television:
    """A board's page that can be heard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def clips(self) -> list[tuple[float, float, str]]:
        """What was begun so far: (when it begins, seconds, file), in order."""
        return [tuple(one) for one in self.page.evaluate("window.ears.clips")]

    def names(self) -> list[str]:
        """The files that were begun so far."""
        return [name for _, _, name in self.clips()]

    def peak(self) -> float:
        """The loudest that came out so far; 1 is as loud as it goes."""
        return float(self.page.evaluate("window.ears.peak"))

    def hears(self, names: list[str]) -> None:
        """Wait until just these files were begun."""
        eventually(lambda: self.names() == names, within_s=30, why=f"{names} is heard")


@pytest.fixture
def television(
    browser_type: BrowserType, chromium_path: Path
) -> Iterator[Callable[..., Television]]:
    """Hang televisions: `television(room, autoplay=False)`, at the board already."""
    browsers: dict[bool, Browser] = {}
    watch = Watch()

    def hang(
        room: WaitingRoom,
        *,
        autoplay: bool = True,
        zone: str | None = None,
        before: Callable[[Page], None] = lambda page: None,
    ) -> Television:
        if autoplay not in browsers:
            options = launch_options(chromium_path)
            options["args"] += [AUTOPLAY] if autoplay else []
            browsers[autoplay] = browser_type.launch(
                **options, ignore_default_args=["--mute-audio"]
            )
        context = browsers[autoplay].new_context(
            viewport={"width": 1920, "height": 1080}, reduced_motion="reduce"
        )
        watch.over(context)
        secret = room.door.device(Kind.BOARD, zone=zone)
        context.add_cookies([{"name": COOKIE, "value": secret, "url": room.url}])
        page = context.new_page()
        page.add_init_script(EARS)
        before(page)
        page.goto(room.url + "/board")
        return Television(page)

    yield hang
    for browser in browsers.values():
        browser.close()
    assert watch.faults == []
