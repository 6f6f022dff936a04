"""Reasons to refuse what is asked of boards, their media, notices and the voice."""

from __future__ import annotations

from typing import Final

BOARD_REFUSALS: Final[dict[str, tuple[int, str]]] = {
    "setup_length": (422, "{field}: a text is longer than {most} characters."),
    "setup_unseen": (
        422,
        "{field}: a text holds characters that cannot be seen. Please type it by hand.",
    ),
    "setup_count": (422, "{field}: there can be {most} of them at most."),
    "setup_empty": (422, "{field}: the Vietnamese words are missing."),
    "setup_twice": (422, "{field}: a counter is named twice."),
    "setup_day": (422, "{field}: this is not a date."),
    "setup_number": (422, "{field}: a number is not within its bounds."),
    "setup_invalid": (422, "This cannot be put on a board: {field}."),
    "setup_counter": (422, "{field}: there is no counter {counter} here."),
    "setup_changed_meanwhile": (
        409,
        "Somebody else has changed this since the page was opened. Nothing of yours is saved; it"
        " stays on the screen until you load the page anew.",
    ),
    "setting_invalid": (422, "“{name}” cannot be set like that."),
    "unknown_media": (404, "There is no such picture or film."),
    "media_name": (422, "A name has between 1 and {most} characters, all of them visible."),
    "media_times": (422, "The last day lies before the first one, or the times are equal."),
    "media_weekdays": (422, "Please choose at least one day of the week."),
    "media_order": (409, "The list has changed meanwhile. Please look at it again."),
    "media_too_many": (409, "There can be {most} pictures and films at most. Remove some first."),
    "media_too_large": (413, "The file is larger than {most} MB, which is the limit here."),
    "media_disk": (
        507,
        "The disk has too little room for this file: {free} MB are free, and {keep} MB of them"
        " must stay free for tickets.",
    ),
    "media_broken_off": (400, "The file did not arrive whole. Please send it again."),
    "media_empty": (422, "The file is empty."),
    "media_kind": (
        422,
        "Boards show pictures (JPEG, PNG, WebP, GIF) and films (MP4 with H.264, or WebM)."
        " This file is none of them.",
    ),
    "media_unreadable": (422, "This picture is damaged and cannot be read."),
    "media_too_many_pixels": (422, "The picture has more than {most} million pixels."),
    "media_busy": (
        409,
        "Other files are being sent just now. Please try again when they are done.",
    ),
    "notice_empty": (422, "Please choose a ready-made notice or write what is to be said."),
    "notice_either": (422, "Either a ready-made notice or words of one's own, not both."),
    "notice_unseen": (
        422,
        "There is a character in it that cannot be seen. Please type the words anew.",
    ),
    "notice_minutes_invalid": (422, "A notice stays between 1 and {most} minutes."),
    "notices_full": (
        409,
        "There are {most} notices on the boards already. Take one of them down first, or ask a"
        " supervisor to.",
    ),
    "unknown_ready": (422, "There is no ready-made notice “{ready}”."),
    "unknown_notice": (404, "This notice is not known."),
    "notice_not_yours": (403, "Only whoever sent this notice or a supervisor can take it down."),
    "unknown_clip": (404, "There is no such clip of the voice."),
    "unknown_recording": (404, "This recording is not here any more."),
    "sound_unreadable": (
        422,
        "This file cannot be read. It must be a WAV file (16-bit PCM, one or two channels, 8 to"
        " 48 kHz).",
    ),
    "sound_too_large": (413, "The recording is larger than {most} kB."),
    "sound_too_long": (422, "The recording is longer than {most} seconds."),
    "sound_silent": (422, "Nothing can be heard in this recording."),
    "voice_quiet_invalid": (
        422,
        "Please give each span two different times, such as 11:30 and 13:30, and at most eight"
        " spans.",
    ),
}
