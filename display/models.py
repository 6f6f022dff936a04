"""The parts of a board's state, as the API tells them."""

from __future__ import annotations

from web.openapi import Given

# An address, and another to use when it cannot be had.
Source = tuple[str, str | None]


class BoardCall(Given):
    """A number invited to a counter: `calls` times, last `at`; `call_seq` grows with each call."""

    number: str
    counter: int
    counter_name: str
    zone: str | None
    call_seq: int
    at: str
    calls: int
    state: str
    arrow: str | None
    hint: str
    hint_en: str


class BoardLook(Given):
    """How the branch wants its boards to look: `mark_s` and `hold_s` in seconds."""

    layout: str
    theme: str
    panel: bool
    mark_s: int
    hold_s: int
    night: str


class BoardCounter(Given):
    """A counter in use, the way to it, and the call that it holds, called or being served."""

    number: int
    name: str
    zone: str | None
    state: str
    arrow: str | None
    hint: str
    hint_en: str
    call: BoardCall | None


class TickerLine(Given):
    """One line of the ticker; `urgent` ones were just sent by staff."""

    id: str
    words: str
    words_en: str
    urgent: bool


class PanelDuty(Given):
    """Who sits at a counter."""

    counter: int
    field: str
    officer: str
    backup: str


class PanelItem(Given):
    """A picture, a film (0 seconds: to its end) or the duty roster, in force from `day`."""

    id: str
    kind: str
    seconds: int
    url: str | None = None
    name: str | None = None
    day: str | None = None
    rows: list[PanelDuty] | None = None


class Panel(Given):
    """What rotates beside the calls."""

    items: list[PanelItem]


class QrCode(Given):
    """A code to draw into `viewBox="0 0 size size"`, dark on white."""

    size: int
    path: str


class BoardLinks(Given):
    """Where phones find the list of procedures."""

    procedures: str
    qr: QrCode | None


class Sentence(Given):
    """Clips to be played in order, `gap_ms` apart."""

    language: str
    clips: list[Source]
    gap_ms: int


class Announcement(Given):
    """Something still to be said: a call, a notice, or a trial of the loudspeakers."""

    seq: int
    kind: str
    number: str | None
    counter: int | None
    at: str
    calls: int
    parts: list[Sentence]


class Voice(Given):
    """Which screen of a `room` speaks, and how: `speed` and `volume` in percent.

    Everything up to `said` has been spoken.
    """

    room: str
    speaker: str | None
    said: int
    on: bool
    quiet: bool
    speed: int
    volume: int
    times: int
    chime: Source | None
    say: list[Announcement]
