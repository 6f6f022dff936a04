"""Make the clips of the voice anew: `python -m tools.voice`, or `make voice`.

eSpeak NG speaks every word of `voice.words`, our own code brings all to one loudness, LAME
packs them. Both are programs of the system (`apt-get install espeak-ng lame`); nothing of
them is needed to run the product. The same versions give the same files, byte for byte;
`static/voice/PROVENANCE.json` says what each file is and how it was made.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tools.chime import chime
from voice import wav
from voice.loudness import PEAK_DB, TARGET_LUFS, levelled, loudness
from voice.wav import Sound, decibel
from voice.words import vocabulary

ROOT: Final = Path(__file__).resolve().parent.parent
TARGET: Final = ROOT / "static" / "voice"
NEEDED: Final = ("espeak-ng", "lame")
CHIME_LUFS: Final = -20.0
# One channel at eSpeak's own 22.05 kHz: less than 40 kbit/s blurs its x and s. At such rates LAME
# turns everything down by 5 %, which the scale makes up for.
LAME: Final = ["-m", "m", "-b", "40", "--cbr", "-q", "2", "--noreplaygain", "--scale", "1.0526"]
# Softer than eSpeak's own measure, at which it clips.
AMPLITUDE: Final = 55


@dataclass(frozen=True)
class Speaker:
    """How one folder of clips is spoken; `speed` is eSpeak's, in words a minute (175 is usual).

    `words` and `clips` put right what eSpeak reads wrong or unclearly: its own phonemes stand
    in double brackets.
    """

    folder: str
    language: str
    voice: str
    speed: int
    words: Mapping[str, str] = field(default_factory=dict)
    clips: Mapping[str, str] = field(default_factory=dict)


# Read without stress, or as a bare consonant, when it stands alone.
_ALONE: Final = {"digit-0": "[[x'o#7N_]]", "letter-j": "di"}
SPEAKERS: Final = (
    Speaker("vi-north", "vi", "vi", 115, {"đến": "[[d_'e3n]]"}, _ALONE),
    # eSpeak's southern voice is that of the Mekong delta: v like d, r like g, -in like -ưng.
    # Over a loudspeaker V must not be D, nor R be G, so these are said as they are written.
    Speaker(
        "vi-south",
        "vi",
        "vi-vn-x-south",
        115,
        {
            "xin": "[[s'i1n]]",
            "chín": "[[c'i3n]]",
            "đến": "[[d_'e3n]]",
            "quên": "[[kw'e1n]]",
            "rõ": "[[z.'O5]]",
        },
        _ALONE
        | {
            "letter-r": "[[E1z.'@:2_]]",
            "letter-v": "[[v'e7_]]",
            "letter-w": "[[v'e1_|k'E3p_]]",
        },
    ),
    Speaker("en", "en", "en-gb", 145),
)


def spoken(speaker: Speaker, name: str, words: str) -> str:
    """What eSpeak is given to read for a clip."""
    if name in speaker.clips:
        return speaker.clips[name]
    text = words.replace("/", " ")
    for word, sound in speaker.words.items():
        # whole words only, with a capital or without
        text = re.sub(rf"(?<!\w){word}(?!\w)", sound, text, flags=re.IGNORECASE)
    return text


def speak(speaker: Speaker, text: str) -> Sound:
    """Let eSpeak read a text."""
    command = ["espeak-ng", "-v", speaker.voice, "-s", str(speaker.speed), "-a", str(AMPLITUDE)]
    data = bytearray(_run([*command, "--stdout", "--", text]))
    # it writes to a pipe, so that its file does not know its own length
    data[4:8] = (len(data) - 8).to_bytes(4, "little")
    data[40:44] = (len(data) - 44).to_bytes(4, "little")
    return wav.read(bytes(data))


def pack(sound: Sound, target: Path) -> None:
    """Write a sound as an MP3 file."""
    with TemporaryDirectory() as folder:
        source = Path(folder, "clip.wav")
        source.write_bytes(wav.write(sound))
        _run(["lame", "--quiet", *LAME, str(source), str(target)])


def unpacked(source: Path) -> Sound:
    """An MP3 file as it will be heard."""
    with TemporaryDirectory() as folder:
        target = Path(folder, "clip.wav")
        _run(["lame", "--quiet", "--decode", str(source), str(target)])
        return wav.read(target.read_bytes())


def _run(command: list[str]) -> bytes:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def make(sound: Sound, target: Path, lufs: float) -> dict[str, object]:
    """One clip from raw sound to file; what PROVENANCE.json says of it."""
    pack(levelled(sound, lufs), target)
    # a file of this rate has no room to say how much silence LAME put at its ends
    heard = wav.trimmed(unpacked(target))
    content = target.read_bytes()
    return {
        "seconds": round(heard.seconds, 2),
        "lufs": round(loudness(heard), 1),
        "peak_db": round(decibel(heard.peak), 1),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def make_all(target: Path) -> dict[str, object]:
    """Every clip below `target`, and what PROVENANCE.json says."""
    files: dict[str, dict[str, object]] = {}
    target.mkdir(parents=True, exist_ok=True)
    print("chime", flush=True)
    files["chime.mp3"] = {"words": "(two tones)"} | make(chime(), target / "chime.mp3", CHIME_LUFS)
    for speaker in SPEAKERS:
        folder = target / speaker.folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, words in vocabulary(speaker.language).items():
            text = spoken(speaker, name, words)
            said = {"words": words} | ({} if text == words else {"given": text})
            made = make(speak(speaker, text), folder / f"{name}.mp3", TARGET_LUFS)
            files[f"{speaker.folder}/{name}.mp3"] = said | made
        print(speaker.folder, len(vocabulary(speaker.language)), "clips", flush=True)
    return {
        "programs": {name: _version(name) for name in NEEDED},
        "licence": "see THIRD_PARTY.md",
        "target_lufs": TARGET_LUFS,
        "target_lufs_chime": CHIME_LUFS,
        "peak_before_packing_db": PEAK_DB,
        "lame": " ".join(LAME),
        "voices": {
            one.folder: f"espeak-ng -v {one.voice} -s {one.speed} -a {AMPLITUDE}"
            for one in SPEAKERS
        },
        "files": dict(sorted(files.items())),
    }


def _version(program: str) -> str:
    found = re.search(r"\d+(?:\.\d+)+", _run([program, "--version"]).decode())
    assert found is not None, f"{program} does not say its version"
    return found.group()


def main() -> int:
    """Make them, and say what came out."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        print(f"not installed: {', '.join(missing)}. Debian: apt-get install espeak-ng lame")
        return 1
    told = make_all(TARGET)
    (TARGET / "PROVENANCE.json").write_text(
        json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    files: Mapping[str, Mapping[str, float]] = told["files"]  # type: ignore[assignment]
    speech = [one for name, one in files.items() if name != "chime.mp3"]
    loud = [one["lufs"] for one in speech]
    print(f"{len(files)} files, {sum(one['bytes'] for one in files.values()) / 1000:.0f} kB")
    print(f"loudness {min(loud)} to {max(loud)} LUFS, target {TARGET_LUFS}")
    print(f"highest peak {max(one['peak_db'] for one in files.values())} dBFS")
    return 0


if __name__ == "__main__":
    sys.exit(main())
