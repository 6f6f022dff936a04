"""A branch's own recording of a clip: checked, cut out of its silence, as loud as the others."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from voice import wav
from voice.loudness import levelled

# Of the file as it is sent; 15 s of one channel at 24 kHz have 720 kB.
BYTES_MOST: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Recording:
    """What is kept: a WAV file of one channel, its digest, and how long it plays."""

    content: bytes
    digest: str
    ms: int


def read_recording(data: bytes) -> Recording:
    """A clip out of an uploaded WAV file (see `voice.wav.read`).

    Raises BadSoundError `sound_too_large`, `sound_unreadable`, `sound_too_long` or
    `sound_silent`.
    """
    if len(data) > BYTES_MOST:
        raise wav.BadSoundError("sound_too_large")
    sound = levelled(wav.read(data))
    content = wav.write(sound)
    return Recording(content, hashlib.sha256(content).hexdigest()[:32], round(1000 * sound.seconds))
