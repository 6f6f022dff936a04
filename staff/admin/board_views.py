"""The administrator's page of the boards: how they look, and what stands beside the calls."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, current_app, render_template

from boards.media import IMAGE_MOST, MB
from boards.setup import (
    ARROWS,
    DUTIES_MOST,
    DUTY_TEXT_MOST,
    HINT_TEXT_MOST,
    LINE_MOST,
    LINES_MOST,
)
from queueing.settings import BY_NAME
from queueing.store import branches
from queueing.texts import N_
from staff.admin.board_api import SETTING_NAMES, setup_of
from staff.admin.board_media_api import TAKEN, media_of
from web.access import ADMINS
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import current_room

CHOICES: Final = {
    "board_layout": (
        ("one", N_("One call large, the latest ones beside it")),
        ("table", N_("A field for each counter")),
    ),
    "board_theme": (
        ("light", N_("Dark letters on a light ground")),
        ("dark", N_("Light letters on a dark ground")),
    ),
    "board_night": (
        ("clock", N_("A dim clock")),
        ("dark", N_("A dark screen")),
        ("off", N_("As in the daytime")),
    ),
}
WEEKDAYS: Final = (
    N_("Mon"),
    N_("Tue"),
    N_("Wed"),
    N_("Thu"),
    N_("Fri"),
    N_("Sat"),
    N_("Sun"),
)
MOST: Final = {
    "lines": LINES_MOST,
    "line": LINE_MOST,
    "duties": DUTIES_MOST,
    "duty": DUTY_TEXT_MOST,
    "hint": HINT_TEXT_MOST,
    "image_mb": IMAGE_MOST // MB,
}

pages = Blueprint("board_setup", __name__)


@pages.get("/admin/board")
@staff_page(ADMINS)
def board_setup() -> Page:
    """The forms, and the pictures and films."""
    branch_id = page_known().actor.branch_id
    found = setup_of(branch_id)
    with current_room().store.reading() as db:
        branch = branches.branch(db, branch_id)
        counters = branches.counters(db, branch_id)
        zones = branches.zones(db, branch_id)
    return render_template(
        "admin/board.html",
        branch=branch.name,
        settings=found.settings.model_dump(),
        choices=CHOICES,
        bounds={name: (BY_NAME[name].low, BY_NAME[name].high) for name in SETTING_NAMES},
        counters=counters,
        zones=zones,
        weekdays=WEEKDAYS,
        taken=TAKEN,
        image_most=IMAGE_MOST // MB,
        has_voice=any(rule.rule == "/admin/voice" for rule in current_app.url_map.iter_rules()),
        page=page_settings(
            board=found.model_dump(),
            media=media_of(branch_id).model_dump()["items"],
            counters=[{"number": one.number, "name": one.name} for one in counters],
            zones=[{"code": one.code, "name": one.name} for one in zones],
            arrows=ARROWS,
            most=MOST,
        ),
    )
