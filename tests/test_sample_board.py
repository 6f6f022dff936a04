"""What the demo's boards show beside the calls."""

from boards.setup import BoardSetup
from commands.sample_board import dress
from display import state
from queueing.branchfile import SAMPLE, load
from queueing.people import Actor, Role
from queueing.store.board_setup import board_setup
from tests.support.boards import WaitingRoom


def test_the_sample_fits_the_sample_branch(waiting: WaitingRoom) -> None:
    room = waiting.door.room
    dress(room.store, Actor(1, Role.SYSTEM))
    with room.store.reading() as db:
        kept = board_setup(db, 1)
    found = BoardSetup.from_json(kept, edited=True)
    file = load(SAMPLE)
    numbers = {counter.number for counter in file.counters}
    people = {officer.name for officer in file.officers}
    assert {duty.counter for duty in found.roster} == numbers
    assert {duty.officer for duty in found.roster} <= people
    assert {duty.backup for duty in found.roster} <= people
    assert {hint.counter for hint in found.hints} <= numbers
    shown = state.build(room, 1, "")
    assert len(shown["ticker"]) == len(found.ticker)
    assert [item["kind"] for item in shown["panel"]["items"]] == ["roster"]
