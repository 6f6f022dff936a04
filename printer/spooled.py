"""Printers that belong to the system's own spooler: CUPS on Linux and macOS, and Windows.

The spooler takes the whole paper and tells later what became of it, so `send` waits for that.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from types import TracebackType
from typing import Any, ClassVar, Final, Self

from printer.status import Status
from printer.transport import TransportError

TITLE: Final = "denluot"
# Not a dash first: it would be read as an option of `lp`.
_QUEUE: Final = re.compile(r"[^\s/#'\"-][^\s/#'\"]{0,126}")
_REQUEST: Final = re.compile(r"request id is (\S+-\d+)")
# IPP printer-state-reasons (RFC 8011 5.4.12), as `lpstat -l` lists them behind "Alerts:"
_REASONS: Final = (
    ("media-empty", "paper_out"),
    ("media-needed", "paper_out"),
    ("media-low", "near_end"),
    ("cover-open", "cover_open"),
    ("door-open", "cover_open"),
    ("offline", "offline"),
    ("paused", "offline"),
    ("shutdown", "offline"),
    ("connecting-to-device", "mute"),
    ("timed-out", "mute"),
    ("media-jam", "error"),
    ("other-error", "error"),
)
# winspool.h, PRINTER_STATUS_*
_WINDOWS_BITS: Final = (
    (0x0000_0010, "paper_out"),
    (0x0040_0000, "cover_open"),
    (0x0000_0001 | 0x0000_0080, "offline"),
    (0x0000_1000, "mute"),
    (0x0000_0002 | 0x0000_0008 | 0x0010_0000, "error"),
)
_WORK_OFFLINE: Final = 0x400  # winspool.h, PRINTER_ATTRIBUTE_*: "use printer offline"
# winspool.h, JOB_STATUS_*: printed, complete; deleting, deleted; and what keeps it
_JOB_DONE: Final = 0x0080 | 0x1000
_JOB_DELETED: Final = 0x0004 | 0x0100
_JOB_BITS: Final = ((0x0040, "paper_out"), (0x0020 | 0x0001, "offline"), (0x0602, "error"))
_ACCESS_DENIED: Final = 5  # winerror.h
_NO_SUCH_JOB: Final = 87  # winerror.h, ERROR_INVALID_PARAMETER


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds: for one answer of the spooler, and for a paper to leave it."""

    answer: float = 5.0
    leave: float = 20.0
    look: float = 0.2


NORMAL: Final = Waits()


@dataclass(frozen=True, slots=True)
class Fate:
    """Whether the spooler still holds a paper, and what it says is wrong with it."""

    there: bool
    cause: str | None = None


class SpooledTransport(ABC):
    """One paper handed to a queue of the system's spooler, and followed until it has left."""

    can_be_asked: ClassVar[bool] = True

    def __init__(self, queue: str, waits: Waits = NORMAL) -> None:
        self._queue = queue
        self._waits = waits

    @property
    def bytes_per_s(self) -> float | None:
        """As fast as this computer."""
        return None

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def send(self, data: bytes) -> None:
        """Hand over a paper; what does not leave the spooler in time is taken back as unknown."""
        job = self._submit(data)
        until = time.monotonic() + self._waits.leave
        while (fate := self._fate(job)).there:
            if time.monotonic() > until:
                self._cancel(job)
                raise TransportError(fate.cause or self.status().cause or "mute", len(data))
            time.sleep(self._waits.look)
        if fate.cause is not None:
            raise TransportError(fate.cause, len(data))

    @abstractmethod
    def status(self, extra_s: float = 0.0) -> Status:
        """What the spooler says of the printer; never raises."""

    @abstractmethod
    def _open(self) -> None:
        """See that the queue is there. Raises TransportError with `sent` 0."""

    def _close(self) -> None:  # noqa: B027 - a queue asked by name has nothing to close
        """Give back what `_open` took."""

    @abstractmethod
    def _submit(self, data: bytes) -> Any:
        """Hand over; what names the job."""

    @abstractmethod
    def _fate(self, job: Any) -> Fate:
        """What the spooler says of the job; never raises."""

    @abstractmethod
    def _cancel(self, job: Any) -> None:
        """Take the job back; never raises."""


class CupsTransport(SpooledTransport):
    """A CUPS queue, by the system's own `lp`, `lpstat` and `cancel` (docs/decisions/0010)."""

    def __init__(self, queue: str, waits: Waits = NORMAL) -> None:
        if not _QUEUE.fullmatch(queue):
            raise ValueError("not the name of a queue")
        super().__init__(queue, waits)

    def status(self, extra_s: float = 0.0) -> Status:
        """Whether the queue is enabled, and the printer's alerts."""
        try:
            words = self._run("lpstat", "-l", "-p", self._queue)
        except TransportError as error:
            return Status(way=error.cause)
        first, *rest = words.splitlines() or [""]
        alerts = " ".join(
            line.partition(":")[2] for line in rest if line.strip().startswith("Alerts:")
        )
        found: dict[str, Any] = {name: True for reason, name in _REASONS if reason in alerts}
        if " disabled " in f" {first} ":
            found["offline"] = True
        return Status(**found)

    def _open(self) -> None:
        self._run("lpstat", "-p", self._queue)

    def _submit(self, data: bytes) -> str:
        words = self._run("lp", "-d", self._queue, "-t", TITLE, "-o", "raw", "-", data=data)
        found = _REQUEST.search(words)
        if found is None:
            raise TransportError("error", len(data))
        return found[1]

    def _fate(self, job: str) -> Fate:
        try:
            listed = self._run("lpstat", "-W", "not-completed", "-o", self._queue)
            if any(line.split()[:1] == [job] for line in listed.splitlines()):
                return Fate(there=True)
            ended = self._run("lpstat", "-l", "-W", "completed", "-o", self._queue)
        except TransportError:
            return Fate(there=True)
        # CUPS 2.4.2 says so of a paper that somebody took back, and says the same of one that
        # its own error policy ended as of one that was printed: see docs/printing.md
        stopped = any(word in _alerts_of(ended, job) for word in ("cancel", "abort"))
        return Fate(there=False, cause="error" if stopped else None)

    def _cancel(self, job: str) -> None:
        with contextlib.suppress(TransportError):
            self._run("cancel", job)

    def _run(self, program: str, *options: str, data: bytes = b"") -> str:
        """What a program says. Raises TransportError, `sent` 0: a refused paper left nothing."""
        try:
            done = subprocess.run(
                [program, *options],
                input=data,
                capture_output=True,
                timeout=self._waits.answer,
                env={**os.environ, "LC_ALL": "C"},
                check=False,
            )
        except FileNotFoundError as error:
            raise TransportError("no_driver") from error
        except subprocess.TimeoutExpired as error:
            # `lp` may have handed over before it hung
            raise TransportError("mute", len(data)) from error
        if done.returncode != 0:
            unknown = b"nvalid destination" in done.stderr or b"does not exist" in done.stderr
            raise TransportError("absent" if unknown else "refused")
        return done.stdout.decode(errors="replace")


def _alerts_of(listed: str, job: str) -> str:
    """What `lpstat -l -o` says behind "Alerts:" of one job; its lines are indented."""
    ours = False
    for line in listed.splitlines():
        if not line[:1].isspace():
            ours = line.split()[:1] == [job]
        elif ours and line.strip().startswith("Alerts:"):
            return line.partition(":")[2]
    return ""


class WindowsTransport(SpooledTransport):
    """A Windows printer, by python-escpos's Win32Raw (`pip install denluot[windows]`)."""

    def __init__(self, queue: str, waits: Waits = NORMAL) -> None:
        if not queue.strip() or not queue.isprintable():
            raise ValueError("not the name of a printer")
        super().__init__(queue, waits)
        self._handle: Any = None

    def status(self, extra_s: float = 0.0) -> Status:
        """The spooler's bits of the printer."""
        api = _win32print()
        try:
            told = api.GetPrinter(self._handle, 2)
        except api.error:
            return Status(way="absent")
        bits = told["Status"]
        found: dict[str, Any] = {name: True for mask, name in _WINDOWS_BITS if bits & mask}
        if told["Attributes"] & _WORK_OFFLINE:
            found["offline"] = True
        return Status(**found)

    def _open(self) -> None:
        api = _win32print()
        try:
            self._handle = api.OpenPrinter(self._queue)
        except api.error as error:
            denied = getattr(error, "winerror", None) == _ACCESS_DENIED
            raise TransportError("denied" if denied else "absent") from error

    def _close(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            with contextlib.suppress(Exception):
                _win32print().ClosePrinter(handle)

    def _submit(self, data: bytes) -> int:
        from escpos.exceptions import Error
        from escpos.printer import Win32Raw

        printer, begun = Win32Raw(self._queue), 0
        try:
            printer.open(TITLE)
            begun = len(data)
            printer._raw(data)
            printer.close()
        except (Error, _win32print().error) as error:
            raise TransportError("refused" if not begun else "reset", begun) from error
        return int(printer.current_job)

    def _fate(self, job: int) -> Fate:
        api = _win32print()
        try:
            bits = api.GetJob(self._handle, job, 1)["Status"]
        except api.error as error:
            # printed and forgotten; any other error tells nothing of the paper
            return Fate(there=getattr(error, "winerror", None) != _NO_SUCH_JOB)
        if bits & _JOB_DONE:
            return Fate(there=False)
        if bits & _JOB_DELETED:
            return Fate(there=False, cause="error")
        cause = next((name for mask, name in _JOB_BITS if bits & mask), None)
        return Fate(there=True, cause=cause)

    def _cancel(self, job: int) -> None:
        api = _win32print()
        with contextlib.suppress(api.error):
            api.SetJob(self._handle, job, 0, None, api.JOB_CONTROL_DELETE)


def _win32print() -> Any:
    try:
        import win32print
    except ImportError as error:
        raise TransportError("no_driver") from error
    return win32print
