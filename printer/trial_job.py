"""Queueing a test slip, from the page and from the command line alike."""

from __future__ import annotations

from printer.trial import trial_content
from queueing.branches import local
from queueing.clock import iso
from queueing.store import Store, branches, jobs
from queueing.store.printers import Printer


def queue_trial(store: Store, printer: Printer) -> int:
    """Queue a test slip for this printer; the job's id. The serving process prints it."""
    now = store.clock()
    with store.writing() as db:
        place = branches.branch(db, printer.branch_id)
        when = local(now, place.timezone).strftime("%H:%M · %d/%m/%Y")
        content = trial_content(place.name, when)
        return jobs.add_job(db, printer, None, content, iso(now), kind="test")
