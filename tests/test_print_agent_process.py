"""`denluot print-agent` as a process of its own, beside a real server: paired, killed, started."""

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.api import Api, token
from tests.support.server import DENLUOT, Server, clean_environment, denluot
from tests.support.socket_printer import SocketPrinter
from tests.support.waiting import eventually


@dataclass
class Computer:
    """The kiosk's own computer: a folder, a printer, and the agent's process."""

    url: str
    folder: Path
    paper: SocketPrinter
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def output(self) -> str:
        """What the agent has said so far."""
        return (self.folder / "log").read_text(encoding="utf-8")

    def start(self, *more: str) -> None:
        """Start the agent."""
        command = [DENLUOT, "print-agent", "--server", self.url, "--data", self.folder]
        with (self.folder / "log").open("ab") as out:
            self.processes.append(
                subprocess.Popen(
                    [*command, "--network", self.paper.address, *more],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    env=clean_environment(),
                )
            )

    def end(self, how: signal.Signals) -> int:
        """End the agent's process by a signal; its exit code."""
        os.kill(self.processes[-1].pid, how)
        return self.processes[-1].wait(15)


@pytest.fixture
def served(sample_data: Path, server: Callable[..., Server]) -> Server:
    return server(sample_data)


@pytest.fixture
def computer(served: Server, tmp_path: Path) -> Iterator[Computer]:
    folder = tmp_path / "there"
    folder.mkdir()
    with SocketPrinter() as paper:
        made = Computer(served.url, folder, paper)
        yield made
        for process in made.processes:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait(10)


@pytest.fixture
def kiosk(served: Server) -> Api:
    return Api(served.port, token(served.data, "kiosk"))


def invite(served: Server) -> str:
    said = denluot("printer", "invite", "--name", "Máy in sảnh", "--data", served.data).stdout
    return said.split()[0]


def take(kiosk: Api) -> str:
    reply = kiosk.post("/tickets", {"service": "ho-tich"})
    assert reply.status == 201, reply
    return str(reply.body["number"])


def printed(served: Server) -> list[str]:
    listed = denluot("printer", "list", "--data", served.data).stdout
    return listed.splitlines()


def test_paired_by_a_code_killed_and_started_again(
    served: Server, computer: Computer, kiosk: Api
) -> None:
    computer.start("--code", invite(served))
    eventually(lambda: "as “Máy in sảnh”" in computer.output, within_s=20, why="it is paired")
    assert printed(served) == [f"* Máy in sảnh: agent network {computer.paper.address}, 576 dots"]
    with kiosk:
        take(kiosk)
        computer.paper.wait_for(1)
        computer.end(signal.SIGKILL)
        take(kiosk)
        # its place and what it printed are on its disk: no code any more
        computer.start()
        computer.paper.wait_for(2)
        assert computer.end(signal.SIGTERM) == 0
    assert (computer.folder / "agent" / "token.json").stat().st_mode & 0o077 == 0
    assert len(computer.paper.papers()) == 2


def test_paired_by_showing_a_code(served: Server, computer: Computer) -> None:
    computer.start()
    shown = eventually(
        lambda: re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", computer.output), within_s=20, why="a code"
    )
    assert shown is not None
    denluot("pair", shown[0], "--name", "Ki-ốt 2", "--data", served.data)
    eventually(lambda: "as “Ki-ốt 2”" in computer.output, within_s=20, why="it is paired")


def test_the_server_may_be_started_anew(
    served: Server, computer: Computer, kiosk: Api, server: Callable[..., Server]
) -> None:
    computer.start("--code", invite(served))
    eventually(lambda: "as “Máy in sảnh”" in computer.output, within_s=20, why="it is paired")
    served.kill()
    eventually(lambda: "does not answer" in computer.output, within_s=30, why="it notices")
    server(served.data, port=served.port)
    with kiosk:
        take(kiosk)
        computer.paper.wait_for(1, within_s=30)


@pytest.mark.parametrize(("code", "words"), [("AAAA", "not a pairing code"), ("CCCC-CCCC", "code")])
def test_a_code_that_is_none_is_refused(
    served: Server, computer: Computer, code: str, words: str
) -> None:
    computer.start("--code", code)
    assert computer.processes[-1].wait(20) in (1, 2)
    assert words in computer.output


def test_a_server_that_is_not_there_is_said_to_be_away(computer: Computer) -> None:
    computer.url = "http://127.0.0.1:9"
    computer.start("--code", "CCCC-CCCC")
    assert computer.processes[-1].wait(20) == 1
    assert "does not answer" in computer.output
