"""What a server's processes hold and use, read from /proc (Linux)."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    found = [pid]
    for parent in found:
        for children in (PROC / str(parent) / "task").glob("*/children"):
            found += [int(child) for child in children.read_text().split()]
    return found


def _kilobytes(file: Path, name: str) -> int:
    for line in file.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0


def rss_mb(pid: int) -> float:
    """Resident memory of the whole family in MB; what they share is counted each time."""
    return sum(_kilobytes(PROC / str(p) / "status", "VmRSS") for p in family(pid)) / 1024


def pss_mb(pid: int) -> float:
    """Proportional memory of the whole family in MB; what they share is counted once."""
    return sum(_kilobytes(PROC / str(p) / "smaps_rollup", "Pss") for p in family(pid)) / 1024


def threads(pid: int) -> int:
    """How many threads the family has."""
    return sum(_kilobytes(PROC / str(p) / "status", "Threads") for p in family(pid))


def cpu_s(pid: int) -> float:
    """Processor seconds the family has used so far, in user and kernel mode."""
    return sum(own_cpu_s(p) for p in family(pid))


def own_cpu_s(pid: int) -> float:
    """Processor seconds of one process alone."""
    # the name in parentheses may hold spaces
    fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
