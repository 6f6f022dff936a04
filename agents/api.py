"""How a print agent introduces its printer, fetches papers and says what became of them."""

from __future__ import annotations

import base64
import logging
from typing import Final

from agents.models import (
    AgentPrinter,
    Claimed,
    Introduced,
    Invitation,
    Invited,
    PrinterWord,
    Sending,
    Taken,
    Verdict,
)
from printer.profiles import settle
from printer.worker import CLAIM_LEASE_S, Paper, describe, paper_of
from queueing.devices import Kind, show_code
from queueing.people import Actor, Role
from queueing.store import agent_printers
from queueing.store.jobs import Jobs, PrintJob
from queueing.store.late_papers import TOO_LATE
from queueing.store.printers import Printer
from queueing.store.screens import Placing
from web.access import ADMINS
from web.openapi import Api, Empty, Reply
from web.surface import current_room

log = logging.getLogger(__name__)
routes = Api("print agents")

AGENTS: Final = (Role.AGENT,)
USUAL_WIDTH: Final = 576
# As a spool's own printer: soon, then less often (printer.worker.Rhythm).
RETRY_S: Final = (2.0, 30.0)


def _jobs() -> Jobs:
    return Jobs(current_room().store)


def _heard(actor: Actor) -> Printer:
    """The agent's printer; that it was heard is noted."""
    room = current_room()
    if actor.device_id is not None:
        room.identity.screens.seen([actor.device_id])
    return agent_printers.own_printer_of(room.store, actor)


@routes.post("/agent/invitations", who=ADMINS, gives=Invitation, status=201)
def invite_agent(actor: Actor, body: Invited) -> Invitation:
    """Keep a place for a print agent, whose computer needs no screen to be paired."""
    screens = current_room().identity.screens
    code, ends = screens.invite(actor, Kind.AGENT, Placing(body.name))
    return Invitation(code=show_code(code), expires_at=ends)


@routes.post("/agent/printer", who=AGENTS, gives=Introduced)
def introduce_printer(actor: Actor, body: AgentPrinter) -> Introduced:
    """Tell which printer hangs on the agent's computer; the first time it is added."""
    room = current_room()
    wide = body.width if body.width or body.profile else USUAL_WIDTH
    width, cut = settle(body.profile, wide, body.cut)
    device = room.identity.screens.one(actor.branch_id, actor.device_id or 0)
    printer = agent_printers.introduce(
        room.store,
        actor,
        name=device.name,
        address=f"{body.way} {body.address}",
        width=width,
        cut=cut,
        profile=body.profile,
    )
    room.live.recheck_soon()
    return Introduced(printer=printer.name, epoch=room.store.epoch, width=printer.width)


@routes.post("/agent/claim", who=AGENTS, gives=Claimed)
def claim_paper(actor: Actor, body: Empty) -> Reply:
    """Take the oldest paper that waits; 204 when there is none."""
    printer, owner, jobs = _heard(actor), agent_printers.owner_of(actor), _jobs()
    while (job := jobs.claim(printer.id, owner, CLAIM_LEASE_S)) is not None:
        paper = _draw(jobs, job, printer, owner)
        if paper is not None:
            return {
                "job": job.id,
                "epoch": current_room().store.epoch,
                "attempt": job.attempts,
                "flush": printer.half_sent,
                "data": base64.b64encode(paper.data).decode(),
                "length_mm": paper.length_mm,
            }
    return None


def _draw(jobs: Jobs, job: PrintJob, printer: Printer, owner: str) -> Paper | None:
    if jobs.is_too_late(job):
        jobs.settle(job.id, owner, "failed", TOO_LATE)
        return None
    try:
        return paper_of(job, printer, jobs.logo(job))
    except Exception as error:
        log.error("job %s cannot be drawn: %s", job.id, describe(error))
        jobs.settle(job.id, owner, "failed", "error")
        return None


@routes.post("/agent/jobs/<int:job>/sending", who=AGENTS, gives=Taken)
def begin_sending(actor: Actor, job: int, body: Sending) -> Taken:
    """Say that the first byte is about to leave; when it is not taken nothing may be sent."""
    _heard(actor)
    owner = agent_printers.owner_of(actor)
    return Taken(taken=_jobs().sending(job, owner, body.seconds, body.attempt))


@routes.post("/agent/jobs/<int:job>/result", who=AGENTS, gives=Taken)
def tell_result(actor: Actor, job: int, body: Verdict) -> Taken:
    """Say what became of a paper; the same word twice does no harm."""
    printer, owner, jobs = _heard(actor), agent_printers.owner_of(actor), _jobs()
    if body.state == "queued":
        known = jobs.job(job)
        tries = min(known.attempts if known is not None else 1, 5)
        pause = min(RETRY_S[1], RETRY_S[0] * 2.0 ** (tries - 1))
        cause = body.cause or "error"
        taken = jobs.put_back(job, owner, cause, pause, body.attempt)
    else:
        mm, attempt = body.length_mm, body.attempt
        taken = jobs.settle(job, owner, body.state, body.cause, length_mm=mm, attempt=attempt)
    if not taken:
        log.warning("printer %s: a late word on job %s is not taken", printer.id, job)
    return Taken(taken=taken)


@routes.post("/agent/status", who=AGENTS, gives=Taken)
def tell_status(actor: Actor, body: PrinterWord) -> Taken:
    """Say how the printer is while it has nothing to print; it also shows that the agent lives."""
    printer = _heard(actor)
    _jobs().note(printer.id, body.cause, near_end=body.near_end)
    return Taken(taken=True)
