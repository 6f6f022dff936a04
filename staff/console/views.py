"""The officer's counter page."""

from __future__ import annotations

from flask import Blueprint, render_template

from queueing.people import Role
from queueing.store import branches, desk
from queueing.tickets import CHOSEN_OUTCOMES
from staff.console.counters import counter_list
from staff.console.state import counter_state
from web.access import OFFICERS, SUPERVISORS, credentials
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import current_room

pages = Blueprint("console", __name__)


@pages.get("/console")
@staff_page(OFFICERS)
def console() -> Page:
    """Choose a counter, then work at it."""
    room, known = current_room(), page_known()
    actor = known.actor
    with room.store.reading() as db:
        held = desk.held_by(db, actor)
        rules = branches.rules(db, actor.branch_id)
        branch = branches.branch(db, actor.branch_id)
        state = counter_state(room, actor, held[0]) if held else None
        page = page_settings(
            counters=counter_list(room, actor)["items"],
            default_outcome=rules.text("default_outcome"),
            outcomes=[str(outcome) for outcome in CHOSEN_OUTCOMES],
            tablet=_tablet_counter(),
        )
    return render_template(
        "console/index.html",
        branch=branch.name,
        officer=known.name,
        supervisor=actor.role in SUPERVISORS,
        state=state,
        page=page,
    )


def _tablet_counter() -> int | None:
    """The counter that this tablet was paired for, which is offered first."""
    known = (one.known for one in credentials())
    return next((one.counter for one in known if one.actor.role is Role.COUNTER), None)
