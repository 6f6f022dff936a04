"""The system's spoolers, pretended: CUPS as three programs, Windows as a module."""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

# One script under three names. Its folder holds what it knows: `queues/NAME` with the words of
# `lpstat`, `jobs/ID` for each paper that has not left, `ends` with the alerts of those that have,
# and `says` with what `lp` answers wrongly.
_SCRIPT = """#!{python}
import pathlib, sys, time
home, name, words = pathlib.Path({home!r}), pathlib.Path(sys.argv[0]).name, sys.argv[1:]
(home / "log").open("a").write(" ".join([name, *words]) + "\\n")
if (home / "hangs").exists() and name in (home / "hangs").read_text():
    time.sleep(60)
if name == "cancel":
    (home / "jobs" / words[0]).unlink(missing_ok=True)
elif name == "lp":
    queue = home / "queues" / words[words.index("-d") + 1]
    if not queue.exists():
        sys.exit("lp: Error - The printer or class does not exist.")
    if (home / "rejects").exists():
        sys.exit("lp: Destination is not accepting jobs.")
    job = queue.name + "-" + str(len(list((home / "papers").iterdir())) + 7)
    (home / "papers" / job).write_bytes(sys.stdin.buffer.read())
    if (home / "keeps").exists():
        (home / "jobs" / job).touch()
    said = home / "says"
    print(said.read_text() if said.exists() else f"request id is {{job}} (1 file(s))")
elif "completed" in words:
    ends = home / "ends"
    for paper in sorted((home / "papers").iterdir()):
        print(f"{{paper.name}}   root   1024   Mon Nov 23 14:00:00 2026")
        print("\\tStatus: ", "\\tAlerts: " + ends.read_text(), "\\tqueued for phieu", sep="\\n")
elif "-o" in words:
    for job in sorted((home / "jobs").iterdir()):
        print(f"{{job.name}}   root   1024   Mon Nov 23 14:00:00 2026")
else:
    queue = home / "queues" / words[words.index("-p") + 1]
    if not queue.exists():
        sys.exit(f'lpstat: Invalid destination name in list "{{queue.name}}".')
    print(queue.read_text())
"""


JOB_CONTROL_DELETE = 5


class Cups:
    """A pretended CUPS with the queue `phieu`, found first on the PATH."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        for name in ("queues", "jobs", "papers", "bin"):
            (home / name).mkdir(parents=True)
        for name in ("lp", "lpstat", "cancel"):
            program = home / "bin" / name
            program.write_text(_SCRIPT.format(python=sys.executable, home=str(home)))
            program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}")
        self.alerts()
        # what CUPS 2.4.2 says of a paper that was printed
        self.let("ends", "processing-to-stop-point")

    def alerts(self, words: str = "none", *, enabled: bool = True) -> None:
        """Let `lpstat` say this of the queue."""
        state = "is idle.  enabled since" if enabled else "disabled since"
        text = f"printer phieu {state} Mon Nov 23 2026\n\tDescription: phieu\n\tAlerts: {words}"
        (self.home / "queues" / "phieu").write_text(text)

    def let(self, fault: str, words: str = "") -> None:
        """Switch a fault on: `hangs`, `rejects`, `keeps`, `ends`, `says`."""
        (self.home / fault).write_text(words)

    @property
    def papers(self) -> list[bytes]:
        """What was handed over, in order."""
        return [paper.read_bytes() for paper in sorted((self.home / "papers").iterdir())]

    @property
    def waiting(self) -> list[str]:
        """The jobs that have not left."""
        return [job.name for job in sorted((self.home / "jobs").iterdir())]


class WindowsError(Exception):
    """pywintypes.error: its first argument is the number."""

    def __init__(self, number: int) -> None:
        super().__init__(number, "", "")
        self.winerror = number


@dataclass
class Windows:
    """A pretended Windows spooler with the printer `Phieu`; its methods are win32print's."""

    bits: int = 0
    attributes: int = 0
    job_bits: int = 0
    job_error: int = 87
    keeps: bool = False
    rejects: bool = False
    denied: bool = False
    open_handles: int = 0
    papers: list[bytes] = field(default_factory=list)
    jobs: set[int] = field(default_factory=set)
    cancelled: list[int] = field(default_factory=list)
    _written: bytes = b""

    def EnumPrinters(self, *wanted: object) -> list[dict[str, str]]:  # noqa: N802
        """List the printers."""
        return [{"pPrinterName": "Phieu"}]

    def OpenPrinter(self, name: str) -> str:  # noqa: N802
        """Open one that is there and may be opened."""
        if name != "Phieu" or self.denied:
            raise WindowsError(5 if self.denied else 1801)
        self.open_handles += 1
        return name

    def ClosePrinter(self, handle: str) -> None:  # noqa: N802
        """Count it closed."""
        self.open_handles -= 1

    def GetPrinter(self, handle: str, level: int) -> dict[str, int]:  # noqa: N802
        """Tell the status bits."""
        return {"Status": self.bits, "Attributes": self.attributes}

    def StartDocPrinter(self, handle: str, level: int, paper: tuple[str, str, str]) -> int:  # noqa: N802
        """Begin a raw paper, unless the queue rejects it."""
        assert paper[2] == "RAW"
        if self.rejects:
            raise WindowsError(1804)
        self._written = b""
        return len(self.papers) + 1

    def StartPagePrinter(self, handle: str) -> None:  # noqa: N802
        """Begin its only page."""

    def WritePrinter(self, handle: str, data: bytes) -> int:  # noqa: N802
        """Take bytes."""
        self._written += data
        return len(data)

    def EndPagePrinter(self, handle: str) -> None:  # noqa: N802
        """End its only page."""

    def EndDocPrinter(self, handle: str) -> None:  # noqa: N802
        """Let the paper go, or keep it as a job."""
        self.papers.append(self._written)
        if self.keeps:
            self.jobs.add(len(self.papers))

    def GetJob(self, handle: str, job: int, level: int) -> dict[str, Any]:  # noqa: N802
        """Tell of a job that is still there."""
        if job not in self.jobs:
            raise WindowsError(self.job_error)
        return {"Status": self.job_bits}

    def SetJob(self, handle: str, job: int, level: int, info: object, command: int) -> None:  # noqa: N802
        """Delete a job."""
        assert command == JOB_CONTROL_DELETE
        self.jobs.discard(job)
        self.cancelled.append(job)


def windows(monkeypatch: pytest.MonkeyPatch) -> Windows:
    """Put the pretended `win32print` where python-escpos looks for the real one."""
    state, api, types = Windows(), ModuleType("win32print"), ModuleType("pywintypes")
    for name in [name for name in dir(Windows) if name[0].isupper()]:
        setattr(api, name, getattr(state, name))
    for module in (api, types):
        module.error = WindowsError  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
    constants = {"PRINTER_ENUM_NAME": 8, "JOB_CONTROL_DELETE": JOB_CONTROL_DELETE}
    api.__dict__.update(constants)
    import escpos.printer.win32raw as driver

    importlib.reload(driver)
    monkeypatch.setattr("escpos.printer.Win32Raw", driver.Win32Raw)
    return state
