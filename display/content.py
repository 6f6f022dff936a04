"""What a board shows beside the calls: counters and ways to them, ticker, panel, code, look."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from boards.setup import BoardSetup
from queueing.branches import local
from queueing.settings import Rules
from queueing.store import media, notices
from queueing.store.board import Call, Desk
from queueing.store.board_setup import board_setup_text, read
from queueing.store.notices import Notice
from queueing.store.rows import Branch
from queueing.texts import say
from voice.ready import by_code
from web.config import phones_can_reach
from web.qr import qr_path
from web.surface import Room

ROSTER: Final = "roster"


def setup_of(db: sqlite3.Connection, branch_id: int) -> BoardSetup:
    """What the branch put on its boards."""
    return _setup(board_setup_text(db, branch_id))


# a long roster takes ten times as long to check as all else that a board's state is made of
@functools.lru_cache(maxsize=64)
def _setup(text: str) -> BoardSetup:
    return BoardSetup.from_json(read(text))


def look(rules: Rules) -> dict[str, Any]:
    """How the branch wants its boards to look."""
    return {
        "layout": rules.text("board_layout"),
        "theme": rules.text("board_theme"),
        "panel": rules.flag("board_panel"),
        "mark_s": rules.integer("board_mark_seconds"),
        "hold_s": rules.integer("board_hold_seconds"),
        "night": rules.text("board_night"),
    }


def call_of(call: Call, setup: BoardSetup) -> dict[str, Any]:
    """A call as the room reads it, with the way to its counter."""
    found = asdict(call) | way(setup, call.counter)
    # whose language it is stays between the ticket and the voice
    del found["language"]
    return found


def way(setup: BoardSetup, counter: int) -> dict[str, Any]:
    """Arrow and words that lead to a counter."""
    hint = setup.hint(counter)
    return {"arrow": hint.arrow, "hint": hint.words, "hint_en": hint.words_en}


def counters(
    desks: Sequence[Desk], held: Sequence[Call], setup: BoardSetup
) -> list[dict[str, Any]]:
    """Every counter, with the call that it holds."""
    at = {call.counter: call for call in held}
    return [
        asdict(desk)
        | way(setup, desk.number)
        | {"call": call_of(at[desk.number], setup) if desk.number in at else None}
        for desk in desks
    ]


def ticker(setup: BoardSetup, standing: Sequence[Notice]) -> list[dict[str, Any]]:
    """What staff have just told the room, then the branch's own lines."""
    urgent = [_notice(one) for one in standing if not one.trial]
    own = [
        {"id": f"t{place}", "words": line.words, "words_en": line.words_en, "urgent": False}
        for place, line in enumerate(setup.ticker)
    ]
    return urgent + own


def _notice(notice: Notice) -> dict[str, Any]:
    ready = by_code(notice.ready) if notice.ready else None
    words = say(ready.words, "vi") if ready else notice.words
    words_en = say(ready.words, "en") if ready else ""
    return {"id": f"n{notice.id}", "words": words, "words_en": words_en, "urgent": True}


def panel(
    db: sqlite3.Connection,
    branch: Branch,
    zone_id: int | None,
    setup: BoardSetup,
    desks: Sequence[Desk],
    now: datetime,
) -> dict[str, Any]:
    """What rotates in the panel at this moment: pictures, films, the duty roster."""
    here = local(now, branch.timezone)
    items: list[dict[str, Any]] = [
        {
            "id": f"m{one.id}",
            "kind": one.kind,
            "url": one.url,
            "seconds": one.seconds if one.kind == "image" else 0,
            "name": one.name,
        }
        for one in media.shown(db, branch.id, zone_id, here)
    ]
    # a roster that is for a later day is not in force yet
    in_force = (setup.roster_from or "") <= here.date().isoformat()
    mine = {desk.number for desk in desks}
    rows = [asdict(duty) for duty in setup.roster if duty.counter in mine]
    if rows and setup.roster_seconds and in_force:
        items.append(
            {
                "id": ROSTER,
                "kind": ROSTER,
                "seconds": setup.roster_seconds,
                "day": setup.roster_from,
                "rows": rows,
            }
        )
    return {"items": items}


def links(room: Room, rules: Rules) -> dict[str, Any]:
    """The list of procedures for phones: its address and its code, if phones can reach it."""
    url = f"{room.config.base_url(rules.text('public_url'))}/procedures"
    # the demo shows what it would look like, though only this computer reaches it
    shown = rules.flag("board_qr") and (room.config.demo or phones_can_reach(url))
    return {"procedures": url, "qr": qr_path(url) if shown else None}


def standing(
    db: sqlite3.Connection, branch_id: int, zone_id: int | None, now: datetime
) -> list[Notice]:
    """The notices for a board, newest first."""
    return notices.standing(db, branch_id, zone_id, now)
