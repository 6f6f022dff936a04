"""The three calling rules: examples by hand, and properties over random rooms of people."""

import random
from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queueing.calling import Candidate, Choice, Policy, choose
from queueing.texts import why

MINUTE = 60


def one(label: str, *, rank: int = 0, place: int, waited: int = 0, **more: object) -> Candidate:
    number = int(label[1:])
    return Candidate(number, number, label, 1, rank, place, waited, **more)  # type: ignore[arg-type]


def chosen(candidates: list[Candidate], policy: Policy | None = None) -> Choice:
    found = choose(candidates, policy or Policy())
    assert found is not None
    return found


def test_nobody_means_nobody() -> None:
    assert choose([]) is None


def test_strict_calls_the_higher_class_however_long_others_waited() -> None:
    found = chosen([one("A1", place=1, waited=3600), one("A2", rank=1, place=2, waited=5)])
    assert (found.candidate.label, found.why["rule"]) == ("A2", "priority")


def test_interleaved_calls_one_priority_and_then_n_ordinary() -> None:
    ordinary = deque(one(f"A{n}", place=n) for n in range(1, 9))
    privileged = deque(one(f"B{n}", rank=1, place=n) for n in range(11, 14))
    owed, order = 0, ""
    while ordinary and privileged:
        found = chosen([ordinary[0], privileged[0]], Policy("interleaved", 3, owed))
        owed = found.owed
        (ordinary if found.candidate.rank == 0 else privileged).popleft()
        order += found.candidate.label[0]
    assert order == "BAAABAAAB"


def test_interleaved_owes_nothing_while_no_ordinary_ticket_waits() -> None:
    found = chosen([one("B1", rank=1, place=1)], Policy("interleaved", 3, 3))
    assert found.candidate.label == "B1"


def test_accumulating_compares_credit_and_says_so() -> None:
    people = [
        one("A1", place=1, waited=10 * MINUTE),
        one("B2", rank=1, place=2, waited=6 * MINUTE),
    ]
    found = chosen(people, Policy("accumulating", credits={1: 2.0}))
    assert found.candidate.label == "B2"
    assert why(found.why, "en") == "longest credit: 2.0 × 6 min > 1.0 × 10 min"
    assert "2.0 × 6" in why(found.why, "vi")
    later = chosen(people, Policy("accumulating", credits={1: 1.5}))
    assert later.candidate.label == "A1"


def test_a_promised_time_comes_before_everything() -> None:
    people = [one("A1", rank=2, place=1, waited=900), one("A2", place=9, due=True)]
    for name in ("strict", "interleaved", "accumulating"):
        assert chosen(people, Policy(name)).candidate.label == "A2"


def test_own_services_come_before_those_a_counter_helps_with() -> None:
    helped = Candidate(1, 1, "B1", 2, 3, 1, 9999)
    for name in ("strict", "interleaved", "accumulating"):
        found = chosen([helped, one("A2", place=5)], Policy(name))
        assert (found.candidate.label, found.why["rule"]) == ("A2", "own_service")


RULES = st.sampled_from(["strict", "interleaved", "accumulating"])
PEOPLE = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 10**6),
        st.integers(1, 10**6),
        st.just("A1"),
        st.integers(1, 3),
        st.integers(0, 3),
        st.integers(1, 50),
        st.integers(0, 7200),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda person: person.visit_id,
)


@given(PEOPLE, RULES, st.integers(0, 5), st.randoms(use_true_random=False))
def test_the_order_in_which_candidates_are_handed_over_changes_nothing(
    people: list[Candidate], rule: str, owed: int, luck: random.Random
) -> None:
    policy = Policy(rule, 3, owed, {1: 1.5, 2: 2.0, 3: 4.0})
    shuffled = people[:]
    luck.shuffle(shuffled)
    assert choose(people, policy) == choose(shuffled, policy)


class Room:
    """One queue with an endless stream of priority people, served one a minute."""

    def __init__(self, policy: str, seed: int) -> None:
        self.luck = random.Random(seed)
        self.policy, self.owed, self.now, self.number = policy, 0, 0, 0
        self.waiting: dict[int, deque[tuple[int, int]]] = {0: deque(), 1: deque(), 2: deque()}

    def arrive(self, rank: int) -> int:
        self.number += 1
        self.waiting[rank].append((self.number, self.now))
        return self.number

    def call(self) -> tuple[int, int]:
        """Call the next; (number, rank)."""
        heads = [
            Candidate(line[0][0], line[0][0], "A1", 1, rank, line[0][0], self.now - line[0][1])
            for rank, line in self.waiting.items()
            if line
        ]
        found = chosen(heads, Policy(self.policy, 3, self.owed, {1: 2.0, 2: 3.0}))
        self.owed = found.owed
        return self.waiting[found.candidate.rank].popleft()[0], found.candidate.rank


@pytest.mark.parametrize("policy", ["interleaved", "accumulating"])
@pytest.mark.parametrize(
    ("mine", "others", "most"),
    [
        # before it at most those who were there, and of later ones no more than the rule lets
        # pass: one of four calls, or three times its own wait
        (0, (1, 2), 60),
        (1, (2,), 60),
        # a queue that three classes share: the own one by a part of every fourth call
        (1, (0, 2), 150),
        (1, (0, 0, 2), 150),
    ],
)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_no_class_starves_however_many_have_a_higher_one(
    policy: str, mine: int, others: tuple[int, ...], most: int, seed: int
) -> None:
    room = Room(policy, seed)
    for _ in range(room.luck.randint(0, 10)):
        room.arrive(room.luck.choice((0, 1, 2)))
    number = room.arrive(mine)
    for calls in range(1, 400):
        room.now += MINUTE
        room.arrive(room.luck.choice(others))
        if room.call()[0] == number:
            assert calls <= most
            return
    raise AssertionError("never called")


@pytest.mark.parametrize("policy", ["strict", "interleaved", "accumulating"])
@given(seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_within_a_class_who_came_first_is_called_first(policy: str, seed: int) -> None:
    room = Room(policy, seed)
    called: dict[int, list[int]] = {0: [], 1: [], 2: []}
    for _ in range(80):
        room.now += room.luck.randint(0, 90)
        room.arrive(room.luck.choice((0, 0, 1, 2)))
        if room.luck.random() < 0.6:
            number, rank = room.call()
            called[rank].append(number)
    for numbers in called.values():
        assert numbers == sorted(numbers)


def test_strict_does_starve_which_is_why_there_are_others() -> None:
    room = Room("strict", 1)
    mine = room.arrive(0)
    for _ in range(200):
        room.arrive(1)
        assert room.call()[0] != mine
