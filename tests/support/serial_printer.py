"""A receipt printer at the other end of a serial line: a pseudo-terminal of this computer."""

from __future__ import annotations

import contextlib
import os
import select
import threading
import tty
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from PIL import Image

from printer.paper import decode
from tests.support.socket_printer import Condition


@dataclass
class SerialPrinter:
    """A context with a device to open; `stalls_after` bytes it reads no more."""

    condition: Condition = field(default_factory=Condition)
    stalls_after: int | None = None
    taken: bytearray = field(default_factory=bytearray)
    device: str = ""

    def __enter__(self) -> Self:
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.device = os.ttyname(self._theirs)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._thread.join(5)
        for end in (self._ours, self._theirs):
            with contextlib.suppress(OSError):
                os.close(end)

    def papers(self) -> list[Image.Image]:
        """Return the papers that came out."""
        return decode(bytes(self.taken))

    def say(self, data: bytes) -> None:
        """Send bytes that nobody asked for."""
        os.write(self._ours, data)

    def _serve(self) -> None:
        start = 0
        while not self._stopping.is_set():
            if self.stalls_after is not None and len(self.taken) >= self.stalls_after:
                self._stopping.wait(0.05)
                continue
            if not select.select([self._ours], [], [], 0.02)[0]:
                continue
            self.taken += os.read(self._ours, 512)
            while (at := self.taken.find(b"\x10\x04", start)) >= 0 and at + 2 < len(self.taken):
                start = at + 2
                n = self.taken[start]
                if n in self.condition.answers and not self.condition.mute:
                    os.write(self._ours, bytes((self.condition.answer(n),)))
            start = max(start, len(self.taken) - 2)
