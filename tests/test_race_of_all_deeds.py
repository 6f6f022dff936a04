"""Six counters, sixteen citizens and a supervisor, all deeds mixed, all at once.

Whatever happens must be a deed or a refusal in words, never an error; at the end state,
history and counts agree (`House.check`), and nobody is at two counters or two people at one.
"""

import random
import threading
from collections import Counter as Tally
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from queueing.clock import utc_now
from queueing.people import Actor, Role
from queueing.refusals import REFUSALS, Refused
from tests.support.branch import House, small_branch

SERVICES = ("ho-tich", "dat-dai", "tra-ket-qua")
COUNTERS, CITIZENS, ROUNDS = 6, 16, 30


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Give the small branch three more counters and a token for each."""
    house = small_branch(tmp_path, utc_now)
    for number in range(1, COUNTERS + 1):
        house.sql(
            "INSERT INTO api_token (id, branch_id, name, role, token_hash, created_at)"
            " VALUES (?, 1, 'quầy', 'officer', ?, '')",
            number,
            f"hash {number}",
        )
        if number > 3:
            house.sql(
                "INSERT INTO counter (id, branch_id, number) VALUES (?, 1, ?)", number, number
            )
            for service in (1, 2, 3):
                house.sql("INSERT INTO counter_service VALUES (?, ?, 1)", number, service)
    house.set("no_show_returns", "1")
    house.set("postpone_most", "9")
    house.set("rejoin_most", "9")
    return house


class Crowd:
    """Everybody at once; `said` counts what each deed was answered with."""

    def __init__(self, house: House) -> None:
        self.house, self.do = house, house.operations
        self.said: Tally[str] = Tally()
        self.ids: list[int] = []
        self.labels: list[str] = []
        self._lock = threading.Lock()

    def attempt(self, deed: Callable[..., object], *arguments: object, **options: object) -> object:
        try:
            done = deed(*arguments, **options)
        except Refused as refusal:
            with self._lock:
                self.said[refusal.code] += 1
            return None
        with self._lock:
            self.said["done"] += 1
        return done

    def citizen(self, seed: int) -> None:
        luck = random.Random(seed)
        for _ in range(ROUNDS):
            ticket = self.do.issue(
                self.house.kiosk,
                luck.choice(SERVICES),
                priority=luck.choice((None, None, "cao-tuoi")),
            ).ticket
            with self._lock:
                self.ids.append(ticket.id)
                self.labels.append(ticket.label)
            holder = self.house.holder(ticket)
            deed = luck.choice((None, self.do.cancel, self.do.rejoin, self.do.postpone))
            if deed == self.do.postpone:
                self.attempt(deed, holder, ticket.id, luck.randint(1, 5))
            elif deed is not None:
                self.attempt(deed, holder, ticket.id)

    def officer(self, number: int) -> None:
        luck, actor = random.Random(number), Actor(1, Role.OFFICER, token_id=number)
        self.attempt(self.do.open, actor, number)
        for _ in range(ROUNDS * 8):
            self.attempt(*self.choice(luck, actor, number))

    def choice(self, luck: random.Random, actor: Actor, number: int) -> tuple[object, ...]:
        do, other = self.do, luck.randint(1, COUNTERS)
        label = luck.choice(self.labels) if self.labels else "A001"
        ticket = luck.choice(self.ids) if self.ids else 1
        return luck.choice(
            [
                *[(do.call_next, actor, number)] * 5,
                (do.call, actor, number, label),
                (do.recall, actor, number),
                (do.start, actor, number),
                (do.finish, actor, number, "received"),
                (do.no_show, actor, number),
                *[(do.park, actor, number, "chờ")] * 2,
                (do.resume, actor, number, label),
                (do.undo, actor, number),
                (do.undo, actor, number),
                (lambda: do.transfer(actor, number, counter=other),),
                (lambda: do.transfer(actor, number, service=luck.choice(SERVICES)),),
                (lambda: do.finish(actor, number, next_service=luck.choice(SERVICES)),),
                (do.priority, actor, ticket, luck.choice((None, "co-cong"))),
                (do.cancel, actor, ticket),
                (do.pause, actor, number, "break"),
                (do.open, actor, number),
                (lambda: do.open(actor, other, take=True),),
            ]
        )

    def supervisor(self) -> None:
        luck = random.Random(99)
        for _ in range(ROUNDS):
            served = {code: 1 for code in SERVICES if luck.random() < 0.7}
            self.attempt(self.do.assign, self.house.lan, luck.randint(1, COUNTERS), served)
            ticket = luck.choice(self.ids) if self.ids else 1
            self.attempt(
                self.do.transfer_ticket, self.house.lan, ticket, service=luck.choice(SERVICES)
            )
            self.attempt(self.do.correct, self.house.lan, luck.randint(1, 99), outcome="guided")


@pytest.mark.parametrize("policy", ["strict", "interleaved", "accumulating"])
def test_everything_at_once_leaves_everything_in_order(house: House, policy: str) -> None:
    house.set("calling_policy", policy)
    crowd = Crowd(house)
    with ThreadPoolExecutor(COUNTERS + CITIZENS + 1) as pool:
        work = [pool.submit(crowd.citizen, n) for n in range(CITIZENS)]
        work += [pool.submit(crowd.officer, n) for n in range(1, COUNTERS + 1)]
        work.append(pool.submit(crowd.supervisor))
        for one in work:
            one.result()
    house.check()
    assert len(set(crowd.labels)) == len(crowd.labels) == CITIZENS * ROUNDS
    done = set(house.kinds())
    assert {"called", "finished", "parked", "transferred", "undone", "cancelled"} <= done
    assert crowd.said.pop("done") > ROUNDS * COUNTERS
    assert set(crowd.said) <= set(REFUSALS), "every refusal has its words"
    house.store.close()
