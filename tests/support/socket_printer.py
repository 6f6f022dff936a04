"""A network receipt printer of our own: takes ESC/POS on a port and has faults on demand.

Like many real printers it serves one connection at a time, obeys DLE EOT wherever it stands,
inside a picture too, and says nothing of its own accord.
"""

import contextlib
import re
import socket
import struct
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import zxingcpp
from PIL import Image

from printer.paper import NotPaperError, decode
from tests.support.waiting import eventually

# A cut, or a feed, and nothing but questions behind it.
_WHOLE = re.compile(rb"(\x1dVB.|\x1bd.)(\x10\x04.)*\Z", re.DOTALL)


@dataclass
class Condition:
    """How the printer is; a test changes it at any time."""

    near_end: bool = False
    paper_out: bool = False
    cover_open: bool = False
    offline: bool = False
    error: bool = False
    mute: bool = False
    answers: frozenset[int] = frozenset({1, 2, 3, 4})

    def answer(self, n: int) -> int:
        """Return the byte that answers DLE EOT n."""
        bits = {
            1: 0x08 * (self.offline or self.cover_open or self.paper_out or self.error),
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * self.error,
            3: 0x20 * self.error,
            4: 0x0C * (self.near_end or self.paper_out) | 0x60 * self.paper_out,
        }
        return 0x12 | bits[n]


@dataclass
class SocketPrinter:
    """A context that listens on a free port of 127.0.0.1 until it is left.

    `turns` holds (bytes, what): after that many bytes of one connection the condition of that
    name becomes true, or the connection is "reset". `pause` are seconds between reads, `busy_s`
    those before the first answer behind a paper: it prints first what it holds. `buffer` bounds
    what the system takes in its place. One that `remembers` does so over connections, as real
    ones do: when a line breaks inside a band, what comes next is taken for the missing dots.
    """

    condition: Condition = field(default_factory=Condition)
    turns: list[tuple[int, str]] = field(default_factory=list)
    pause: float = 0.0
    busy_s: float = 0.0
    buffer: int = 0
    remembers: bool = False
    greeting: bytes = b""
    port: int = 0
    received: list[bytes] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    connections: int = 0  # ended ones

    def __enter__(self) -> Self:
        self._stopping = False
        self._held = b""  # the paper that has begun and not ended, of one that remembers
        self.listen()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping = True
        self.refuse()

    @property
    def address(self) -> str:
        """Return HOST:PORT."""
        return f"127.0.0.1:{self.port}"

    def listen(self) -> None:
        """Accept connections, again after `refuse` on the same port."""
        self._door = socket.socket()
        self._door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if self.buffer:
            self._door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.buffer)
        self._door.bind(("127.0.0.1", self.port))
        self._door.listen(16)
        self.port = self._door.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, args=(self._door,), daemon=True)
        self._thread.start()

    def refuse(self) -> None:
        """Refuse connections, as a printer does that is starting or held by another host."""
        # shutdown wakes the accepting thread, which close alone does not
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join(5)

    def papers(self) -> list[Image.Image]:
        """Return the papers of all connections that were ended properly, in order.

        A stream that ends before the cut is no paper, but a piece of one.
        """
        whole = [stream for stream in list(self.received) if _WHOLE.search(stream)]
        return [paper for stream in whole for paper in decode(stream)]

    def wait_for(self, count: int, within_s: float = 10.0) -> list[Image.Image]:
        """Wait until so many papers are there, and return them."""
        eventually(
            lambda: len(self.papers()) >= count,
            within_s=within_s,
            why=f"{count} papers at the printer",
        )
        return self.papers()

    def codes(self) -> list[str]:
        """Return what the QR codes of the papers say."""
        return codes(self.papers())

    def _serve(self, door: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = door.accept()
                with line, contextlib.suppress(OSError):
                    self._take(line)
                self.connections += 1

    def _take(self, line: socket.socket) -> None:
        self._now = b""
        try:
            ended = self._listen_to(line)
        except OSError:
            ended = False
        if self.remembers:
            self._go_on(self._now)
        elif ended and len(self._now) > 12:  # more than questions
            self.received.append(self._now)

    def _go_on(self, stream: bytes) -> None:
        """Read a connection's bytes where the last one has left off."""
        self._held += stream
        try:
            decode(self._held)
        except NotPaperError as error:
            if not str(error).startswith("byte"):
                return  # inside a command: more is to come
        if _WHOLE.search(self._held):
            self.received.append(self._held)
            self._held = b""

    def _listen_to(self, line: socket.socket) -> bool:
        """Take a connection's bytes; False when it is broken off."""
        line.settimeout(0.05)
        line.sendall(self.greeting)
        stream, answered = b"", 0
        turns = sorted(self.turns)
        while not self._stopping:
            try:
                chunk = line.recv(1024)
            except TimeoutError:
                continue
            if not chunk:
                break
            stream = self._now = stream + chunk
            while turns and len(stream) >= turns[0][0]:
                what = turns.pop(0)[1]
                if what == "reset":
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return False
                setattr(self.condition, what, True)
            answered = self._answer(line, stream, answered)
            time.sleep(self.pause)
        return True

    def _answer(self, line: socket.socket, stream: bytes, start: int) -> int:
        """Answer the questions from a place on; return the place to look from next time."""
        while (at := stream.find(b"\x10\x04", start)) >= 0 and at + 2 < len(stream):
            start = at + 2
            n = stream[at + 2]
            if n in self.condition.answers:
                self.questions.append(n)
                if not self.condition.mute:
                    behind_paper = at and stream[at - 3 : at - 1] != b"\x10\x04"
                    time.sleep(self.busy_s if behind_paper else 0)
                    line.sendall(bytes((self.condition.answer(n),)))
        return max(start, len(stream) - 2)


def codes(papers: Iterable[Image.Image]) -> list[str]:
    """Read the QR codes of papers, one each; a paper without a readable one gives ""."""
    found = []
    for paper in papers:
        read = zxingcpp.read_barcodes(paper.convert("L"))
        found.append(read[0].text if read else "")
    return found
