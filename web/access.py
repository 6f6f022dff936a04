"""Who is asking: bearer token, officer's session or device cookie, and what they may.

Each device kind has a cookie of its own, so that one browser can show several surfaces in
its tabs. A request may therefore carry several credentials; a route says whom it serves, in
its order of preference, and the credential is chosen by that.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask import Request, Response, g, request

from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.staff import GUESSES
from queueing.store import tickets
from queueing.store.identity import Known
from web.surface import current_room

Who = tuple[Role, ...]

EVERYONE: Final[Who] = ()
KIOSKS: Final[Who] = (Role.KIOSK,)
BOARDS: Final[Who] = (Role.BOARD,)
ADMINS: Final[Who] = (Role.ADMIN,)
SUPERVISORS: Final[Who] = (Role.SUPERVISOR, Role.ADMIN)
OFFICERS: Final[Who] = (Role.OFFICER, Role.SUPERVISOR, Role.ADMIN)
KIOSKS_AND_OFFICERS: Final[Who] = (*KIOSKS, *OFFICERS)
PAIRED: Final[Who] = (Role.BOARD, Role.KIOSK, Role.COUNTER, *OFFICERS)

SESSION_COOKIE: Final = "denluot_session"
DEVICE_COOKIES: Final = {
    Role.KIOSK: "denluot_kiosk",
    Role.BOARD: "denluot_board",
    Role.COUNTER: "denluot_counter",
}
# Browsers keep no cookie longer than 400 days; each page load renews it.
DEVICE_COOKIE_S: Final = 400 * 24 * 3600
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Credential:
    """One proof of identity that a request carries. A cookie must be backed by a CSRF token."""

    known: Known
    secret: str
    cookie: bool

    @property
    def actor(self) -> Actor:
        """Whom it stands for."""
        return self.known.actor

    @property
    def csrf(self) -> str:
        """What a page opened with this cookie must send back in `X-CSRF-Token`."""
        return csrf_for(self.secret)


def csrf_for(secret: str) -> str:
    """A token bound to a cookie: good for as long as the cookie, useless for any other."""
    return hmac.new(secret.encode(), b"denluot csrf", hashlib.sha256).hexdigest()[:40]


def credentials(asked: Request | None = None) -> list[Credential]:
    """Every valid credential of the request: a bearer token alone, else all its cookies."""
    if asked is None:
        if "credentials" not in g:
            g.credentials = list(_credentials(request))
        found: list[Credential] = g.credentials
        return found
    return list(_credentials(asked))


def _credentials(asked: Request) -> Iterator[Credential]:
    identity = current_room().identity
    header = asked.headers.get("Authorization", "")
    if header:
        scheme, _, secret = header.partition(" ")
        known = identity.known(secret.strip()) if scheme.lower() == "bearer" else None
        if known is not None:
            yield Credential(known, secret.strip(), cookie=False)
        # never a cookie behind a wrong token: the caller meant the token
        return
    for name in (*DEVICE_COOKIES.values(), SESSION_COOKIE):
        secret = asked.cookies.get(name, "")
        known = identity.known(secret) if secret else None
        if known is not None and _cookie_of(known.actor) == name:
            yield Credential(known, secret, cookie=True)


def _cookie_of(actor: Actor) -> str | None:
    if actor.device_id is not None:
        return DEVICE_COOKIES.get(actor.role)
    return SESSION_COOKIE if actor.officer_id is not None else None


def find(who: Who) -> Credential | None:
    """The request's credential that the route serves, its preference first."""
    fitting = [one for one in credentials() if one.actor.role in who]
    if request.method not in SAFE_METHODS:
        # with several cookies the page's own CSRF token says which page is asking
        own = [one for one in fitting if not one.cookie or _csrf_fits(one)]
        fitting = own or fitting
    return min(fitting, key=lambda one: who.index(one.actor.role), default=None)


def require(who: Who) -> Credential:
    """The credential that lets this request in.

    Raises Refused `not_signed_in`, `forbidden` or, for a deed sent with a cookie,
    `csrf_failed`.
    """
    found = find(who)
    if found is None:
        raise Refused("forbidden" if credentials() else "not_signed_in")
    check_csrf(found)
    return found


def check_csrf(credential: Credential) -> None:
    """Raises Refused `csrf_failed` when a deed's cookie is not backed by its page's token."""
    if request.method in SAFE_METHODS or not credential.cookie:
        return
    if not _csrf_fits(credential):
        raise Refused("csrf_failed")


def _csrf_fits(credential: Credential) -> bool:
    sent = request.headers.get("X-CSRF-Token", "")
    return hmac.compare_digest(sent.encode(), credential.csrf.encode())


def same_origin() -> None:
    """For deeds that need no credential yet, such as signing in: only from our own pages.

    Raises Refused `csrf_failed` when a browser says that another site asked.
    """
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site":
        raise Refused("csrf_failed")
    public = current_room().base_url()
    if origin and origin.split("://", 1)[-1] not in (
        request.host,
        public.split("://", 1)[-1],
    ):
        raise Refused("csrf_failed")


def csrf_token() -> str:
    """The page's CSRF token (a template global): that of the credential the page was let in by."""
    found: Credential | None = g.get("page_credential")
    return found.csrf if found is not None and found.cookie else ""


def address() -> str:
    """Where the request comes from, for counting failed guesses."""
    return request.remote_addr or "?"


def holder(token: str) -> Actor:
    """The holder of a ticket's token.

    Raises Refused `unknown_ticket`, or `too_many_tries` after many wrong tokens from one
    address. A right token is always let in: only failures are throttled, and those of
    paired screens and staff are no guesses.
    """
    room = current_room()
    try:
        with room.store.reading() as db:
            ticket = tickets.by_token(db, token)
    except Refused:
        if not credentials():
            room.identity.guesses.failed("ticket", address(), GUESSES["ticket"])
        raise
    return Actor(ticket.branch_id, Role.HOLDER, ticket_id=ticket.id)


def ticket_actor(ref: str, who: Who) -> tuple[Actor, int]:
    """Who acts on the ticket that a path names, and its id.

    A token is a capability and needs no sign-in; an id is for those in `who` only.
    """
    if who and ref.isascii() and ref.isdigit() and len(ref) <= 15:
        return require(who).actor, int(ref)
    actor = holder(ref)
    assert actor.ticket_id is not None
    return actor, actor.ticket_id


def set_cookie(response: Response, name: str, secret: str, lasts_s: int | None) -> None:
    """Put a secret into a cookie that scripts cannot read and other sites cannot send.

    It lasts so many seconds; None: until the browser is closed.
    """
    response.set_cookie(
        name,
        secret,
        max_age=lasts_s,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/",
    )
