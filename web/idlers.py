"""Connections that were opened and never said who they are: each holds a thread of the server."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

GRACE_S = 10.0


class Idlers:
    """Finds transports without a member, and hangs up when they stay so."""

    def __init__(self) -> None:
        self._since: dict[str, float] = {}

    def sweep(self, server: Any, members: Iterable[str]) -> None:
        """Close every transport that has belonged to no member for the grace time."""
        now = time.monotonic()
        known = {server.manager.eio_sid_from_sid(sid, "/") for sid in members}
        strangers = set(server.eio.sockets) - known
        self._since = {sid: self._since.get(sid, now) for sid in strangers}
        for sid, since in self._since.items():
            found = server.eio.sockets.get(sid)
            if now - since >= GRACE_S and found is not None:
                # waiting for its queue to empty would let one stuck client hold up every board
                found.close(wait=False)
