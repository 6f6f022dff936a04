"""From the touch to the paper: how long until a slip's last byte is at its printer."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from itertools import pairwise

from benchmarks.bench import Bench
from benchmarks.figures import Table, percentile
from benchmarks.house import SERVICES, SYSTEM, House, serving
from printer.escpos import encode
from printer.slip import SlipContent, draw
from queueing.store import Store
from queueing.store.printer_setup import add_printer
from tests.support.api import Api
from tests.support.slips import content
from tests.support.waiting import eventually

CUT = b"\x1dVB"
WELL = 0x12
ONE_BY_ONE, BURST, DRAWN = 60, 60, 100


class Sink:
    """A printer that is always well and takes bytes at once; it notes when each cut arrives."""

    def __init__(self) -> None:
        self.cut_at: list[float] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Accept no more."""
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._door.accept()
                with line, contextlib.suppress(OSError):
                    self._take(line)

    def _take(self, line: socket.socket) -> None:
        tail = b""
        while chunk := line.recv(65_536):
            tail = (tail + chunk)[-8:]
            # the cut is the picture's last command; a question may come right behind it
            if CUT in tail:
                self.cut_at.append(time.monotonic())
            if tail[-3:-1] == b"\x10\x04":
                line.sendall(bytes((WELL,)))
            if CUT in tail or tail[-3:-1] == b"\x10\x04":
                tail = b""


@contextlib.contextmanager
def printing(bench: Bench, name: str) -> Iterator[tuple[House, Sink]]:
    """A served branch whose printer is a sink."""
    house, sink = bench.fresh(name), Sink()
    store = Store(house.file)
    address = f"127.0.0.1:{sink.port}"
    add_printer(store, SYSTEM, name="paper", transport="network", address=address, width=576)
    store.close()
    try:
        with serving(house):
            yield house, sink
    finally:
        sink.close()


def take(api: Api, turn: int) -> float:
    """Take a number; when the request was sent."""
    begun = time.monotonic()
    reply = api.post("/tickets", {"service": SERVICES[turn % len(SERVICES)]})
    assert reply.status == 201, reply
    return begun


def one_by_one(house: House, sink: Sink, count: int) -> list[float]:
    """Seconds from each request to its slip's cut, the next taken when the last is out."""
    found = []
    with Api(house.port, house.kiosk) as api:
        for turn in range(count):
            before = len(sink.cut_at)
            begun = take(api, turn)
            eventually(lambda n=before: len(sink.cut_at) > n, every_s=0.001, why="a slip")  # type: ignore[misc]
            found.append(sink.cut_at[before] - begun)
            time.sleep(0.1)
    return found


def burst(house: House, sink: Sink, count: int, every_s: float) -> list[float]:
    """The same for numbers taken at a steady pace whatever the printer does."""
    before, sent = len(sink.cut_at), []
    with Api(house.port, house.kiosk) as api:
        due = time.monotonic()
        for turn in range(count):
            time.sleep(max(0.0, due - time.monotonic()))
            sent.append(take(api, turn))
            due += every_s
    wanted = before + count
    eventually(lambda: len(sink.cut_at) >= wanted, within_s=120, why="every slip")
    # papers come out in the order of the numbers
    return [cut - begun for begun, cut in zip(sent, sink.cut_at[before:], strict=True)]


def drawing(width: int, count: int) -> tuple[list[float], int]:
    """Seconds to draw and encode slips of different numbers, and the bytes of the last."""
    found, size = [], 0
    for turn in range(count):
        slip = SlipContent.from_json(content(number=f"A{turn + 1:03}", ahead=turn))
        begun = time.perf_counter()
        size = len(encode(draw(slip, width), cut=True))
        found.append(time.perf_counter() - begun)
    return found[1:], size


def run(bench: Bench) -> list[Table]:
    """Measure drawing, single slips, a busy minute and sixty at once."""
    small = bench.scale.rounds == 1
    count = 5 if small else ONE_BY_ONE
    table = Table("From the touch to the paper", ("what", "p50", "p99", "most", "note"))

    def row(what: str, samples: list[float], note: str = "") -> None:
        ms = [1000 * one for one in samples]
        cells = (percentile(ms, 0.5), percentile(ms, 0.99), max(ms))
        table.add(what, *(f"{one:.1f} ms" for one in cells), note)

    for width in (576, 384):
        samples, size = drawing(width, 5 if small else DRAWN)
        row(f"drawing and encoding, {width} dots", samples, f"{size / 1000:.0f} kB")
    with printing(bench, "paper") as (house, sink):
        row("one slip at a time", one_by_one(house, sink, count))
        pace = 0.05 if small else 1.0
        row("60 in a minute on one printer", burst(house, sink, 5 if small else BURST, pace))
        begun = len(sink.cut_at)
        row("60 as fast as one kiosk can", burst(house, sink, 5 if small else BURST, 0.0))
        gaps = [later - sooner for sooner, later in pairwise(sink.cut_at[begun:])]
        row("from one of these to the next", gaps, "the spool's own pace")
    table.notes.append(
        "From before the request is sent to the arrival of the cut at a printer that is always"
        " well and takes bytes at once: a real one adds its own 100 to 300 mm a second. Each slip"
        " has its connection and eight questions."
    )
    return [table]
