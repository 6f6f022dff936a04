"""The way to a printer: one protocol, however the printer is attached."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from printer.status import MUTE, Status
from queueing.store.jobs import Printer


class TransportError(Exception):
    """The way to the printer failed. `cause` is a code, `sent` how much may have left.

    `sent` counts bytes handed over that the printer may have; 0 means surely none of them.
    """

    def __init__(self, cause: str, sent: int = 0) -> None:
        super().__init__(cause)
        self.cause = cause
        self.sent = sent


class Transport(Protocol):
    """One connection, for one job: entering opens it, leaving closes it."""

    def __enter__(self) -> Self:
        """Open the way. Raises TransportError with `sent` 0."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the way; never raises."""

    def status(self) -> Status:
        """Ask the printer how it is; never raises: no answer is `mute`, a lost line `reset`."""

    def send(self, data: bytes) -> None:
        """Hand over all of one paper's bytes. Raises TransportError with `sent`."""


def open_transport(printer: Printer, folder: Path | None = None) -> Transport:
    """The unopened transport of a printer; `folder` is where relative paths begin.

    Raises TransportError `error` for an address or a transport that makes no sense.
    """
    from printer.files import DummyTransport, FileTransport, VirtualTransport
    from printer.network import NetworkTransport, host_and_port

    path = (folder or Path()) / printer.address
    match printer.transport:
        case "network":
            try:
                host, port = host_and_port(printer.address)
            except ValueError as error:
                raise TransportError("error") from error
            return NetworkTransport(host, port)
        case "file":
            return FileTransport(path)
        case "virtual":
            return VirtualTransport(path)
        case "dummy":
            return DummyTransport()
    raise TransportError("error")


def check(printer: Printer, folder: Path | None = None) -> Status:
    """Ask a printer how it is, now. Waits seconds for one that does not answer."""
    try:
        with open_transport(printer, folder) as way:
            return way.status()
    except TransportError as error:
        if error.cause == "mute":
            return MUTE
        return Status(refused=error.cause == "refused", error=error.cause != "refused")
