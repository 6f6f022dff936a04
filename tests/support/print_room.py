"""A place to print in: a real store, a printer on a real socket, and spools between them."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from printer.network import NetworkTransport, host_and_port
from printer.spool import Spool
from printer.transport import Transport
from printer.wire import Patience
from printer.worker import Connect, Rhythm
from queueing.clock import iso, utc_now
from queueing.store import Store
from queueing.store.jobs import Jobs, PrintJob, add_job
from queueing.store.printers import Printer, printers
from tests.support.slips import content
from tests.support.socket_printer import SocketPrinter
from tests.support.waiting import eventually

QUICK = Rhythm(poll=0.05, refresh=0.2, first_retry=0.05)


def impatient(printer: Printer) -> Transport:
    """Return the printer's transport with short times, still long enough on a loaded computer."""
    host, port = host_and_port(printer.address)
    return NetworkTransport(
        host, port, patience=Patience(connect=2, send=2, slow_answer=2, short_answer=0.5)
    )


def hasty(printer: Printer) -> Transport:
    """Return it with times so short that a mute printer is given up at once."""
    host, port = host_and_port(printer.address)
    return NetworkTransport(
        host, port, patience=Patience(connect=2, send=2, slow_answer=0.4, short_answer=0.1)
    )


def patient(printer: Printer) -> Transport:
    """Return the printer's transport with the times of real life."""
    return NetworkTransport(*host_and_port(printer.address))


class PrintRoom:
    """A branch in a new file with a network printer, jobs for it, and spools that print them."""

    def __init__(self, folder: Path) -> None:
        self.paper = SocketPrinter()
        self._running = ExitStack()
        self.store = Store(folder / "queue.sqlite3")
        self.jobs = Jobs(self.store)
        with self.store.writing() as db:
            db.execute(
                "INSERT INTO branch (id, code, name, timezone) VALUES (1, 'xa', 'Xã', 'UTC')"
            )

    def __enter__(self) -> Self:
        self._running.callback(self.store.close)
        self._running.enter_context(self.paper)
        self.printer = self.add_printer(self.paper.address)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.close()

    def start(
        self, connect: Connect = impatient, jobs: Jobs | None = None, rhythm: Rhythm = QUICK
    ) -> Spool:
        """Start a spool, by default one that retries soon; it is stopped with the room."""
        spool = Spool(jobs or self.jobs, self.printers, connect, rhythm=rhythm)
        spool.start()
        self._running.callback(spool.stop)
        return spool

    def add_printer(self, address: str, transport: str = "network", width: int = 576) -> Printer:
        """Add a printer, the first one as the default."""
        with self.store.writing() as db:
            count = len(printers(db, 1))
            db.execute(
                "INSERT INTO printer (branch_id, name, transport, address, width, is_default)"
                " VALUES (1, ?, ?, ?, ?, ?)",
                (f"Máy in {count}", transport, address, width, count == 0),
            )
            return printers(db, 1)[-1]

    def add_job(
        self,
        printer: Printer | None = None,
        *,
        copy: int = 0,
        kind: str = "slip",
        words: dict[str, object] | None = None,
        **changes: object,
    ) -> int:
        """Queue a paper as the deeds do."""
        with self.store.writing() as db:
            return add_job(
                db,
                printer or self.printer,
                None,
                words or content(**changes),
                iso(utc_now()),
                kind=kind,
                copy=copy,
            )

    def printers(self) -> list[Printer]:
        """Return the printers in use."""
        with self.store.reading() as db:
            return printers(db, 1)

    def job(self, job_id: int) -> PrintJob:
        """Return a job that must be there."""
        found = self.jobs.job(job_id)
        assert found is not None
        return found

    def state(self, job_id: int) -> tuple[str, str | None]:
        """Return a job's state and cause."""
        job = self.job(job_id)
        return job.state, job.cause

    def settled(self, job_id: int) -> tuple[str, str | None]:
        """Wait until a job has come to an end, and return its state and cause."""
        ends = ("printed", "failed", "unknown")
        eventually(lambda: self.state(job_id)[0] in ends, why="the end of a print job")
        return self.state(job_id)

    def waits(self, job_id: int, cause: str) -> None:
        """Wait until a job is back in the queue for a cause."""
        eventually(lambda: self.state(job_id) == ("queued", cause), why=f"a wait for {cause}")
