"""A print agent: papers from the server come out of a printer elsewhere, once, and truly."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agents import presence
from printer.agent import RevokedError
from printer.agent_journal import SENDING, Entry
from printer.agent_link import Link, LinkRefusedError
from queueing.devices import Kind, read_code
from queueing.refusals import Refused
from queueing.store.jobs import Jobs
from queueing.store.printer_setup import remove_printer
from queueing.store.screens import Placing
from tests.support.agents import Cut, Elsewhere
from tests.support.citizens import Hall, problem
from tests.support.door import bearer, serving_door
from tests.support.socket_printer import SocketPrinter
from tests.support.waiting import eventually

PRINTED = ("printed", None)


@pytest.fixture
def there(hall: Hall, free_port: Callable[[], int], tmp_path: Path) -> Iterator[Elsewhere]:
    port = free_port()
    with serving_door(hall.door, port), SocketPrinter() as paper:
        made = Elsewhere(hall, f"http://127.0.0.1:{port}", tmp_path / "agent", paper)
        made.pair()
        yield made
        made.stop()


@pytest.fixture
def ready(there: Elsewhere) -> Elsewhere:
    """An agent at work, whose printer is the branch's default one."""
    there.start()
    there.printer()
    return there


def test_a_number_taken_at_the_kiosk_comes_out_there(ready: Elsewhere) -> None:
    printer = ready.printer()
    assert (printer.name, printer.width, printer.is_default) == ("Máy in sảnh", 576, True)
    answer = ready.hall.take()
    ready.wait_for(PRINTED)
    ready.paper.wait_for(1)
    assert ready.paper.codes() == [answer["url"]]
    assert ready.printer().used_papers == 1


def test_papers_come_out_in_the_order_of_the_numbers(ready: Elsewhere) -> None:
    urls = [ready.hall.take()["url"] for _ in range(6)]
    ready.wait_for(*[PRINTED] * 6)
    ready.paper.wait_for(6)
    assert ready.paper.codes() == urls


@pytest.mark.parametrize("fault", ["paper_out", "cover_open", "error"])
def test_a_printer_in_trouble_is_told_and_the_paper_waits(ready: Elsewhere, fault: str) -> None:
    setattr(ready.paper.condition, fault, True)
    ready.hall.take()
    ready.wait_for(("queued", fault))
    assert ready.hall.kiosk()["printer"] == {
        "state": "trouble",
        "cause": fault,
        "elsewhere": None,
        "near_end": fault == "paper_out",
    }
    setattr(ready.paper.condition, fault, False)
    # the server's clock stands still in tests: its pause is over when the printer is well
    ready.wait_for(PRINTED)


def test_trouble_is_told_without_a_paper(ready: Elsewhere) -> None:
    ready.paper.condition.cover_open = True
    eventually(lambda: ready.printer().trouble == "cover_open", why="the open cover is known")
    ready.paper.condition.cover_open = False
    eventually(lambda: ready.printer().trouble is None, why="it is closed again")


def test_half_a_paper_is_unknown_and_not_printed_again(ready: Elsewhere) -> None:
    ready.paper.turns = [(9000, "reset")]
    ready.hall.take()
    ready.wait_for(("unknown", "reset"))
    ready.paper.turns = []
    ready.hall.take()
    ready.wait_for(("unknown", "reset"), PRINTED)
    assert len(ready.paper.wait_for(1)) == 1


def test_an_agent_started_anew_goes_on(ready: Elsewhere) -> None:
    ready.hall.take()
    ready.wait_for(PRINTED)
    ready.stop()
    ready.hall.take()
    ready.start()
    ready.wait_for(PRINTED, PRINTED)
    assert len(ready.paper.wait_for(2)) == 2


def test_what_was_printed_is_not_printed_again_when_the_word_was_lost(there: Elsewhere) -> None:
    cut = Cut(there.link)
    cut.asks = {"result"}
    there.start(there.make(cut))
    there.printer()
    there.hall.take()
    there.paper.wait_for(1)
    eventually(there.journal.untold, why="it has a word to tell")
    # the server has given the paper up meanwhile
    there.stop()
    there.hall.door.clock.forward(minutes=5)
    Jobs(there.hall.door.room.store).recover(1)
    assert there.states() == [("unknown", "lease_lost")]
    there.start()
    there.wait_for(PRINTED)
    assert len(there.paper.papers()) == 1


def test_a_paper_that_was_surely_not_sent_waits_again(there: Elsewhere) -> None:
    cut = Cut(there.link)
    cut.answers, cut.asks = {"sending"}, {"result"}
    there.start(there.make(cut))
    there.printer()
    there.hall.take()
    eventually(lambda: there.states() == [("sending", None)], why="the server thinks it is sent")
    eventually(there.journal.untold, why="the agent knows better")
    there.stop()
    there.hall.door.clock.forward(minutes=5)
    Jobs(there.hall.door.room.store).recover(1)
    there.start()
    there.wait_for(PRINTED)
    assert len(there.paper.wait_for(1)) == 1


def test_a_crash_in_the_middle_leaves_the_paper_unknown(ready: Elsewhere) -> None:
    ready.stop()
    ready.hall.take()
    claimed = ready.link.post("/agent/claim")
    assert claimed is not None
    ready.link.post(f"/agent/jobs/{claimed['job']}/sending")
    # what its disk holds after a power cut
    ready.journal.write(Entry(claimed["epoch"], claimed["job"], SENDING, None, 100))
    ready.start()
    ready.wait_for(("unknown", "lease_lost"))
    assert ready.paper.papers() == []


def test_a_job_that_is_given_out_again_is_not_printed_again(ready: Elsewhere) -> None:
    ready.stop()
    ready.hall.take()
    ready.start()
    ready.wait_for(PRINTED)
    ready.hall.sql("UPDATE print_job SET state = 'queued', owner = NULL")
    eventually(lambda: ready.states() == [PRINTED], why="it says that it is done")
    assert len(ready.paper.papers()) == 1


def test_after_a_restore_the_same_job_number_is_another_job(ready: Elsewhere) -> None:
    ready.stop()
    ready.journal.write(Entry("0123abcd", 1, "printed", told=True))
    ready.hall.take()
    ready.start()
    ready.wait_for(PRINTED)
    assert len(ready.paper.wait_for(1)) == 1


def test_a_reprint_made_meanwhile_heals_a_late_word(ready: Elsewhere) -> None:
    ready.stop()
    ready.hall.take()
    claimed = ready.link.post("/agent/claim")
    assert claimed is not None
    path = f"/agent/jobs/{claimed['job']}"
    ready.link.post(f"{path}/sending")
    ready.hall.door.clock.forward(minutes=5)
    Jobs(ready.hall.door.room.store).recover(1)
    ready.hall.door.room.operations.reprint(ready.hall.officer(), 1)
    assert ready.link.post(f"{path}/result", {"state": "queued", "cause": "reset"}) == {
        "taken": False
    }
    assert ready.link.post(f"{path}/result", {"state": "printed"}) == {"taken": True}
    assert ready.link.post(f"{path}/result", {"state": "printed"}) == {"taken": True}


def test_cut_off_for_an_hour_the_kiosk_knows_and_another_printer_takes_over(
    ready: Elsewhere,
) -> None:
    ready.stop()
    hall = ready.hall
    presence.look(hall.door.room)
    assert ready.printer().trouble is None
    hall.door.clock.forward(seconds=36)
    presence.look(hall.door.room)
    assert hall.kiosk()["printer"]["cause"] == "agent_away"
    answer = hall.take()
    assert answer["print"]["state"] == "queued"
    hall.door.clock.forward(minutes=60)
    ready.start()
    ready.wait_for(PRINTED)
    eventually(lambda: ready.printer().trouble is None, why="it is back")
    assert ready.paper.codes() == [answer["url"]]


def test_papers_of_people_who_have_left_are_not_printed(ready: Elsewhere) -> None:
    ready.stop()
    token = ready.hall.take()["token"]
    assert ready.hall.do(token, "cancel").status_code == 200
    ready.hall.take()
    ready.start()
    ready.wait_for(("failed", "too_late"), PRINTED)


def test_without_a_server_it_goes_on_trying(there: Elsewhere) -> None:
    away = there.make(Link("http://127.0.0.1:9", there.token))
    there.start(away)
    eventually(lambda: there.said and "does not answer" in there.said[-1], why="it says so")
    there.stop()
    assert len([line for line in there.said if "does not answer" in line]) == 1


def test_one_whose_place_was_taken_away_ends(ready: Elsewhere) -> None:
    ready.stop()
    remove_printer(ready.hall.door.room.store, ready.hall.door.system, ready.printer().name)
    with pytest.raises(RevokedError):
        ready.make().run()


def test_two_agents_have_two_printers(ready: Elsewhere) -> None:
    second = Elsewhere(ready.hall, ready.url, ready.folder / "second", ready.paper)
    second.pair("Máy in sảnh")
    answer = second.link.post("/agent/printer", {"way": "usb", "address": "04b8:0e15"})
    assert answer is not None
    assert (answer["printer"], answer["width"]) == ("Máy in sảnh 2", 576)
    # and one has no hand in the other's papers
    ready.stop()
    ready.hall.take()
    assert second.link.post("/agent/claim") is None
    assert second.link.post("/agent/jobs/1/result", {"state": "printed"}) == {"taken": False}
    assert ready.states() == [("queued", None)]


def test_another_printer_in_its_place_is_known_by_its_new_width(ready: Elsewhere) -> None:
    before = ready.printer()
    ready.link.post("/agent/printer", {"way": "usb", "address": "04b8:0202", "profile": "POS-5890"})
    after = ready.printer()
    assert (after.id, after.width, after.cut) == (before.id, 384, False)
    with pytest.raises(LinkRefusedError, match="width_not_of_profile"):
        ready.link.post(
            "/agent/printer", {"way": "usb", "address": "x", "profile": "POS-5890", "width": 576}
        )


def test_a_code_made_beforehand_pairs_once(hall: Hall) -> None:
    screens = hall.door.room.identity.screens
    code, _ = screens.invite(hall.door.system, Kind.AGENT, Placing("Sảnh"))
    assert read_code(code) == code
    found = screens.fetch(code, code)
    assert found is not None
    device, token = found
    assert (device.kind, device.name) == (Kind.AGENT, "Sảnh")
    assert hall.door.room.identity.known(token) is not None
    with pytest.raises(Refused, match="pairing_used"):
        screens.fetch(code, code)
    late, _ = screens.invite(hall.door.system, Kind.AGENT, Placing("Sau"))
    hall.door.clock.forward(minutes=11)
    with pytest.raises(Refused, match="pairing_unknown"):
        screens.fetch(late, late)


def test_only_administrators_invite_and_only_agents_fetch(hall: Hall) -> None:
    for role, status in [("admin", 201), ("supervisor", 403), ("officer", 403), ("kiosk", 403)]:
        head = bearer(hall.door.token(role))
        client = hall.door.client()
        made = client.post("/api/v1/agent/invitations", json={"name": "Sảnh"}, headers=head)
        assert made.status_code == status
        problem(client.post("/api/v1/agent/claim", json={}, headers=head), 403, "forbidden")
