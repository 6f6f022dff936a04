"""The administrator's page of the slip: a form beside the slip as it would be printed."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, make_response, render_template, request

from printer.layout import LINE_MOST, LINES_MOST
from queueing.refusals import Refused
from queueing.store import branches
from queueing.texts import LANGUAGES, N_
from staff.admin.slip_api import slip_of
from staff.admin.slip_preview import NARROW, WIDE, preview
from web.access import ADMINS
from web.i18n import language
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import current_room

LANGUAGE_CHOICES: Final = (
    ("ticket", N_("The one the citizen chose")),
    ("vi", N_("Vietnamese")),
    ("en", N_("English")),
    ("both", N_("Vietnamese, and English smaller below")),
)
SIZE_CHOICES: Final = (
    ("normal", N_("Large (usual)")),
    ("large", N_("Larger")),
    ("largest", N_("As tall as the paper allows")),
)
WIDTHS: Final = (WIDE, NARROW)

pages = Blueprint("slip", __name__)


@pages.get("/admin/slip")
@staff_page(ADMINS)
def slip() -> Page:
    """The form, and the slip beside it."""
    branch_id = page_known().actor.branch_id
    found = slip_of(branch_id)
    with current_room().store.reading() as db:
        branch = branches.branch(db, branch_id)
    return render_template(
        "admin/slip.html",
        branch=branch.name,
        facts={
            "authority": branch.authority,
            "branch": branch.name,
            "hotline": branch.hotline,
        },
        layout=found.layout,
        has_logo=found.logo is not None,
        qr_allowed=found.qr_allowed,
        languages=LANGUAGE_CHOICES,
        sizes=SIZE_CHOICES,
        own_lines=range(LINES_MOST),
        line_most=LINE_MOST,
        page=page_settings(slip=found.model_dump()),
    )


@pages.get("/admin/slip/preview.png")
@staff_page(ADMINS)
def preview_png() -> Page:
    """A sample slip with the saved layout: `?width=576` or `384`, `?language=vi` or `en`."""
    width = request.args.get("width", WIDE, type=int)
    wish = request.args.get("language", language())
    if width not in WIDTHS:
        raise Refused("width_invalid", low=NARROW, high=WIDE)
    if wish not in LANGUAGES:
        raise Refused("unknown_language", language=wish[:8])
    answer = make_response(preview(page_known().actor.branch_id, width, wish))
    answer.mimetype = "image/png"
    return answer
