"""What `denluot demo`, and only it, does by itself: pairing and signing in on this computer."""

from __future__ import annotations

from typing import Final

from flask import request

from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store.screens import Placing
from web.config import LOOPBACK_NAMES, is_loopback
from web.surface import current_room

# A proxy or a tunnel on this computer brings others in: what it adds gives it away.
FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
_NAMES = {Kind.KIOSK: "Kiosk", Kind.BOARD: "Bảng gọi số", Kind.COUNTER: "Máy tại quầy"}


def demo_allowed() -> bool:
    """True in the demo, for a request of this same computer under a name of its own.

    The name is checked because a page of another site may have its own name led to 127.0.0.1.
    """
    if not current_room().config.demo or any(name in request.headers for name in FORWARDED):
        return False
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    return host in LOOPBACK_NAMES and is_loopback(request.remote_addr or "")


def demo_pair(kind: Kind) -> str:
    """The token of a new device. Raises Refused `forbidden` outside the demo."""
    if not demo_allowed():
        raise Refused("forbidden")
    room = current_room()
    actor = Actor(room.branch_id, Role.SYSTEM)
    counter = 1 if kind is Kind.COUNTER else None
    _device, secret = room.identity.screens.add(actor, kind, Placing(_NAMES[kind], None, counter))
    return secret
