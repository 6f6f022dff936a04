"""Random deeds against a plain model, with the invariants checked as they go.

The model knows only where each ticket is and who sits where; what the deeds must keep true
whatever happens (no number twice, no ticket at two counters, state = replay of history, the
chain whole) is `House.check`.
"""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from queueing.refusals import Refused
from queueing.tickets import TRANSITIONS, Deed, State
from tests.support.branch import FakeClock, House, small_branch

SERVICES = st.sampled_from(["ho-tich", "dat-dai", "tra-ket-qua"])
NUMBERS = st.integers(1, 3)
AT_COUNTER_DEEDS = {
    "recall": Deed.RECALL,
    "start": Deed.START,
    "finish": Deed.FINISH,
    "no_show": Deed.NO_SHOW,
    "park": Deed.PARK,
}


class Branch(RuleBasedStateMachine):
    """A day at a small branch, worked by one officer's token so that it may sit anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = FakeClock()
        self.house: House = small_branch(self.folder, self.clock)
        self.house.sql(
            "INSERT INTO api_token (id, branch_id, name, role, token_hash, created_at)"
            " VALUES (1, 1, 'a', 'officer', 'a', '')"
        )
        self.officer = type(self.house.lan)(1, self.house.lan.role, token_id=1)
        self.states: dict[int, State] = {}
        self.labels: set[str] = set()
        self.at: dict[int, int | None] = {1: None, 2: None, 3: None}
        self.open: dict[int, bool] = dict.fromkeys((1, 2, 3), False)

    def teardown(self) -> None:
        self.house.store.close()
        shutil.rmtree(self.folder)

    def attempt(self, deed: str, *arguments: object, **options: object) -> object:
        """Do a deed; None if it is refused, which must leave no trace."""
        before = self.house.sql("SELECT last_seq FROM branch")
        try:
            return getattr(self.house.operations, deed)(*arguments, **options)
        except Refused:
            assert self.house.sql("SELECT last_seq FROM branch") == before
            return None

    def learn(self) -> None:
        """Take over into the model what is true now, after checking each step was legal."""
        rows = self.house.sql("SELECT id, state FROM ticket")
        self.states = {row[0]: State(row[1]) for row in rows}
        self.at = dict(self.house.sql("SELECT number, ticket_id FROM counter"))  # type: ignore[arg-type]

    @initialize(
        policy=st.sampled_from(["strict", "interleaved", "accumulating"]),
        auto=st.sampled_from([0, 10]),
        returns=st.integers(0, 1),
    )
    def morning(self, policy: str, auto: int, returns: int) -> None:
        """Most days begin with two officers at work and some who wait."""
        self.house.set("calling_policy", policy)
        self.house.set("auto_call_seconds", str(auto))
        self.house.set("no_show_returns", str(returns))
        for number in (1, 2):
            self.sit(number)
        for service in ("ho-tich", "dat-dai", "ho-tich", "tra-ket-qua"):
            self.issue(service, elderly=False)

    @rule(service=SERVICES, elderly=st.booleans())
    def issue(self, service: str, elderly: bool) -> None:
        """A new number is one more than the last of its prefix."""
        issued = self.house.operations.issue(
            self.house.kiosk, service, priority="cao-tuoi" if elderly else None
        )
        prefix = issued.ticket.label[0]
        expected = sum(label.startswith(prefix) for label in self.labels) + 1
        assert issued.ticket.label == f"{prefix}{expected:03d}"
        self.labels.add(issued.ticket.label)
        self.states[issued.ticket.id] = State.WAITING

    @rule(number=NUMBERS)
    def sit(self, number: int) -> None:
        """An officer sits down."""
        self.attempt("open", self.officer, number)
        self.open[number] = True

    @rule(number=NUMBERS, deed=st.sampled_from(["pause", "close"]))
    def rest(self, number: int, deed: str) -> None:
        """Nobody leaves a counter that holds a ticket."""
        done = self.attempt(deed, self.officer, number)
        if done is not None:
            assert self.at[number] is None
            self.open[number] = False

    @precondition(lambda self: any(self.open.values()))
    @rule(number=NUMBERS)
    def call_next(self, number: int) -> None:
        """Only who waited (or was due) is called, and only when somebody waits."""
        called = self.attempt("call_next", self.officer, number)
        if called is not None:
            ticket = called.ticket  # type: ignore[attr-defined]
            assert self.open[number]
            assert self.states[ticket.id] in (State.WAITING, State.PARKED)
            assert ticket.service_id in self.served(number)
        self.learn()

    def served(self, number: int) -> set[int]:
        """The services a counter serves now."""
        rows = self.house.sql(
            "SELECT service_id FROM counter_service s JOIN counter c ON c.id = s.counter_id"
            " WHERE c.number = ?",
            number,
        )
        return {row[0] for row in rows}

    @rule()
    def idle_counters_call(self) -> None:
        """Counters that have been idle call by themselves, where the branch wants it."""
        before = dict(self.states)
        for called in self.house.operations.auto_call(1):
            assert before[called.ticket.id] in (State.WAITING, State.PARKED)
            assert self.at[called.counter.number] is None
        self.learn()

    @rule(number=NUMBERS, services=st.dictionaries(SERVICES, st.integers(1, 2), max_size=3))
    def assign(self, number: int, services: dict[str, int]) -> None:
        """A supervisor changes what a counter serves, whoever stands there."""
        done = self.attempt("assign", self.house.lan, number, services)
        assert (done is not None) == bool(services)

    @precondition(lambda self: self.states)
    @rule(data=st.data(), outcome=st.sampled_from(["guided", "received", "no_show"]))
    def correct(self, data: st.DataObject, outcome: str) -> None:
        """A result is put right."""
        visit_id = data.draw(st.integers(1, len(self.states) + 3))
        self.attempt("correct", self.house.lan, visit_id, outcome=outcome)

    @rule(number=NUMBERS, deed=st.sampled_from(sorted(AT_COUNTER_DEEDS)))
    def act(self, number: int, deed: str) -> None:
        """A deed on the ticket at a counter is done exactly when the table allows it."""
        held = self.at[number]
        done = self.attempt(deed, self.officer, number)
        if held is None:
            assert done is None
            return
        legal = TRANSITIONS[AT_COUNTER_DEEDS[deed]].get(self.states[held], frozenset())
        assert (done is not None) == bool(legal)
        if done is not None:
            assert self.house.sql("SELECT state FROM ticket WHERE id = ?", held)[0][0] in legal
        self.learn()

    @precondition(lambda self: self.labels)
    @rule(number=NUMBERS, data=st.data(), present=st.booleans())
    def bring(self, number: int, data: st.DataObject, present: bool) -> None:
        """Call or resume any number at all."""
        label = data.draw(st.sampled_from(sorted(self.labels)))
        if present:
            self.attempt("resume", self.officer, number, label, present=True)
        else:
            self.attempt("call", self.officer, number, label)
        self.learn()

    @rule(number=NUMBERS, service=st.none() | SERVICES, counter=st.none() | NUMBERS)
    def transfer(self, number: int, service: str | None, counter: int | None) -> None:
        """Send the counter's ticket elsewhere."""
        self.attempt("transfer", self.officer, number, service=service, counter=counter)
        self.learn()

    @precondition(lambda self: self.states)
    @rule(data=st.data(), deed=st.sampled_from(["cancel", "rejoin", "postpone", "priority"]))
    def holder(self, data: st.DataObject, deed: str) -> None:
        """What a holder may do, or staff for one."""
        ticket_id = data.draw(st.sampled_from(sorted(self.states)))
        more = {"postpone": (2,), "priority": ("co-cong",)}.get(deed, ())
        done = self.attempt(deed, self.officer, ticket_id, *more)
        if done is not None:
            assert self.states[ticket_id] in TRANSITIONS[Deed(deed)]
        self.learn()

    @rule(number=NUMBERS)
    def undo(self, number: int) -> None:
        """Take the last deed back, where that is still possible."""
        self.attempt("undo", self.officer, number)
        self.learn()

    @rule(number=NUMBERS, deed=st.sampled_from(["call_next", "transfer", "finish", "park"]))
    def do_and_undo(self, number: int, deed: str) -> None:
        """A deed taken back at once leaves every ticket as it was."""
        options = {"transfer": {"service": "dat-dai"}, "finish": {"next_service": "tra-ket-qua"}}
        before = self.house.sql("SELECT id, state, counter_id, visit_id, service_id FROM ticket")
        done = self.attempt(deed, self.officer, number, **options.get(deed, {}))
        if done is not None:
            self.house.check()
            self.house.operations.undo(self.officer, number)
            after = self.house.sql("SELECT id, state, counter_id, visit_id, service_id FROM ticket")
            assert after == before

    @rule(seconds=st.sampled_from([1, 20, 400]))
    def time_passes(self, seconds: int) -> None:
        """Later the same morning."""
        self.clock.forward(seconds=seconds)

    @invariant()
    def everything_agrees(self) -> None:
        """State, history, counts and counters agree, and each ticket's number is its own."""
        self.house.check()
        assert len(self.labels) == len(self.states)
        held = [ticket for ticket in self.at.values() if ticket is not None]
        assert len(held) == len(set(held))


TestBranch = Branch.TestCase
TestBranch.settings = settings(
    max_examples=100,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
