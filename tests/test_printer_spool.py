"""The spool, with real jobs in SQLite and a printer on a real socket."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from printer.paper import saved_papers
from printer.spool import Spool, spool_for
from printer.transport import Transport
from printer.trial import trial_content
from printer.worker import NORMAL, Rhythm
from queueing.store import Store
from queueing.store.jobs import Jobs
from queueing.store.printers import Printer
from tests.support.print_room import PrintRoom, impatient, patient
from tests.support.slips import URL
from tests.support.waiting import eventually


@pytest.fixture
def room(tmp_path: Path) -> Iterator[PrintRoom]:
    with PrintRoom(tmp_path) as made:
        yield made


def test_it_prints_a_job_and_says_so(room: PrintRoom) -> None:
    job = room.add_job()
    room.start()
    assert room.settled(job) == ("printed", None)
    room.paper.wait_for(1)
    assert room.paper.codes() == [URL]


def test_it_starts_nothing_before_it_is_told_to(room: PrintRoom) -> None:
    job = room.add_job()
    spool = Spool(room.jobs, room.printers, impatient)
    spool.wake()
    spool.stop()
    assert room.state(job) == ("queued", None)


def test_a_job_of_another_process_is_found(room: PrintRoom) -> None:
    room.start(rhythm=NORMAL)
    job = room.add_job()
    eventually(lambda: room.state(job)[0] != "queued", within_s=5)
    assert room.settled(job) == ("printed", None)


def test_a_wake_prints_at_once(room: PrintRoom) -> None:
    first = room.add_job()
    spool = room.start(rhythm=Rhythm(poll=60))
    room.settled(first)
    for _ in range(5):
        job = room.add_job()
        spool.wake()
        # long before it would look by itself
        eventually(lambda job=job: room.state(job)[0] == "printed", within_s=20)  # type: ignore[misc]


def test_papers_come_in_the_order_of_the_tickets(room: PrintRoom) -> None:
    urls = [f"http://box/t/{n}" for n in range(6)]
    for url in urls:
        room.add_job(url=url)
    room.start()
    room.paper.wait_for(6)
    assert room.paper.codes() == urls


def test_a_second_paper_bears_the_mark(room: PrintRoom) -> None:
    room.add_job()
    room.add_job(copy=1)
    room.start()
    first, again = room.paper.wait_for(2)
    assert first.getpixel((2, 2)) == 255
    assert again.getpixel((2, 2)) == 0


def test_the_test_slip_prints(room: PrintRoom) -> None:
    words = trial_content("Điểm Phục vụ hành chính công xã mẫu", "09:42 · 23/11/2026")
    job = room.add_job(kind="test", words=words)
    room.start()
    assert room.settled(job) == ("printed", None)


def test_a_slow_printer_is_waited_for(room: PrintRoom) -> None:
    room.paper.pause = 0.005
    job = room.add_job()
    room.start(patient)
    assert room.settled(job) == ("printed", None)


def test_what_a_dead_process_had_claimed_is_printed_and_what_it_was_sending_is_unknown(
    room: PrintRoom,
) -> None:
    sending = room.add_job()
    assert room.jobs.claim(room.printer.id, "dead", 0.01)
    assert room.jobs.sending(sending, "dead", 0.01)
    time.sleep(0.02)
    room.start()
    assert room.settled(sending) == ("unknown", "lease_lost")
    assert room.paper.papers() == []


def test_what_a_dead_process_had_only_claimed_is_printed(room: PrintRoom) -> None:
    job = room.add_job()
    assert room.jobs.claim(room.printer.id, "dead", 0.01)
    time.sleep(0.02)
    room.start()
    assert room.settled(job) == ("printed", None)


def test_nothing_is_sent_once_the_lease_is_lost(room: PrintRoom) -> None:
    def connect(one: Printer) -> Transport:
        # another process takes the job over while this one still looks for the printer
        with room.store.writing() as db:
            db.execute("UPDATE print_job SET owner = 'other', lease_until = '9999'")
        return impatient(one)

    job = room.add_job()
    room.start(connect)
    eventually(lambda: room.paper.connections, why="the end of the attempt")
    assert room.paper.questions[:4] == [1, 4, 2, 3]
    assert room.state(job)[0] == "claimed"
    assert room.paper.papers() == []


def test_two_processes_on_one_file_print_each_slip_once(room: PrintRoom) -> None:
    urls = {f"http://box/t/{n:03d}" for n in range(20)}
    for url in sorted(urls):
        room.add_job(url=url)
    second = Store(room.store.path)
    room.start(patient)
    room.start(patient, Jobs(second))
    room.paper.wait_for(20, within_s=30)
    assert sorted(room.paper.codes()) == sorted(urls)
    second.close()


def test_a_printer_added_or_moved_while_it_runs_is_taken_up(room: PrintRoom) -> None:
    room.start()
    job = room.add_job(room.add_printer("127.0.0.1:1"))
    room.waits(job, "refused")
    with room.store.writing() as db:
        db.execute("UPDATE printer SET address = ?", (room.paper.address,))
    assert room.settled(job) == ("printed", None)


def test_stopping_lets_the_paper_being_printed_finish(room: PrintRoom) -> None:
    room.paper.pause = 0.003
    job = room.add_job()
    spool = room.start(patient)
    eventually(lambda: room.state(job)[0] == "sending")
    waiting = room.add_job()
    spool.stop()
    assert room.state(job) == ("printed", None)
    assert room.state(waiting) == ("queued", None)


def test_a_stores_own_spool_prints_on_the_virtual_printer(room: PrintRoom, tmp_path: Path) -> None:
    job = room.add_job(room.add_printer("papers", "virtual"))
    spool = spool_for(room.store, tmp_path)
    spool.start()
    try:
        assert room.settled(job) == ("printed", None)
    finally:
        spool.stop()
    assert len(saved_papers(tmp_path / "papers")) == 1
