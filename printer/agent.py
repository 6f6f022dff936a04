"""The print agent: fetches papers from the server and prints them on this computer's printer.

At least once from the server's side, at most once on paper: a job is named on this disk before
its first byte leaves (agent_journal.py), the server says before each paper that it is still to
be printed, and whatever became of it is told until the server has taken it.
"""

from __future__ import annotations

import base64
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from printer.agent_journal import SENDING, Entry, Journal
from printer.agent_link import Bell, Json, Link, LinkLostError, LinkRefusedError
from printer.status import NEAR_END_CAUSE, Status
from printer.transport import Transport, TransportError, status_of
from printer.worker import BARE, SLOWEST_MM_PER_S, bring_out, describe, sending_lease

log = logging.getLogger(__name__)

_CUT: Final = b"\x1dVB"  # how a paper for a printer with a cutter ends, before its last byte


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things are looked at, in seconds."""

    look: float = 2.0  # for papers, while no socket wakes us
    look_awake: float = 15.0  # for papers, though one does
    status: float = 10.0  # how the printer is; the server takes 35 s of silence for absence
    retry: float = 3.0  # when the server does not answer


NORMAL: Final = Pace()

NO_PRINTER: Final = "unknown_printer"


@dataclass(frozen=True, slots=True)
class Setup:
    """The printer as the server is to know it."""

    way: str
    address: str
    profile: str = ""
    width: int | None = None
    cut: bool | None = None

    def body(self) -> Json:
        """What is sent."""
        told: Json = {"way": self.way, "address": self.address, "profile": self.profile}
        return told | {"width": self.width, "cut": self.cut}


class RevokedError(Exception):
    """The server no longer knows this agent: it must be paired anew."""


class Agent:
    """Prints until told to stop."""

    def __init__(
        self,
        link: Link,
        journal: Journal,
        setup: Setup,
        connect: Callable[[], Transport],
        pace: Pace = NORMAL,
        say: Callable[[str], None] = log.info,
    ) -> None:
        self._link = link
        self._journal = journal
        self._setup = setup
        self._connect = connect
        self._pace = pace
        self._say = say
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._bell = Bell(link, self._awake.set)
        self._told_at = 0.0
        self._introduced = False
        self._lost = False

    def stop(self) -> None:
        """End after the paper that is being printed."""
        self._stopping.set()
        self._awake.set()

    def run(self) -> None:
        """Work until stopped. Raises RevokedError, or LinkRefusedError for a refused printer."""
        if not self._bell.start():
            self._say("no socket here (pip install 'denluot[agent]'): looking every 2 s")
        try:
            while not self._stopping.is_set():
                self._awake.clear()
                self._awake.wait(self._turn())
        finally:
            self._bell.stop()

    def _turn(self) -> float:
        """One round; the seconds to wait before the next."""
        try:
            if not self._introduced:
                self._introduce()
            self._tell_all()
            while not self._stopping.is_set() and self._print_next():
                pass
            self._tell_status()
        except LinkLostError as error:
            if not self._lost:
                self._say(f"the server does not answer ({error}); trying again and again")
            self._lost = True
            return self._pace.retry
        except LinkRefusedError as refused:
            self._bear(refused)
            return self._pace.retry
        except Exception as error:
            log.error("%s", describe(error))
            return self._pace.retry
        if self._lost:
            self._lost = False
            self._say("the server answers again")
        quiet = self._pace.look_awake if self._bell.connected else self._pace.look
        return min(quiet, self._pace.status)

    def _bear(self, refused: LinkRefusedError) -> None:
        """Go on where that helps. Raises RevokedError, or the refusal of the printer itself."""
        if refused.status in (401, 403):
            raise RevokedError from refused
        if not self._introduced:
            raise refused
        log.warning("the server refuses: %s", refused.code)
        # a server restored from a backup of before we were introduced knows no printer of ours
        self._introduced = refused.code != NO_PRINTER

    def _introduce(self) -> None:
        known = self._link.post("/agent/printer", self._setup.body())
        assert known is not None
        self._introduced = True
        self._say(f"printing for {self._link.server} as “{known['printer']}”")

    def _tell_all(self) -> None:
        for entry in self._journal.untold():
            self._tell(entry)

    def _tell(self, entry: Entry) -> None:
        if entry.state == SENDING:
            # after a crash, or with a full disk, nobody can say whether it came out
            entry = replace(entry, state="unknown", cause="lease_lost")
        word: Json = {"state": entry.state, "cause": entry.cause, "length_mm": entry.length_mm}
        word["attempt"] = entry.attempt or None
        try:
            self._link.post(f"/agent/jobs/{entry.job}/result", word)
        except LinkRefusedError as refused:
            if refused.status in (401, 403) or refused.code == NO_PRINTER:
                raise
            log.warning("the server does not take the word on job %s: %s", entry.job, refused.code)
        self._keep(replace(entry, told=True))

    def _print_next(self) -> bool:
        """Fetch one paper and see it through; False when there is none, or it must wait."""
        claimed = self._link.post("/agent/claim")
        if claimed is None:
            return False
        job, epoch = int(claimed["job"]), str(claimed["epoch"])
        attempt = int(claimed.get("attempt", 0))
        known = self._journal.find(epoch, job)
        if known is not None and known.state != "queued":
            # given out again because our word was lost: it has been on paper, or may have been
            self._tell(replace(known, attempt=attempt))
            return True
        verdict = self._deliver(claimed, Entry(epoch, job, SENDING, attempt=attempt))
        if verdict is None:
            return True
        self._keep(verdict)
        self._tell(verdict)
        return verdict.state != "queued"

    def _keep(self, entry: Entry) -> None:
        """Note the end of a paper; on a full disk it is at least told."""
        try:
            self._journal.write(entry)
        except OSError as error:
            log.error("job %s cannot be noted on this disk: %s", entry.job, error)

    def _deliver(self, claimed: Json, entry: Entry) -> Entry | None:
        data, length = base64.b64decode(claimed["data"]), int(claimed["length_mm"])
        begun = False
        try:
            with self._connect() as way:
                before = way.status()
                if before.cause is not None:
                    return replace(entry, state="queued", cause=before.cause)
                if claimed.get("flush") and self._setup.way in BARE:
                    bring_out(way, cut=data[-4:-1] == _CUT)
                if not self._may_send(entry, round(sending_lease(way, len(data)))):
                    return None
                self._journal.write(replace(entry, length_mm=length))
                begun = True
                way.send(data)
                return _verdict(replace(entry, length_mm=length), self._after(way, length))
        except TransportError as error:
            if not error.sent:
                return replace(entry, state="queued", cause=error.cause)
            return replace(entry, state="unknown", cause=error.cause, length_mm=length)
        except (LinkLostError, LinkRefusedError):
            raise
        except Exception as error:
            log.error("job %s: %s", entry.job, describe(error))
            state = "unknown" if begun else "queued"
            return replace(entry, state=state, cause="error", length_mm=length if begun else 0)

    def _may_send(self, entry: Entry, seconds: int) -> bool:
        try:
            asked = {"seconds": seconds, "attempt": entry.attempt or None}
            answer = self._link.post(f"/agent/jobs/{entry.job}/sending", asked)
        except LinkLostError:
            # the server may count it as being sent, and must hear that it was not
            self._keep(replace(entry, state="queued", cause="reset"))
            raise
        return answer is not None and bool(answer["taken"])

    def _after(self, way: Transport, length_mm: int) -> Status:
        seconds = length_mm / SLOWEST_MM_PER_S
        status = way.status(seconds)
        if status.ready and status.near_end:
            self._stopping.wait(seconds)
            status = way.status(seconds)
        return status

    def _tell_status(self) -> None:
        if time.monotonic() - self._told_at < self._pace.status * 0.9:
            return
        try:
            status = status_of(self._connect) or Status()
        except Exception as error:
            log.error("asking the printer: %s", describe(error))
            status = Status(error=True)
        word = {"cause": status.cause, "near_end": status.near_end}
        self._link.post("/agent/status", word)
        self._told_at = time.monotonic()


def _verdict(entry: Entry, after: Status) -> Entry:
    if after.cause is not None:
        return replace(entry, state="unknown", cause=after.cause)
    return replace(entry, state="printed", cause=NEAR_END_CAUSE if after.near_end else None)
