import subprocess
import sys
from collections import Counter as Tally
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from queueing.clock import utc_now
from queueing.people import Actor, Role
from queueing.refusals import Refused
from tests.support.branch import House, add_printer, small_branch

THREADS, EACH = 16, 25


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = small_branch(tmp_path, utc_now)
    yield house
    house.check()
    house.store.close()


def labels(count: int, prefix: str = "A") -> list[str]:
    return [f"{prefix}{n:03d}" for n in range(1, count + 1)]


def writer(house: House, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.writer", str(house.store.path.parent)]
        + [str(argument) for argument in arguments],
        stdout=subprocess.PIPE,
        text=True,
    )


def printed(processes: list[subprocess.Popen[str]]) -> list[str]:
    lines: list[str] = []
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        lines += out.split()
    return lines


def test_threads_give_out_every_number_once(house: House) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        issued = list(pool.map(lambda _: house.issue().label, range(THREADS * EACH)))
    assert sorted(issued) == labels(THREADS * EACH)


def test_processes_give_out_every_number_once_and_each_has_one_paper(house: House) -> None:
    add_printer(house)
    others = [writer(house, "issue", 50) for _ in range(3)]
    with ThreadPoolExecutor(4) as pool:
        mine = list(pool.map(lambda _: house.issue().label, range(50)))
    assert sorted(mine + printed(others)) == labels(200)
    assert house.sql("SELECT count(*), count(DISTINCT ticket_id) FROM print_job") == [(200, 200)]


def test_no_ticket_is_called_to_two_counters_by_threads(house: House) -> None:
    for _ in range(120):
        house.issue()

    def work(number: int) -> list[str]:
        token = Actor(1, Role.OFFICER, token_id=number)
        house.operations.open(token, number)
        called = []
        while (found := house.operations.call_next(token, number)) is not None:
            called.append(found.ticket.label)
        return called

    house.sql(
        "INSERT INTO api_token (id, branch_id, name, role, token_hash, created_at)"
        " VALUES (1, 1, 'a', 'officer', 'a', ''), (2, 1, 'b', 'officer', 'b', '')"
    )
    with ThreadPoolExecutor(2) as pool:
        calls = [label for found in pool.map(work, (1, 2)) for label in found]
    assert sorted(calls) == labels(120)


def test_no_ticket_is_called_to_two_counters_by_processes(house: House) -> None:
    for _ in range(120):
        house.issue()
    calls = printed([writer(house, "call", 1, 1), writer(house, "call", 2, 2)])
    assert Tally(calls) == dict.fromkeys(labels(120), 1)


def test_two_officers_who_press_at_once_get_one_ticket_and_nobody(house: House) -> None:
    for _ in range(20):
        house.issue()
        house.operations.open(house.hoa, 1)
        house.operations.open(house.nam, 2)
        with ThreadPoolExecutor(2) as pool:
            found = list(
                pool.map(
                    lambda who: house.operations.call_next(*who),
                    [(house.hoa, 1), (house.nam, 2)],
                )
            )
        assert sum(one is not None for one in found) == 1
        for actor, number in ((house.hoa, 1), (house.nam, 2)):
            if house.counter(number).ticket_id is not None:
                house.operations.finish(actor, number)


def test_two_officers_who_sit_down_at_once_do_not_share_a_counter(house: House) -> None:
    for _ in range(20):
        results = []
        with ThreadPoolExecutor(2) as pool:
            for future in [
                pool.submit(house.operations.open, a, 1) for a in (house.hoa, house.nam)
            ]:
                try:
                    results.append(future.result().state)
                except Refused as refusal:
                    results.append(refusal.code)
        assert sorted(results) == ["counter_taken", "open"]
        owner = house.hoa if house.counter(1).officer_id == 1 else house.nam
        house.operations.close(owner, 1)


def test_a_holder_who_leaves_while_being_called_leaves_no_counter_behind(house: House) -> None:
    house.operations.open(house.hoa, 1)
    for _ in range(20):
        ticket = house.issue()
        with ThreadPoolExecutor(2) as pool:
            calling = pool.submit(house.operations.call_next, house.hoa, 1)
            pool.submit(house.operations.cancel, house.holder(ticket), ticket.id).result()
            calling.result()
        assert house.ticket(ticket).state == "cancelled"
        assert house.counter(1).ticket_id is None
