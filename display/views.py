"""The board's page."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from display import state
from queueing.devices import Kind
from queueing.people import Role
from queueing.refusals import Refused
from queueing.store.identity import Known
from queueing.texts import LANGUAGES
from web.access import OFFICERS, credentials
from web.i18n import DEFAULT
from web.pages import Page, device_page, page_known, page_settings, staff_page
from web.program import program
from web.surface import current_room

pages = Blueprint("board", __name__)


@pages.get("/board")
def board() -> Page:
    """The waiting-room board of a paired screen, or of staff who want to see it."""
    # the room reads a board, not whoever set up the television's browser
    asked = request.args.get("lang")
    g.language = asked if asked in LANGUAGES else DEFAULT
    mine = credentials()
    paired = any(one.cookie and one.actor.role is Role.BOARD for one in mine)
    if not paired and any(one.actor.is_staff for one in mine):
        return _for_staff()
    return _for_screen()


def _page() -> Page:
    known = page_known()
    key = request.args.get("zone") or state.own_key(known)
    if not state.may_see(known, key):
        raise Refused("forbidden")
    return render_template(
        "display/board.html",
        state=state.build(current_room(), known.actor.branch_id, key),
        page=page_settings(zone=key, program=program(), sound=_may_speak(known)),
    )


def _may_speak(known: Known) -> bool:
    """Staff who look at a board hear nothing: the voice is for the waiting room."""
    return known.actor.role is Role.BOARD and known.speaks


_for_screen = device_page(Kind.BOARD)(_page)
_for_staff = staff_page(OFFICERS)(_page)
