"""What the voice has to say now: which announcements, of which clips, and by which screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from queueing.branches import local
from queueing.clock import parse_iso
from queueing.settings import Rules
from queueing.store.board import Call
from queueing.store.notices import Notice
from voice import clips, phrases
from voice.ready import by_code
from web.assets import asset_url
from web.speakers import ALL
from web.surface import Room

# Older ones are news to nobody. So long may a call wait for its turn when all counters call at
# once; the screen itself is stricter with what it learns of late.
OLDEST: Final = timedelta(minutes=10)

Own = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Voices:
    """How a branch's voice speaks: languages in order, accent, and its own recordings."""

    languages: str
    accent: str
    own: Own

    def order(self, language: str) -> list[str]:
        """The languages of one announcement, for somebody whose own language is this."""
        if self.languages == "ticket":
            return ["vi", "en"] if language == "en" else ["vi"]
        return self.languages.split("_")

    def part(self, names: Sequence[str], language: str) -> dict[str, Any] | None:
        """One sentence, or None when a clip of it is nowhere: half a number calls somebody else."""
        found = clips.urls(names, language, self.accent, self.own, asset_url)
        if found is None:
            return None
        return {"language": language, "clips": [list(one) for one in found], "gap_ms": clips.GAP_MS}


def announcements(
    calls: Sequence[Call], notices: Sequence[Notice], voices: Voices, now: datetime, said: int
) -> list[dict[str, Any]]:
    """What is still to be said, in the order in which it happened; `said` is the last that was."""
    found = [
        _call(call, voices)
        for call in calls
        if call.state == "called" and call.call_seq > said and _is_fresh(call.at, now)
    ]
    found += [
        _notice(notice, voices)
        for notice in notices
        if notice.ready and notice.sent_seq > said and _is_fresh(notice.sent_at, now)
    ]
    return sorted((one for one in found if one["parts"]), key=lambda one: int(one["seq"]))


def _is_fresh(at: str, now: datetime) -> bool:
    return now - parse_iso(at) <= OLDEST


def _call(call: Call, voices: Voices) -> dict[str, Any]:
    parts = [
        voices.part(phrases.call(call.number, call.counter, language, call.calls > 1), language)
        for language in voices.order(call.language)
    ]
    return {
        "seq": call.call_seq,
        "kind": "call",
        "number": call.number,
        "counter": call.counter,
        "at": call.at,
        "calls": call.calls,
        "parts": [part for part in parts if part],
    }


def _notice(notice: Notice, voices: Voices) -> dict[str, Any]:
    ready = by_code(notice.ready or "")
    languages = voices.order("en" if voices.languages == "ticket" else "vi")
    parts = [voices.part([ready.clip], language) for language in languages] if ready else []
    return {
        "seq": notice.sent_seq,
        "kind": "trial" if notice.trial else "notice",
        "number": None,
        "counter": None,
        "at": notice.sent_at,
        "calls": 1,
        "parts": [part for part in parts if part],
    }


def is_quiet(rules: Rules, now: datetime, timezone: str) -> bool:
    """True in the hours in which the branch wants no sound."""
    return rules.within("voice_quiet", local(now, timezone).strftime("%H:%M"))


def voice_room(rules: Rules, key: str) -> str:
    """The room of boards that a board shares its air with."""
    return ALL if rules.flag("voice_together") else key


def chime(rules: Rules) -> list[str | None] | None:
    """What is heard before each announcement, if anything."""
    if not rules.flag("voice_chime"):
        return None
    try:
        return [asset_url(clips.CHIME), None]
    except FileNotFoundError:
        return None


def voice(
    room: Room, branch_id: int, key: str, rules: Rules, say: list[dict[str, Any]], quiet: bool
) -> dict[str, Any]:
    """What boards must know to speak: `say` is what `announcements` gave."""
    is_on = rules.flag("voice") and not quiet
    place = voice_room(rules, key)
    # a sound check is meant to be heard
    wanted = [one for one in say if is_on or one["kind"] == "trial"]
    room.speakers.expect(branch_id, place, [one["seq"] for one in wanted])
    known = room.speakers.voice(branch_id, place, room.store.epoch)
    return {
        "room": place,
        "speaker": known.speaker,
        "said": known.said,
        "on": rules.flag("voice"),
        "quiet": quiet,
        "speed": rules.integer("voice_speed"),
        "volume": rules.integer("voice_volume"),
        "times": rules.integer("voice_times"),
        "chime": chime(rules),
        "say": wanted,
    }
