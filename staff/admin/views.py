"""The administrator's pages."""

from __future__ import annotations

from flask import Blueprint, render_template

from queueing.store import branches
from web.access import ADMINS
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import current_room

pages = Blueprint("admin", __name__)


@pages.get("/admin/devices")
@staff_page(ADMINS)
def devices() -> Page:
    """The paired screens, and the form that pairs another."""
    room = current_room()
    branch_id = page_known().actor.branch_id
    with room.store.reading() as db:
        branch = branches.branch(db, branch_id)
        zones = branches.zones(db, branch_id)
        counters = branches.counters(db, branch_id)
    return render_template(
        "admin/devices.html",
        branch=branch.name,
        zones=zones,
        zone_names={zone.code: zone.name for zone in zones},
        counters=counters,
        devices=room.identity.screens.all(branch_id),
        page=page_settings(),
    )
