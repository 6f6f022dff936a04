"""Which screen of a waiting room speaks: one at a time, and the next when it goes away.

Boards that hang in one room would talk over each other. Those of a zone share a room; where a
branch says that all its boards hang in one (`voice_together`), so do all. Who speaks is told
in every board's state; a board only begins an announcement while it is named there.

Kept in memory by the process that holds the sockets: it is true only of those connected now.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from queueing.clock import Clock, iso, utc_now

# A speaker that has something to say and is silent for so long has a fault: another takes over.
PATIENCE_S: Final = 9.0
SUSPENDED_S: Final = 120.0
# One whose sound goes away more often than this in a minute is not named for a while: every
# change of who speaks is told to all boards.
LOSSES_MOST: Final = 5
LOSSES_S: Final = 60.0
# The room of all boards of a branch; a zone's code is never this.
ALL: Final = "*"

Seq = Annotated[int, Field(ge=0, le=2**53)]
Short = Annotated[str, Field(max_length=100)]


class SoundReport(BaseModel):
    """What a board says of its sound and of what it could not play."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)
    # blocked: the browser wants to be touched first; silent: none is wanted here; off: it has none
    state: Literal["starting", "ready", "blocked", "silent", "off"]
    epoch: Short = ""
    # every announcement up to this one is spoken or was left out for good
    said: Seq = 0
    speaking: Seq | None = None
    missing: Annotated[list[Short], Field(max_length=40)] = []
    unplayable: Annotated[list[Short], Field(max_length=80)] = []


def read_report(data: object) -> SoundReport | None:
    """A board's report, or None for anything that is none."""
    try:
        return SoundReport.model_validate(data)
    except ValidationError:
        return None


@dataclass(slots=True)
class Screen:
    """A connected board: `key` is its zone's code, `name` what its page calls itself."""

    sid: str
    branch_id: int
    key: str
    name: str
    device_id: int
    allowed: bool = True
    report: SoundReport | None = None
    heard_at: float = 0.0
    # since when its sound has been as it is, UTC as text
    since: str = ""
    suspended_until: float = 0.0
    losses: list[float] = field(default_factory=list)

    def hear(self, report: SoundReport, now: float) -> None:
        """Take a report; a sound that comes and goes is not to be relied on."""
        was_ready = self.report is not None and self.report.state == "ready"
        if was_ready and report.state != "ready":
            self.losses = [at for at in self.losses if now - at < LOSSES_S] + [now]
            if len(self.losses) > LOSSES_MOST:
                self.suspended_until = now + SUSPENDED_S
        self.report = report
        self.heard_at = now

    def fit(self, now: float) -> bool:
        """True when it may speak now."""
        ready = self.report is not None and self.report.state == "ready"
        return ready and self.allowed and bool(self.name) and now >= self.suspended_until


@dataclass(slots=True)
class _Place:
    """One room: who speaks there, up to where everything is said, what is still to be said."""

    current: str | None = None
    epoch: str = ""
    said: int = 0
    waiting: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mute:
    """A connected board that should be heard and is not, and nobody speaks in its place."""

    device_id: int
    state: str
    since: str


@dataclass(frozen=True, slots=True)
class Voice:
    """What a board must know: the name of the screen that speaks, and what is said already."""

    speaker: str | None
    said: int


class Speakers:
    """Every connected board that could speak. Safe to use from any thread."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, moment: Clock = utc_now
    ) -> None:
        self._clock = clock
        self._moment = moment
        self._lock = threading.Lock()
        self._screens: dict[str, Screen] = {}
        self._places: dict[tuple[int, str], _Place] = {}

    def join(self, screen: Screen) -> bool:
        """A board has connected. True when who speaks has changed somewhere, as of all below."""
        with self._lock:
            self._screens[screen.sid] = screen
            screen.heard_at = self._clock()
            screen.since = iso(self._moment())
            # whatever it spoke while it was away is spoken
            self._take(screen)
            return self._elect_at(screen)

    def leave(self, sid: str) -> Screen | None:
        """A connection has ended; gives the board if who speaks has changed by that."""
        with self._lock:
            screen = self._screens.pop(sid, None)
            changed = screen is not None and self._elect_at(screen)
            return screen if changed else None

    def note(self, sid: str, report: SoundReport) -> Screen | None:
        """A board reports; gives it if others must know: who speaks, or that more is said."""
        with self._lock:
            screen = self._screens.get(sid)
            if screen is None:
                return None
            if screen.report is None or screen.report.state != report.state:
                screen.since = iso(self._moment())
            screen.hear(report, self._clock())
            grown = self._take(screen, speaking=True)
            return screen if self._elect_at(screen) or grown else None

    def allow(self, sid: str, allowed: bool) -> Screen | None:
        """Say whether a board may speak at all; gives it if who speaks has changed by that."""
        with self._lock:
            screen = self._screens.get(sid)
            if screen is None or screen.allowed is allowed:
                return None
            screen.allowed = allowed
            return screen if self._elect_at(screen) else None

    def is_allowed(self, sid: str) -> bool:
        """False for a connected board that an administrator has silenced."""
        with self._lock:
            screen = self._screens.get(sid)
            return screen is None or screen.allowed

    def branch_of(self, sid: str, *, but: str | None = None) -> int | None:
        """The branch of a connected board; None for others, and for one whose sound is `but`."""
        with self._lock:
            screen = self._screens.get(sid)
            if screen is None or (screen.report is not None and screen.report.state == but):
                return None
            return screen.branch_id

    def voice(self, branch_id: int, key: str, epoch: str) -> Voice:
        """Who speaks in a room, and what has been said there."""
        with self._lock:
            place = self._places.get((branch_id, key))
            if place is None:
                return Voice(None, 0)
            current = self._screens.get(place.current or "")
            said = place.said if place.epoch == epoch else 0
            return Voice(None if current is None else current.name, said)

    def expect(self, branch_id: int, key: str, seqs: Iterable[int]) -> None:
        """These announcements are to be spoken in a room, and no others."""
        now = self._clock()
        with self._lock:
            place = self._places.get((branch_id, key))
            if place is not None:
                # the state that asks was perhaps built before the last report came
                wanted = [seq for seq in seqs if seq > place.said]
                place.waiting = {seq: place.waiting.get(seq, now) for seq in wanted}

    def check(self) -> frozenset[int]:
        """Take the word from speakers that do not speak; gives the branches where that was so."""
        now = self._clock()
        changed = set()
        with self._lock:
            for (branch_id, key), place in list(self._places.items()):
                screen = self._screens.get(place.current or "")
                late = any(now - since > PATIENCE_S for since in place.waiting.values())
                if screen is None or not late or now - screen.heard_at <= PATIENCE_S:
                    continue
                place.waiting = {}
                # one that is alone keeps the word: a late voice is better than none
                if len(self._fit(branch_id, key, now)) > 1:
                    screen.suspended_until = now + SUSPENDED_S
                    self._elect_at(screen)
                    changed.add(branch_id)
            for screen in self._screens.values():
                # one that was suspended may speak again when nobody else does
                if 0 < screen.suspended_until <= now:
                    screen.suspended_until = 0.0
                    if self._elect_at(screen):
                        changed.add(screen.branch_id)
        return frozenset(changed)

    def report(self, branch_id: int) -> dict[int, dict[str, Any]]:
        """What each connected board of a branch last said, by its device's id."""
        with self._lock:
            speaking = {place.current for place in self._places.values()}
            return {
                screen.device_id: {
                    "sound": "unknown" if screen.report is None else screen.report.state,
                    "allowed": screen.allowed,
                    "speaker": screen.sid in speaking,
                    "missing": [] if screen.report is None else screen.report.missing,
                    "unplayable": [] if screen.report is None else screen.report.unplayable,
                }
                for screen in self._screens.values()
                if screen.branch_id == branch_id
            }

    def mute(self, branch_id: int, *, together: bool) -> list[Mute]:
        """The boards that should be heard and are not, in rooms where nobody else speaks."""
        with self._lock:
            return [
                Mute(screen.device_id, screen.report.state, screen.since)
                for screen in self._screens.values()
                if screen.branch_id == branch_id
                and screen.allowed
                and screen.report is not None
                and screen.report.state in ("blocked", "off")
                and self._places[(branch_id, ALL if together else screen.key)].current is None
            ]

    def _take(self, screen: Screen, *, speaking: bool = False) -> bool:
        """Note what a board has said; True when other boards of the room do not know it yet.

        While boards are connected only the one that `speaking` is its turn can have said more.
        """
        report = screen.report
        grown = False
        for key in (screen.key, ALL) if report is not None else ():
            assert report is not None
            place = self._places.setdefault((screen.branch_id, key), _Place())
            if speaking and place.current not in (None, screen.sid):
                continue
            if place.epoch != report.epoch:
                place.epoch, place.said = report.epoch, 0
            if report.said > place.said:
                place.said = report.said
                grown = grown or len(self._fit(screen.branch_id, key, self._clock())) > 1
            place.waiting = {s: at for s, at in place.waiting.items() if s > place.said}
        return grown

    def _elect_at(self, screen: Screen) -> bool:
        """Choose anew in the rooms of a screen, if need be; True when anybody else speaks now."""
        now = self._clock()
        changed = False
        for key in (screen.key, ALL):
            place = self._places.setdefault((screen.branch_id, key), _Place())
            fit = self._fit(screen.branch_id, key, now)
            if place.current in fit:
                continue
            before, place.current = place.current, fit[0] if fit else None
            changed = changed or before != place.current
        return changed

    def _fit(self, branch_id: int, key: str, now: float) -> list[str]:
        """The boards that could speak in a room, the one connected longest first."""
        return [
            one.sid
            for one in self._screens.values()
            if one.branch_id == branch_id and key in (one.key, ALL) and one.fit(now)
        ]
