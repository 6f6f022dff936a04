"""A printer on a serial port, by python-escpos and pyserial (`pip install denluot[serial]`)."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from printer.transport import TransportError
from printer.wire import NORMAL, Patience, WireTransport

BAUDS: Final = (9_600, 19_200, 38_400, 57_600, 115_200)
DEFAULT_BAUD: Final = 38_400
# Ports only: any other device would be written to as well, and as the service's own user.
_NAME: Final = r"[\w.:+-]{1,100}"
_PORT: Final = re.compile(
    rf"(/dev/(?:tty|cu\.){_NAME}|/dev/serial/by-[a-z]{{1,10}}/{_NAME}|/dev/pts/\d{{1,6}}|COM\d{{1,3}})"
    r"(?:@(\d{4,6}))?",
    re.ASCII,
)
_DENIED: Final = (errno.EACCES, errno.EPERM)
_HELD: Final = (errno.EBUSY, errno.EAGAIN)


@dataclass(frozen=True, slots=True)
class SerialPort:
    """A port and its speed in bits a second."""

    device: str
    baud: int = DEFAULT_BAUD

    @classmethod
    def read(cls, address: str) -> SerialPort:
        """Read /dev/ttyS0, /dev/ttyUSB0@19200 or COM3@38400. Raises ValueError."""
        found = _PORT.fullmatch(address.strip())
        baud = int(found[2] or DEFAULT_BAUD) if found else 0
        if found is None or baud not in BAUDS or ".." in found[1]:
            raise ValueError("not PORT@SPEED")
        return cls(found[1], baud)


class SerialTransport(WireTransport):
    """One opening of the port, for one job, with hardware flow control.

    The printer stops us by its DTR. Windows watches that at DSR; Linux and macOS can watch CTS
    only, where pyserial's `dsrdtr` does nothing: the cable must lead the printer's DTR there.
    """

    # a write that times out tells only that the port's buffer was full, not what has left it
    counts_exactly: ClassVar[bool] = False

    def __init__(self, port: SerialPort, *, patience: Patience = NORMAL, flow: bool = True) -> None:
        super().__init__(patience)
        self._port = port
        self._flow = flow
        self._printer: Any = None

    @property
    def bytes_per_s(self) -> float:
        """Eight bits with their start and stop."""
        return self._port.baud / 10

    @property
    def _line(self) -> Any:
        if self._printer is None:
            raise ConnectionError("not open")
        return self._printer.device

    def _open(self) -> None:
        try:
            from escpos.exceptions import Error
            from escpos.printer import Serial

            printer = Serial(devfile=self._port.device, baudrate=self._port.baud, dsrdtr=self._flow)
            printer.open()
        except (ImportError, RuntimeError) as error:
            raise TransportError("no_driver") from error
        except (Error, OSError) as error:
            raise TransportError(_cause(error)) from error
        self._printer = printer
        try:
            # two that write to one printer would mix their slips
            printer.device.exclusive = True
            printer.device.rtscts = self._flow and os.name == "posix"
        except (OSError, ValueError) as error:
            self._close()
            raise TransportError(_cause(error, "refused")) from error

    def _close(self) -> None:
        printer, self._printer = self._printer, None
        if printer is None:
            return
        with contextlib.suppress(Exception):
            # python-escpos waits without end until everything has left, also for a printer that
            # takes nothing more; whatever is still here counts as sent and not as printed
            if printer.device.out_waiting:
                printer.device.reset_output_buffer()
            printer.close()

    def _write(self, data: memoryview, patience: float) -> int:
        import serial

        line = self._line
        line.write_timeout = patience
        # a piece small enough to leave within the time a stalled printer is given
        piece = bytes(data[: max(64, round(self._port.baud / 10 * patience / 2))])
        try:
            taken = int(line.write(piece))
            self._let_leave(line, patience)
        except serial.SerialTimeoutException as error:
            raise TimeoutError from error
        return taken

    @staticmethod
    def _let_leave(line: Any, patience: float) -> None:
        """Wait until the port's buffer is empty, so that `sent` is what the printer has."""
        import time

        until = time.monotonic() + patience
        while line.out_waiting:
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(0.002)

    def _read(self, patience: float) -> bytes:
        line = self._line
        line.timeout = patience
        return bytes(line.read(1))

    def _drain(self) -> None:
        self._line.reset_input_buffer()


def ports() -> list[tuple[str, str]]:
    """The serial ports of this computer: device and description. Raises TransportError."""
    try:
        from serial.tools.list_ports import comports
    except ImportError as error:
        raise TransportError("no_driver") from error
    return [(one.device, one.description or "") for one in sorted(comports())]


def _cause(error: BaseException, otherwise: str = "absent") -> str:
    seen: BaseException | None = error
    while seen is not None:
        number = getattr(seen, "errno", None)
        if number in _DENIED:
            return "denied"
        if number in _HELD:
            return "refused"
        seen = seen.__cause__ or seen.__context__
    return otherwise
