"""The administrator's part of the API: what the slip shows."""

from __future__ import annotations

import base64
from typing import Final, Literal

from printer.layout import PLAIN, BadLayoutError, SlipLayout
from printer.logo import PIXELS_MOST, UPLOAD_MOST, Logo, LogoError, read_logo
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store import branches, slip_layouts
from queueing.texts import N_
from staff.admin.seen import name_of, refuse_unseen
from staff.admin.slip_preview import NARROW, WIDE, layout_of, preview
from web.access import ADMINS
from web.deeds import BodyLimit
from web.i18n import gettext
from web.openapi import Api, Body, Code, Given
from web.surface import current_room

routes = Api("admin_slip")

_MOST_KB: Final = UPLOAD_MOST // 1024
# Four characters of base64 for three bytes, and some room for the JSON around them.
_LOGO_BODY: Final = BodyLimit(
    4 * -(-UPLOAD_MOST // 3) + 1024, "logo_too_large", (("most", _MOST_KB),)
)
_LIMITS: Final = {"logo_too_large": _MOST_KB, "logo_too_many_pixels": PIXELS_MOST // 1_000_000}
# What the page calls the fields that can be wrong.
_NAMES: Final = {
    "language": N_("Language of the slip"),
    "number_size": N_("Size of the number"),
    "header": N_("Own lines at the top"),
    "footer": N_("Own lines at the end"),
}


class Layout(Body):
    """The whole layout.

    `language` is ticket, vi, en or both; `number_size` normal, large or largest; there may be
    three own lines above and three below; the others say which lines show.
    """

    language: str
    number_size: str
    header: list[str]
    footer: list[str]
    logo: bool
    authority: bool
    branch: bool
    service: bool
    ahead: bool
    wait: bool
    counters: bool
    zone: bool
    qr: bool
    qr_words: bool
    hotline: bool
    time: bool
    same_day: bool
    cutoff_note: bool
    receipt_note: bool
    thanks: bool


class SlipBody(Layout):
    """The layout as it shall be.

    With the `seen` of the answer that it comes from it is refused when somebody else has changed
    it since.
    """

    seen: Code | None = None


class Slip(Given):
    """The layout in force, the one of a new branch, and the digest of the logo.

    `seen` names this state of the layout. `qr_allowed` is false where the setting `slip_qr` keeps
    the code off every slip.
    """

    layout: Layout
    defaults: Layout
    seen: str
    logo: str | None
    qr_allowed: bool


class LogoBody(Body):
    """A PNG or JPEG in base64."""

    content: str


class PreviewBody(Body):
    """A layout to look at before it is saved; `late` shows a slip of shortly before closing."""

    layout: Layout
    language: Literal["vi", "en"] = "vi"
    late: bool = False


class Picture(Given):
    """A slip as it would be printed, as a PNG in base64."""

    width: int
    png: str


class Pictures(Given):
    """The slip on 80 mm paper and on 58 mm paper."""

    items: list[Picture]


@routes.get("/slip", who=ADMINS, gives=Slip)
def slip(actor: Actor) -> Slip:
    """What the slip shows now."""
    return slip_of(actor.branch_id)


@routes.put("/slip", who=ADMINS, gives=Slip)
def set_slip(actor: Actor, body: SlipBody) -> Slip:
    """Let slips from now on show this. Papers queued before keep what they promised."""
    store, wanted = current_room().store, checked(body).as_json()
    with store.change(actor.branch_id) as change:
        now = layout_of(slip_layouts.slip_setup(change.db, actor.branch_id)).as_json()
        refuse_unseen(body.seen, now, wanted)
        slip_layouts.save_layout(store, actor, wanted)
    return slip_of(actor.branch_id)


@routes.put("/slip/logo", who=ADMINS, gives=Slip, limit=_LOGO_BODY, slow=True)
def set_logo(actor: Actor, body: LogoBody) -> Slip:
    """Print this picture at the head of the slip, in black dots, at most 46 × 20 mm."""
    found = _read(body.content)
    slip_layouts.save_logo(current_room().store, actor, found.digest, found.png)
    return slip_of(actor.branch_id)


@routes.delete("/slip/logo", who=ADMINS)
def remove_logo(actor: Actor) -> None:
    """Print no logo any more."""
    slip_layouts.remove_logo(current_room().store, actor)


@routes.post("/slip/preview", who=ADMINS, gives=Pictures)
def preview_slip(actor: Actor, body: PreviewBody) -> Pictures:
    """Draw a sample slip with a layout that is not saved yet."""
    layout = checked(body.layout)
    drawn = {
        width: preview(actor.branch_id, width, body.language, layout=layout, late=body.late)
        for width in (WIDE, NARROW)
    }
    return Pictures(
        items=[
            Picture(width=width, png=base64.b64encode(png).decode()) for width, png in drawn.items()
        ]
    )


def slip_of(branch_id: int) -> Slip:
    """What a branch's slip shows now."""
    with current_room().store.reading() as db:
        setup = slip_layouts.slip_setup(db, branch_id)
        qr_allowed = branches.rules(db, branch_id).flag("slip_qr")
    layout = layout_of(setup)
    return Slip(
        layout=_model(layout),
        defaults=_model(PLAIN),
        seen=name_of(layout.as_json()),
        logo=setup.logo,
        qr_allowed=qr_allowed,
    )


def checked(body: Layout) -> SlipLayout:
    """The layout as it may be stored. Raises Refused `layout_invalid`."""
    try:
        return SlipLayout.from_json(body.model_dump(exclude={"seen"}), edited=True)
    except BadLayoutError as error:
        words = gettext(_NAMES[error.field]) if error.field in _NAMES else error.field
        raise Refused("layout_invalid", field=words, name=error.field) from error


def _model(layout: SlipLayout) -> Layout:
    return Layout.model_validate(layout.as_json())


def _read(content: str) -> Logo:
    """The picture, brought to dots. Raises Refused."""
    try:
        data = base64.b64decode(content, validate=True)
    except ValueError as error:
        raise Refused("logo_unreadable") from error
    try:
        return read_logo(data)
    except LogoError as error:
        most = _LIMITS.get(error.code)
        raise Refused(error.code, **({} if most is None else {"most": most})) from error
