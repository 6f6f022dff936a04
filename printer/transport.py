"""The way to a printer: one protocol, however the printer is attached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Protocol, Self

from printer.status import MUTE, Status
from queueing.store.printers import Printer


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

    can_be_asked: ClassVar[bool]

    @property
    def bytes_per_s(self) -> float | None:
        """How fast the line is, where that is so slow that it matters."""

    def __enter__(self) -> Self:
        """Open the way. Raises TransportError with `sent` 0."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the way; never raises."""

    def status(self, extra_s: float = 0.0) -> Status:
        """Ask the printer how it is; never raises: no answer is `mute`, a lost line `reset`.

        `extra_s` is how long it may still be printing: cheap printers answer only afterwards.
        """

    def send(self, data: bytes) -> None:
        """Hand over all of one paper's bytes. Raises TransportError with `sent`."""


def open_transport(printer: Printer, folder: Path | None = None) -> Transport:
    """The unopened transport of a printer; `folder` is where relative paths begin.

    Raises TransportError `error` for an address or a transport that makes no sense.
    """
    try:
        return open_way(printer.transport, printer.address, folder or Path())
    except ValueError as error:
        raise TransportError("error") from error


def open_way(transport: str, address: str, folder: Path) -> Transport:
    """The unopened transport of that name and address; ValueError when one of them is none."""
    from printer import files, network, serial, spooled, usb

    match transport:
        case "network":
            return network.NetworkTransport(*network.host_and_port(address))
        case "usb":
            return usb.UsbTransport(usb.UsbId.read(address))
        case "serial":
            return serial.SerialTransport(serial.SerialPort.read(address))
        case "cups":
            return spooled.CupsTransport(address)
        case "windows":
            return spooled.WindowsTransport(address)
        case "file":
            return files.FileTransport(folder / address)
        case "virtual":
            return files.VirtualTransport(folder / address)
        case "dummy":
            return files.DummyTransport()
    raise ValueError(transport)


def check(printer: Printer, folder: Path | None = None) -> Status:
    """Ask a printer how it is, now. Waits seconds for one that does not answer."""
    return status_of(lambda: open_transport(printer, folder)) or Status()


def status_of(connect: Callable[[], Transport]) -> Status | None:
    """How a printer is, or None for one that cannot be asked (a file has no faults to tell of)."""
    try:
        way = connect()
        if not way.can_be_asked:
            return None
        with way:
            return way.status()
    except TransportError as error:
        return MUTE if error.cause == "mute" else Status(way=error.cause)
