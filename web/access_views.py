"""The plain pages of the door: where to go, signing in, setting up."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from queueing.refusals import Refused
from queueing.store import branches
from web.access import credentials
from web.demo import demo_allowed
from web.pages import Page, page_settings, safe_next
from web.surface import current_room

pages = Blueprint("access", __name__)


@pages.get("/")
def index() -> Page:
    """Where to go."""
    signed_in = next((one for one in credentials() if one.actor.is_staff), None)
    return render_template("index.html", branch=_branch_name(), signed_in=signed_in)


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
