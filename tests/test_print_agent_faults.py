"""A print agent among faults: nothing ends it but the server's own no, and no paper is lost."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from printer.agent import Setup
from printer.agent_journal import SENDING, Entry, Journal
from printer.agent_link import Bell, Link, LinkLostError, LinkRefusedError
from printer.escpos import recovery
from printer.transport import Transport, TransportError
from printer.wire import Patience
from tests.support.agents import Cut, Elsewhere
from tests.support.citizens import Hall
from tests.support.door import serving_door
from tests.support.socket_printer import SocketPrinter
from tests.support.waiting import eventually

PRINTED = ("printed", None)
UNKNOWN_PRINTER = LinkRefusedError("unknown_printer", 404, "")


@pytest.fixture
def there(hall: Hall, free_port: Callable[[], int], tmp_path: Path) -> Iterator[Elsewhere]:
    port = free_port()
    with serving_door(hall.door, port), SocketPrinter(remembers=True) as paper:
        made = Elsewhere(hall, f"http://127.0.0.1:{port}", tmp_path / "agent", paper)
        made.pair()
        yield made
        made.stop()


def words(cut: Cut, kind: str) -> list[object]:
    """The attempts named in the words of one kind."""
    return [(body or {}).get("attempt") for last, body, _ in cut.sent if last == kind]


def test_each_word_names_the_attempt_that_it_is_about(there: Elsewhere) -> None:
    cut = Cut(there.link)
    there.paper.condition.cover_open = True
    there.start(there.make(cut))
    there.printer()
    there.hall.take()
    there.wait_for(("queued", "cover_open"))
    there.paper.condition.cover_open = False
    there.wait_for(PRINTED)
    there.stop()
    attempts = [answer["attempt"] for last, _, answer in cut.sent if last == "claim" and answer]
    assert attempts == list(range(1, len(attempts) + 1))
    assert len(attempts) >= 2
    assert words(cut, "result") == attempts
    assert words(cut, "sending") == attempts[-1:]
    (kept,) = [there.journal.find(there.hall.door.room.store.epoch, 1)]
    assert kept is not None
    assert (kept.state, kept.attempt) == ("printed", attempts[-1])


def test_a_journal_of_before_attempts_were_counted_is_readable(tmp_path: Path) -> None:
    old = '{"epoch": "ab", "job": 7, "state": "printed", "cause": null, "length_mm": 9}'
    (tmp_path / "ab-7.json").write_text(old, encoding="utf-8")
    assert Journal(tmp_path).find("ab", 7) == Entry("ab", 7, "printed", None, 9)


def test_a_printer_is_brought_out_of_half_a_paper(there: Elsewhere) -> None:
    there.start()
    there.printer()
    there.paper.turns = [(9000, "reset")]
    there.hall.take()
    there.wait_for(("unknown", "reset"))
    there.paper.turns = []
    url = there.hall.take()["url"]
    there.wait_for(("unknown", "reset"), PRINTED)
    there.paper.wait_for(2)
    assert there.paper.codes() == ["", url]
    there.hall.take()
    there.paper.wait_for(3)
    assert sum(stream.count(recovery(cut=True)) for stream in there.paper.received) == 1


def test_what_fails_while_it_is_brought_out_has_sent_nothing_of_the_next(
    there: Elsewhere,
) -> None:
    tries: list[bytes] = []

    def connect() -> Transport:
        way = there.connect()
        send = way.send

        def fails(data: bytes) -> None:
            tries.append(data)
            if data == recovery(cut=True) and tries.count(data) == 1:
                raise TransportError("mute", 5000)
            send(data)

        way.send = fails  # type: ignore[method-assign]
        return way

    cut = Cut(there.link)
    there.start(there.make(cut, connect))
    there.printer()
    there.paper.turns = [(9000, "reset")]
    there.hall.take()
    there.wait_for(("unknown", "reset"))
    there.paper.turns = []
    there.hall.take()
    there.wait_for(("unknown", "reset"), PRINTED)
    there.stop()
    told = [(body or {}).get("state") for last, body, _ in cut.sent if last == "result"]
    assert told == ["unknown", "queued", "printed"]
    assert tries.count(recovery(cut=True)) == 2


def test_a_spooler_is_given_the_paper_alone(there: Elsewhere) -> None:
    there.start()
    there.printer()
    there.paper.turns = [(9000, "reset")]
    there.hall.take()
    there.wait_for(("unknown", "reset"))
    there.stop()
    there.paper.turns, there.paper.remembers = [], False
    agent = there.make()
    agent._setup = Setup("cups", "phieu", profile="TM-T20II")
    there.start(agent)
    there.hall.take()
    there.wait_for(("unknown", "reset"), PRINTED)
    there.paper.wait_for(1)
    assert recovery(cut=True) not in there.paper.received[-1]


def test_one_that_answers_only_when_it_has_printed_is_given_that_time(there: Elsewhere) -> None:
    there.patience = Patience(connect=2, send=2, slow_answer=1, short_answer=0.5)
    there.paper.busy_s = 1.5
    there.start()
    there.printer()
    there.hall.take()
    there.wait_for(PRINTED)


def test_what_nobody_foresaw_never_ends_it_nor_quotes_a_slip(
    there: Elsewhere, caplog: pytest.LogCaptureFixture
) -> None:
    broken = [True]

    def connect() -> Transport:
        if broken[0]:
            raise ValueError("http://box/t/SecretToken")
        return there.connect()

    there.start(there.make(connect=connect))
    eventually(lambda: there.printer().trouble == "error", why="its trouble is told")
    there.hall.take()
    there.wait_for(("queued", "error"))
    broken[0] = False
    there.wait_for(PRINTED)
    assert "ValueError at" in caplog.text
    assert "SecretToken" not in caplog.text


@pytest.mark.parametrize("where", ["claim", "result", "status"])
def test_one_that_the_server_has_forgotten_introduces_its_printer_again(
    there: Elsewhere, where: str
) -> None:
    cut = Cut(there.link)
    there.start(there.make(cut))
    there.printer()
    cut.refuses[where] = UNKNOWN_PRINTER
    there.hall.take()
    there.wait_for(PRINTED)
    eventually(lambda: len([1 for last, *_ in cut.sent if last == "printer"]) == 2, why="again")
    eventually(lambda: not there.journal.untold(), why="every word is taken")


def test_another_refusal_is_borne(there: Elsewhere, caplog: pytest.LogCaptureFixture) -> None:
    cut = Cut(there.link)
    there.start(there.make(cut))
    there.printer()
    cut.refuses["claim"] = LinkRefusedError("body_invalid", 422, "")
    there.hall.take()
    there.wait_for(PRINTED)
    assert "body_invalid" in caplog.text


def test_a_printer_that_the_server_refuses_ends_it_with_its_words(there: Elsewhere) -> None:
    agent = there.make()
    agent._setup = Setup("usb", "04b8:0e15", profile="POS-5890", width=576)
    with pytest.raises(LinkRefusedError, match="width_not_of_profile"):
        agent.run()


class FullDisk(Journal):
    """A disk on which there is room for one note more."""

    def write(self, entry: Entry) -> None:
        if entry.state != SENDING:
            raise OSError(28, "no room")
        super().write(entry)


def test_an_end_that_was_neither_noted_nor_told_is_unknown(there: Elsewhere) -> None:
    cut = Cut(there.link)
    cut.asks = {"result"}
    agent = there.make(cut)
    agent._journal = FullDisk(there.folder / "jobs")
    there.start(agent)
    there.printer()
    there.hall.take()
    there.paper.wait_for(1)
    cut.asks = set()
    there.wait_for(("unknown", "lease_lost"))


@pytest.mark.parametrize(
    "answer",
    [
        b"what?\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}",
        b"HTTP/1.1 400 X\r\nContent-Length: 99\r\n\r\n{}",
    ],
)
def test_a_server_that_breaks_off_is_one_that_does_not_answer(answer: bytes) -> None:
    def serve(door: socket.socket) -> None:
        line, _ = door.accept()
        with line:
            line.recv(65_536)
            line.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=serve, args=(door,))
        thread.start()
        with pytest.raises(LinkLostError):
            Link(f"http://127.0.0.1:{door.getsockname()[1]}").post("/agent/claim")
        thread.join(5)


def test_nothing_goes_on_trying_after_the_agent_has_stopped() -> None:
    before = set(threading.enumerate())
    bell = Bell(Link("http://127.0.0.1:9", "token"), lambda: None)
    assert bell.start()
    assert set(threading.enumerate()) - before, "it tries in the background"
    bell.stop()
    eventually(lambda: not set(threading.enumerate()) - before, why="its thread has ended")
