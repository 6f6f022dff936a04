"""What is sent after commits: at once, coalesced, and never forgotten."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store import Store
from tests.support.branch import FakeClock
from tests.support.door import Door, csrf, open_door
from tests.support.liveboards import live_door, write
from tests.support.sockets import Screen, screen
from tests.support.waiting import eventually

Served = tuple[Door, str]


@pytest.fixture
def served(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Served]:
    with live_door(tmp_path, free_port()) as door_and_url:
        yield door_and_url


def board_head(door: Door) -> dict[str, str]:
    return {"Cookie": f"denluot_board={door.device(Kind.BOARD)}"}


def newest(one: Screen) -> int:
    states = one.states("board")
    return int(states[-1]["seq"]) if states else -1


def test_a_change_reaches_the_board(served: Served) -> None:
    door, url = served
    with screen(url, {"surface": "board"}, **board_head(door)) as board:
        board.wait(lambda: board.states("board"), "the first state")
        seq = write(door)
        board.wait(lambda: newest(board) == seq, "the change")


def test_a_hundred_quiet_changes_are_few_messages_and_the_last_one_arrives(
    served: Served,
) -> None:
    door, url = served
    with screen(url, {"surface": "board"}, **board_head(door)) as board:
        board.wait(lambda: board.states("board"), "the first state")
        began = time.monotonic()
        for _ in range(100):
            seq = write(door)
        board.wait(lambda: newest(board) == seq, "the last state")
        took = time.monotonic() - began
        assert len(board.states("board")) <= 20 * took + 4


def test_a_call_never_waits_for_the_pace_that_quiet_changes_keep(served: Served) -> None:
    door, url = served
    board = door.room.live._surfaces["board"]
    door.room.live.register("board", build=board.build, rooms=board.rooms, pace_s=3600)
    with screen(url, {"surface": "board"}, **board_head(door)) as one:
        one.wait(lambda: one.states("board"), "the first state")
        first = write(door)
        one.wait(lambda: newest(one) == first, "a change after a quiet time")
        for _ in range(5):
            seq = write(door, "called")
            one.wait(lambda seq=seq: newest(one) == seq, "the call")  # type: ignore[misc]
        quiet = write(door)
        one.wait(lambda: one.states("beat")[-1:] and one.states("beat")[-1]["seq"] == quiet, "beat")
        assert newest(one) == seq


def test_what_was_done_while_nobody_watched_is_no_news_to_who_comes(served: Served) -> None:
    door, url = served
    head = board_head(door)
    seq = write(door, "called")
    with screen(url, {"surface": "board"}, **head) as board:
        # by then the watch has looked several times for what other processes wrote
        board.wait(lambda: len(board.states("beat")) >= 4, "four heartbeats")
        assert [one["seq"] for one in board.states("board")] == [seq]


def test_what_another_process_writes_is_seen_within_the_watch(served: Served) -> None:
    door, url = served
    with screen(url, {"surface": "board"}, **board_head(door)) as board:
        board.wait(lambda: board.states("board"), "the first state")
        other = Store(door.room.config.data, door.clock)
        with other.change(1) as change:
            seq = change.record("called", Actor(1, Role.SYSTEM))
        other.close()
        board.wait(lambda: newest(board) == seq, "the other process's change")


def test_a_heartbeat_tells_epoch_seq_and_time(served: Served) -> None:
    door, url = served
    with screen(url, {"surface": "board"}, **board_head(door)) as board:
        board.wait(lambda: len(board.states("beat")) >= 2, "two heartbeats")
        beat = board.states("beat")[-1]
        assert (beat["epoch"], beat["seq"]) == (door.room.store.epoch, door.room.store.last_seq(1))
        assert beat["now"].endswith("Z")


def test_a_revoked_board_is_cut_off(served: Served) -> None:
    door, url = served
    with screen(url, {"surface": "board"}, **board_head(door)) as board:
        board.wait(lambda: board.states("board"), "the first state")
        screens = door.room.identity.screens
        screens.revoke(door.system, screens.all(1)[0].id)
        board.wait(board.closed.is_set, "the end")


def test_signing_out_cuts_the_line(served: Served) -> None:
    door, url = served
    secret = door.person("officer")
    head = {"Cookie": f"denluot_session={secret}"}
    with screen(url, {"surface": "board"}, **head) as board:
        board.wait(lambda: board.states("board"), "the first state")
        assert door.client(secret).delete("/api/v1/session", headers=csrf(secret)).status_code
        board.wait(board.closed.is_set, "the end")


def test_an_officer_follows_the_counters_held_and_no_longer_those_left(served: Served) -> None:
    door, url = served
    secret = door.person("officer", "thuy")
    thuy = Actor(1, Role.OFFICER, officer_id=door.room.identity.officers.by_login(1, "thuy").id)
    with screen(url, None, Cookie=f"denluot_session={secret}") as staff:
        staff.wait(lambda: staff.states("board"), "the board")
        door.room.operations.open(thuy, 2)
        staff.wait(lambda: [s["key"] for s in staff.states("counter")][-1:] == ["2"], "counter 2")
        seq = write(door, "called")
        staff.wait(lambda: staff.states("counter")[-1]["seq"] == seq, "its change")
        door.room.operations.close(thuy, 2)
        staff.wait(lambda: newest(staff) == door.room.store.last_seq(1), "the closing")
        eventually(lambda: not _watched(door, "counter"), why="nobody watches counter 2")
        held = len(staff.states("counter"))
        seq = write(door, "called")
        staff.wait(lambda: newest(staff) == seq, "the next change on the board")
        assert len(staff.states("counter")) == held


def _watched(door: Door, surface: str) -> list[Any]:
    return [s for s in door.room.live._audience.spots(1) if s.surface == surface]


def test_a_state_is_built_once_for_all_who_see_it_and_never_for_nobody(
    tmp_path: Path, free_port: Callable[[], int]
) -> None:
    built: list[str] = []
    with live_door(tmp_path, free_port(), beat_s=60) as (door, url):
        board = door.room.live._surfaces["board"]

        def counted(room: Any, branch_id: int, key: str) -> dict[str, Any]:
            built.append(key)
            return board.build(room, branch_id, key)

        door.room.live.register("board", build=counted, rooms=board.rooms)
        write(door, "called")
        with (
            screen(url, {"surface": "board"}, **board_head(door)) as one,
            screen(url, {"surface": "board"}, **board_head(door)) as two,
        ):
            one.wait(lambda: one.states("board") and two.states("board"), "both first states")
            del built[:]
            seq = write(door, "called")
            one.wait(lambda: newest(one) == seq and newest(two) == seq, "the call on both")
            assert built == ["all"]


def test_a_broken_state_is_logged_and_the_others_go_on(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    door, url = served
    live = door.room.live
    counter = live._surfaces["counter"]
    broken = threading.Event()

    def fragile(room: Any, branch_id: int, key: str) -> dict[str, Any]:
        if broken.is_set():
            raise RuntimeError("the state cannot be built")
        return counter.build(room, branch_id, key)

    live.register("counter", build=fragile, rooms=counter.rooms)
    secret = door.person("officer", "thuy")
    thuy = Actor(1, Role.OFFICER, officer_id=door.room.identity.officers.by_login(1, "thuy").id)
    door.room.operations.open(thuy, 2)
    with (
        caplog.at_level(logging.ERROR),
        screen(url, None, Cookie=f"denluot_session={secret}") as staff,
    ):
        staff.wait(lambda: staff.states("board") and staff.states("counter"), "both")
        broken.set()
        seq = write(door, "called")
        staff.wait(lambda: newest(staff) == seq, "the board's state")
        eventually(lambda: "cannot be built" in caplog.text, why="the fault in the log")
        broken.clear()
        staff.wait(lambda: staff.states("counter")[-1]["seq"] == seq, "the counter's, later")
    assert live.healthy()


def test_a_process_that_does_not_serve_keeps_no_news(tmp_path: Path) -> None:
    door = open_door(tmp_path, surfaces=())
    for _ in range(10):
        write(door)
    assert not door.room.live._news
    assert not door.room.live.healthy()


def test_health_needs_the_loop(served: Served) -> None:
    door, _ = served
    assert door.client().get("/healthz").status_code == 200
    door.room.live.stop()
    answer = door.client().get("/healthz")
    assert (answer.status_code, answer.json["status"]) == (503, "live loop is not running")


def test_jobs_run_at_their_interval_whatever_they_raise(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    door = open_door(tmp_path, surfaces=(), clock=FakeClock())
    runs: list[float] = []

    def job() -> None:
        runs.append(time.monotonic())
        raise RuntimeError("a job that fails")

    door.room.live.every(0.05, job)
    with caplog.at_level(logging.ERROR):
        door.room.live.start()
        eventually(lambda: len(runs) >= 3, why="three runs")
        door.room.live.stop()
    assert "a job that fails" in caplog.text
