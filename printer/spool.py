"""The spool: a thread for each printer of this file's branches, and one that looks after them."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from printer.transport import open_transport
from printer.worker import NORMAL, Connect, Rhythm, Worker, describe
from queueing.store import Store
from queueing.store.jobs import Jobs
from queueing.store.printers import Printer, printers

log = logging.getLogger(__name__)


class Spool:
    """Prints the queued jobs. Starts nothing by itself: call `start` in the serving process.

    `printers` tells the printers in use and is asked again every two seconds, so that one
    added or changed by another process is taken up.
    """

    def __init__(
        self,
        jobs: Jobs,
        printers: Callable[[], Sequence[Printer]],
        connect: Connect,
        *,
        rhythm: Rhythm = NORMAL,
    ) -> None:
        self._jobs = jobs
        self._printers = printers
        self._connect = connect
        self._rhythm = rhythm
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._workers: dict[int, Worker] = {}
        self._stopping = threading.Event()
        self._keeper: threading.Thread | None = None

    def start(self) -> None:
        """Free what a dead process held, then print; a second call does nothing."""
        if self._keeper is not None:
            return
        self._stopping.clear()
        self._refresh()
        self._keeper = threading.Thread(target=self._keep, name="spool", daemon=True)
        self._keeper.start()

    def wake(self) -> None:
        """Look for jobs now. Never blocks: it is called after every commit."""
        for worker in list(self._workers.values()):
            worker.wake()

    def stop(self, timeout: float = 5.0) -> None:
        """Take no more jobs and wait, `timeout` seconds in all, for papers being printed."""
        deadline = time.monotonic() + timeout
        self._stopping.set()
        if self._keeper is not None:
            self._keeper.join(timeout)
            self._keeper = None
        workers, self._workers = self._workers, {}
        for worker in workers.values():
            worker.stop()
        for worker in workers.values():
            worker.join(max(0.0, deadline - time.monotonic()))

    def _keep(self) -> None:
        while not self._stopping.wait(self._rhythm.refresh):
            self._refresh()

    def _refresh(self) -> None:
        try:
            found = {printer.id: printer for printer in self._printers()}
            # of removed printers too: what they held must come to an end
            self._jobs.recover_all()
        except Exception as error:
            log.error("the spool cannot read its printers: %s", describe(error))
            return
        for gone in self._workers.keys() - found.keys():
            self._workers.pop(gone).stop()
        for printer in found.values():
            # another computer's printer has its worker there: see printer/agent.py
            if printer.transport != "agent":
                self._employ(printer)

    def _employ(self, printer: Printer) -> None:
        worker = self._workers.get(printer.id)
        if worker is not None and worker.is_alive():
            worker.printer = printer
            return
        worker = Worker(self._jobs, printer, self._owner, self._connect, self._rhythm)
        # A new dictionary, since `wake` reads the old one without a lock.
        self._workers = {**self._workers, printer.id: worker}
        worker.start()


def spool_for(store: Store, folder: Path | None = None) -> Spool:
    """The spool of a store's printers; `folder` is where relative addresses begin."""

    def every_printer() -> list[Printer]:
        branches = store.branch_ids()
        with store.reading() as db:
            return [printer for branch in branches for printer in printers(db, branch)]

    return Spool(Jobs(store), every_printer, lambda printer: open_transport(printer, folder))
