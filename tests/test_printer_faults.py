"""Faults of the printer: the job's state and cause are right, and no paper comes twice."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from printer.files import DummyTransport
from printer.network import NetworkTransport, host_and_port
from printer.status import Status
from printer.transport import Transport
from printer.wire import Patience
from queueing.store.printers import Printer
from tests.support.print_room import PrintRoom, hasty, impatient
from tests.support.socket_printer import Condition, SocketPrinter
from tests.support.waiting import eventually


@pytest.fixture
def room(tmp_path: Path) -> Iterator[PrintRoom]:
    with PrintRoom(tmp_path) as made:
        yield made


def test_a_near_end_is_printed_with_a_warning(room: PrintRoom) -> None:
    room.paper.condition.near_end = True
    job = room.add_job()
    room.start()
    assert room.settled(job) == ("printed", "paper_near_end")


def test_a_roll_that_ends_inside_the_last_slip_is_noticed(room: PrintRoom) -> None:
    room.paper.condition.near_end = True
    job = room.add_job()
    room.start()
    eventually(lambda: len(room.paper.questions) >= 8, why="the status at once after sending")
    room.paper.condition.paper_out = True
    assert room.settled(job) == ("unknown", "paper_out")


@pytest.mark.parametrize("fault", ["paper_out", "cover_open", "mute", "offline", "error"])
def test_a_fault_before_the_first_byte_keeps_the_job_until_it_is_mended(
    room: PrintRoom, fault: str
) -> None:
    setattr(room.paper.condition, fault, True)
    job = room.add_job()
    room.start(hasty if fault == "mute" else impatient)
    room.waits(job, fault)
    assert room.paper.papers() == []
    setattr(room.paper.condition, fault, False)
    assert room.settled(job) == ("printed", None)
    assert len(room.paper.wait_for(1)) == 1


def test_a_refused_connection_keeps_the_job_until_the_printer_is_back(room: PrintRoom) -> None:
    room.paper.refuse()
    job = room.add_job()
    room.start()
    room.waits(job, "refused")
    room.paper.listen()
    assert room.settled(job) == ("printed", None)
    assert len(room.paper.wait_for(1)) == 1


def test_a_reset_in_the_middle_makes_the_job_unknown_and_it_is_not_printed_again(
    room: PrintRoom,
) -> None:
    room.paper.turns = [(8_000, "reset")]
    job = room.add_job()
    room.start()
    assert room.settled(job) == ("unknown", "reset")
    room.paper.turns = []
    later = room.add_job(url="http://box/t/later")
    assert room.settled(later) == ("printed", None)
    room.paper.wait_for(1)
    assert room.paper.codes() == ["http://box/t/later"]


@pytest.mark.parametrize("fault", ["paper_out", "cover_open", "mute"])
def test_a_fault_in_the_middle_makes_the_job_unknown_with_its_cause(
    room: PrintRoom, fault: str
) -> None:
    room.paper.turns = [(8_000, fault)]
    job = room.add_job()
    room.start(hasty if fault == "mute" else impatient)
    assert room.settled(job) == ("unknown", fault)


def test_a_mute_printer_does_not_delay_another(room: PrintRoom) -> None:
    with SocketPrinter(condition=Condition(mute=True)) as mute:
        asked = [room.add_job(room.add_printer(mute.address)) for _ in range(3)]
        job = room.add_job(room.add_printer(room.paper.address))
        endless = Patience(slow_answer=100)
        room.start(lambda p: NetworkTransport(*host_and_port(p.address), patience=endless))
        assert room.settled(job) == ("printed", None)
        eventually(
            lambda: [room.state(one) for one in asked] == [("claimed", None)] * 3,
            why="they are still being asked",
        )


def test_what_cannot_be_drawn_fails_and_its_secret_is_not_logged(
    room: PrintRoom, caplog: pytest.LogCaptureFixture
) -> None:
    bad = room.add_job(url="ftp://box/t/SecretToken")
    good = room.add_job()
    with caplog.at_level(logging.DEBUG):
        room.start()
        assert room.settled(bad) == ("failed", "error")
        assert room.settled(good) == ("printed", None)
    assert "cannot be drawn" in caplog.text
    assert "SecretToken" not in caplog.text


def test_a_transport_that_breaks_never_ends_the_worker(
    room: PrintRoom, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []

    def connect(one: Printer) -> Transport:
        tries.append(one)
        if len(tries) < 3:
            raise RuntimeError("http://box/t/SecretToken")
        return impatient(one)

    job = room.add_job()
    room.start(connect)
    assert room.settled(job) == ("printed", None)
    assert room.job(job).attempts == 3
    assert "SecretToken" not in caplog.text


def test_a_failure_after_some_bytes_makes_the_job_unknown(room: PrintRoom) -> None:
    broken = DummyTransport()
    broken.fails_after = 5
    job = room.add_job(room.add_printer("", "dummy"))
    room.start(lambda _: broken)
    assert room.settled(job) == ("unknown", "reset")


def test_a_failure_before_the_first_byte_keeps_the_job(room: PrintRoom) -> None:
    broken = DummyTransport()
    broken.fails_after = 0
    job = room.add_job(room.add_printer("", "dummy"))
    room.start(lambda _: broken)
    room.waits(job, "reset")
    broken.fails_after = None
    assert room.settled(job) == ("printed", None)
    assert len(broken.papers) == 1


class BreaksAfterSending(NetworkTransport):
    """A transport that fails in a way nobody foresaw once the paper is out."""

    sent = False

    def send(self, data: bytes) -> None:
        """Send, and remember."""
        super().send(data)
        self.sent = True

    def status(self, extra_s: float = 0.0) -> Status:
        """Break when it matters."""
        if self.sent:
            raise ZeroDivisionError
        return super().status(extra_s)


def test_an_unforeseen_error_after_the_first_byte_makes_the_job_unknown(room: PrintRoom) -> None:
    job = room.add_job()
    room.start(lambda p: BreaksAfterSending(*host_and_port(p.address)))
    assert room.settled(job) == ("unknown", "error")
    assert len(room.paper.wait_for(1)) == 1
