"""One printer's thread: claim a job, draw it, ask the printer, send, ask again, settle."""

from __future__ import annotations

import logging
import math
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from printer.escpos import encode, recovery
from printer.profiles import dpi_of, millimetres
from printer.slip import SlipContent, draw
from printer.status import NEAR_END_CAUSE, Status
from printer.transport import Transport, TransportError, status_of
from printer.trial import draw_trial
from queueing.store.jobs import Jobs, PrintJob
from queueing.store.late_papers import TOO_LATE
from queueing.store.printers import Printer

log = logging.getLogger(__name__)

# Longer than connecting and four unanswered questions take; afterwards the job is free again. A
# name that is found slowly takes longer: then the job waits again, and the cause is noted all the
# same. Not longer, for so long the papers wait after a power cut.
CLAIM_LEASE_S: Final = 15.0
SENDING_LEASE_S: Final = 60.0
# Between the print head and the cutter of common printers, fed before each cut; and five lines.
CUTTER_MM: Final = 14
TEAR_MM: Final = 21
# Receipt printers print 50 to 300 mm a second, and many answer only when they have printed what
# they were sent; they take in bytes faster than that.
SLOWEST_MM_PER_S: Final = 50
SLOWEST_BYTES_PER_S: Final = 2_000


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often things are looked at and tried again, in seconds."""

    poll: float = 0.5  # for jobs that another process queued
    refresh: float = 2.0  # for printers added or changed, and for leases that ran out
    first_retry: float = 2.0
    last_retry: float = 30.0
    look: float = 20.0  # at a printer that has nothing to print: is it well, has it paper?


NORMAL: Final = Rhythm()

Connect = Callable[[Printer], Transport]
# What hands a printer our bytes as they are; a spooler's paper is the spooler's matter.
BARE: Final = frozenset({"network", "usb", "serial", "file"})
# What became of an attempt: the job's new state ("lost" when it is no longer ours) and cause.
Verdict = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a printer is sent for one paper, and how long that is."""

    data: bytes
    length_mm: int


def paper_of(job: PrintJob, printer: Printer, logo: bytes | None = None) -> Paper:
    """A job's paper for this printer, with the logo it was promised. Raises BadContentError."""
    dpi = dpi_of(printer.profile)
    if job.kind == "test":
        picture = draw_trial(job.content, printer.width, dpi)
    else:
        picture = draw(SlipContent.from_json(job.content), printer.width, copy=job.copy, logo=logo)
    length = millimetres(picture.height, dpi) + (CUTTER_MM if printer.cut else TEAR_MM)
    return Paper(encode(picture, cut=printer.cut), round(length))


def bring_out(way: Transport, *, cut: bool) -> None:
    """Bring a printer out of half a paper. Whatever fails here, nothing of the next was sent."""
    try:
        way.send(recovery(cut=cut))
    except TransportError as error:
        raise TransportError(error.cause) from error


def sending_lease(way: Transport, size: int) -> float:
    """Seconds after which a paper being sent counts as lost: longer on a slow line."""
    return SENDING_LEASE_S + 1.5 * size / (way.bytes_per_s or SLOWEST_BYTES_PER_S)


class Worker(threading.Thread):
    """Prints the jobs of one printer, in order. `printer` may be replaced while it runs."""

    def __init__(
        self, jobs: Jobs, printer: Printer, owner: str, connect: Connect, rhythm: Rhythm
    ) -> None:
        super().__init__(name=f"printer-{printer.id}", daemon=True)
        self.printer = printer
        self._jobs = jobs
        self._owner = owner
        self._connect = connect
        self._rhythm = rhythm
        self._work = threading.Event()
        self._stopping = threading.Event()
        self._failures = 0
        self._looked_at = -math.inf

    def wake(self) -> None:
        """Look for a job now."""
        self._work.set()

    def stop(self) -> None:
        """Take no further job."""
        self._stopping.set()
        self._work.set()

    def run(self) -> None:
        """Work until stopped; no error ends the thread."""
        while not self._stopping.is_set():
            # Cleared before looking: a wake that comes while looking must not be forgotten.
            self._work.clear()
            try:
                while not self._stopping.is_set() and self._print_next():
                    pass
                self._look()
            except Exception as error:
                log.error("printer %s: %s", self.printer.id, describe(error))
            if not self._stopping.is_set():
                self._work.wait(self._rhythm.poll)

    def _look(self) -> None:
        """Ask an idle printer now and then, so that the kiosk knows before the next citizen."""
        if self._stopping.is_set() or time.monotonic() - self._looked_at < self._rhythm.look:
            return
        self._looked_at = time.monotonic()
        status = status_of(lambda: self._connect(self.printer))
        if status is not None:
            self._jobs.note(self.printer.id, status.cause, near_end=status.near_end)
        elif self.printer.trouble is not None:
            # one that cannot be asked is tried again by the next slip
            self._jobs.note(self.printer.id, None, near_end=False)

    def _print_next(self) -> bool:
        printer = self.printer
        job = self._jobs.claim(printer.id, self._owner, CLAIM_LEASE_S)
        if job is None:
            return False
        if self._jobs.is_too_late(job):
            self._settle(job, "failed", TOO_LATE)
            return True
        try:
            paper = paper_of(job, printer, self._jobs.logo(job))
        except Exception as error:
            log.error("job %s cannot be drawn: %s", job.id, describe(error))
            self._settle(job, "failed", "error")
            return True
        self._looked_at = time.monotonic()
        self._conclude(job, self._deliver(job, printer, paper), paper.length_mm)
        return True

    def _deliver(self, job: PrintJob, printer: Printer, paper: Paper) -> Verdict:
        begun = False
        try:
            with self._connect(printer) as way:
                before = way.status()
                if before.cause is not None:
                    return "queued", before.cause
                if printer.transport in BARE and self._jobs.half_sent(printer.id):
                    bring_out(way, cut=printer.cut)
                lease = sending_lease(way, len(paper.data))
                if not self._jobs.sending(job.id, self._owner, lease):
                    return "lost", "lease_lost"
                begun = True
                way.send(paper.data)
                return _verdict(self._status_after(way, paper.length_mm))
        except TransportError as error:
            return ("unknown" if error.sent else "queued"), error.cause
        except Exception as error:
            log.error("printer %s, job %s: %s", printer.id, job.id, describe(error))
            return ("unknown" if begun else "queued"), "error"

    def _status_after(self, way: Transport, length_mm: float) -> Status:
        """Ask; near the roll's end ask again when the slip must be out, for it may end inside."""
        seconds = length_mm / SLOWEST_MM_PER_S
        status = way.status(seconds)
        if status.ready and status.near_end:
            self._stopping.wait(seconds)
            status = way.status(seconds)
        return status

    def _conclude(self, job: PrintJob, verdict: Verdict, length_mm: int) -> None:
        state, cause = verdict
        if state == "lost":
            log.warning("job %s was taken over by another process", job.id)
            return
        if state == "queued":
            self._wait(job, cause or "error")
            return
        self._failures = 0
        self._settle(job, state, cause, length_mm)

    def _wait(self, job: PrintJob, cause: str) -> None:
        """Back to the queue, for twice as long as the last time."""
        pause = min(self._rhythm.last_retry, self._rhythm.first_retry * 2.0**self._failures)
        self._failures = min(self._failures + 1, 10)
        if job.cause != cause:
            log.warning("printer %s: job %s waits: %s", job.printer_id, job.id, cause)
        if not self._jobs.put_back(job.id, self._owner, cause, pause):
            log.warning("job %s was no longer ours to put back", job.id)
            # yet what was found of the printer is true
            self._jobs.note(job.printer_id, cause, near_end=False)

    def _settle(self, job: PrintJob, state: str, cause: str | None, length_mm: int = 0) -> None:
        if state != "printed":
            log.warning("printer %s: job %s is %s: %s", job.printer_id, job.id, state, cause)
        if not self._jobs.settle(job.id, self._owner, state, cause, length_mm=length_mm):
            log.warning("job %s was no longer ours to settle", job.id)


def _verdict(after: Status) -> Verdict:
    """What the status after sending says of the paper sent before it."""
    if after.cause is not None:
        return "unknown", after.cause
    return "printed", NEAR_END_CAUSE if after.near_end else None


def describe(error: Exception) -> str:
    """An error's kind and place without its message, which might quote a slip's secret."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames[-3:]]
    return f"{type(error).__name__} at {' > '.join(places)}"
