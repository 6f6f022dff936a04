"""What a print agent has printed, on its own disk: no paper twice, and no truth forgotten.

A job's file is written before its first byte leaves and again when its end is known, each time
whole and synced. After a power cut it says which paper may have come out; when the server gives
a job out again, it says that it is done.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

KEPT: Final = 500
SENDING: Final = "sending"
_NAME: Final = re.compile(r"[0-9a-f]{1,32}-\d{1,18}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one job. `told` when the server has taken the word."""

    epoch: str
    job: int
    state: str
    cause: str | None = None
    length_mm: int = 0
    told: bool = False
    attempt: int = 0  # which giving out of the job it was; 0 in files of before this was counted

    @property
    def name(self) -> str:
        """The job's own name: after a restore of the server's data its numbers begin anew."""
        return f"{self.epoch}-{self.job}"


class Journal:
    """The entries in a folder, the newest 500 of those that were told."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def write(self, entry: Entry) -> None:
        """Keep an entry, whole or not at all. Raises OSError when it cannot be kept."""
        if not _NAME.fullmatch(entry.name):
            raise ValueError("not a job's name")
        path = self._folder / f"{entry.name}.json"
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as handle:
            json.dump(asdict(entry), handle)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
        self._sync_folder()
        if entry.told:
            self._forget_old()

    def find(self, epoch: str, job: int) -> Entry | None:
        """What is known of a job; None when it never began here."""
        return self._read(self._folder / f"{Entry(epoch, job, '').name}.json")

    def untold(self) -> list[Entry]:
        """What the server has not taken yet, the oldest first."""
        return [entry for entry in self._every() if not entry.told]

    def _every(self) -> list[Entry]:
        paths = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        return [entry for entry in map(self._read, paths) if entry is not None]

    @staticmethod
    def _read(path: Path) -> Entry | None:
        try:
            return Entry(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _forget_old(self) -> None:
        told = [entry for entry in self._every() if entry.told]
        for entry in told[:-KEPT]:
            (self._folder / f"{entry.name}.json").unlink(missing_ok=True)

    def _sync_folder(self) -> None:
        # so that the new name survives a power cut; Windows has no such thing
        with contextlib.suppress(OSError):
            handle = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
