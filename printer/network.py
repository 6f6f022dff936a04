"""A printer on the network: raw TCP, usually port 9100."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
from typing import Final

from printer.transport import TransportError
from printer.wire import NORMAL, Patience, WireTransport

DEFAULT_PORT: Final = 9100
# Small, so that bytes wait at our side and "sent" comes close to what the printer has.
_SEND_BUFFER = 16_384
# RFC 1123 2.1. Python cannot even look up a name with an empty or an over-long part.
_HOST: Final = re.compile(r"(?=.{1,253}\Z)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*\.?", re.I | re.A)


def host_and_port(address: str) -> tuple[str, int]:
    """Split HOST, HOST:PORT or [IPv6]:PORT. Raises ValueError."""
    host, colon, port = address.strip().rpartition(":")
    if not colon or (":" in host and not host.startswith("[")):
        host, port = address.strip(), str(DEFAULT_PORT)
    host = host.removeprefix("[").removesuffix("]")
    if not _is_host(host) or not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65_536:
        raise ValueError("not HOST:PORT")
    return host, int(port)


def _is_host(host: str) -> bool:
    """True for a name that can be looked up, and for an address."""
    if ":" not in host:
        return _HOST.fullmatch(host) is not None
    address, percent, zone = host.partition("%")
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        return False
    return not percent or re.fullmatch(r"[\w.-]{1,32}", zone, re.ASCII) is not None


class NetworkTransport(WireTransport):
    """One TCP connection."""

    def __init__(self, host: str, port: int = DEFAULT_PORT, *, patience: Patience = NORMAL) -> None:
        super().__init__(patience)
        self._address = (host, port)
        self._socket: socket.socket | None = None

    def _open(self) -> None:
        try:
            self._socket = socket.create_connection(self._address, self.patience.connect)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        except ConnectionRefusedError as error:
            raise TransportError("refused") from error
        except UnicodeError as error:
            # no name at all: from a database of before names were looked at
            raise TransportError("error") from error
        except OSError as error:
            # switched off, unplugged, unknown name: nobody answers there
            raise TransportError("mute") from error

    def _close(self) -> None:
        if self._socket is None:
            return
        with contextlib.suppress(OSError):
            # Closing over unread bytes resets the connection, and a printer may then drop
            # what it has not printed yet.
            self._drain()
            self._socket.shutdown(socket.SHUT_WR)
        self._socket.close()
        self._socket = None

    def _line(self, patience: float) -> socket.socket:
        if self._socket is None:
            raise ConnectionError("not open")
        self._socket.settimeout(patience)
        return self._socket

    def _write(self, data: memoryview, patience: float) -> int:
        return self._line(patience).send(data)

    def _read(self, patience: float) -> bytes:
        try:
            got = self._line(patience).recv(1)
        except TimeoutError:
            return b""
        if not got:
            raise ConnectionError("closed by the printer")
        return got

    def _drain(self) -> None:
        line = self._line(0)
        with contextlib.suppress(BlockingIOError):
            while line.recv(1024):
                pass
