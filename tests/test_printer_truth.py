"""What a review of the printing's truth found: each of these once went wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from printer.escpos import encode, recovery
from printer.files import DummyTransport
from printer.paper import decode
from printer.slip import draw_trial, trial_content
from printer.status import Status
from printer.transport import TransportError
from printer.worker import Rhythm
from queueing.people import Actor, Role
from queueing.store.printer_setup import remove_printer, set_fallback, set_roll
from queueing.store.upkeep import fresh_epoch
from tests.support.print_room import PrintRoom
from tests.support.waiting import eventually

ADMIN = Actor(1, Role.ADMIN)
LAZY = Rhythm(poll=0.02, refresh=0.05, first_retry=0.05, last_retry=0.1, look=3600)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[PrintRoom]:
    with PrintRoom(tmp_path) as made:
        yield made


def sql(room: PrintRoom, statement: str, *values: object) -> list[tuple[object, ...]]:
    with room.store.writing() as db:
        return [tuple(row) for row in db.execute(statement, values)]


def trouble(room: PrintRoom, printer_id: int, cause: str | None) -> None:
    room.jobs.note(printer_id, cause, near_end=False)


def home_of(room: PrintRoom, job: int) -> int:
    return room.job(job).printer_id


def test_what_a_backup_held_on_its_way_never_comes_out_again_unmarked(
    room: PrintRoom, tmp_path: Path
) -> None:
    jobs = [room.add_job() for _ in range(3)]
    assert room.jobs.claim(room.printer.id, "one", 30) is not None
    fresh_epoch(tmp_path / "queue.sqlite3")
    assert [room.state(job) for job in jobs] == [("unknown", "restored")] * 3
    assert room.jobs.claim(room.printer.id, "two", 30) is None


def test_a_late_word_on_an_earlier_claim_is_not_taken_for_this_one(room: PrintRoom) -> None:
    job = room.add_job()
    first = room.jobs.claim(room.printer.id, "agent", 30)
    assert first is not None
    assert room.jobs.put_back(job, "agent", "mute", 0, first.attempts)
    second = room.jobs.claim(room.printer.id, "agent", 30)
    assert second is not None
    assert room.jobs.sending(job, "agent", 60, second.attempts)
    # the same word again, repeated because its answer was slow
    assert not room.jobs.put_back(job, "agent", "mute", 0, first.attempts)
    assert not room.jobs.sending(job, "agent", 60, first.attempts)
    assert not room.jobs.settle(job, "agent", "failed", "error", attempt=first.attempts)
    assert room.state(job) == ("sending", "mute")
    assert room.jobs.settle(job, "agent", "printed", attempt=second.attempts)


def test_the_one_who_was_sending_puts_right_what_was_given_up(room: PrintRoom) -> None:
    job = room.add_job()
    assert room.jobs.claim(room.printer.id, "slow", 30) is not None
    assert room.jobs.sending(job, "slow", -1)
    room.jobs.recover_all()
    assert room.state(job) == ("unknown", "lease_lost")
    assert not room.jobs.settle(job, "another", "printed")
    assert room.jobs.settle(job, "slow", "printed", length_mm=90)
    assert room.state(job) == ("printed", None)
    assert room.printers()[0].used_mm == 90


def test_one_that_cannot_be_asked_is_tried_again_after_an_error(room: PrintRoom) -> None:
    ways = {room.printer.id: DummyTransport()}
    other = room.add_printer("x", "dummy")
    ways[other.id] = DummyTransport()
    set_fallback(room.store, ADMIN, room.printer.name, other.name)
    ways[room.printer.id].unreachable = "error"
    job = room.add_job()
    hasty = Rhythm(poll=0.02, refresh=0.05, first_retry=0.05, last_retry=0.1, look=0.2)
    room.start(lambda printer: ways[printer.id], rhythm=hasty)
    assert room.settled(job) == ("printed", None)
    assert home_of(room, job) == other.id
    ways[room.printer.id].unreachable = None
    eventually(lambda: room.printers()[0].trouble is None, why="it is given another chance")


def test_a_paper_put_back_with_the_same_cause_still_moves(room: PrintRoom) -> None:
    other = room.add_printer("x", "dummy")
    job = room.add_job()
    assert room.jobs.claim(room.printer.id, "one", 30) is not None
    assert room.jobs.put_back(job, "one", "mute", 0)
    assert room.jobs.claim(room.printer.id, "one", 30) is not None
    set_fallback(room.store, ADMIN, room.printer.name, other.name)
    assert home_of(room, job) == room.printer.id, "it is being tried"
    assert room.jobs.put_back(job, "one", "mute", 0)
    assert home_of(room, job) == other.id
    assert room.state(job) == ("queued", None), "what kept it there says nothing of the other"


def test_a_paper_whose_worker_died_moves_too(room: PrintRoom) -> None:
    other = room.add_printer("x", "dummy")
    job = room.add_job()
    assert room.jobs.claim(room.printer.id, "dead", -1) is not None
    set_fallback(room.store, ADMIN, room.printer.name, other.name)
    trouble(room, room.printer.id, "mute")
    room.jobs.recover_all()
    assert home_of(room, job) == other.id


def test_papers_go_home_when_who_took_over_breaks_and_home_is_well(room: PrintRoom) -> None:
    other = room.add_printer("x", "dummy")
    set_fallback(room.store, ADMIN, room.printer.name, other.name)
    trouble(room, room.printer.id, "paper_out")
    moved, own = room.add_job(), room.add_job(other)
    trouble(room, room.printer.id, "mute")
    assert home_of(room, moved) == other.id
    trouble(room, other.id, "cover_open")
    trouble(room, room.printer.id, None)
    assert home_of(room, moved) == room.printer.id
    assert home_of(room, own) == other.id, "it was meant for that one"


def test_a_removed_printers_papers_come_out_where_they_can(room: PrintRoom) -> None:
    other = room.add_printer("x", "dummy")
    set_fallback(room.store, ADMIN, room.printer.name, other.name)
    job = room.add_job()
    remove_printer(room.store, ADMIN, room.printer.id)
    assert home_of(room, job) == other.id
    last = room.add_job(other)
    remove_printer(room.store, ADMIN, other.id)
    assert [room.state(one) for one in (job, last)] == [("failed", "removed")] * 2
    assert sql(room, "SELECT count(*) FROM event WHERE kind = 'print_failed'") == [(2,)]


def test_what_a_removed_printer_was_sending_comes_to_an_end(room: PrintRoom) -> None:
    job = room.add_job()
    assert room.jobs.claim(room.printer.id, "dead", 30) is not None
    assert room.jobs.sending(job, "dead", -1)
    remove_printer(room.store, ADMIN, room.printer.id)
    room.start(rhythm=LAZY)
    assert room.settled(job) == ("unknown", "lease_lost")


def test_the_roll_that_is_in_when_counting_begins_counts_as_full(room: PrintRoom) -> None:
    sql(room, "UPDATE printer SET used_mm = 500000, used_papers = 5000")
    set_roll(room.store, ADMIN, room.printer.id, 80)
    assert room.printers()[0].tickets_left == 80_000 // 110
    set_roll(room.store, ADMIN, room.printer.id, 50)
    assert room.printers()[0].tickets_left == 50_000 // 110


def test_recovering_reads_only_what_is_on_its_way(room: PrintRoom) -> None:
    from queueing.store.lost_jobs import _FOUND

    plan = sql(room, f"EXPLAIN QUERY PLAN {_FOUND}", 1, "x", "y")
    assert any("print_job_due" in str(row[-1]) for row in plan), plan
    assert not any(str(row[-1]) == "SCAN j" for row in plan), plan


class Half(DummyTransport):
    """A printer that breaks off in the middle once, and keeps every byte."""

    def __init__(self) -> None:
        super().__init__()
        self.breaks = True
        self.bytes = b""

    def send(self, data: bytes) -> None:
        """Take half, or all."""
        self.bytes += data[: len(data) // 2] if self.breaks else data
        if self.breaks:
            self.breaks = False
            raise TransportError("reset", len(data) // 2)


def test_after_half_a_paper_the_next_one_is_whole(room: PrintRoom) -> None:
    way = Half()
    half, whole = room.add_job(number="A001"), room.add_job(number="A002")
    third = room.add_job(number="A003")
    room.start(lambda printer: way, rhythm=LAZY)
    assert room.settled(third) == ("printed", None)
    assert [room.state(one)[0] for one in (half, whole)] == ["unknown", "printed"]
    # every dot that the broken band may still wait for, and no more than once
    assert way.bytes.count(recovery(cut=True)) == 1
    end = way.bytes.index(recovery(cut=True)) + len(recovery(cut=True))
    assert len(decode(way.bytes[end:])) == 2


def test_bringing_a_printer_out_of_nothing_does_no_harm() -> None:
    slip = encode(draw_trial(trial_content("Điểm", "08:00"), 384), cut=True)
    papers = decode(recovery(cut=True) + slip + recovery(cut=False))
    assert len(papers) == 1


def test_a_fault_while_bringing_it_out_sends_nothing_of_the_slip(room: PrintRoom) -> None:
    class Stuck(DummyTransport):
        def send(self, data: bytes) -> None:
            raise TransportError("mute", 100)

    sql(room, "UPDATE printer SET half_sent = 1")
    job = room.add_job()
    room.start(lambda printer: Stuck(), rhythm=LAZY)
    room.waits(job, "mute")
    assert room.job(job).state == "queued"


def test_a_slow_printer_is_given_the_time_to_print_before_it_counts_as_mute(
    room: PrintRoom,
) -> None:
    asked: list[float] = []

    class Patient(DummyTransport):
        def status(self, extra_s: float = 0.0) -> Status:
            asked.append(extra_s)
            return Status()

    job = room.add_job()
    room.start(lambda printer: Patient(), rhythm=LAZY)
    assert room.settled(job) == ("printed", None)
    before, after = asked[-2:]
    assert before == 0
    assert after == pytest.approx(sql(room, "SELECT length_mm FROM print_job")[0][0] / 50)  # type: ignore[operator]
