"""What a slip says, as plain data kept with its print job."""

from __future__ import annotations

from queueing.branches import local
from queueing.store import Change, branches
from queueing.store.rows import Service, Ticket
from queueing.waiting import Estimate


def content(
    change: Change,
    ticket: Ticket,
    service: Service,
    ahead: int,
    estimate: Estimate | None,
    url: str | None,
) -> dict[str, object]:
    """The slip's facts at the moment of issue; `printer.slip` draws them."""
    branch = change.branch
    return {
        "v": 1,
        "language": ticket.language,
        "branch": branch.name,
        "authority": branch.authority,
        "number": ticket.label,
        "service": service.name,
        "service_en": service.name_en,
        "ahead": ahead,
        "estimate": None if estimate is None else estimate.as_json(),
        "counters": branches.counters_serving(change.db, service.id),
        "zone": branches.zone_of_service(change.db, service.id),
        "url": url,
        "hotline": branch.hotline,
        "local": local(change.at, branch.timezone).strftime("%H:%M · %d/%m/%Y"),
        "notes": [],
    }
