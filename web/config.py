"""What a server is told when it starts. Everything else is a setting in the database."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path

from queueing.staff import COST, Cost

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Config:
    """One server's start-up choices.

    `public_url` is where phones reach this box; None leaves it to the branch's setting.
    `behind_proxy` says that one reverse proxy in front sets X-Forwarded-For and -Proto.
    """

    data: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str | None = None
    demo: bool = False
    behind_proxy: bool = False
    threads: int = 230
    watch_s: float = 2.0
    beat_s: float = 5.0
    testing: bool = False
    scrypt: Cost = COST

    @property
    def trusted_hosts(self) -> list[str] | None:
        """The Host headers the demo answers to: a page elsewhere must not reach it by name."""
        return list(LOOPBACK_NAMES) if self.demo else None

    def base_url(self, setting: str = "") -> str:
        """Where phones find this box, without a slash at the end; never the Host header.

        `setting` is the branch's own `public_url`. Bound to loopback the box is to be found
        there alone, and no other address would be true.
        """
        url = self.public_url or setting
        if url:
            return url.rstrip("/")
        host = lan_address() if self.host in ("0.0.0.0", "::", "") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def lan_address() -> str:
    """This machine's address in the local network, or 127.0.0.1 when it has none.

    Connecting a UDP socket sends nothing; it only asks the routing table. The address is one
    reserved for documentation (RFC 5737).
    """
    with (
        contextlib.suppress(OSError),
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe,
    ):
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return "127.0.0.1"


def phones_can_reach(url: str) -> bool:
    """False when an address leads only to the machine itself."""
    host = url.split("://", 1)[-1].split("/", 1)[0]
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return not is_loopback(name.strip("[]"))


def is_loopback(host: str) -> bool:
    """True for localhost and every address of this machine alone."""
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return False
