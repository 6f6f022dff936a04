"""What the counter's part of the API takes."""

from __future__ import annotations

from pydantic import Field

from web.openapi import Body, Code, Line, Text


class AsSeen(Body):
    """`holding`: the number that the caller sees at the counter, null for none. If it is given
    and no longer true, nothing is done: another browser was quicker.
    """

    holding: Code | None = None

    @property
    def is_given(self) -> bool:
        """True when the caller said what it sees; null says that the counter is free."""
        return "holding" in self.model_fields_set


class Opening(Body):
    """`take` takes the counter over from whoever holds it."""

    take: bool = False


class Pausing(Body):
    """Why, as a code: lunch, break, meeting, errand or fault."""

    reason: Code | None = None


class Number(AsSeen):
    """A ticket's number of today, however it was typed."""

    number: Code


class Resuming(Number):
    """`present`: its holder stands at the counter, so nobody need be called."""

    present: bool = False


class Finishing(AsSeen):
    """How the visit ended; with `next_service` the same number waits there next."""

    outcome: Code | None = None
    procedure: Code | None = None
    dossier: Line | None = None
    note: Text | None = None
    next_service: Code | None = None


class Parking(AsSeen):
    """Why, and from when (ISO 8601) it is called again of itself."""

    reason: Line | None = None
    due: Line | None = None


class Target(Body):
    """Where a ticket goes: a service, and a counter or an officer who serves it."""

    service: Code | None = None
    counter: int | None = Field(default=None, ge=1, le=1_000_000)
    officer: int | None = Field(default=None, ge=1)


class Sending(AsSeen, Target):
    """Where the counter's ticket goes."""


class PriorityChoice(Body):
    """A priority class's code, or null to take it away."""

    priority: Code | None = Field(alias="class")
