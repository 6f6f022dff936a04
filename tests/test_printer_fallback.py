"""A printer in trouble: who takes its papers over, what it says unasked, and its roll."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from printer.worker import Rhythm
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store.printer_setup import (
    make_default,
    new_roll,
    remove_printer,
    set_fallback,
    set_roll,
)
from queueing.store.printers import USUAL_MM, Printer, place_for, well_one
from tests.support.print_room import PrintRoom
from tests.support.socket_printer import SocketPrinter
from tests.support.waiting import eventually

ADMIN = Actor(1, Role.ADMIN)
WATCHFUL = Rhythm(poll=0.02, refresh=0.05, first_retry=0.05, last_retry=0.1, look=0.05)
LAZY = Rhythm(poll=0.02, refresh=0.05, first_retry=0.05, last_retry=0.1, look=3600)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[PrintRoom]:
    with PrintRoom(tmp_path) as made:
        yield made


@pytest.fixture
def second() -> Iterator[SocketPrinter]:
    with SocketPrinter() as one:
        yield one


def pair(room: PrintRoom, second: SocketPrinter) -> tuple[Printer, Printer]:
    """Two printers, the second of which takes over from the first."""
    other = room.add_printer(second.address)
    set_fallback(room.store, ADMIN, room.printer.name, other.name)
    return room.printers()[0], other


def kinds(room: PrintRoom) -> list[str]:
    with room.store.reading() as db:
        return [row[0] for row in db.execute("SELECT kind FROM event ORDER BY seq")]


def known(room: PrintRoom, at: int = 0) -> Printer:
    return room.printers()[at]


@pytest.mark.parametrize("fault", ["paper_out", "cover_open", "error", "mute"])
def test_what_one_cannot_print_comes_out_of_the_other(
    room: PrintRoom, second: SocketPrinter, fault: str
) -> None:
    first, other = pair(room, second)
    setattr(room.paper.condition, fault, True)
    jobs = [room.add_job(first) for _ in range(3)]
    room.start(rhythm=LAZY)
    for job in jobs:
        assert room.settled(job) == ("printed", None)
        assert room.job(job).printer_id == other.id
    assert len(second.wait_for(3)) == 3
    assert room.paper.papers() == []
    assert kinds(room).count("print_moved") == 3
    assert known(room).trouble == fault


def test_a_paper_that_may_have_come_out_moves_nowhere(
    room: PrintRoom, second: SocketPrinter
) -> None:
    first, _ = pair(room, second)
    room.paper.turns = [(9000, "reset")]
    job = room.add_job(first)
    room.start(rhythm=LAZY)
    assert room.settled(job) == ("unknown", "reset")
    assert room.job(job).printer_id == first.id
    assert second.papers() == []


def test_new_papers_go_to_the_well_one_and_back_when_it_is_well_again(
    room: PrintRoom, second: SocketPrinter
) -> None:
    first, other = pair(room, second)
    room.paper.condition.paper_out = True
    room.start(rhythm=WATCHFUL)
    eventually(lambda: known(room).trouble == "paper_out", why="it is asked without a job")
    with room.store.reading() as db:
        wanted = place_for(db, 1, None)
    assert wanted is not None
    assert (wanted.printer.id, wanted.moved_from) == (other.id, first.id)
    room.paper.condition.paper_out = False
    eventually(lambda: known(room).trouble is None, why="it is well again")
    with room.store.reading() as db:
        wanted = place_for(db, 1, None)
    assert wanted is not None
    assert (wanted.printer.id, wanted.moved_from) == (first.id, None)


def test_two_that_take_over_from_each_other_wait_when_both_are_empty(
    room: PrintRoom, second: SocketPrinter
) -> None:
    first, other = pair(room, second)
    set_fallback(room.store, ADMIN, other.name, first.name)
    room.paper.condition.paper_out = second.condition.paper_out = True
    job = room.add_job(first)
    room.start(rhythm=WATCHFUL)
    eventually(lambda: all(one.trouble for one in room.printers()), why="both are empty")
    assert room.state(job)[0] == "queued"
    second.condition.paper_out = False
    assert room.settled(job) == ("printed", None)
    assert len(second.wait_for(1)) == 1


def test_a_test_slip_stays_at_the_printer_it_is_to_test(
    room: PrintRoom, second: SocketPrinter
) -> None:
    first, _ = pair(room, second)
    room.paper.condition.cover_open = True
    words = {"v": 1, "language": "vi", "branch": "Điểm", "local": "08:00"}
    job = room.add_job(first, kind="test", words=words)
    room.start(rhythm=LAZY)
    room.waits(job, "cover_open")
    assert room.job(job).printer_id == first.id


def test_the_chosen_one_is_the_first_well_one_along_the_line() -> None:
    def one(number: int, then: int | None, trouble: str | None) -> Printer:
        name = str(number)
        return Printer(
            number, 1, name, "dummy", "", 576, False, True, True, trouble, fallback_id=then
        )

    every = [one(1, 2, "mute"), one(2, 3, "paper_out"), one(3, 1, None), one(4, 9, "mute")]
    assert [well_one(every, wanted).id for wanted in every] == [3, 3, 3, 4]
    ring = [one(1, 2, "mute"), one(2, 1, "mute")]
    assert [well_one(ring, wanted).id for wanted in ring] == [1, 2]


def test_it_is_asked_though_nothing_is_printed_and_told_once(room: PrintRoom) -> None:
    room.start(rhythm=WATCHFUL)
    room.paper.condition.near_end = True
    eventually(lambda: known(room).near_end, why="the near end is known")
    asked = len(room.paper.questions)
    eventually(lambda: len(room.paper.questions) > asked + 8, why="it is asked again")
    assert kinds(room).count("printer_said") == 1
    assert known(room).trouble is None


def test_a_printer_that_is_well_again_prints_what_waited_at_once(room: PrintRoom) -> None:
    slow = Rhythm(poll=0.02, refresh=0.05, first_retry=3600, last_retry=3600, look=0.05)
    room.paper.condition.cover_open = True
    job = room.add_job()
    room.start(rhythm=slow)
    room.waits(job, "cover_open")
    room.paper.condition.cover_open = False
    assert room.settled(job) == ("printed", None)


def test_paper_is_counted_and_a_new_roll_noticed(room: PrintRoom) -> None:
    set_roll(room.store, ADMIN, room.printer.name, 1.0)
    assert known(room).tickets_left == 1000 // USUAL_MM
    job = room.add_job()
    room.start(rhythm=WATCHFUL)
    room.settled(job)
    length = known(room).used_mm
    # the slip's picture, and what is fed to the cutter
    assert length == pytest.approx(room.paper.wait_for(1)[0].height * 25.4 / 203 + 14, abs=1)
    assert known(room).tickets_left == int((1000 - length) / length)
    room.paper.condition.paper_out = True
    eventually(lambda: known(room).trouble == "paper_out", why="it ran out")
    assert known(room).used_mm == length
    room.paper.condition.paper_out = False
    eventually(lambda: known(room).used_mm == 0, why="a roll was put in")
    assert known(room).roll_at is not None


def test_opening_the_cover_of_a_full_printer_is_no_new_roll(room: PrintRoom) -> None:
    set_roll(room.store, ADMIN, room.printer.name, 80)
    job = room.add_job()
    room.start(rhythm=WATCHFUL)
    room.settled(job)
    room.paper.condition.cover_open = True
    eventually(lambda: known(room).trouble == "cover_open", why="it is open")
    room.paper.condition.cover_open = False
    eventually(lambda: known(room).trouble is None, why="it is closed")
    assert known(room).used_mm > 0


def test_a_roll_may_be_said_to_be_new(room: PrintRoom) -> None:
    job = room.add_job()
    room.start(rhythm=LAZY)
    room.settled(job)
    assert known(room).tickets_left is None, "not counted"
    set_roll(room.store, ADMIN, room.printer.name, 50)
    new_roll(room.store, ADMIN, room.printer.name)
    assert known(room).used_mm == 0
    assert kinds(room)[-1] == "paper_changed"


@pytest.mark.parametrize("metres", [0.0, 0.9, 501.0, -3.0])
def test_a_roll_that_is_none(room: PrintRoom, metres: float) -> None:
    with pytest.raises(Refused, match="roll_invalid"):
        set_roll(room.store, ADMIN, room.printer.name, metres)


def test_who_takes_over_must_be_there_and_another(room: PrintRoom, second: SocketPrinter) -> None:
    first, other = pair(room, second)
    for name in (first.name, "Nowhere"):
        with pytest.raises(Refused):
            set_fallback(room.store, ADMIN, first.name, name)
    assert known(room).fallback_id == other.id
    make_default(room.store, ADMIN, other.name)
    assert known(room).id == other.id
    remove_printer(room.store, ADMIN, other.name)
    assert (known(room).id, known(room).is_default) == (first.id, True)
    assert known(room).fallback_id is None
