"""Queueing a test slip, from the page and from the command line alike."""

from __future__ import annotations

from printer.trial import trial_content
from queueing.branches import local
from queueing.people import Actor, Role
from queueing.store import Store, jobs
from queueing.store.printers import Printer


def queue_trial(store: Store, printer: Printer, actor: Actor | None = None) -> int:
    """Queue a test slip for this printer; the job's id.

    It is an event, so that whoever has the printer is told at once, an agent too.
    """
    asked_by = actor or Actor(printer.branch_id, Role.SYSTEM)
    with store.change(printer.branch_id) as change:
        when = local(change.now, change.branch.timezone).strftime("%H:%M · %d/%m/%Y")
        content = trial_content(change.branch.name, when)
        job = jobs.add_job(change.db, printer, None, content, change.at_text, kind="test")
        change.record("trial_asked", asked_by, data={"job": job, "printer": printer.id})
        return job
