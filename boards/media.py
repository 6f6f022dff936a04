"""The files of pictures and films, in the data folder's `media/`, each under its digest.

    folder = media_folder(data)
    with folder.receiving(pieces, declared, most) as arrived:
        row = folder.keep(arrived, lambda: add_media(store, …), lambda: …)

A file is whole, named and on the disk before the row that needs it is committed; what did not
arrive whole leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Final, TypeVar

from boards.images import read_image
from boards.kinds import EXTENSIONS, HEAD_BYTES, IMAGE, kind_of
from queueing.refusals import Refused

MB: Final = 1024 * 1024
FOLDER: Final = "media"
IMAGE_MOST: Final = 20 * MB
# The database must be able to go on: tickets come before films.
KEEP_FREE: Final = 500 * MB
DIGEST_LENGTH: Final = 32
# How often, in bytes, a growing file looks whether the disk still has room.
_LOOK_EVERY: Final = 16 * MB
# Threads of the server that may be taken up by files being sent.
_AT_ONCE: Final = 3
# What is not whole yet begins like this.
PART: Final = ".part-"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is whole, but has no place yet. `size` is in bytes, `kind` image or video."""

    part: Path
    kind: str
    mime: str
    digest: str
    size: int


class MediaFolder:
    """The files of one data folder. One object a process: it keeps its writers apart."""

    def __init__(self, data: Path) -> None:
        self.path = data / FOLDER
        self._placing = threading.Lock()
        self._sending = threading.BoundedSemaphore(_AT_ONCE)

    def file(self, digest: str, mime: str) -> Path:
        """Where the file with this digest lies."""
        return self.path / f"{digest}.{EXTENSIONS[mime]}"

    def sweep(self) -> None:
        """Remove what was being sent when the program last stopped."""
        for part in self.path.glob(f"{PART}*"):
            with contextlib.suppress(OSError):
                part.unlink()

    def check(self, declared: int | None, most: int, *, image: bool = False) -> None:
        """Refuse a file by its length, in bytes, before any of it is read.

        Raises Refused `media_too_large`, `media_empty`, `media_disk` or `storage_failed`.
        """
        limit = min(most, IMAGE_MOST) if image else most
        if declared is not None and declared > limit:
            raise _too_large(limit)
        if declared == 0:
            raise Refused("media_empty")
        self._check_room(declared or 0)

    @contextlib.contextmanager
    def receiving(
        self, pieces: Iterable[bytes], declared: int | None, most: int
    ) -> Iterator[Arrived]:
        """Take a file in, piece by piece, and give it whole; it is gone at the end unless kept.

        `declared` and `most` are lengths in bytes; None if the sender did not say. Raises
        Refused: what `check` does, and `media_busy`, `media_kind`, `media_unreadable`,
        `media_too_many_pixels`, `media_broken_off` or `storage_full`.
        """
        self.check(declared, most)
        if not self._sending.acquire(blocking=False):
            raise Refused("media_busy")
        part = self.path / f"{PART}{secrets.token_hex(8)}"
        try:
            with _disk_words():
                arrived = self._take(part, pieces, declared, most)
            yield arrived
        finally:
            self._sending.release()
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def keep(self, arrived: Arrived, add_row: Callable[[], T], needed: Callable[[], bool]) -> T:
        """Give the file its name, then add the row that needs it.

        Without its row the file goes again, unless another row has `needed` it before.
        """
        place = self.file(arrived.digest, arrived.mime)
        with self._placing:
            with _disk_words():
                # one that is there already may be on its way to a board, and is the same
                if not place.is_file() or place.stat().st_size != arrived.size:
                    arrived.part.replace(place)
                    _sync_folder(self.path)
            try:
                return add_row()
            except BaseException:
                if not needed():
                    place.unlink(missing_ok=True)
                raise

    def remove(self, remove_row: Callable[[], tuple[str, str] | None]) -> None:
        """Remove a row, and the file (digest, mime) that it says nothing needs any more."""
        with self._placing:
            file = remove_row()
            if file is not None:
                # what cannot be removed now costs room, but is in nobody's way
                with contextlib.suppress(OSError):
                    self.file(*file).unlink(missing_ok=True)

    def _take(
        self, part: Path, pieces: Iterable[bytes], declared: int | None, most: int
    ) -> Arrived:
        self.path.mkdir(mode=0o755, exist_ok=True)
        with part.open("xb") as file:
            mime, digest, size = self._write(file, pieces, most)
            if declared is not None and size != declared:
                raise Refused("media_broken_off")
            _sync(file)
        if mime != IMAGE:
            return Arrived(part, "video", mime, digest, size)
        mime, picture = read_image(part)
        with part.open("wb") as file:
            file.write(picture)
            _sync(file)
        return Arrived(part, "image", mime, _digest(hashlib.sha256(picture)), len(picture))

    def _write(self, file: IO[bytes], pieces: Iterable[bytes], most: int) -> tuple[str, str, int]:
        """(kind, digest, bytes) of what was written. A file of no use is refused at its head."""
        hasher = hashlib.sha256()
        head, kind, size, looked = b"", "", 0, 0
        for piece in pieces:
            size += len(piece)
            if size > most:
                raise _too_large(most)
            if size - looked >= _LOOK_EVERY:
                looked = size
                self._check_room(0)
            hasher.update(piece)
            file.write(piece)
            if not kind:
                head += piece[:HEAD_BYTES]
                if len(head) >= HEAD_BYTES:
                    kind, most = _limited(head, most)
        if not size:
            raise Refused("media_empty")
        if not kind:
            kind, most = _limited(head, most)
        if size > most:
            raise _too_large(most)
        return kind, _digest(hasher), size

    def _check_room(self, more: int) -> None:
        with _disk_words():
            self.path.mkdir(mode=0o755, exist_ok=True)
            free = shutil.disk_usage(self.path).free
        if free - more < KEEP_FREE:
            raise Refused("media_disk", free=free // MB, keep=KEEP_FREE // MB)


def _limited(head: bytes, most: int) -> tuple[str, int]:
    """The kind of a file, and how long one of that kind may be. Raises Refused `media_kind`."""
    kind = kind_of(head)
    if kind is None:
        raise Refused("media_kind")
    return kind, min(most, IMAGE_MOST) if kind == IMAGE else most


def _too_large(most: int) -> Refused:
    return Refused("media_too_large", most=most // MB)


def _digest(hasher: hashlib._Hash) -> str:
    return hasher.hexdigest()[:DIGEST_LENGTH]


@lru_cache(maxsize=8)
def media_folder(data: Path) -> MediaFolder:
    """The one object for a data folder's files in this process."""
    return MediaFolder(data)


@contextlib.contextmanager
def _disk_words() -> Iterator[None]:
    """A disk that does not take it, in words. Raises Refused `storage_full` or `storage_failed`."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
        raise Refused("storage_full" if full else "storage_failed") from error


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Let a new name outlive a power cut, where folders can be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
