"""What the API of the voice takes and gives."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from queueing.texts import N_
from web.openapi import Body, Code, Given, Query

Language = Literal["vi", "en"]

# The settings of the voice, and what the page calls them.
SETTING_NAMES: Final = {
    "voice": N_("Speak the called numbers"),
    "voice_languages": N_("Languages"),
    "voice_accent": N_("Vietnamese accent"),
    "voice_times": N_("How often each call is said"),
    "voice_speed": N_("Speed"),
    "voice_volume": N_("Volume"),
    "voice_chime": N_("Chime before each announcement"),
    "voice_quiet": N_("Hours without sound"),
    "voice_together": N_("All boards hang in one room"),
}


class VoiceSettings(Body):
    """The settings of the voice, named and bounded as in docs/settings.md."""

    voice: bool
    voice_languages: str
    voice_accent: str
    voice_times: int
    voice_speed: int
    voice_volume: int
    voice_chime: bool
    voice_quiet: str
    voice_together: bool


class VoiceBody(VoiceSettings):
    """The settings as they shall be.

    With the `seen` of the answer that they come from they are refused when somebody else has
    changed them since.
    """

    seen: Code | None = None


class GivenVoiceSettings(Given, VoiceSettings):
    """The settings in force."""


class OwnRecording(Given):
    """A branch's own recording of one clip; `ms` is how long it plays."""

    language: Language
    name: str
    digest: str
    ms: int
    added_at: str
    url: str


class VoiceState(Given):
    """The settings in force, and the recordings that take the place of the program's clips.

    `seen` names this state of the settings.
    """

    settings: GivenVoiceSettings
    seen: str
    own: list[OwnRecording]


class RecordingBody(Body):
    """A WAV file in base64: 16-bit PCM, one channel or two, 8 to 48 kHz, 15 seconds at most."""

    content: str


class TrialBody(Body):
    """Where the sound check is heard: a zone's code, or null for all boards."""

    zone: Code | None = None


class Trial(Given):
    """A sound check under way: `until` this moment boards may begin to speak it."""

    notice: int
    until: str


class AnnouncementQuery(Query):
    """What is to be heard: a ticket's number and a counter's, with settings saved or not."""

    number: Annotated[str, Field(max_length=20)]
    counter: Annotated[int, Field(ge=1, le=99)]
    languages: Literal["vi", "en", "vi_en", "en_vi", "ticket"] = "vi"
    accent: Literal["north", "south"] = "north"
    again: bool = False


class Part(Given):
    """One sentence: for each clip its address and one to fall back on, and the pause after each."""

    language: Language
    clips: list[list[str | None]]
    gap_ms: int


class Announcement(Given):
    """A call as boards would speak it; `chime` is the clip before it."""

    number: str
    counter: int
    chime: list[str | None]
    parts: list[Part]
