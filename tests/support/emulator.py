"""emupos, a printer emulator by others, as a judge of our bytes; it has an environment of its own.

`tools/emulator.sh` makes that environment where there is a Python of 3.13 or later.
"""

from __future__ import annotations

import http.client
import io
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.support.ports import free_port
from tests.support.tree import ROOT
from tests.support.waiting import eventually


def find_emulator() -> Path | None:
    """Return the emulator's program, or None where it is not installed."""
    named = os.environ.get("DENLUOT_EMUPOS")
    found = Path(named) if named else ROOT / ".emulator" / "bin" / "emupos"
    return found if found.is_file() else None


@dataclass
class Emulator:
    """A running emulator with one printer, on the network and on a serial line."""

    port: int
    api: int
    folder: Path

    @property
    def serial(self) -> Path:
        """The serial port that the printer hangs on."""
        return self.folder / "tmp" / "emupos" / "front"

    def ask(self, method: str, path: str) -> tuple[int, bytes]:
        """Ask the emulator's own API."""
        line = http.client.HTTPConnection("127.0.0.1", self.api, timeout=5)
        try:
            line.request(method, f"/api/v1{path}")
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def is_up(self) -> bool:
        """True once it answers."""
        try:
            return self.ask("GET", "/devices")[0] == 200
        except OSError:
            return False

    def fault(self, name: str, *, on: bool) -> None:
        """Let a fault happen, or mend it."""
        status, answer = self.ask("PUT" if on else "DELETE", f"/devices/front/faults/{name}")
        assert status == 204, answer

    def papers(self) -> list[Image.Image]:
        """Return what came out, in order."""
        found = []
        listed = json.loads(self.ask("GET", "/devices/front/receipts")[1])
        for one in sorted(listed, key=lambda one: str(one["completed_at"])):
            raw = self.ask("GET", f"/devices/front/receipts/{one['id']}/image")[1]
            found.append(Image.open(io.BytesIO(raw)).convert("1"))
        return found

    def wait_for(self, count: int) -> list[Image.Image]:
        """Wait until so many papers have come out."""
        eventually(lambda: len(self.papers()) >= count, within_s=20, why=f"{count} papers")
        return self.papers()


@contextmanager
def running(program: Path, folder: Path, profile: str) -> Iterator[Emulator]:
    """Run the emulator with one printer of a profile."""
    made = Emulator(free_port(), free_port(), folder)
    (folder / "tmp").mkdir(parents=True)
    (folder / "emupos.yaml").write_text(
        f"""schema: 1
api: {{ host: 127.0.0.1, port: {made.api} }}
devices:
  - id: front
    type: printer
    profile: {profile}
    connections:
      - tcp: {{ port: {made.port} }}
      - serial: {{ pty: true }}
    receipts_dir: {folder}/receipts
""",
        encoding="utf-8",
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "run"],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(folder / "tmp")},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        eventually(made.is_up, within_s=30, why="the emulator answers")
        yield made
    finally:
        process.terminate()
        process.wait(15)
