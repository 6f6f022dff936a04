"""The plain pages of the door: where to go, signing in, setting up."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, current_app, g, render_template, request

from queueing.refusals import Refused
from queueing.store import branches
from queueing.texts import N_
from web.access import credentials
from web.demo import demo_allowed
from web.i18n import gettext
from web.pages import Page, page_settings, safe_next
from web.surface import current_room

PLACES: Final = (
    ("/kiosk", N_("Ticket kiosk"), N_("The touchscreen where citizens take a number")),
    ("/board", N_("Waiting-room board"), N_("The screen that shows the called numbers")),
    ("/console", N_("Counter"), N_("For officers: call, serve and finish")),
    ("/supervisor", N_("Overview"), N_("For supervisors: the branch as it is now")),
    (
        "/supervisor/visits",
        N_("Service-time log"),
        N_("For supervisors: every visit with its times"),
    ),
    ("/admin/devices", N_("Devices"), N_("For administrators: pair and revoke screens")),
    (
        "/admin/printers",
        N_("Printers"),
        N_("For administrators: set up printers, see how they are"),
    ),
    (
        "/admin/board",
        N_("Board set-up"),
        N_("For administrators: what boards show, pictures, films, duty roster"),
    ),
    (
        "/admin/voice",
        N_("Voice"),
        N_("For administrators: how numbers are spoken, and own recordings"),
    ),
    ("/admin/slip", N_("Slip"), N_("For administrators: what stands on the paper ticket")),
    ("/admin/paper", N_("Virtual printer"), N_("The paper that the virtual printer put out")),
)

pages = Blueprint("access", __name__)


@pages.get("/")
def index() -> Page:
    """Where to go."""
    signed_in = next((one for one in credentials() if one.actor.is_staff), None)
    if signed_in is not None:
        # the page has a sign-out, which is a deed
        g.page_credential = signed_in
    return render_template(
        "index.html", branch=_branch_name(), signed_in=signed_in, places=_places()
    )


def _places() -> list[dict[str, str]]:
    """The pages that this house has."""
    rules = {rule.rule for rule in current_app.url_map.iter_rules()}
    return [
        {"href": href, "name": gettext(name), "about": gettext(about)}
        for href, name, about in PLACES
        if href in rules
    ]


@pages.get("/sign-in")
def sign_in() -> Page:
    """The officers' sign-in; in the demo with one button for each sample person."""
    room = current_room()
    people = room.identity.officers.all(room.branch_id) if demo_allowed() else []
    return render_template(
        "access/sign_in.html",
        people=[one for one in people if not one.disabled],
        branch=_branch_name(),
        page=page_settings(next=safe_next(request.args.get("next"))),
    )


@pages.get("/setup/<secret>")
def setup(secret: str) -> Page:
    """The one-time form for the first administrator."""
    room = current_room()
    room.identity.setup_branch(secret)
    return render_template("access/setup.html", branch=_branch_name(), page=page_settings())


def _branch_name() -> str:
    room = current_room()
    try:
        with room.store.reading() as db:
            return branches.branch(db, room.branch_id).name
    except Refused:
        return ""
