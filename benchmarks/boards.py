"""Many boards in one process of their own: `python -m benchmarks.boards`.

Plain engine.io over WebSocket, spoken by hand: a full client would need more of the processor
than the server does. Like a browser each offers permessage-deflate, unless told not to. A line
of JSON brings port and cookies, each later line asks what has been seen since the last.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
import time
import zlib
from typing import Any

OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
TAIL = b"\x00\x00\xff\xff"
TEXT, CLOSE, PING = 1, 8, 9


class Board(asyncio.Protocol):
    """One connected screen, which notes when it first saw each called number."""

    def __init__(self, headers: str, wish: dict[str, Any], event: str) -> None:
        self._headers = headers
        self._wish = wish
        self._event = f'42["{event}",'.encode()
        self._buffer = bytearray()
        self._upgraded = False
        self._inflate: Any = None
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.messages: list[tuple[int, bytes]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        request = (
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n{self._headers}\r\n"
        )
        transport.write(request.encode())

    def data_received(self, data: bytes) -> None:
        """Take frames apart as they come."""
        now = time.monotonic_ns()
        self._buffer += data
        if not self._upgraded:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self._fail(head.decode(errors="replace"))
                return
            self._upgraded, self._buffer = True, rest
            if b"permessage-deflate" in head.lower():
                self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        while (frame := self._next_frame()) is not None:
            self._frame(*frame, now)

    def _next_frame(self) -> tuple[int, bool, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, at = buffer[1] & 127, 2
        if size >= 126:
            at = 4 if size == 126 else 10
            if len(buffer) < at:
                return None
            size = int.from_bytes(buffer[2:at])
        if len(buffer) < at + size:
            return None
        body = bytes(buffer[at : at + size])
        squeezed, opcode = bool(buffer[0] & 64), buffer[0] & 15
        del buffer[: at + size]
        return opcode, squeezed, body

    def _frame(self, opcode: int, squeezed: bool, body: bytes, now: int) -> None:
        if opcode == PING:
            self._send(0x80 | 10, body)
            return
        if opcode != TEXT:
            if opcode == CLOSE:
                self._fail("closed by the server")
            return
        if squeezed:
            body = self._inflate.decompress(body + TAIL)
        if body.startswith(self._event):
            self.messages.append((now, body))
            if not self.ready.done():
                self.ready.set_result(None)
        elif body.startswith(b"0"):
            self._send(0x81, b"40" + json.dumps(self._wish).encode())
        elif body == b"2":
            self._send(0x81, b"3")
        elif body.startswith(b"44"):
            self._fail(body.decode())

    def _send(self, first: int, body: bytes) -> None:
        # a client must mask; a mask of zeros leaves the bytes as they are
        assert len(body) < 126
        self._transport.write(bytes([first, 0x80 | len(body), 0, 0, 0, 0]) + body)

    def connection_lost(self, error: Exception | None) -> None:
        """Nobody may leave while it is measured."""
        self._fail("connection lost")

    def _fail(self, why: str) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError(why))
        else:
            self.messages.append((time.monotonic_ns(), b""))


def numbers_in(state: dict[str, Any]) -> list[str]:
    """The called numbers that a board's state shows, or those at the counters of an overview."""
    held = [one["ticket"] for one in state.get("counters", ()) if one.get("ticket")]
    return [one["number"] for one in (*state.get("calls", ()), *held)]


def seen(boards: list[Board]) -> dict[str, Any]:
    """For each called number: on how many boards it was seen, first and last, in ns."""
    read: dict[bytes, list[str]] = {}
    found: dict[str, list[int]] = {}
    lost = size = 0
    for board in boards:
        known: set[str] = set()
        for at, body in board.messages:
            if not body:
                lost += 1
                continue
            if body not in read:
                read[body] = numbers_in(json.loads(body[2:])[1])
            size = max(size, len(body))
            for number in read[body]:
                if number not in known:
                    known.add(number)
                    count, first, last = found.get(number, (0, at, at))
                    found[number] = [count + 1, min(first, at), max(last, at)]
    return {"seen": found, "lost": lost, "bytes": size}


async def run() -> None:
    """Connect all, say so, and answer until standard input ends."""
    loop = asyncio.get_running_loop()
    plan = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    boards: list[Board] = []
    for screen in plan["screens"]:
        headers = screen["headers"] + (OFFER if plan["deflate"] else "")
        _, board = await loop.create_connection(
            lambda h=headers, s=screen: Board(h, s["wish"], s["wish"]["surface"]),  # type: ignore[misc]
            "127.0.0.1",
            plan["port"],
        )
        boards.append(board)
        await asyncio.wait_for(board.ready, 30)
    print(json.dumps("ready"), flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(seen(boards)), flush=True)


if __name__ == "__main__":
    asyncio.run(run())
