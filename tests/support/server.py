"""The real `denluot` as a process of its own, started and ended by its id."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.waiting import eventually

DENLUOT = Path(sys.executable).with_name("denluot")


@dataclass
class Server:
    """A running server on a branch's data folder."""

    data: Path
    port: int
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """What it has printed so far, errors included."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def is_healthy(self) -> bool:
        """Ask /healthz; raises AssertionError with the output when the process has ended."""
        if self.process.poll() is not None:
            raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.output}")
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asking.request("GET", "/healthz")
            return asking.getresponse().status == 200
        except OSError:
            return False
        finally:
            asking.close()

    def stop(self, within_s: float = 15.0) -> int:
        """Ask it to end, as systemd does, and return its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(within_s)
        finally:
            self.kill()

    def kill(self) -> None:
        """End all its processes at once, as a power cut does."""
        # The server leads a process group of its own (start_new_session): its workers
        # are in it, nothing else is.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


def denluot(
    *arguments: str | Path, command: Path = DENLUOT, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one `denluot` command to its end; raises CalledProcessError when it fails."""
    done = subprocess.run(
        [command, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cwd,
        env=clean_environment(),
        check=False,
    )
    if done.returncode:
        raise subprocess.CalledProcessError(
            done.returncode, done.args, done.stdout, done.stderr
        ) from AssertionError(done.stdout + done.stderr)
    return done


def clean_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment without what would change our program's behaviour."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("DENLUOT_", "PYTHON"))}
    return ours | {"PYTHONUNBUFFERED": "1"} | dict(more or {})


def start_server(
    data: Path,
    port: int,
    log: Path,
    arguments: Sequence[str | Path] = (),
    *,
    mode: str = "serve",
    command: Path = DENLUOT,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    within_s: float = 30.0,
) -> Server:
    """Start `denluot serve` (or `demo`) on a data folder and wait until it is well.

    Raises AssertionError with what the server printed when it does not come up in time.
    """
    with log.open("ab") as out:
        process = subprocess.Popen(
            [command, mode, "--data", data, "--port", str(port), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=clean_environment(environment),
            start_new_session=True,
        )
    server = Server(data, port, log, process)
    try:
        eventually(server.is_healthy, within_s=within_s, why=f"{mode} answers /healthz")
    except AssertionError as slow:
        server.kill()
        raise AssertionError(f"{slow}\n{server.output}") from None
    return server
