"""A branch to measure: its folder, its server, and the secrets of those who use it."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boards.setup import BoardSetup
from queueing import setup
from queueing.branchfile import SAMPLE, load
from queueing.devices import Kind
from queueing.operations import Operations
from queueing.people import Actor, Role
from queueing.store import Store
from queueing.store.board_setup import save_board_setup
from queueing.store.core import FILE_NAME
from queueing.store.identity import Identity
from queueing.store.printer_setup import add_printer
from queueing.store.screens import Placing
from tests.support.ports import free_port
from tests.support.server import DENLUOT, Server, clean_environment
from tests.support.waiting import eventually
from web.access import DEVICE_COOKIES

COUNTERS = 6
BOARDS = 200
SERVICES = ("ho-tich", "cu-tru", "dat-dai", "lao-dong", "kinh-doanh", "tra-ket-qua", "truc-tuyen")
SYSTEM = Actor(1, Role.SYSTEM)
_WAITING = (
    "SELECT ticket.id FROM ticket JOIN service ON service.id = ticket.service_id"
    " WHERE ticket.state = 'waiting' AND service.code = ? ORDER BY ticket.id"
)


@dataclass
class House:
    """A sample branch in a folder, without a printer as `setup --sample` leaves it."""

    name: str
    folder: Path
    kiosk: str = ""
    officers: list[str] = field(default_factory=list)
    boards: list[str] = field(default_factory=list)
    supervisor: str = ""
    server: Server | None = None

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / FILE_NAME

    @property
    def port(self) -> int:
        """Where its server listens."""
        assert self.server is not None
        return self.server.port

    def kiosks(self, count: int) -> list[dict[str, Any]]:
        """So many clients that take tickets."""
        return [{"token": self.kiosk, "services": SERVICES} for _ in range(count)]

    def callers(self) -> list[dict[str, Any]]:
        """One client a counter, each with its own officer's token."""
        return [
            {"token": token, "services": SERVICES, "counter": number}
            for number, token in enumerate(self.officers, 1)
        ]

    def screens(self, count: int) -> list[dict[str, Any]]:
        """So many boards, each a device of its own, for `benchmarks.boards`."""
        cookie = DEVICE_COOKIES[Role.BOARD]
        return [
            {"headers": f"Cookie: {cookie}={secret}\r\n", "wish": {"surface": "board"}}
            for secret in self.boards[:count]
        ]

    def overviews(self, count: int) -> list[dict[str, Any]]:
        """So many supervisors' overviews, for `benchmarks.boards`."""
        headers = f"Authorization: Bearer {self.supervisor}\r\n"
        return [{"headers": headers, "wish": {"surface": "overview"}}] * count

    def queue(self, each: int) -> None:
        """Let exactly so many wait for each service: more take a number, or the last ones leave."""
        store = Store(self.file)
        deeds, kiosk = Operations(store), Actor(1, Role.KIOSK)
        for service in SERVICES:
            with store.reading() as db:
                waiting = [row[0] for row in db.execute(_WAITING, (service,))]
            for _ in range(each - len(waiting)):
                deeds.issue(kiosk, service)
            for ticket in waiting[each:]:
                deeds.cancel(Actor(1, Role.SUPERVISOR), ticket)
        store.close()

    def fill(self, count: int) -> None:
        """Let so many people take a number, as another process writing the same file."""
        store = Store(self.file)
        deeds, kiosk = Operations(store), Actor(1, Role.KIOSK)
        for turn in range(count):
            deeds.issue(kiosk, SERVICES[turn % len(SERVICES)])
        store.close()

    def furnish(self, setup: BoardSetup) -> None:
        """Put this beside the calls on its boards."""
        store = Store(self.file)
        save_board_setup(store, SYSTEM, setup.as_json())
        store.close()

    def reading(self) -> contextlib.closing[sqlite3.Connection]:
        """The database, for looking only."""
        return contextlib.closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True))


def build(name: str, folder: Path) -> House:
    """A sample branch at work: counters open, some visits finished so that waits are known."""
    folder.mkdir()
    store = Store(folder)
    setup.apply(store, load(SAMPLE))
    identity = Identity(store)
    house = House(name, folder)
    house.kiosk = identity.create_token(SYSTEM, "kiosk", "kiosk")[1]
    for number in range(1, COUNTERS + 1):
        _token, secret = identity.create_token(SYSTEM, f"officer {number}", "officer")
        house.officers.append(secret)
    house.supervisor = identity.create_token(SYSTEM, "supervisor", "supervisor")[1]
    for number in range(BOARDS):
        placing = Placing(f"board {number}")
        house.boards.append(identity.screens.add(SYSTEM, Kind.BOARD, placing)[1])
    store.close()
    return house


def begin_day(house: House) -> None:
    """Open every counter and let a first hundred people be served."""
    store = Store(house.file)
    deeds = Operations(store)
    tokens = {token.name: token.id for token in Identity(store).tokens(1)}
    kiosk = Actor(1, Role.KIOSK)
    for turn in range(140):
        deeds.issue(kiosk, SERVICES[turn % len(SERVICES)])
    for number in range(1, COUNTERS + 1):
        officer = Actor(1, Role.OFFICER, token_id=tokens[f"officer {number}"])
        deeds.open(officer, number)
        for _ in range(15):
            deeds.call_next(officer, number)
    store.close()


def add_paper(house: House) -> None:
    """Give the branch a printer that takes every slip at once; it must still be drawn."""
    store = Store(house.file)
    add_printer(store, SYSTEM, name="paper", transport="dummy", address="-", width=576)
    store.close()


def copy(house: House, name: str, folder: Path) -> House:
    """The same branch, secrets and all, in another folder. Its server must not run."""
    folder.mkdir()
    with contextlib.closing(sqlite3.connect(house.file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(house.file, folder / FILE_NAME)
    return House(name, folder, house.kiosk, house.officers, house.boards, house.supervisor)


@contextlib.contextmanager
def serving(house: House, runner: tuple[str, ...] = ()) -> Iterator[House]:
    """Serve a house by `denluot serve`, or by a runner of the comparison; ends its server."""
    port = free_port()
    command = [str(DENLUOT), "serve"]
    if runner:
        command = [sys.executable, "-m", "benchmarks.runner", *runner]
    log = house.folder / "server.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [*command, "--data", str(house.folder), "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=clean_environment(),
            start_new_session=True,
        )
    house.server = Server(house.folder, port, log, process)
    try:
        eventually(house.server.is_healthy, within_s=60, why=f"{house.name} answers /healthz")
        time.sleep(0.5)
        yield house
    finally:
        house.server.stop()
        house.server = None
