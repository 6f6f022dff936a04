"""What staff may tell the waiting room: one line of words that can be seen, for a while."""

from __future__ import annotations

import unicodedata
from datetime import datetime, time, timedelta
from typing import Final

from queueing.branches import business_day, zone
from queueing.refusals import Refused

WORDS_MOST: Final = 200
MINUTES_MOST: Final = 480
# More than these nobody reads while they pass by.
STANDING_MOST: Final = 6
# A ready-made notice is not spoken again sooner than this, however often it is pressed.
SPOKEN_AGAIN: Final = timedelta(seconds=30)
KEPT: Final = timedelta(days=30)

# Letters and marks that show nothing at all, though Unicode does not call them format characters.
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0")
# After composition no Vietnamese letter needs a mark of its own; towers of them leave their line.
_MARKS_MOST: Final = 2


def line(words: str) -> str:
    """The words as they stand on a board: composed (NFC), in one line, single blanks.

    Raises Refused `notice_empty`, `text_too_long`, or `notice_unseen` for control characters,
    changes of direction and others that cannot be seen: it must read there as it was written.
    """
    text = " ".join(unicodedata.normalize("NFC", words[: 20 * WORDS_MOST]).split())
    if not text:
        raise Refused("notice_empty")
    if len(text) > WORDS_MOST:
        raise Refused("text_too_long", most=WORDS_MOST)
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category[0] == "C" or character in _BLANK or marks > _MARKS_MOST:
            raise Refused("notice_unseen")
    return text


def until(now: datetime, minutes: int, timezone: str, rollover_hour: int) -> datetime:
    """When a notice of so many minutes ends: with the business day at the latest.

    Raises Refused `notice_minutes_invalid`.
    """
    if not 1 <= minutes <= MINUTES_MOST:
        raise Refused("notice_minutes_invalid", most=MINUTES_MOST)
    following = business_day(now, timezone, rollover_hour) + timedelta(days=1)
    ends = datetime.combine(following, time(rollover_hour), zone(timezone))
    return min(now + timedelta(minutes=minutes), ends)
