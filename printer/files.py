"""Printers that are files: for trying out, and for devices that are written like a file."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import select
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Final, Self

from printer.paper import PAPERS_KEPT, NotPaperError, decode
from printer.status import Status
from printer.transport import TransportError

_DEVICES: Final = Path("/dev")
# Opened so, a device without paper refuses bytes instead of holding us for ever. Windows has none.
_AT_ONCE: Final[int] = getattr(os, "O_NONBLOCK", 0)
_PATIENCE_S: Final = 5.0
_LOOK_S: Final = 0.05
_CAUSES: Final = {
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EBUSY: "refused",
    errno.ENODEV: "absent",
    errno.ENXIO: "absent",
}


class _Unasked:
    """A way that is opened by every send and cannot be asked how it is."""

    can_be_asked: ClassVar[bool] = False

    @property
    def bytes_per_s(self) -> float | None:
        """As fast as this computer."""
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is held open."""

    def status(self, extra_s: float = 0.0) -> Status:
        """A file has no faults to tell of; writing it shows them."""
        return Status()


class FileTransport(_Unasked):
    """Appends each paper's bytes to a file or a device file, and syncs it."""

    def __init__(self, path: Path, patience: float = _PATIENCE_S) -> None:
        self.path = path
        self._patience = patience

    def send(self, data: bytes) -> None:
        """Append. What a failed write had written counts as sent."""
        handle, sent = self._open(), 0
        try:
            while sent < len(data):
                sent += self._write(handle, data[sent:])
            # a device still holds the last piece, and forgets it when it is closed too soon
            self._wait(handle, time.monotonic() + self._patience)
            # a device file cannot be synced
            with contextlib.suppress(OSError):
                os.fsync(handle)
        except TimeoutError as error:
            raise TransportError("mute", sent) from error
        except OSError as error:
            raise TransportError("error", sent) from error
        finally:
            os.close(handle)

    def _open(self) -> int:
        # a device that is not there must not become a plain file of its name
        is_device = self.path.resolve().is_relative_to(_DEVICES)
        create = 0 if is_device else os.O_CREAT
        try:
            return os.open(self.path, os.O_WRONLY | os.O_APPEND | _AT_ONCE | create, 0o600)
        except OSError as error:
            missing = "absent" if is_device and error.errno == errno.ENOENT else "error"
            raise TransportError(_CAUSES.get(error.errno or 0, missing)) from error

    def _write(self, handle: int, data: bytes) -> int:
        """Write some of it. Raises TimeoutError when nothing is taken in time."""
        until = time.monotonic() + self._patience
        while True:
            self._wait(handle, until)
            with contextlib.suppress(BlockingIOError):
                return os.write(handle, data)
            # a parallel port says that it is ready when it is not
            time.sleep(_LOOK_S)
            if time.monotonic() > until:
                raise TimeoutError

    @staticmethod
    def _wait(handle: int, until: float) -> None:
        """Wait until it takes bytes. Raises TimeoutError."""
        if not _AT_ONCE:
            return
        # not select.select, which takes no number above 1023
        ready = select.poll()
        ready.register(handle, select.POLLOUT)
        if not ready.poll(max(0.0, until - time.monotonic()) * 1000):
            raise TimeoutError


class VirtualTransport(_Unasked):
    """A folder of papers, newest 200: each as the bytes sent and as the picture they make."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, data: bytes) -> None:
        """Save one paper whole or not at all."""
        now = datetime.now(UTC)
        name = f"{now:%Y%m%dT%H%M%S}{now.microsecond:06d}-{secrets.token_hex(3)}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            picture = _as_png(data)
            _write_whole(self.folder / f"{name}.bin", data)
            _write_whole(self.folder / f"{name}.png", picture)
            self._forget_old()
        except (OSError, NotPaperError) as error:
            raise TransportError("error") from error

    def _forget_old(self) -> None:
        names = sorted({path.stem for path in self.folder.glob("*-*.*")}, reverse=True)
        for old in names[PAPERS_KEPT:]:
            for kind in ("bin", "png"):
                (self.folder / f"{old}.{kind}").unlink(missing_ok=True)


def _as_png(data: bytes) -> bytes:
    papers = decode(data)
    if len(papers) != 1:
        raise NotPaperError("not one paper")
    out = BytesIO()
    papers[0].save(out, "PNG")
    return out.getvalue()


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    part.rename(path)


class DummyTransport(_Unasked):
    """Collects papers in memory; a test sets `state` and `fails_after`."""

    def __init__(self) -> None:
        self.papers: list[bytes] = []
        self.state = Status()
        self.unreachable: str | None = None
        self.fails_after: int | None = None

    def __enter__(self) -> Self:
        if self.unreachable is not None:
            raise TransportError(self.unreachable)
        return self

    def status(self, extra_s: float = 0.0) -> Status:
        """What the test set."""
        return self.state

    def send(self, data: bytes) -> None:
        """Keep the paper, or fail after as many bytes as the test set."""
        if self.fails_after is not None:
            raise TransportError("reset", self.fails_after)
        self.papers.append(data)
