"""The WebSocket under the live line, made lean: what goes to one board goes to fifty."""

from __future__ import annotations

from typing import Any

from engineio.async_drivers._websocket_wsgi import (  # type: ignore[import-untyped]
    SimpleWebSocketWSGI,
)

MESSAGE_MOST = 16 * 1024


class LeanSocket(SimpleWebSocketWSGI):  # type: ignore[misc]
    """As Engine.IO's own, with three differences.

    It refuses compression, which would squeeze the same state anew for every client and keep
    a window of memory for each. It ends a client that sends more than `MESSAGE_MOST` bytes
    before they are gathered. It frames text by hand, as RFC 6455, 5.2 says: the library's
    state machine costs more than all the rest of sending.
    """

    def __init__(self, handler: Any, server: Any, **options: Any) -> None:
        super().__init__(handler, server, max_message_size=MESSAGE_MOST, **options)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer the upgrade as if the client had offered no extension."""
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return super().__call__(environ, start_response)

    def send(self, message: Any) -> None:
        """Send one message. Raises OSError when the connection has ended."""
        if not isinstance(message, str):
            super().send(message)
            return
        if not self.ws.connected:
            raise OSError("the socket is closed")
        self.ws.sock.sendall(text_frame(message.encode()))


def text_frame(payload: bytes) -> bytes:
    """One unmasked, final text frame: from a server to a client it is the same for all."""
    size = len(payload)
    if size < 126:
        head = bytes((0x81, size))
    elif size < 1 << 16:
        head = b"\x81\x7e" + size.to_bytes(2, "big")
    else:
        head = b"\x81\x7f" + size.to_bytes(8, "big")
    return head + payload


def make_lean(socketio_server: Any) -> None:
    """Let a Socket.IO server use it."""
    engine = socketio_server.eio
    engine._async = {**engine._async, "websocket": LeanSocket}
