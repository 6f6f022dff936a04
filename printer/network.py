"""A printer on the network: raw TCP, usually port 9100, asked with DLE EOT."""

from __future__ import annotations

import contextlib
import socket
import time
from types import TracebackType
from typing import Final, Self

from printer.status import (
    ERROR_CAUSE,
    MUTE,
    OFFLINE_CAUSE,
    PAPER,
    PRINTER,
    RESET,
    Status,
    is_answer,
)
from printer.transport import TransportError

DEFAULT_PORT: Final = 9100
# Small, so that bytes wait at our side and "sent" comes close to what the printer has.
_SEND_BUFFER = 16_384
_CHUNK = 4_096


def host_and_port(address: str) -> tuple[str, int]:
    """Split HOST, HOST:PORT or [IPv6]:PORT. Raises ValueError."""
    host, colon, port = address.strip().rpartition(":")
    if not colon or (":" in host and not host.startswith("[")):
        host, port = address.strip(), str(DEFAULT_PORT)
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise ValueError("not HOST:PORT")
    return host, int(port)


class NetworkTransport:
    """One TCP connection; times in seconds.

    `slow_answer` is for the two questions a printer must answer (is it on line, has it paper);
    cheap ones leave the other two unanswered, which `short_answer` bounds.
    """

    def __init__(
        self,
        host: str,
        port: int = DEFAULT_PORT,
        *,
        connect_timeout: float = 3.0,
        send_timeout: float = 5.0,
        slow_answer: float = 3.0,
        short_answer: float = 0.5,
    ) -> None:
        self._address = (host, port)
        self._connect_timeout = connect_timeout
        self._send_timeout = send_timeout
        self._slow_answer = slow_answer
        self._short_answer = short_answer
        self._socket: socket.socket | None = None
        self._silent: set[int] = set()

    def __enter__(self) -> Self:
        try:
            self._socket = socket.create_connection(self._address, self._connect_timeout)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        except ConnectionRefusedError as error:
            raise TransportError("refused") from error
        except OSError as error:
            # switched off, unplugged, unknown name: nobody answers there
            raise TransportError("mute") from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._socket is None:
            return
        with contextlib.suppress(OSError):
            # Closing over unread bytes resets the connection, and a printer may then drop
            # what it has not printed yet.
            self._drain()
            self._socket.shutdown(socket.SHUT_WR)
        self._socket.close()
        self._socket = None

    def status(self) -> Status:
        """Ask DLE EOT 1 and 4, then 2 and 3, one at a time."""
        status = Status()
        try:
            for n in (PRINTER, PAPER):
                answer = self._ask(n, self._slow_answer)
                if answer is None:
                    return MUTE
                status = status.with_answer(n, answer)
            for n in (OFFLINE_CAUSE, ERROR_CAUSE):
                answer = self._ask(n, self._short_answer)
                if answer is not None:
                    status = status.with_answer(n, answer)
        except TimeoutError:
            return MUTE
        except OSError:
            return RESET
        return status

    def send(self, data: bytes) -> None:
        """Send everything; a printer that takes no byte for `send_timeout` has failed."""
        view = memoryview(data)
        sent = 0
        try:
            line = self._line()
            line.settimeout(self._send_timeout)
            while sent < len(view):
                sent += line.send(view[sent : sent + _CHUNK])
        except TimeoutError as error:
            raise TransportError("mute", sent) from error
        except OSError as error:
            raise TransportError("reset", sent) from error

    def _line(self) -> socket.socket:
        if self._socket is None:
            raise ConnectionError("not open")
        return self._socket

    def _ask(self, n: int, patience: float) -> int | None:
        """The answer to DLE EOT n, or None. Raises OSError when the connection is broken."""
        if n in self._silent:
            return None
        # A stray byte, from an earlier question or an obeyed bit of a picture, is no answer.
        self._drain()
        line = self._line()
        line.settimeout(patience)
        line.sendall(bytes((0x10, 0x04, n)))
        answer = self._answer(time.monotonic() + patience)
        if answer is None:
            self._silent.add(n)
        return answer

    def _answer(self, deadline: float) -> int | None:
        line = self._line()
        while (left := deadline - time.monotonic()) > 0:
            line.settimeout(left)
            try:
                got = line.recv(1)
            except TimeoutError:
                return None
            if not got:
                raise ConnectionError("closed by the printer")
            if is_answer(got[0]):
                return got[0]
        return None

    def _drain(self) -> None:
        line = self._line()
        line.setblocking(False)
        try:
            while line.recv(1024):
                pass
        except BlockingIOError:
            pass
        finally:
            line.setblocking(True)
