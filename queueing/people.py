"""Who does a deed: roles, and the actor that every operation takes first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a caller may be. HOLDER is whoever knows a ticket's token."""

    KIOSK = "kiosk"
    BOARD = "board"
    COUNTER = "counter"
    AGENT = "agent"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    HOLDER = "holder"
    SYSTEM = "system"


STAFF = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Actor:
    """One caller in one branch, already authenticated by the surface that lets it in."""

    branch_id: int
    role: Role
    officer_id: int | None = None
    device_id: int | None = None
    token_id: int | None = None
    ticket_id: int | None = None

    @property
    def caller(self) -> str:
        """A stable name of the caller; idempotency keys belong to it."""
        if self.officer_id is not None:
            return f"officer:{self.officer_id}"
        if self.device_id is not None:
            return f"device:{self.device_id}"
        if self.token_id is not None:
            return f"token:{self.token_id}"
        if self.ticket_id is not None:
            return f"holder:{self.ticket_id}"
        return str(self.role)

    @property
    def is_staff(self) -> bool:
        """True for officers, supervisors and administrators."""
        return self.role in STAFF
