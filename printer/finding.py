"""Looking for printers: in a segment of the local network, on USB, and at the serial ports.

Only private and loopback addresses are ever tried, and one port of them, so that nobody can
make the server look round elsewhere. Whoever listens there is asked one question of three bytes;
only one that answers it is asked the others.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Final

from printer.network import DEFAULT_PORT, NetworkTransport
from printer.serial import ports
from printer.status import Status
from printer.transport import TransportError
from printer.usb import Attached, attached
from printer.wire import Patience
from queueing.refusals import Refused

PORT = DEFAULT_PORT
MOST: Final = 256
AT_ONCE: Final = 128
ALL_S: Final = 4.5
# Two rounds of connecting and one of asking fit into ALL_S.
QUICK: Final = Patience(connect=0.9, send=0.9, slow_answer=1.0, short_answer=0.2)
PRIVATE: Final = tuple(
    ipaddress.ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7", "::1")
)
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Seen:
    """What an address answered. `status` is None when nobody takes papers there.

    `cause` then tells whether a computer refused (`refused`), broke the connection at once
    (`reset`), or nothing was heard (`mute`).
    """

    address: str
    status: Status | None
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Here:
    """What hangs on this computer; None where it cannot be looked at for want of a driver."""

    usb: list[Attached] | None
    serial: list[tuple[str, str]] | None


def hosts_of(text: str) -> list[str]:
    """The addresses that a typed one means: 192.168.1.50, 192.168.1.x or 192.168.1.0/24.

    Raises Refused `find_invalid`, `find_not_private` or `find_too_many`.
    """
    typed = text.strip().removesuffix(f":{PORT}")
    if typed[-2:].lower() in (".x", ".*"):
        typed = f"{typed[:-2]}.0/24"
    try:
        network = ipaddress.ip_network(typed, strict=False)
    except ValueError as error:
        raise Refused("find_invalid") from error
    if not any(
        network.version == one.version and network.subnet_of(one)  # type: ignore[arg-type]
        for one in PRIVATE
    ):
        raise Refused("find_not_private")
    if network.num_addresses > MOST:
        raise Refused("find_too_many", most=MOST)
    return [str(host) for host in network.hosts()]


def find_network(text: str, known: Collection[str] = ()) -> list[Seen]:
    """Who takes papers at the typed addresses; of a single address also that nobody does.

    An address that is `known` is not asked: its printer may be busy. Takes five seconds at most.
    Raises Refused as `hosts_of` does, or `find_busy`.
    """
    hosts = hosts_of(text)
    addresses = {host: f"[{host}]:{PORT}" if ":" in host else f"{host}:{PORT}" for host in hosts}
    asked = [host for host in hosts if addresses[host] not in known]
    if not _one_at_a_time.acquire(blocking=False):
        raise Refused("find_busy")
    try:
        found = _ask_all(asked)
    finally:
        _one_at_a_time.release()
    seen = {host: Seen(addresses[host], status, cause) for host, status, cause in found}
    for host in set(hosts) - set(asked):
        seen[host] = Seen(addresses[host], None)
    only = len(hosts) == 1
    shown = [seen[host] for host in hosts if host in seen]
    return [one for one in shown if only or one.status is not None or one.cause is None]


def find_here() -> Here:
    """The USB printers and serial ports of this computer."""
    try:
        usb = attached()
    except TransportError:
        usb = None
    try:
        serial = ports()
    except TransportError:
        serial = None
    return Here(usb, serial)


def _ask_all(hosts: list[str]) -> list[tuple[str, Status | None, str | None]]:
    until = time.monotonic() + ALL_S
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="finding")
    try:
        asked = [pool.submit(_ask, host) for host in hosts]
        done, _late = wait(asked, timeout=until - time.monotonic())
        return [one.result() for one in asked if one in done]
    finally:
        # whoever still waits for an answer gives up by itself
        pool.shutdown(wait=False, cancel_futures=True)


def _ask(host: str) -> tuple[str, Status | None, str | None]:
    way = NetworkTransport(host, PORT, patience=QUICK)
    try:
        with way:
            status = way.status()
    except TransportError as error:
        return host, None, error.cause
    # some firewalls take every connection and drop it: that is nobody who takes papers
    return (host, None, status.cause) if status.reset else (host, status, None)
