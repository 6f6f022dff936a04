"""What was measured on: figures without their machine mean nothing."""

from __future__ import annotations

import contextlib
import os
import platform
import sqlite3
import subprocess
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks.figures import percentile

PACKAGES = ("flask", "flask-socketio", "gevent", "gunicorn", "python-socketio", "simple-websocket")
# more than this is at work beside the benchmark, and the figures are noise
CALM_LOAD = 0.5
ROOT = Path(__file__).resolve().parent.parent


def commit_ms(folder: Path, times: int = 200) -> tuple[float, float]:
    """Median and 99th percentile of one durable SQLite commit on this disk, in milliseconds."""
    file = folder / "commit.sqlite3"
    took: list[float] = []
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE t (n INTEGER)")
        for n in range(times):
            begun = time.perf_counter()
            db.execute("INSERT INTO t VALUES (?)", (n,))
            took.append(1000 * (time.perf_counter() - begun))
    file.unlink()
    return percentile(took, 0.5), percentile(took, 0.99)


def load() -> float:
    """How many processes wanted a core in the last minute."""
    return os.getloadavg()[0]


def describe(folder: Path) -> list[str]:
    """The machine and the versions, as items of a list."""
    middle, slow = commit_ms(folder)
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        f"{_cpu()}, {os.cpu_count()} cores, {_memory_gb():.0f} GB, {platform.system()}"
        f" {platform.release()}",
        f"one durable commit on this disk: p50 {middle:.2f} ms, p99 {slow:.2f} ms",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}",
        f"commit {_commit()}",
    ]


def _cpu() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gb() -> float:
    return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")) / 2**30


def _commit() -> str:
    asked = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() or "unknown"
