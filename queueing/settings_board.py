"""The settings of boards and voice."""

from __future__ import annotations

from typing import Final

from queueing.setting_kinds import Setting, choice, flag, whole

BOARD_SETTINGS: Final[tuple[Setting, ...]] = (
    whole("board_calls", 6, 2, 12, "How many recent calls the board lists."),
    choice(
        "board_layout",
        "one",
        ("one", "table"),
        "What boards show: one big call beside a list (one), or a row for each counter (table).",
    ),
    choice(
        "board_theme",
        "light",
        ("light", "dark"),
        "Dark letters on a light ground, or light ones on a dark ground for a dim room.",
    ),
    flag(
        "board_panel",
        True,
        "Boards have a panel for pictures, films and the duty roster, if there are any to show.",
    ),
    whole("board_mark_seconds", 10, 3, 60, "How long a new call is marked on boards."),
    whole(
        "board_hold_seconds",
        3,
        2,
        15,
        "How long each of several new calls keeps the big place before the next one gets it.",
    ),
    choice(
        "board_night",
        "clock",
        ("clock", "dark", "off"),
        "What boards do outside opening hours once nobody is left: a dim clock, a dark screen,"
        " or nothing special (off).",
    ),
    flag("board_qr", True, "Boards show the code of the list of procedures."),
    whole("media_most_mb", 300, 50, 2000, "How large a film for boards may be, in megabytes (MB)."),
    whole("notice_minutes", 10, 1, 480, "How long a notice from staff stays on boards."),
    flag("voice", True, "One board of each zone speaks the called numbers."),
    choice(
        "voice_languages",
        "vi",
        ("vi", "en", "vi_en", "en_vi", "ticket"),
        "Languages of the voice, in order; ticket is Vietnamese, and English after it for tickets"
        " that were taken in English.",
    ),
    choice("voice_accent", "north", ("north", "south"), "The Vietnamese voice's accent."),
    whole("voice_times", 2, 1, 3, "How many times each call is spoken."),
    whole("voice_speed", 100, 70, 130, "How fast the voice speaks, in percent."),
    whole("voice_volume", 100, 5, 100, "How loud the voice is, in percent."),
    flag("voice_chime", True, "A chime before each announcement."),
    Setting(
        "voice_quiet",
        "",
        "hours",
        "Hours in which boards show calls without a sound, such as 11:30-13:30,17:30-07:00.",
    ),
    flag(
        "voice_together",
        False,
        "All boards hang in one room: only one of them speaks, and it speaks every zone's calls.",
    ),
)
