"""What virtual printers put out, to be looked at on a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from flask import Blueprint, render_template, send_file

from printer.paper import PAPERS_KEPT
from queueing.refusals import Refused
from queueing.store import branches, printers
from web.access import OFFICERS
from web.pages import Page, page_known, staff_page
from web.surface import current_room

SHOWN: Final = 24
_NAME: Final = re.compile(r"\d{8}T\d{12}-[0-9a-f]{6}")

pages = Blueprint("paper", __name__)


def _folder() -> Path | None:
    """The folder of the branch's virtual printer; None when it has none."""
    room = current_room()
    with room.store.reading() as db:
        every = printers.printers(db, page_known().actor.branch_id)
    virtual = next((printer for printer in every if printer.transport == "virtual"), None)
    return None if virtual is None else room.config.data / virtual.address


@pages.get("/admin/paper")
@staff_page(OFFICERS)
def papers() -> Page:
    """The newest papers, the last one first."""
    room, folder = current_room(), _folder()
    with room.store.reading() as db:
        branch = branches.branch(db, page_known().actor.branch_id)
    names = [] if folder is None else sorted((p.stem for p in folder.glob("*.png")), reverse=True)
    return render_template(
        "admin/paper.html",
        branch=branch.name,
        names=names[:SHOWN],
        kept=min(len(names), PAPERS_KEPT),
        has_printer=folder is not None,
    )


@pages.get("/admin/paper/<name>.png")
@staff_page(OFFICERS)
def paper(name: str) -> Page:
    """One paper, as the bytes that were sent draw it."""
    folder = _folder()
    if folder is None or not _NAME.fullmatch(name) or not (folder / f"{name}.png").is_file():
        raise Refused("unknown_paper")
    return send_file((folder / f"{name}.png").resolve(), mimetype="image/png", max_age=0)
