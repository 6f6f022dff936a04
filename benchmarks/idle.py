"""What the server costs while nobody presses anything."""

from __future__ import annotations

import sqlite3
import time

from benchmarks import process
from benchmarks.bench import Bench
from benchmarks.crew import Helper, crew
from benchmarks.figures import Table, verdict
from benchmarks.house import COUNTERS, House, add_paper, serving
from benchmarks.live import audience
from tests.support.waiting import eventually

RSS_MOST_MB = 150.0
CPU_MOST = 2.0
BOARDS = 3
NUMBERS = 120
PACE = 20.0


def screens(house: House) -> Helper:
    """Ten screens of an office: three boards, six counters, a kiosk, all connected."""
    wanted = house.screens(BOARDS)
    for number, token in enumerate([*house.officers, house.kiosk], 1):
        wish: dict[str, object] = {"surface": "counter", "counter": number}
        if number > COUNTERS:
            wish = {"surface": "kiosk"}
        wanted.append({"headers": f"Authorization: Bearer {token}\r\n", "wish": wish})
    helper = Helper("boards", {"port": house.port, "deflate": True, "screens": wanted})
    helper.hear()
    return helper


def work(house: House) -> None:
    """As many numbers, slips and calls as a busy hour brings, and the rest after it."""
    with crew(house.port, house.kiosks(2)) as people:
        people.play("issue", NUMBERS / PACE, PACE)
    with crew(house.port, house.callers()) as officers:
        officers.play("call", NUMBERS / PACE, PACE)
    with house.reading() as db:
        eventually(lambda: not _unprinted(db), within_s=60, why="every slip is printed")
    time.sleep(5)


def _unprinted(db: sqlite3.Connection) -> int:
    found = db.execute("SELECT count(*) FROM print_job WHERE state <> 'printed'").fetchone()
    return int(found[0])


def cpu_share(pid: int, seconds: float) -> float:
    """Per cent of one core that the server uses over some seconds."""
    before, begun = process.cpu_s(pid), time.monotonic()
    time.sleep(seconds)
    return 100 * (process.cpu_s(pid) - before) / (time.monotonic() - begun)


def run(bench: Bench) -> list[Table]:
    """Measure memory and processor of a server that rests."""
    table = Table(
        "At rest", ("server", "RSS, MB", "PSS, MB", "threads", "% of a core", "budget", "met")
    )

    def row(what: str, pid: int, *, judged: bool) -> None:
        cpu = cpu_share(pid, bench.scale.idle_s)
        rss = process.rss_mb(pid)
        cells = (f"{rss:.0f}", f"{process.pss_mb(pid):.0f}", f"{process.threads(pid)}")
        budget = f"< {RSS_MOST_MB:.0f} MB, < {CPU_MOST:.0f} %" if judged else ""
        met = verdict(rss < RSS_MOST_MB and cpu < CPU_MOST) if judged else ""
        table.add(what, *cells, f"{cpu:.1f}", budget, met)

    house = bench.fresh("idle")
    add_paper(house)
    with serving(house):
        assert house.server is not None
        pid = house.server.process.pid
        row("just started, nobody connected", pid, judged=True)
        helper = screens(house)
        try:
            row("10 screens connected", pid, judged=True)
            work(house)
            row("10 screens, after a busy hour", pid, judged=True)
        finally:
            helper.end()
        count = max(bench.scale.boards)
        with audience(house, count):
            row(f"{count} boards connected", pid, judged=False)
    table.notes.append(
        "RSS counts what master and worker share twice, PSS once. Ten screens are three boards,"
        f" six counters and a kiosk. The busy hour: {NUMBERS} numbers with their slips printed,"
        " and as many calls."
    )
    return [table]
