"""The WebSocket under the live line, made lean: what goes to one board goes to fifty."""

from __future__ import annotations

import json
import socket
import threading
from typing import Any

from engineio.async_drivers._websocket_wsgi import (  # type: ignore[import-untyped]
    SimpleWebSocketWSGI,
)
from engineio.packet import MESSAGE, NOOP, Packet  # type: ignore[import-untyped]

MESSAGE_MOST = 16 * 1024
# not on Windows, where every line has its thread write
NOWAIT: int | None = getattr(socket, "MSG_DONTWAIT", None)


class CompactJson:
    """What Socket.IO packs messages with: UTF-8 as it is, without blanks."""

    @staticmethod
    def dumps(value: Any, **options: Any) -> str:
        """As json.dumps, Vietnamese letters unescaped."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    loads = staticmethod(json.loads)


class LeanSocket(SimpleWebSocketWSGI):  # type: ignore[misc]
    """As Engine.IO's own, with three differences.

    It refuses compression, which would squeeze the same state anew for every client and keep
    a window of memory for each. It ends a client that sends more than `MESSAGE_MOST` bytes
    before they are gathered. It frames text by hand, as RFC 6455, 5.2 says: the library's
    state machine costs more than all the rest of sending.
    """

    def __init__(self, handler: Any, server: Any, **options: Any) -> None:
        super().__init__(handler, server, max_message_size=MESSAGE_MOST, **options)
        self._writing = threading.Lock()
        self._rest = b""
        # the handler is a method of the Engine.IO socket that this connection carries
        handler.__self__.line = self

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
        with self._writing:
            rest, self._rest = self._rest, b""
            self.ws.sock.sendall(rest + text_frame(message.encode()))

    def send_now(self, frame: bytes) -> bool | None:
        """Hand a frame over without waiting, if the line is free: True when all of it went.

        None when a part went: it must be followed by another message, which takes the rest
        along.
        """
        if NOWAIT is None or not self._writing.acquire(blocking=False):
            return False
        try:
            if self._rest or not self.ws.connected:
                return False
            try:
                sent = self.ws.sock.send(frame, NOWAIT)
            except OSError:
                return False
            self._rest = frame[sent:]
            return None if self._rest else True
        finally:
            self._writing.release()


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
    """Let a Socket.IO server use it, and write to lines that are free without their thread.

    Waking two hundred threads takes longer than writing two hundred times. A line that is not
    free, because its client reads too slowly, has its own thread as ever, so that it holds up
    nobody.
    """
    engine = socketio_server.eio
    engine._async = {**engine._async, "websocket": LeanSocket}
    by_thread = engine.send_packet

    def send_packet(sid: str, pkt: Any) -> None:
        line = engine.sockets.get(sid)
        if line is not None and pkt.packet_type == MESSAGE and not pkt.binary and _is_free(line):
            if "frame" not in vars(pkt):
                pkt.frame = text_frame(pkt.encode().encode())
            gone = line.line.send_now(pkt.frame)
            if gone:
                return
            if gone is None:
                pkt = Packet(NOOP)
        by_thread(sid, pkt)

    engine.send_packet = send_packet


def _is_free(line: Any) -> bool:
    """True while nothing waits to be sent and the client has answered the last ping."""
    return (
        hasattr(line, "line")
        and line.upgraded
        and line.last_ping is None
        and not (line.closed or line.closing)
        and line.queue.empty()
    )
