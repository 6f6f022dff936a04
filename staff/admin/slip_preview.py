"""The branch's slip as it would be printed now, drawn to be looked at."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from printer.layout import PLAIN, BadLayoutError, SlipLayout
from printer.slip import SlipContent, draw
from queueing import slips
from queueing.store import slip_layouts
from queueing.store.slip_layouts import SlipSetup
from web.surface import current_room

WIDE: Final = 576
NARROW: Final = 384
# Leads to no ticket: whoever scans the preview is told that there is none.
_TOKEN: Final = "0" * 22


def layout_of(setup: SlipSetup) -> SlipLayout:
    """The layout that a branch saved; the plain one if none, or none of this version's."""
    if setup.layout is None:
        return PLAIN
    try:
        return SlipLayout.from_json(setup.layout)
    except BadLayoutError:
        return PLAIN


def preview(
    branch_id: int,
    width: int,
    language: str,
    *,
    layout: SlipLayout | None = None,
    late: bool = False,
) -> bytes:
    """A sample slip as a PNG, with the saved layout or another one."""
    room = current_room()
    url = room.ticket_url(_TOKEN)
    with room.store.reading() as db:
        facts = slips.sample(db, branch_id, room.store.clock(), language, url, late=late)
        setup = slip_layouts.slip_setup(db, branch_id)
        logo = slip_layouts.logo(db, branch_id, setup.logo) if setup.logo else None
    shown = layout_of(setup) if layout is None else layout
    content = SlipContent.from_json(facts | {"layout": shown.as_json()})
    out = BytesIO()
    draw(content, width, logo=logo).save(out, "PNG")
    return out.getvalue()
