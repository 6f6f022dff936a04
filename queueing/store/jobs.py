"""Print jobs: claimed by one process at a time, and never two unmarked papers of a ticket."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from queueing.clock import iso
from queueing.people import Actor, Role
from queueing.store import late_papers, late_words, lost_jobs, printer_health, slip_layouts
from queueing.store.change import Change
from queueing.store.printers import Printer, printer_by_id
from queueing.store.rows import Ticket

if TYPE_CHECKING:
    from queueing.store.core import Store

_COLUMNS = (
    "id, branch_id, printer_id, ticket_id, kind, copy, attempts, state, cause, content, created_at"
)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One paper to be printed. `copy` 0 is the first; any later one is marked a reprint."""

    id: int
    branch_id: int
    printer_id: int
    ticket_id: int | None
    kind: str
    copy: int
    attempts: int
    state: str
    cause: str | None
    content: dict[str, object]
    created_at: str


def _job(row: Any) -> PrintJob:
    values = list(row)
    values[9] = json.loads(values[9])
    return PrintJob(*values)


def add_job(
    db: sqlite3.Connection,
    printer: Printer,
    ticket_id: int | None,
    content: dict[str, object],
    at: str,
    *,
    kind: str = "slip",
    copy: int = 0,
    moved_from: int | None = None,
) -> int:
    """Queue a paper in the caller's transaction; returns the job's id."""
    row = db.execute(
        "INSERT INTO print_job (branch_id, printer_id, ticket_id, kind, copy, content, created_at,"
        " moved_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            printer.branch_id,
            printer.id,
            ticket_id,
            kind,
            copy,
            json.dumps(content, ensure_ascii=False),
            at,
            moved_from,
        ),
    ).fetchone()
    return int(row[0])


def newest_job(db: sqlite3.Connection, ticket_id: int) -> PrintJob | None:
    """A ticket's newest paper, or None when none was ever asked for."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM print_job WHERE ticket_id = ? ORDER BY copy DESC LIMIT 1",
        (ticket_id,),
    ).fetchone()
    return None if row is None else _job(row)


class Jobs:
    """The spool's side of the jobs: claiming, and saying what became of the paper."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def job(self, job_id: int) -> PrintJob | None:
        """One job as it stands."""
        with self._store.reading() as db:
            row = db.execute(
                f"SELECT {_COLUMNS} FROM print_job WHERE id = ?",
                (job_id,),
            ).fetchone()
        return None if row is None else _job(row)

    def claim(self, printer_id: int, owner: str, lease_s: float) -> PrintJob | None:
        """Take the oldest job whose time has come, for `lease_s` seconds, or None.

        Papers come out in the order of the tickets: a job that must wait holds up the later
        ones of its printer, because the same fault would stop them as well.
        """
        now = self._store.clock()
        with self._store.reading() as db:
            if self._head(db, printer_id, now) is None:
                return None
        with self._store.writing() as db:
            head = self._head(db, printer_id, now)
            if head is None:
                return None
            row = db.execute(
                "UPDATE print_job SET state = 'claimed', owner = ?, lease_until = ?,"
                " attempts = attempts + 1 WHERE id = ? AND state = 'queued'"
                f" RETURNING {_COLUMNS}",
                (owner, iso(now + timedelta(seconds=lease_s)), head),
            ).fetchone()
        return None if row is None else _job(row)

    @staticmethod
    def _head(db: sqlite3.Connection, printer_id: int, now: datetime) -> int | None:
        row = db.execute(
            "SELECT id, state, next_try_at FROM print_job WHERE printer_id = ?"
            " AND state IN ('queued', 'claimed', 'sending') ORDER BY id LIMIT 1",
            (printer_id,),
        ).fetchone()
        if row is None or row[1] != "queued":
            return None
        waits = row[2] is not None and iso(now) < row[2] <= iso(now + lost_jobs.CLOCK_JUMPED)
        return None if waits else int(row[0])

    def logo(self, job: PrintJob) -> bytes | None:
        """The logo that a slip was promised with; None without one, or if it is gone."""
        digest = job.content.get("logo")
        if not isinstance(digest, str):
            return None
        with self._store.reading() as db:
            return slip_layouts.logo(db, job.branch_id, digest)

    def is_too_late(self, job: PrintJob) -> bool:
        """True for a paper that nobody waits for any more."""
        with self._store.reading() as db:
            return late_papers.is_too_late(db, job, self._store.clock())

    def sending(self, job_id: int, owner: str, lease_s: float, attempt: int | None = None) -> bool:
        """Say that the first byte is about to leave; False means the lease is lost: stop.

        `attempt` is the number of the claim, where one owner's words may come late.
        """
        until = iso(self._store.clock() + timedelta(seconds=lease_s))
        with self._store.writing() as db:
            done = db.execute(
                "UPDATE print_job SET state = 'sending', lease_until = ?"
                " WHERE id = ? AND owner = ? AND state = 'claimed'"
                " AND attempts = coalesce(?, attempts)",
                (until, job_id, owner, attempt),
            )
            return done.rowcount == 1

    def put_back(
        self, job_id: int, owner: str, cause: str, retry_s: float, attempt: int | None = None
    ) -> bool:
        """Queue a job again of which no byte was sent, to be tried after `retry_s` seconds."""
        after = iso(self._store.clock() + timedelta(seconds=retry_s))
        with self._store.writing() as db:
            row = db.execute(
                "SELECT cause FROM print_job WHERE id = ? AND owner = ?"
                " AND state IN ('claimed', 'sending') AND attempts = coalesce(?, attempts)",
                (job_id, owner, attempt),
            ).fetchone()
        if row is None:
            return late_words.late_truth(self._store, job_id, owner, "queued", cause, 0)
        # the first failure and every new cause are news; the same one again is not
        return self._move(
            job_id,
            owner,
            None,
            "queued",
            cause,
            next_try_at=after,
            news=row[0] != cause,
            attempt=attempt,
        )

    def settle(
        self,
        job_id: int,
        owner: str,
        state: str,
        cause: str | None = None,
        *,
        length_mm: int = 0,
        attempt: int | None = None,
    ) -> bool:
        """Say what became of a paper: printed, failed or unknown. False if it is not its owner's.

        `length_mm` is the paper it took, or may have taken.
        """
        if state not in ("printed", "failed", "unknown"):
            raise ValueError(f"not an end of a print job: {state}")
        moved = self._move(
            job_id, owner, None, state, cause, news=True, length_mm=length_mm, attempt=attempt
        )
        return moved or late_words.late_truth(self._store, job_id, owner, state, cause, length_mm)

    def note(self, printer_id: int, cause: str | None, *, near_end: bool) -> None:
        """Note what a printer says of itself while it has nothing to print."""
        printer_health.note(self._store, printer_id, cause, near_end=near_end)

    def half_sent(self, printer_id: int) -> bool:
        """True when a printer's last paper may have stopped in the middle."""
        with self._store.reading() as db:
            return printer_by_id(db, printer_id).half_sent

    def recover(self, branch_id: int) -> int:
        """Free what a dead process held; returns how many jobs."""
        return lost_jobs.recover(self._store, branch_id, self._lose)

    def recover_all(self) -> None:
        """As `recover`, for every branch."""
        for branch_id in self._store.branch_ids():
            self.recover(branch_id)

    def _lose(self, job_id: int, owner: str) -> None:
        self._move(job_id, owner, "sending", "unknown", "lease_lost", news=True)

    def _move(
        self,
        job_id: int,
        owner: str,
        found: str | None,
        state: str,
        cause: str | None,
        *,
        news: bool,
        next_try_at: str | None = None,
        length_mm: int = 0,
        attempt: int | None = None,
    ) -> bool:
        """Change a job's state with the event that tells of it, if this owner still holds it."""
        job = self.job(job_id)
        if job is None:
            return False
        with self._store.change(job.branch_id) as change:
            if state == "queued" and not late_papers.in_use(change.db, job.printer_id):
                # its printer was removed meanwhile: nobody would ever take it up again
                state, cause, next_try_at, news = "failed", "removed", None, True
            done = change.db.execute(
                "UPDATE print_job SET state = ?, cause = ?, next_try_at = ?, settled_at = ?,"
                " length_mm = nullif(?, 0) WHERE id = ? AND owner IS ?"
                " AND state IN ('claimed', 'sending')"
                " AND state = coalesce(?, state) AND attempts = coalesce(?, attempts)",
                (
                    state,
                    cause,
                    next_try_at,
                    None if state == "queued" else change.at_text,
                    length_mm,
                    job_id,
                    owner,
                    found,
                    attempt,
                ),
            )
            if done.rowcount != 1:
                return False
            if news:
                ticket = None if job.ticket_id is None else change.ticket(job.ticket_id)
                self._tell(change, job, ticket, state, cause)
            if cause != late_papers.TOO_LATE:
                printer_health.after_job(change, job.printer_id, state, cause, length_mm)
        return True

    @staticmethod
    def _tell(
        change: Change, job: PrintJob, ticket: Ticket | None, state: str, cause: str | None
    ) -> None:
        kind = "print_waits" if state == "queued" else f"print_{state}"
        data: dict[str, object] = {"job": job.id, "copy": job.copy}
        if cause:
            data["cause"] = cause
        change.record(kind, Actor(job.branch_id, Role.SYSTEM), ticket=ticket, data=data)
