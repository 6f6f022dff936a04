"""500 numbers by 16 clients while the printer refuses, stalls, runs out and resets at random.

It keeps half a paper in mind over connections, as real ones do. Whatever happens: every job
comes to a true end, every paper's number exists, and no number is on two papers without the
reprint mark.
"""

import random
import threading
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from printer.network import NetworkTransport
from printer.spool import Spool
from printer.transport import Transport
from printer.wire import NORMAL, Patience
from printer.worker import Rhythm
from queueing.store.jobs import Jobs
from queueing.store.printer_setup import add_printer
from queueing.store.printers import Printer, printers
from tests.support.api import Api
from tests.support.citizens import Hall
from tests.support.door import serving_door
from tests.support.socket_printer import SocketPrinter, codes
from tests.support.waiting import eventually

NUMBERS, CLIENTS = 500, 16
SEED = 1
ENDS = {"printed", "failed", "unknown"}
RHYTHM = Rhythm(poll=0.02, refresh=0.1, first_retry=0.02, last_retry=0.1, look=0.2)
PATIENCE = Patience(connect=0.3, send=0.2, slow_answer=0.15, short_answer=0.05)
FAULTS = ("paper_out", "cover_open", "near_end", "error", "offline", "mute")


@pytest.fixture
def paper() -> Iterator[SocketPrinter]:
    # a buffer so small that a stall is felt before the slip's end
    with SocketPrinter(remembers=True, buffer=4096) as one:
        yield one


class Trouble(threading.Thread):
    """Lets something happen to a printer, now this and now that, until told to stop."""

    def __init__(self, paper: SocketPrinter, seed: int) -> None:
        super().__init__(daemon=True)
        self.paper = paper
        self.chance = random.Random(seed)
        self.over = threading.Event()
        self.happened: Tally[str] = Tally()

    def run(self) -> None:
        """One trouble after another, with a well time after each."""
        while not self.over.is_set():
            what = self.chance.choice((*FAULTS, "refuse", "reset", "stall", "runs_out"))
            self.happened[what] += 1
            if what in FAULTS:
                self._condition(what)
            else:
                getattr(self, f"_{what}")()
            self.over.wait(self.chance.uniform(0.1, 0.4))
        self.paper.turns, self.paper.pause = [], 0.0

    def _condition(self, name: str) -> None:
        setattr(self.paper.condition, name, True)
        self.over.wait(self.chance.uniform(0.05, 0.3))
        setattr(self.paper.condition, name, False)

    def _refuse(self) -> None:
        self.paper.refuse()
        self.over.wait(self.chance.uniform(0.05, 0.3))
        self.paper.listen()

    def _reset(self) -> None:
        self.paper.turns = [(self.chance.randrange(13, 50_000), "reset")]
        self.over.wait(0.2)
        self.paper.turns = []

    def _stall(self) -> None:
        self.paper.pause = 0.3
        self.over.wait(self.chance.uniform(0.2, 0.6))
        self.paper.pause = 0.0

    def _runs_out(self) -> None:
        self.paper.turns = [(self.chance.randrange(13, 50_000), "paper_out")]
        self.over.wait(0.2)
        self.paper.turns = []
        self._condition("paper_out")


class Connector:
    """Ways to the printer: hurried ones while there is trouble, patient ones when it is over."""

    patience = PATIENCE

    def __call__(self, printer: Printer) -> Transport:
        host, _, port = printer.address.rpartition(":")
        return NetworkTransport(host, int(port), patience=self.patience)


def take_all(hall: Hall, port: int) -> None:
    """Sixteen clients take the numbers as fast as they can."""
    secret = hall.door.token("kiosk")
    share = [NUMBERS // CLIENTS + (at < NUMBERS % CLIENTS) for at in range(CLIENTS)]

    def client(count: int) -> None:
        with Api(port, secret) as api:
            for _ in range(count):
                reply = api.post("/tickets", {"service": "ho-tich"})
                assert reply.status == 201, reply

    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(client, share))


def is_marked(paper: Image.Image) -> bool:
    """A reprint has a black bar over its whole width at the top."""
    return all(paper.getpixel((x, 2)) == 0 for x in range(0, paper.width, 40))


def tokens_of(hall: Hall) -> dict[str, int]:
    return {token: ticket for ticket, token in hall.sql("SELECT id, token FROM ticket")}


# 500 papers through a printer in trouble: 44 s on two quiet cores
@pytest.mark.timeout(400)
def test_in_all_trouble_the_truth_is_kept(
    hall: Hall, paper: SocketPrinter, free_port: Callable[[], int]
) -> None:
    store, system = hall.door.room.store, hall.door.system
    # the app's own spool would wait seconds for a mute printer: a hurried one takes its place
    jobs = Jobs(store)

    def every() -> list[Printer]:
        with store.reading() as db:
            return printers(db, 1)

    add_printer(store, system, name="Máy in", transport="network", address=paper.address, width=384)
    connect = Connector()
    spool = Spool(jobs, every, connect, rhythm=RHYTHM)
    trouble = Trouble(paper, SEED)
    port = free_port()
    with serving_door(hall.door, port):
        spool.start()
        trouble.start()
        take_all(hall, port)

        def ended() -> bool:
            return not hall.sql("SELECT 1 FROM print_job WHERE state NOT IN ('printed', 'unknown')")

        # some of them in trouble, the rest in peace
        eventually(
            lambda: hall.sql("SELECT count(*) FROM print_job WHERE settled_at > ''")[0][0] > 150,
            within_s=100,
            why="the papers in trouble",
        )
        trouble.over.set()
        trouble.join(10)
        connect.patience = NORMAL
        eventually(ended, within_s=100, why="every job comes to an end")

        lost = check_first_papers(hall, paper)
        assert lost, f"nothing happened: {trouble.happened}"

        # what nobody can be sure of is printed again by an officer, and says so
        officer = hall.officer()
        for ticket in lost:
            hall.door.room.operations.reprint(officer, ticket)
        # the printer is well by now: all of them come out
        eventually(
            lambda: not hall.sql("SELECT 1 FROM print_job WHERE copy > 0 AND state != 'printed'"),
            within_s=60,
            why="the reprints",
        )
        eventually(
            lambda: sum(map(is_marked, paper.papers())) == len(lost),
            every_s=0.5,
            why="the reprints' papers",
        )
        spool.stop()
    plain = [one for one in paper.papers() if not is_marked(one)]
    assert max(Tally(filter(None, codes(plain))).values()) == 1


def check_first_papers(hall: Hall, paper: SocketPrinter) -> list[int]:
    """Compare what is told of each job with what is on paper; the tickets nobody is sure of."""
    states = dict(hall.sql("SELECT ticket_id, state FROM print_job"))
    assert len(states) == NUMBERS
    first = on_paper(hall, paper)
    assert max(Tally(first).values()) == 1, "no number on two papers"
    assert {n for n, state in states.items() if state == "printed"} <= set(first)
    assert {states[n] for n in first} <= {"printed", "unknown"}
    return [n for n, state in states.items() if state == "unknown"]


def on_paper(hall: Hall, paper: SocketPrinter) -> list[int]:
    """The tickets whose code is on a paper; every code must be a ticket's. Pieces may have none."""
    known = tokens_of(hall)
    read = [text.rpartition("/t/")[2] for text in codes(paper.papers()) if text]
    assert set(read) <= set(known), "every paper's number exists"
    return [known[token] for token in read]
