"""What is sent and answered about the boards: their setup, and their pictures and films."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from boards.setup import DUTIES_MOST, HINTS_MOST, LINES_MOST
from web.openapi import Body, Code, Given, Query, Text

Day = Annotated[str, Field(max_length=10)]
Time = Annotated[str, Field(max_length=5)]


class TickerLine(Body):
    """A line that runs at the foot of boards; without English words it is Vietnamese for all."""

    words: Text
    words_en: Text = ""


class DutyRow(Body):
    """A row of the duty roster: who sits at a counter, for what, and who takes over."""

    counter: int
    field: Text = ""
    officer: Text = ""
    backup: Text = ""


class CounterHint(Body):
    """The way to a counter as seen from the board: left, right, up, down or ahead, and words."""

    counter: int
    arrow: Code | None = None
    words: Text = ""
    words_en: Text = ""


class BoardWords(Body):
    """All that a branch wrote for its boards.

    `roster_from` is the roster's date of effect; `roster_seconds` how long it stands among the
    pictures: 0 never shows it, else 5 to 120.
    """

    ticker: Annotated[list[TickerLine], Field(max_length=4 * LINES_MOST, default_factory=list)]
    roster: Annotated[list[DutyRow], Field(max_length=4 * DUTIES_MOST, default_factory=list)]
    roster_from: Day | None = None
    roster_seconds: int
    hints: Annotated[list[CounterHint], Field(max_length=4 * HINTS_MOST, default_factory=list)]


class BoardSettings(Body):
    """The branch's settings of boards, by their own names (see the handbook of settings)."""

    board_layout: Code
    board_theme: Code
    board_panel: bool
    board_calls: int
    board_mark_seconds: int
    board_hold_seconds: int
    board_night: Code
    board_qr: bool
    notice_minutes: int
    media_most_mb: int


class BoardSetupBody(Body):
    """Settings and words together: all of it is saved, or nothing.

    With the `seen` of the answer that this comes from it is refused when somebody else has
    changed anything of it since.
    """

    settings: BoardSettings
    setup: BoardWords
    seen: Code | None = None


class BoardSetupAnswer(Given):
    """What boards are set up to show; `seen` names this state of it."""

    settings: BoardSettings
    setup: BoardWords
    seen: str


class MediaName(Query):
    """The name under which a file is to be listed."""

    name: Annotated[str, Field(max_length=500)] = ""


class MediaBody(Body):
    """When and how long a picture or film is shown.

    `zone` is a zone's code, null is every board; days are ISO dates, both included; `weekdays`
    are digits, 1 is Monday; times are HH:MM and may go on past midnight; a null sets no bound.
    """

    name: Text
    seconds: int = Field(default=12, ge=3, le=600)
    active: bool = True
    zone: Code | None = None
    from_day: Day | None = None
    to_day: Day | None = None
    weekdays: Annotated[str, Field(max_length=14)] = "1234567"
    from_time: Time | None = None
    to_time: Time | None = None


class MediaAnswer(Given):
    """A picture or film. `due` is true while its schedule lets it be seen.

    `zone_name` is its zone in words; `zone_retired` is true when that is out of use, so that no
    board is left for it.
    """

    id: int
    name: str
    kind: str
    url: str
    bytes: int
    seconds: int
    active: bool
    zone: str | None
    zone_name: str | None
    zone_retired: bool
    from_day: str | None
    to_day: str | None
    weekdays: str
    from_time: str | None
    to_time: str | None
    due: bool


class MediaList(Given):
    """Every picture and film, in the order in which they are shown."""

    items: list[MediaAnswer]


class MediaOrder(Body):
    """The ids of every picture and film, in the order in which they are to be shown."""

    ids: Annotated[list[int], Field(max_length=1000)]
