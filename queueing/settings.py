"""The branch's settings: each has a name, a default, bounds and a line of help.

Values are kept as text in the `setting` table, one row for each that differs from its
default. `docs/settings.md` must name them all; a test compares.
"""

from __future__ import annotations

import re
from typing import Final

from queueing.setting_kinds import Setting, flag, whole
from queueing.settings_board import BOARD_SETTINGS

SETTINGS: Final[tuple[Setting, ...]] = (
    whole("rollover_hour", 3, 0, 12, "Hour of local time at which a new business day begins."),
    whole("undo_seconds", 30, 0, 300, "How long an officer may undo the last deed, in seconds."),
    Setting(
        "calling_policy",
        "strict",
        "choice",
        "Who is called first: the higher class (strict), one priority per n ordinary"
        " (interleaved), or the largest credit of waiting (accumulating).",
        choices=("strict", "interleaved", "accumulating"),
    ),
    whole(
        "interleave_ordinary", 3, 1, 20, "Ordinary tickets between two priority ones (interleaved)."
    ),
    flag(
        "confirm_arrival",
        True,
        "The officer confirms that the citizen has come before service begins; if false the"
        " page offers to finish straight after the call.",
    ),
    whole("recalls_most", 0, 0, 9, "How many times a ticket may be called again; 0 sets no limit."),
    whole(
        "auto_call_seconds",
        0,
        0,
        600,
        "Pause after which an idle open counter calls the next by itself; 0 never does.",
    ),
    flag(
        "call_next_finishes",
        True,
        "Calling the next ticket finishes the one still at the counter; if false it is refused.",
    ),
    Setting(
        "default_outcome",
        "received",
        "choice",
        "Result recorded when a deed finishes a visit and none was chosen.",
        choices=("received", "supplement", "refused", "returned", "guided"),
    ),
    whole(
        "no_show_returns",
        0,
        0,
        9,
        "How many times a called ticket that does not come goes back to wait before no-show.",
    ),
    whole("no_show_places", 3, 1, 50, "How many places later such a ticket waits."),
    whole("postpone_most", 2, 0, 9, "How many times a holder may postpone one ticket."),
    whole("postpone_places", 20, 1, 50, "How many places at most one postponing moves."),
    whole("rejoin_most", 1, 0, 9, "How many times a no-show may join the queue again that day."),
    whole("rejoin_places", 0, 0, 50, "Places behind the head where it joins; 0 means the end."),
    flag(
        "transfer_keeps_arrival",
        True,
        "A transferred ticket keeps its arrival time; if false it goes to the end.",
    ),
    whole(
        "estimate_after", 5, 1, 100, "Visits finished before a waiting time is estimated at all."
    ),
    whole(
        "wait_target_minutes",
        30,
        1,
        480,
        "Minutes after which a waiting ticket is over target in the supervisor's overview.",
    ),
    whole(
        "service_level_seconds",
        900,
        30,
        14400,
        "Wait, in seconds, within which a visit must be called to count for the service level.",
    ),
    Setting(
        "public_url",
        "",
        "text",
        "Address that phones reach, printed in the QR; empty means the box's own address.",
    ),
    Setting(
        "paper_mode",
        "always",
        "choice",
        "Whether numbers come on paper: always, only for those who want it (ask), or never:"
        " then the kiosk's screen shows number and code.",
        choices=("always", "ask", "never"),
    ),
    whole(
        "reprint_most",
        2,
        0,
        9,
        "Further papers the kiosk prints of one ticket whose code is shown to its scanner.",
    ),
    flag("slip_qr", True, "Print the QR that leads to the ticket's page."),
    whole("kiosk_idle_seconds", 60, 20, 600, "Idle time after which the kiosk starts afresh."),
    whole("kiosk_done_seconds", 10, 5, 120, "How long the kiosk shows a ticket's number."),
    *BOARD_SETTINGS,
    whole("session_hours", 12, 1, 24, "Hours after which an officer must sign in again."),
)
BY_NAME: Final = {setting.name: setting for setting in SETTINGS}


class InvalidSettingError(ValueError):
    """A name that is not a setting, or a value outside its bounds."""


def checked(name: str, value: str) -> str:
    """The value as it may be stored. Raises InvalidSettingError with a sentence that says why."""
    setting = BY_NAME.get(name)
    if setting is None:
        raise InvalidSettingError(f"there is no setting named {name!r}")
    if setting.kind == "int":
        if not value.removeprefix("-").isdecimal() or not setting.low <= int(value) <= setting.high:
            raise InvalidSettingError(f"{name} must lie between {setting.low} and {setting.high}")
        return str(int(value))
    if setting.kind == "bool":
        if value not in ("true", "false"):
            raise InvalidSettingError(f"{name} must be true or false")
    elif setting.kind == "choice" and value not in setting.choices:
        raise InvalidSettingError(f"{name} must be one of {', '.join(setting.choices)}")
    elif setting.kind == "hours":
        return ",".join("-".join(span) for span in read_hours(name, value))
    elif len(value) > 300 or not value.isprintable():
        raise InvalidSettingError(f"{name} must be one line of at most 300 characters")
    return value


_SPAN: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


def read_hours(name: str, value: str) -> list[tuple[str, str]]:
    """Spans of a day such as `11:30-13:30, 17:30-07:00`, as ("11:30", "13:30") and so on.

    A span that ends before it begins goes on past midnight. Raises InvalidSettingError.
    """
    spans = [one.strip() for one in value.split(",") if one.strip()]
    if len(spans) > 8 or not all(_SPAN.fullmatch(one) for one in spans):
        raise InvalidSettingError(f"{name} must look like 11:30-13:30,17:30-07:00")
    return [(one[:5], one[6:]) for one in spans]


class Rules:
    """One branch's settings, read together: overrides over defaults."""

    def __init__(self, overrides: dict[str, str] | None = None) -> None:
        self._values = {s.name: s.default for s in SETTINGS} | (overrides or {})

    def integer(self, name: str) -> int:
        """A whole number, in the unit its help names."""
        return int(self._values[name])

    def flag(self, name: str) -> bool:
        """True or false."""
        return self._values[name] == "true"

    def text(self, name: str) -> str:
        """Text or one of the choices."""
        return self._values[name]

    def within(self, name: str, clock: str) -> bool:
        """True when an HH:MM of the branch's own time lies in one of the setting's spans."""
        return any(
            begins <= clock < ends if begins < ends else not ends <= clock < begins
            for begins, ends in read_hours(name, self._values[name])
        )
