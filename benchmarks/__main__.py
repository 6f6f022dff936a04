"""`make bench`: measure every part, print the tables, write them into docs/benchmarks.md."""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import machine, report
from benchmarks.bench import QUICK, Bench, Scale

PARTS = ("issue", "calls", "live", "board", "idle", "pages", "staff", "paper", "compare")


def main(arguments: Sequence[str]) -> int:
    """Run the parts that were named, or all; 1 when one of them could not be measured."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    reader.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    reader.add_argument("--quick", action="store_true", help="only see whether it all works")
    reader.add_argument("--no-write", action="store_true", help="leave docs/benchmarks.md alone")
    reader.add_argument(
        "--dir", type=Path, help="a folder on the disk to measure (a temporary one by default)"
    )
    told = reader.parse_args(arguments)
    if unknown := set(told.parts) - set(PARTS):
        reader.error(f"no such part: {', '.join(sorted(unknown))}")
    write = not (told.no_write or told.quick)
    with tempfile.TemporaryDirectory(prefix="denluot-bench-", dir=told.dir) as folder:
        bench = Bench(Path(folder), QUICK if told.quick else Scale())
        return measure(bench, told.parts or PARTS, write=write)


def measure(bench: Bench, parts: Sequence[str], *, write: bool) -> int:
    """Measure parts one after another; one that fails does not stop the others."""
    about = machine.describe(bench.folder)
    text = "\n".join(f"- {line}" for line in about)
    print(text, flush=True)
    if (load := machine.load()) > machine.CALM_LOAD:
        print(
            f"\nThe load average is {load:.1f}: other programs are at work, expect noise.",
            flush=True,
        )
    if write:
        report.put("machine", text)
    failed = 0
    for name in parts:
        before, begun = machine.load(), time.monotonic()
        try:
            tables = importlib.import_module(f"benchmarks.{name}").run(bench)
        except Exception as error:
            failed = 1
            print(f"\n{name} could not be measured: {error!r}", file=sys.stderr, flush=True)
            continue
        took = time.monotonic() - begun
        found = report.section(name, tables, took, (before, machine.load()))
        print(f"\n{found}", flush=True)
        if write:
            report.put(name, found)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
