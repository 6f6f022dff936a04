"""What the server costs while nobody presses anything."""

from __future__ import annotations

import time

from benchmarks import process
from benchmarks.bench import Bench
from benchmarks.crew import Helper
from benchmarks.figures import Table, verdict
from benchmarks.house import COUNTERS, House, serving
from benchmarks.live import audience

RSS_MOST_MB = 150.0
CPU_MOST = 2.0
BOARDS = 3


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

    with serving(bench.fresh("idle")) as house:
        assert house.server is not None
        pid = house.server.process.pid
        row("just started, nobody connected", pid, judged=True)
        helper = screens(house)
        try:
            row("10 screens connected", pid, judged=True)
        finally:
            helper.end()
        count = max(bench.scale.boards)
        with audience(house, count):
            row(f"{count} boards connected", pid, judged=False)
    table.notes.append(
        "RSS counts what master and worker share twice, PSS once. Ten screens are three boards,"
        " six counters and a kiosk. No printer is set up."
    )
    return [table]
