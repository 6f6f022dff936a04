"""The administrator's pages."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from queueing.devices import Kind, read_code, show_code
from queueing.store import branches
from staff.admin.api import listed
from web.access import ADMINS
from web.i18n import KINDS, gettext
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import current_room

pages = Blueprint("admin", __name__)


@pages.get("/admin/devices")
@staff_page(ADMINS)
def devices() -> Page:
    """The paired screens, and the form that pairs another.

    `?code=` is what the picture on an unpaired screen leads to: nothing is paired by opening it.
    """
    room = current_room()
    branch_id = page_known().actor.branch_id
    typed = request.args.get("code", "")
    kind = room.identity.screens.pending(branch_id, typed)
    with room.store.reading() as db:
        branch = branches.branch(db, branch_id)
        zones = branches.zones(db, branch_id)
        counters = branches.counters(db, branch_id)
    state = listed(room, branch_id)
    return render_template(
        "admin/devices.html",
        branch=branch.name,
        zones=zones,
        counters=counters,
        typed=typed,
        kind=kind,
        code=None if kind is None else show_code(read_code(typed) or ""),
        usual_name=None if kind is None else _usual_name(kind, [one.name for one in state.items]),
        state=state.model_dump(),
        page=page_settings(
            zones={zone.code: zone.name for zone in zones},
            kinds={kind: gettext(words) for kind, words in KINDS.items()},
        ),
    )


def _usual_name(kind: Kind, taken: list[str]) -> str:
    """A name to begin with: “Board 2”, the first that nobody has."""
    words = gettext(KINDS[str(kind)])
    return next(name for n in range(1, len(taken) + 2) if (name := f"{words} {n}") not in taken)
