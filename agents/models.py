"""What a print agent's part of the API takes and gives."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from web.openapi import Body, Given, Line

Cause = Literal[
    "refused", "mute", "cover_open", "paper_out", "error", "offline", "reset", "absent",
    "denied", "no_driver", "lease_lost", "paper_near_end",
]  # fmt: skip


class Invited(Body):
    """What to call the agent, and the printer it brings."""

    name: Line


class Invitation(Given):
    """The code that the agent is started with, once and before `expires_at`."""

    code: str
    expires_at: str


class AgentPrinter(Body):
    """The printer on the agent's computer: how it is reached there, and what kind it is."""

    way: Line
    address: Line
    profile: Line = ""
    width: int | None = Field(default=None, ge=0, le=10_000)
    cut: bool | None = None


class Introduced(Given):
    """How the server knows the printer. With another `epoch` its jobs are other jobs."""

    printer: str
    epoch: str
    width: int


class Claimed(Given):
    """A paper to be printed: `data` are the printer's bytes, in base64.

    `attempt` belongs into every word on it. With `flush` the printer may still wait for the rest
    of a paper before: it is to be brought out of that first.
    """

    job: int
    epoch: str
    attempt: int
    flush: bool
    data: str
    length_mm: int


class Sending(Body):
    """How long the sending may take before the paper counts as lost; longer on a slow line."""

    seconds: int = Field(default=60, ge=10, le=600)
    attempt: int | None = Field(default=None, ge=0, le=1_000_000)


class PrinterWord(Body):
    """What the printer says of itself; no cause when it is well."""

    cause: Cause | None = None
    near_end: bool = False


class Verdict(Body):
    """What became of a paper; `queued` when surely no byte of it was sent."""

    state: Literal["printed", "unknown", "failed", "queued"]
    cause: Cause | None = None
    length_mm: int = Field(default=0, ge=0, le=10_000)
    attempt: int | None = Field(default=None, ge=0, le=1_000_000)


class Taken(Given):
    """Whether the word was news; false for a job that others have settled meanwhile."""

    taken: bool
