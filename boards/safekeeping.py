"""Copies of pictures and films beside a backup of the database, and whether all of them are there.

A file bears its digest as its name and never changes, so that each is copied once.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from boards.kinds import EXTENSIONS
from boards.media import FOLDER, PART

Needed = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Copied:
    """How many files were copied, and the names of those that could not be."""

    new: int
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in a data folder: names that are missing, and what no row needs, in bytes."""

    missing: tuple[str, ...]
    spare: tuple[str, ...]
    spare_bytes: int


def names(needed: Needed) -> list[str]:
    """The files' names of these (digest, mime)."""
    return sorted(f"{digest}.{EXTENSIONS[mime]}" for digest, mime in needed)


def copy_files(needed: Needed, source: Path, target: Path) -> Copied:
    """Copy what is needed from one data or backup folder to another, unless it is there.

    A file appears only when it is whole. What cannot be copied is told, not raised: the
    database matters more. A copy's time of change is when it was last needed, so that copies may
    be deleted by the same age as the backups beside them.
    """
    new, lost = 0, []
    for name in names(needed):
        have, want = source / FOLDER / name, target / FOLDER / name
        try:
            if want.is_file() and (not have.is_file() or _size(want) == _size(have)):
                with contextlib.suppress(OSError):
                    os.utime(want)
                continue
            want.parent.mkdir(exist_ok=True)
            _own(want.parent, target)
            _copy(have, want)
            _own(want, target)
            new += 1
        except OSError:
            lost.append(name)
    return Copied(new, tuple(lost))


def look(needed: Needed, data: Path) -> Found:
    """Whether every file that is needed lies in a data folder, and what else does."""
    wanted = set(names(needed))
    folder = data / FOLDER
    there = {one.name: one for one in folder.glob("*") if not one.name.startswith(PART)}
    spare = sorted(set(there) - wanted)
    return Found(
        tuple(sorted(wanted - set(there))),
        tuple(spare),
        sum(_size(there[name]) for name in spare),
    )


def _size(file: Path) -> int:
    return file.stat().st_size


def _copy(have: Path, want: Path) -> None:
    part = want.with_name(f"{PART}{secrets.token_hex(8)}")
    try:
        shutil.copyfile(have, part)
        part.replace(want)
    finally:
        part.unlink(missing_ok=True)


def _own(path: Path, like: Path) -> None:
    """The server's own account must be able to use what an administrator put there."""
    if hasattr(os, "chown") and os.geteuid() == 0:
        owner = like.stat()
        with contextlib.suppress(OSError):
            os.chown(path, owner.st_uid, owner.st_gid)
