"""The files of pictures and films, for paired boards and for staff who are signed in."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort, request, send_file

from boards.media import MB
from queueing.people import Role
from queueing.refusals import Refused
from queueing.store import media
from staff.admin.board_media_api import folder
from web.access import OFFICERS, Who, require
from web.surface import current_room

VIEWERS: Final[Who] = (Role.BOARD, *OFFICERS)
# The address names the content: another file has another one.
_FOR_EVER: Final = "private, max-age=31536000, immutable"
# A film is asked for from a byte on, and read only as fast as it plays. Given in parts it never
# holds a thread of the server for as long as it plays; browsers ask for the next part.
_PART_MOST: Final = 4 * MB

pages = Blueprint("media", __name__)


@pages.get("/media/<int:media_id>/<digest>")
def media_file(media_id: int, digest: str) -> Response:
    """A picture or film. Nothing is told of those that are not there."""
    actor = require(VIEWERS).actor
    try:
        with current_room().store.reading() as db:
            one = media.one_media(db, actor.branch_id, media_id)
    except Refused:
        abort(404)
    file = folder().file(one.digest, one.mime)
    if one.digest != digest or not file.is_file():
        abort(404)
    _limit_range()
    response = send_file(file.resolve(), mimetype=one.mime, conditional=True, etag=one.digest)
    response.headers["Cache-Control"] = _FOR_EVER
    return response


def _limit_range() -> None:
    """Let a single range that was asked for be no longer than a part; others count for nothing."""
    asked = request.range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        request.environ.pop("HTTP_RANGE", None)
        return
    begin, end = asked.ranges[0]
    if begin >= 0 and (end is None or end - begin > _PART_MOST):
        request.environ["HTTP_RANGE"] = f"bytes={begin}-{begin + _PART_MOST - 1}"
