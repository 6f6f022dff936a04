"""The officer's counter page."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, redirect, render_template, request

from queueing.deeds.counters import PAUSE_REASONS
from queueing.people import Role
from queueing.store import branches, desk
from queueing.texts import N_
from queueing.tickets import CHOSEN_OUTCOMES
from staff.console.counters import counter_list
from staff.console.state import counter_state
from web.access import OFFICERS, SUPERVISORS, credentials
from web.i18n import gettext
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import base_room, current_room

pages = Blueprint("console", __name__)

# Keys as the page's script listens for them, and what each does.
KEYS: Final = (
    ("Enter", N_("The next step: the large button")),
    ("N", N_("Finish and call next")),
    ("R", N_("Call again")),
    ("V", N_("Absent")),
    ("P", N_("Set aside")),
    ("C", N_("Transfer")),
    ("U", N_("Priority")),
    ("G", N_("Dossier, procedure, further service")),
    ("1 – 9", N_("Choose a counter, a result or an answer")),
    ("Z", N_("Undo")),
    ("/", N_("Type a number to call")),
    ("W", N_("Go to those who wait; ↑ ↓ move, Enter opens")),
    ("K", N_("Go to those set aside")),
    ("T", N_("Pause")),
    ("D", N_("Close counter")),
    ("B", N_("Announce to the waiting room")),
    ("Esc", N_("Leave a field or a question")),
    ("?", N_("This list")),
)


@pages.get("/console")
@staff_page(OFFICERS)
def console() -> Page:
    """Choose a counter, then work at it."""
    known = page_known()
    actor = known.actor
    if request.args.get("training") == "new" and actor.officer_id is not None:
        base_room().training.forget(actor.officer_id)
        return redirect("/console?training=1")
    room = current_room()
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
            pause_reasons=list(PAUSE_REASONS),
        )
    return render_template(
        "console/index.html",
        branch=branch.name,
        officer=known.name,
        supervisor=actor.role in SUPERVISORS,
        state=state,
        training=room.sandbox is not None,
        page=page,
        keys=[(key, gettext(words)) for key, words in KEYS],
    )


def _tablet_counter() -> int | None:
    """The counter that this tablet was paired for, which is offered first."""
    known = (one.known for one in credentials())
    return next((one.counter for one in known if one.actor.role is Role.COUNTER), None)
