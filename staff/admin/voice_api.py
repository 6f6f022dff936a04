"""The administrator's part of the API: how the voice speaks, and recordings of one's own."""

from __future__ import annotations

import base64
from typing import Any, Final

from flask import Response, request

from queueing.numbering import typed_label
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.settings import InvalidSettingError, Rules, checked, read_hours
from queueing.store import branches, notices, voice_clips
from queueing.store.settings import save_settings
from staff.admin.seen import name_of, refuse_unseen
from staff.admin.voice_models import (
    SETTING_NAMES,
    Announcement,
    AnnouncementQuery,
    GivenVoiceSettings,
    OwnRecording,
    Part,
    RecordingBody,
    Trial,
    TrialBody,
    VoiceBody,
    VoiceState,
)
from voice import clips, phrases
from voice.ready import TRIAL
from voice.recording import BYTES_MOST, Recording, read_recording
from voice.wav import SECONDS_MOST, BadSoundError
from web.access import ADMINS, PAIRED
from web.assets import asset_url
from web.deeds import BodyLimit
from web.i18n import gettext
from web.openapi import Api
from web.surface import current_room

routes = Api("admin_voice")

_MOST_KB: Final = BYTES_MOST // 1024
# Four characters of base64 for three bytes, and some room for the JSON around them.
_BODY: Final = BodyLimit(4 * -(-BYTES_MOST // 3) + 1024, "sound_too_large", (("most", _MOST_KB),))
_LIMITS: Final = {"sound_too_large": _MOST_KB, "sound_too_long": SECONDS_MOST}
# Behind a sign-in, so that no cache on the way may keep it; the address changes with the sound.
_KEEP: Final = "private, max-age=31536000, immutable"


@routes.get("/voice", who=ADMINS, gives=VoiceState)
def voice_state(actor: Actor) -> VoiceState:
    """How the voice speaks, and which recordings of one's own there are."""
    return state_of(actor.branch_id)


@routes.put("/voice", who=ADMINS, gives=VoiceState)
def set_voice(actor: Actor, body: VoiceBody) -> VoiceState:
    """Let the voice speak like this from the next announcement on."""
    store, wanted = current_room().store, body.model_dump(exclude={"seen"})
    values = _values(wanted)
    with store.change(actor.branch_id) as change:
        now = _settings(branches.rules(change.db, actor.branch_id))
        refuse_unseen(body.seen, now.model_dump(), wanted)
        save_settings(store, actor, values)
    return state_of(actor.branch_id)


@routes.get("/voice/announcement", who=ADMINS, gives=Announcement)
def voice_announcement(actor: Actor, query: AnnouncementQuery) -> Announcement:
    """Of which clips a call would be put together, with settings that need not be saved."""
    number = typed_label(query.number)
    with current_room().store.reading() as db:
        own = voice_clips.digests(db, actor.branch_id)
    order = ["vi", "en"] if query.languages == "ticket" else query.languages.split("_")
    parts = []
    for language in order:
        names = phrases.call(number, query.counter, language, query.again)
        found = clips.urls(names, language, query.accent, own, asset_url)
        if found is None:
            raise Refused("unreadable_number", number=query.number)
        parts.append(
            Part.model_validate(
                {
                    "language": language,
                    "clips": [list(one) for one in found],
                    "gap_ms": clips.GAP_MS,
                }
            )
        )
    return Announcement(
        number=number, counter=query.counter, chime=[asset_url(clips.CHIME), None], parts=parts
    )


@routes.deed("/voice/trial", who=ADMINS, gives=Trial)
def voice_trial(actor: Actor, body: TrialBody) -> Trial:
    """Let the boards of a zone, or all, say a sentence that tells that it is a sound check."""
    sent = notices.send(current_room().store, actor, ready=TRIAL.code, zone=body.zone, trial=True)
    return Trial(notice=sent.id, until=sent.until)


@routes.put("/voice/own/<language>/<name>", who=ADMINS, gives=OwnRecording, limit=_BODY, slow=True)
def set_recording(language: str, name: str, actor: Actor, body: RecordingBody) -> OwnRecording:
    """Let a recording be spoken in place of the program's clip, as loud as all the others."""
    _known(language, name)
    store, read = current_room().store, _read(body.content)
    voice_clips.save(store, actor, language, name, read.content, read.digest, read.ms)
    for one in recordings(actor.branch_id):
        if (one.language, one.name) == (language, name):
            return one
    # taken out again by somebody else meanwhile
    raise Refused("unknown_recording")


@routes.delete("/voice/own/<language>/<name>", who=ADMINS)
def remove_recording(language: str, name: str, actor: Actor) -> None:
    """Speak the program's own clip again."""
    _known(language, name)
    voice_clips.remove(current_room().store, actor, language, name)


@routes.get("/voice/own/<language>/<name>/<digest>.wav", who=PAIRED)
def recording(language: str, name: str, digest: str, actor: Actor) -> Response:
    """A recording as a WAV file; its address changes with its sound, so that it may be kept."""
    with current_room().store.reading() as db:
        content = voice_clips.sound(db, actor.branch_id, language, name, digest)
    if content is None:
        raise Refused("unknown_recording")
    answer = Response(content, mimetype="audio/wav", headers={"Cache-Control": _KEEP})
    answer.set_etag(digest)
    answer.make_conditional(request, accept_ranges=True, complete_length=len(content))
    return answer


def state_of(branch_id: int) -> VoiceState:
    """How a branch's voice speaks."""
    with current_room().store.reading() as db:
        rules = branches.rules(db, branch_id)
    settings = _settings(rules)
    return VoiceState(
        settings=settings, seen=name_of(settings.model_dump()), own=recordings(branch_id)
    )


def recordings(branch_id: int) -> list[OwnRecording]:
    """A branch's own recordings, those of clips that there are."""
    with current_room().store.reading() as db:
        found = voice_clips.own_clips(db, branch_id)
    return [
        OwnRecording.model_validate(
            {
                "language": one.language,
                "name": one.name,
                "digest": one.digest,
                "ms": one.ms,
                "added_at": one.added_at,
                "url": clips.own_url(one.language, one.name, one.digest),
            }
        )
        for one in found
        if clips.is_clip(one.language, one.name)
    ]


def _settings(rules: Rules) -> GivenVoiceSettings:
    return GivenVoiceSettings(
        voice=rules.flag("voice"),
        voice_languages=rules.text("voice_languages"),
        voice_accent=rules.text("voice_accent"),
        voice_times=rules.integer("voice_times"),
        voice_speed=rules.integer("voice_speed"),
        voice_volume=rules.integer("voice_volume"),
        voice_chime=rules.flag("voice_chime"),
        voice_quiet=rules.text("voice_quiet"),
        voice_together=rules.flag("voice_together"),
    )


def _values(wanted: dict[str, Any]) -> dict[str, str]:
    """The settings as text. Raises Refused `voice_quiet_invalid` or `setting_invalid`."""
    values = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in wanted.items()
    }
    for name, value in values.items():
        try:
            checked(name, value)
            if name == "voice_quiet" and any(a == b for a, b in read_hours(name, value)):
                # the whole day or nothing: nobody could say which was meant
                raise InvalidSettingError(name)
        except InvalidSettingError as error:
            code = "voice_quiet_invalid" if name == "voice_quiet" else "setting_invalid"
            raise Refused(code, name=gettext(SETTING_NAMES[name]), field=name) from error
    return values


def _known(language: str, name: str) -> None:
    if not clips.is_clip(language, name):
        raise Refused("unknown_clip")


def _read(content: str) -> Recording:
    """The recording, brought to the usual loudness. Raises Refused."""
    try:
        return read_recording(base64.b64decode(content, validate=True))
    except BadSoundError as error:
        most = _LIMITS.get(error.code)
        raise Refused(error.code, **({} if most is None else {"most": most})) from error
    except ValueError as error:
        raise Refused("sound_unreadable") from error
