"""Who may open a page: paired screens and signed-in staff.

    pages = Blueprint("board", __name__)

    @pages.get("/board")
    @device_page(Kind.BOARD)
    def board() -> str:
        known = page_known()          # name, zone, counter, printer_id and .actor
        return render_template("board/index.html", state=..., page=page_settings())

A screen that is not paired gets the pairing page in its place, staff who are not signed in
are sent to `/sign-in` and come back afterwards.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec
from urllib.parse import quote, urlsplit

from flask import Response, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from queueing.branches import local
from queueing.devices import Kind
from queueing.people import Role
from queueing.refusals import Refused
from queueing.store import branches
from queueing.store.identity import Known
from web.access import (
    DEVICE_COOKIE_S,
    DEVICE_COOKIES,
    Credential,
    Who,
    credentials,
    find,
    set_cookie,
)
from web.demo import demo_allowed, demo_pair
from web.i18n import language
from web.surface import current_room

P = ParamSpec("P")
Page = str | BaseResponse

ROLE_OF = {Kind.KIOSK: Role.KIOSK, Kind.BOARD: Role.BOARD, Kind.COUNTER: Role.COUNTER}


def device_page(kind: Kind) -> Callable[[Callable[P, Page]], Callable[P, Page]]:
    """The page of a paired device of this kind."""
    role = ROLE_OF[kind]

    def decorate(view: Callable[P, Page]) -> Callable[P, Page]:
        @functools.wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Page:
            found = next((c for c in credentials() if c.cookie and c.actor.role is role), None)
            if found is None and demo_allowed():
                return _with_cookie(redirect(_here()), role, demo_pair(kind))
            if found is None:
                return render_template("access/pair.html", kind=str(kind), page=page_settings())
            g.page_credential = found
            return _with_cookie(make_response(view(*args, **kwargs)), role, found.secret)

        return guarded

    return decorate


def _with_cookie(response: BaseResponse, role: Role, secret: str) -> BaseResponse:
    assert isinstance(response, Response)
    set_cookie(response, DEVICE_COOKIES[role], secret, DEVICE_COOKIE_S)
    return response


def staff_page(who: Who) -> Callable[[Callable[P, Page]], Callable[P, Page]]:
    """A page for signed-in staff. Others of the staff get a refusal."""

    def decorate(view: Callable[P, Page]) -> Callable[P, Page]:
        @functools.wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Page:
            signed_in = next((c for c in credentials() if c.actor.is_staff), None)
            if signed_in is None:
                return redirect("/sign-in?next=" + quote(_here(), safe=""))
            if find(who) is None:
                raise Refused("forbidden")
            g.page_credential = signed_in
            return view(*args, **kwargs)

        return guarded

    return decorate


def page_credential() -> Credential:
    """The credential that opened the page in hand."""
    found = g.page_credential
    assert isinstance(found, Credential)
    return found


def page_known() -> Known:
    """Whom the page in hand was opened for."""
    return page_credential().known


def page_settings(**more: object) -> dict[str, object]:
    """What `static/js/page.js` wants of every page; a surface adds its own."""
    return {"language": language(), "zone_minutes": _zone_minutes(), "mm": _mm(), **more}


def _zone_minutes() -> int:
    """The branch's offset from UTC now, in minutes."""
    room = current_room()
    with room.store.reading() as db:
        timezone = branches.branch(db, room.branch_id).timezone
    offset = local(room.store.clock(), timezone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds() / 60)


def _mm() -> float | None:
    """CSS pixels a millimetre, when the address says so: `?mm=4.03`."""
    given = request.args.get("mm", type=float)
    return given if given is not None and 0.5 <= given <= 40 else None


def safe_next(target: str | None) -> str:
    """A path of this site to go on to; `/` for anything that could lead elsewhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    if any(ord(c) < 33 or c == "\\" for c in target) or urlsplit(target).netloc:
        return "/"
    return target


def _here() -> str:
    return safe_next(request.full_path.rstrip("?"))
