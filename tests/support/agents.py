"""Print agents in the test's own process: a served branch, and an agent with a socket printer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from printer.agent import Agent, Pace, Setup
from printer.agent_journal import Journal
from printer.agent_link import Json, Link, LinkLostError, LinkRefusedError
from printer.network import NetworkTransport
from printer.transport import Transport
from printer.wire import Patience
from queueing.devices import Kind
from queueing.store.printers import Printer, printers
from queueing.store.screens import Placing
from tests.support.citizens import Hall
from tests.support.socket_printer import SocketPrinter
from tests.support.waiting import eventually

QUICK = Pace(look=0.05, look_awake=0.2, status=0.1, retry=0.05)
# long enough for a loaded computer; a test of muteness itself takes a shorter one
PATIENCE = Patience(connect=2, send=2, slow_answer=2, short_answer=0.5)


class Cut(Link):
    """A line on which some requests, or the answers to them, are lost or refused."""

    def __init__(self, link: Link) -> None:
        super().__init__(link.server, link.token)
        self.asks: set[str] = set()
        self.answers: set[str] = set()
        self.refuses: dict[str, LinkRefusedError] = {}  # each once
        self.sent: list[tuple[str, Json | None, Json | None]] = []

    def post(self, path: str, body: Json | None = None) -> Json | None:
        """Send, or lose it on the way there or back."""
        last = path.rpartition("/")[2]
        if last in self.asks:
            raise LinkLostError("cut")
        if last in self.refuses:
            raise self.refuses.pop(last)
        answer = super().post(path, body)
        self.sent.append((last, body, answer))
        if last in self.answers:
            raise LinkLostError("cut")
        return answer


@dataclass
class Elsewhere:
    """A computer with a printer and an agent on it, which may be started again and again."""

    hall: Hall
    url: str
    folder: Path
    paper: SocketPrinter
    token: str = ""
    said: list[str] = field(default_factory=list)
    patience: Patience = PATIENCE
    _agent: Agent | None = None
    _thread: threading.Thread | None = None

    def pair(self, name: str = "Máy in sảnh") -> None:
        """Give it a place at the server."""
        screens = self.hall.door.room.identity.screens
        self.token = screens.add(self.hall.door.system, Kind.AGENT, Placing(name))[1]

    @property
    def link(self) -> Link:
        """A line to the server as this agent."""
        return Link(self.url, self.token)

    @property
    def journal(self) -> Journal:
        """What it has printed."""
        return Journal(self.folder / "jobs")

    def connect(self) -> Transport:
        """Its way to the printer."""
        return NetworkTransport("127.0.0.1", self.paper.port, patience=self.patience)

    def make(
        self, link: Link | None = None, connect: Callable[[], Transport] | None = None
    ) -> Agent:
        """An agent that has not begun."""
        setup = Setup("network", self.paper.address, profile="TM-T20II")
        way = connect or self.connect
        return Agent(link or self.link, self.journal, setup, way, QUICK, self.said.append)

    def start(self, agent: Agent | None = None) -> None:
        """Let an agent work until it is stopped."""
        self._agent = agent or self.make()
        self._thread = threading.Thread(target=self._agent.run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it, after the paper that is being printed."""
        if self._agent is not None and self._thread is not None:
            self._agent.stop()
            self._thread.join(10)
            assert not self._thread.is_alive()
            self._agent = self._thread = None

    def printer(self) -> Printer:
        """The server's printer of this agent, once it has told of it."""
        found = eventually(self._found, why="the agent's printer")
        assert found is not None
        return found

    def _found(self) -> Printer | None:
        with self.hall.door.room.store.reading() as db:
            every = printers(db, 1)
        return next((one for one in every if one.transport == "agent"), None)

    def states(self) -> list[tuple[str, str | None]]:
        """State and cause of every print job, the oldest first."""
        rows = self.hall.sql("SELECT state, cause FROM print_job ORDER BY id")
        return [(str(row[0]), row[1]) for row in rows]

    def wait_for(self, *states: tuple[str, str | None]) -> None:
        """Wait until the print jobs have come to these states."""
        eventually(lambda: self.states() == list(states), why=f"{states}, not {self.states()}")
