"""The administrator's part of the API: how boards look, and what stands beside the calls."""

from __future__ import annotations

import sqlite3
from typing import Final

from boards.setup import (
    DUTIES_MOST,
    DUTY_TEXT_MOST,
    HINT_TEXT_MOST,
    HINTS_MOST,
    LINE_MOST,
    LINES_MOST,
    BoardSetup,
)
from boards.words import BadSetupError
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.settings import InvalidSettingError, checked
from queueing.store import board_setup, branches
from queueing.store.settings import save_settings
from queueing.texts import N_
from staff.admin.board_models import BoardSettings, BoardSetupAnswer, BoardSetupBody, BoardWords
from staff.admin.seen import name_of, refuse_unseen
from web.access import ADMINS
from web.deeds import BodyLimit
from web.i18n import gettext
from web.openapi import Api
from web.surface import current_room

routes = Api("admin_board")

# Sixty duties and a hundred ways, in the longest words, are longer than an ordinary request.
_BODY: Final = BodyLimit(512 * 1024)
# What the page calls the parts that can be wrong.
PARTS: Final = {
    "ticker": N_("Running lines"),
    "roster": N_("Duty roster"),
    "roster_from": N_("In effect from"),
    "roster_seconds": N_("Seconds on the board"),
    "hints": N_("Ways to the counters"),
}
SETTING_NAMES: Final = {
    "board_layout": N_("Arrangement"),
    "board_theme": N_("Colours"),
    "board_panel": N_("Panel for pictures, films and the roster"),
    "board_calls": N_("Recent calls in the list"),
    "board_mark_seconds": N_("Seconds that a new call is marked"),
    "board_hold_seconds": N_("Seconds that each of several calls stays large"),
    "board_night": N_("Outside opening hours"),
    "board_qr": N_("Code of the list of procedures"),
    "notice_minutes": N_("Minutes that a notice from staff stays"),
    "media_most_mb": N_("Largest film, in MB"),
}
_LENGTHS: Final = {"ticker": LINE_MOST, "roster": DUTY_TEXT_MOST, "hints": HINT_TEXT_MOST}
_COUNTS: Final = {"ticker": LINES_MOST, "roster": DUTIES_MOST, "hints": HINTS_MOST}
_CODES: Final = {
    "length": "setup_length",
    "unseen": "setup_unseen",
    "count": "setup_count",
    "empty": "setup_empty",
    "twice": "setup_twice",
    "day": "setup_day",
    "number": "setup_number",
}


@routes.get("/board-setup", who=ADMINS, gives=BoardSetupAnswer)
def get_board_setup(actor: Actor) -> BoardSetupAnswer:
    """What boards are set up to show now."""
    return setup_of(actor.branch_id)


@routes.put("/board-setup", who=ADMINS, gives=BoardSetupAnswer, limit=_BODY)
def set_board_setup(actor: Actor, body: BoardSetupBody) -> BoardSetupAnswer:
    """Let boards look like this and show this, from now on. All of it is saved, or nothing.

    Rows may name counters that are out of use only as they were kept; boards leave them out.
    """
    setup = _read(body.setup)
    settings = {name: _text(value) for name, value in body.settings.model_dump().items()}
    for name, value in settings.items():
        _check(name, value)
    store = current_room().store
    with store.change(actor.branch_id) as change:
        now = _setup_in(change.db, actor.branch_id)
        wanted = {"settings": body.settings.model_dump(), "setup": setup.as_json()}
        refuse_unseen(body.seen, now.model_dump(exclude={"seen"}), wanted)
        _check_counters(change.db, actor.branch_id, setup)
        save_settings(store, actor, settings)
        board_setup.save_board_setup(store, actor, setup.as_json())
    return setup_of(actor.branch_id)


def setup_of(branch_id: int) -> BoardSetupAnswer:
    """What a branch's boards are set up to show."""
    with current_room().store.reading() as db:
        return _setup_in(db, branch_id)


def _setup_in(db: sqlite3.Connection, branch_id: int) -> BoardSetupAnswer:
    rules = branches.rules(db, branch_id)
    settings = {
        name: rules.flag(name)
        if field.annotation is bool
        else rules.integer(name)
        if field.annotation is int
        else rules.text(name)
        for name, field in BoardSettings.model_fields.items()
    }
    setup = BoardSetup.from_json(board_setup.board_setup(db, branch_id)).as_json()
    return BoardSetupAnswer(
        settings=BoardSettings.model_validate(settings),
        setup=BoardWords.model_validate(setup),
        seen=name_of({"settings": settings, "setup": setup}),
    )


def _check_counters(db: sqlite3.Connection, branch_id: int, setup: BoardSetup) -> None:
    """Let only rows that were there before name a counter out of use. Raises Refused.

    Else the first counter that is switched off would keep anything here from being saved.
    """
    known = {one.number for one in branches.counters(db, branch_id)}
    kept = BoardSetup.from_json(board_setup.board_setup(db, branch_id))
    for name in ("roster", "hints"):
        for row in getattr(setup, name):
            if row.counter not in known and row not in getattr(kept, name):
                words = gettext(PARTS[name])
                raise Refused("setup_counter", field=words, name=name, counter=row.counter)


def _read(words: BoardWords) -> BoardSetup:
    """The words as they may be stored. Raises Refused."""
    try:
        return BoardSetup.from_json(words.model_dump(), edited=True)
    except BadSetupError as error:
        shown = gettext(PARTS[error.field]) if error.field in PARTS else error.field
        facts = {"field": shown, "name": error.field}
        table = {"length": _LENGTHS, "count": _COUNTS}.get(error.why, {})
        most = table.get(error.field)
        raise Refused(
            _CODES.get(error.why, "setup_invalid"),
            **facts,
            **({} if most is None else {"most": most}),
        ) from error


def _check(name: str, value: str) -> None:
    try:
        checked(name, value)
    except InvalidSettingError as error:
        raise Refused("setting_invalid", name=gettext(SETTING_NAMES[name]), field=name) from error


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
