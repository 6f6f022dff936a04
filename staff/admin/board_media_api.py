"""The administrator's part of the API: pictures and films for the boards, sent as they are."""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from boards.kinds import FILMS
from boards.media import MB, MediaFolder, media_folder
from boards.words import BadSetupError, day, line
from queueing.branches import local
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store import branches, media
from queueing.store.media import Media
from staff.admin.board_models import MediaAnswer, MediaBody, MediaList, MediaName, MediaOrder
from web.access import ADMINS
from web.openapi import Api
from web.surface import current_room
from web.uploads import Upload

routes = Api("admin_media")

NAME_MOST: Final = 120
TAKEN: Final = ("image/jpeg", "image/png", "image/webp", "image/gif", *FILMS)
_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def folder() -> MediaFolder:
    """Where this box keeps the files."""
    return media_folder(current_room().config.data)


@routes.get("/media", who=ADMINS, gives=MediaList)
def list_media(actor: Actor) -> MediaList:
    """Every picture and film, in the order in which boards show them."""
    return media_of(actor.branch_id)


@routes.upload("/media", who=ADMINS, gives=MediaAnswer, takes=TAKEN)
def add_media(actor: Actor, query: MediaName, upload: Upload) -> MediaAnswer:
    """Put a picture or a film on the boards: the request's body is the file itself.

    Pictures are made to fit a screen and freed of what their camera noted; films stay as they
    are. Pictures may have 20 MB, films as many as the setting `media_most_mb` says.
    """
    name = _name(query.name)
    store, place = current_room().store, folder()
    with store.reading() as db:
        most = branches.rules(db, actor.branch_id).integer("media_most_mb") * MB
        if len(media.all_media(db, actor.branch_id)) >= media.MEDIA_MOST:
            raise Refused("media_too_many", most=media.MEDIA_MOST)
    place.check(upload.length, most, image=upload.mime.startswith("image/"))
    with place.receiving(upload.pieces(most), upload.length, most) as arrived:

        def add_row() -> Media:
            return media.add_media(
                store, actor, name, arrived.kind, arrived.mime, arrived.digest, arrived.size
            )

        def is_needed() -> bool:
            with store.reading() as db:
                return (arrived.digest, arrived.mime) in media.digests(db)

        return _answer_of(actor.branch_id, place.keep(arrived, add_row, is_needed))


@routes.put("/media/order", who=ADMINS, gives=MediaList)
def set_media_order(actor: Actor, body: MediaOrder) -> MediaList:
    """Say in which order pictures and films are shown."""
    media.order_media(current_room().store, actor, body.ids)
    return media_of(actor.branch_id)


@routes.put("/media/<int:media_id>", who=ADMINS, gives=MediaAnswer)
def set_media(media_id: int, actor: Actor, body: MediaBody) -> MediaAnswer:
    """Say when and how long a picture or film is shown, and on which boards."""
    wanted = _schedule(body) | {
        "name": _name(body.name),
        "seconds": body.seconds,
        "active": int(body.active),
    }
    changed = media.change_media(current_room().store, actor, media_id, wanted, body.zone)
    return _answer_of(actor.branch_id, changed)


@routes.delete("/media/<int:media_id>", who=ADMINS)
def remove_media(media_id: int, actor: Actor) -> None:
    """Take a picture or film off the boards, and its file off the disk."""
    store = current_room().store
    folder().remove(lambda: media.remove_media(store, actor, media_id))


def media_of(branch_id: int) -> MediaList:
    """Every picture and film of a branch."""
    with current_room().store.reading() as db:
        found = media.all_media(db, branch_id)
        return MediaList(items=[_answer(db, branch_id, one) for one in found])


def _answer_of(branch_id: int, one: Media) -> MediaAnswer:
    with current_room().store.reading() as db:
        return _answer(db, branch_id, one)


def _answer(db: sqlite3.Connection, branch_id: int, one: Media) -> MediaAnswer:
    now = local(current_room().store.clock(), branches.branch(db, branch_id).timezone)
    zone = None if one.zone_id is None else branches.zone(db, one.zone_id)
    return MediaAnswer(
        id=one.id,
        name=one.name,
        kind=one.kind,
        url=one.url,
        bytes=one.bytes,
        seconds=one.seconds,
        active=bool(one.active),
        zone=None if zone is None else zone.code,
        zone_name=None if zone is None else zone.name,
        zone_retired=zone is not None and not zone.active,
        from_day=one.from_day,
        to_day=one.to_day,
        weekdays=one.weekdays,
        from_time=one.from_time,
        to_time=one.to_time,
        due=bool(one.active) and one.is_due(now),
    )


def _name(text: str) -> str:
    try:
        name = line("name", text, NAME_MOST)
    except BadSetupError as error:
        raise Refused("media_name", most=NAME_MOST) from error
    if not name:
        raise Refused("media_name", most=NAME_MOST)
    return name


def _schedule(body: MediaBody) -> dict[str, object]:
    """Days and times as they are kept. Raises Refused `media_times` or `media_weekdays`."""
    try:
        from_day, to_day = day("from_day", body.from_day), day("to_day", body.to_day)
    except BadSetupError as error:
        raise Refused("media_times") from error
    times = (body.from_time, body.to_time)
    if any(one is not None and _TIME.fullmatch(one) is None for one in times):
        raise Refused("media_times")
    if (from_day and to_day and to_day < from_day) or (times[0] and times[0] == times[1]):
        raise Refused("media_times")
    weekdays = "".join(sorted(set(body.weekdays)))
    if not weekdays or not set(weekdays) <= set("1234567"):
        raise Refused("media_weekdays")
    return {
        "from_day": from_day,
        "to_day": to_day,
        "weekdays": weekdays,
        "from_time": body.from_time,
        "to_time": body.to_time,
    }
