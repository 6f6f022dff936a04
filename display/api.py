"""The board's part of the API: the same state that the socket sends."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from display import state
from display.models import (
    BoardCall,
    BoardCounter,
    BoardLinks,
    BoardLook,
    Panel,
    TickerLine,
    Voice,
)
from queueing.refusals import Refused
from web.access import PAIRED, Credential, credentials
from web.openapi import Api, Given, Range, Reply
from web.surface import current_room

routes = Api("board")


class BoardBranch(Given):
    """The service point, and whom to call when something is wrong."""

    name: str
    hotline: str | None


class BoardZone(Given):
    """The part of the room that a board is for."""

    code: str
    name: str


class BoardWaiting(Given):
    """How many wait for a service, and how long one who joined now would wait, in seconds."""

    prefix: str
    name: str
    waiting: int
    estimate: Range | None


class Board(Given):
    """Everything a board shows; `calls` has the newest first.

    `program` changes with the server's program; `ticker` has staff's notices first; `panel` is
    what rotates now.
    """

    epoch: str
    seq: int
    now: str
    program: str
    branch: BoardBranch
    zone: BoardZone | None
    open: bool
    opens_at: str | None
    look: BoardLook
    calls: list[BoardCall]
    counters: list[BoardCounter]
    waiting: list[BoardWaiting]
    ticker: list[TickerLine]
    panel: Panel
    links: BoardLinks
    voice: Voice


@routes.get("/board", who=PAIRED, gives=Board)
def board(credential: Credential) -> Reply:
    """The board's state: a board of a zone sees its own, all others the whole branch."""
    known = credential.known
    return state.build(current_room(), known.actor.branch_id, state.own_key(known))


@routes.get("/board/<zone>", who=PAIRED, gives=Board)
def zone_board(zone: str, credential: Credential) -> Reply:
    """The state of one zone's board."""
    # a browser may be a board and a signed-in officer at once: either may let it in
    seen_by = [one.known for one in credentials() if one.actor.role in PAIRED]
    if not any(state.may_see(known, zone) for known in seen_by):
        raise Refused("forbidden")
    try:
        return state.build(current_room(), credential.actor.branch_id, zone)
    except Refused as refused:
        if refused.code == "unknown_zone":
            raise NotFound from refused
        raise
