"""A clock that had run ahead and is set right: nothing waits for the moment it had been."""

from pathlib import Path

import pytest

from queueing.refusals import Refused
from queueing.store.jobs import Jobs
from tests.support.branch import House, add_printer, clock
from tests.support.door import PASSWORD, open_door


@pytest.fixture
def paper(house: House) -> Jobs:
    add_printer(house)
    house.issue()
    return Jobs(house.store)


def test_a_paper_put_back_before_is_printed_now(house: House, paper: Jobs) -> None:
    job = paper.claim(1, "a", 15)
    assert job is not None
    paper.put_back(job.id, "a", "paper_out", 2)
    clock(house).forward(days=-1)
    assert paper.claim(1, "a", 15) is not None


@pytest.mark.parametrize(("begun", "becomes"), [(False, "queued"), (True, "unknown")])
def test_what_a_dead_process_held_is_freed(
    house: House, paper: Jobs, begun: bool, becomes: str
) -> None:
    job = paper.claim(1, "dead", 15)
    assert job is not None
    if begun:
        paper.sending(job.id, "dead", 60)
    clock(house).forward(days=-1)
    assert paper.recover(1) == 1
    assert house.sql("SELECT state FROM print_job") == [(becomes,)]


def test_a_pause_and_a_lease_of_seconds_are_kept_to(house: House, paper: Jobs) -> None:
    job = paper.claim(1, "a", 60)
    assert job is not None
    clock(house).forward(seconds=-90)
    assert paper.recover(1) == 0
    paper.put_back(job.id, "a", "paper_out", 30)
    assert paper.claim(1, "a", 15) is None


def test_nobody_is_kept_out_until_then(tmp_path: Path) -> None:
    door = open_door(tmp_path)
    identity = door.room.identity
    identity.officers.add(door.system, "thuy", "Thủy", "officer", PASSWORD)
    for _ in range(6):
        with pytest.raises(Refused):
            identity.sign_in(1, "thuy", "không phải mật khẩu", "192.168.1.7")
    with pytest.raises(Refused, match="too_many_tries"):
        identity.sign_in(1, "thuy", PASSWORD, "192.168.1.7")
    door.clock.forward(days=-300)
    assert identity.sign_in(1, "thuy", PASSWORD, "192.168.1.7")
