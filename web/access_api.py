"""Signing in and out, pairing a screen, the first set-up, and the server's health."""

from __future__ import annotations

import json

from flask import Response, request
from pydantic import Field

from queueing.devices import Kind
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.staff import GUESSES
from queueing.store.identity import Known
from queueing.store.screens import Device, Placing
from web.access import (
    ADMINS,
    DEVICE_COOKIE_S,
    DEVICE_COOKIES,
    EVERYONE,
    OFFICERS,
    SESSION_COOKIE,
    Credential,
    address,
    csrf_for,
    set_cookie,
)
from web.config import phones_can_reach
from web.demo import demo_allowed
from web.openapi import Api, Body, Code, Given, Line
from web.pages import ROLE_OF
from web.qr import qr_path
from web.surface import current_room

routes = Api("identity")

SECRET_HEADER = "X-Pairing-Secret"


class SignIn(Body):
    """An officer's sign-in name and password."""

    login: Line
    password: Line


class DemoSignIn(Body):
    """A sample person's sign-in name."""

    login: Line


class Session(Given):
    """Who has signed in. The session itself is in an HttpOnly cookie."""

    officer_id: int
    name: str
    role: str
    csrf_token: str


class NewPairing(Body):
    """What the screen that asks wants to be."""

    kind: Kind = Field(strict=False)


class QrPicture(Given):
    """A QR code for `viewBox="0 0 size size"`, its quiet zone included; its ground is white."""

    size: int
    path: str


class Pairing(Given):
    """The code to show, and the secret that only this screen knows.

    `confirm_at` is the page on which an administrator's phone finds the code filled in, and
    `qr` leads there; both are null where phones cannot reach this box.
    """

    code: str
    secret: str
    expires_at: str
    confirm_at: str | None
    qr: QrPicture | None


class PairingState(Given):
    """Whether somebody has confirmed; `token` is filled for a print agent alone."""

    state: str
    kind: str | None = None
    name: str | None = None
    token: str | None = None


class Confirmation(Body):
    """What an administrator says of a new screen."""

    name: Line
    zone: Code | None = None
    counter: int | None = Field(default=None, ge=1, le=1_000_000)
    printer: Line | None = None


class DeviceAnswer(Given):
    """A paired device; `speaks` is false for a board that shall never make a sound."""

    id: int
    kind: str
    name: str
    zone: str | None
    counter: int | None
    printer_id: int | None
    created_at: str
    seen_at: str | None
    speaks: bool


class FirstAdmin(Body):
    """The first administrator's name and password."""

    login: Line
    name: Line
    password: Line


class Done(Given):
    """Nothing more to say."""

    ok: bool = True


def device_answer(device: Device) -> DeviceAnswer:
    """A device as the API tells it."""
    return DeviceAnswer(
        id=device.id,
        kind=str(device.kind),
        name=device.name,
        zone=device.zone,
        counter=device.counter,
        printer_id=device.printer_id,
        created_at=device.created_at,
        seen_at=device.seen_at,
        speaks=device.speaks,
    )


def _json(status: int, model: Given) -> Response:
    return Response(model.model_dump_json(), status, mimetype="application/json")


def signed_in(secret: str) -> Response:
    """The answer to a sign-in, with the session's cookie."""
    room = current_room()
    known = room.identity.known(secret)
    assert known is not None, "a new session is valid"
    response = _json(201, _session(known, secret))
    set_cookie(response, SESSION_COOKIE, secret, None)
    return response


def _session(known: Known, secret: str) -> Session:
    return Session(
        officer_id=known.actor.officer_id or 0,
        name=known.name,
        role=str(known.actor.role),
        csrf_token=csrf_for(secret),
    )


@routes.post("/session", who=EVERYONE, gives=Session, status=201)
def sign_in(actor: Actor, body: SignIn) -> Response:
    """Sign in as an officer."""
    identity = current_room().identity
    return signed_in(identity.sign_in(actor.branch_id, body.login, body.password, address()))


@routes.post("/demo/session", who=EVERYONE, gives=Session, status=201)
def demo_sign_in(actor: Actor, body: DemoSignIn) -> Response:
    """Sign in as a sample person; only in the demo, only on this computer."""
    if not demo_allowed():
        raise Refused("not_found")
    identity = current_room().identity
    return signed_in(identity.sign_in_without_password(actor.branch_id, body.login))


@routes.delete("/session", who=OFFICERS)
def sign_out(credential: Credential) -> Response:
    """Sign out."""
    room = current_room()
    if credential.cookie:
        room.identity.sign_out(credential.secret)
        room.live.recheck_soon()
    response = Response(status=204)
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="Lax")
    return response


@routes.post("/pairings", who=EVERYONE, gives=Pairing, status=201)
def ask_pairing(actor: Actor, body: NewPairing) -> Pairing:
    """Ask for a place as a new screen."""
    identity = current_room().identity
    identity.guesses.failed("new_pairing", address(), GUESSES["new_pairing"])
    code, secret, ends = identity.screens.ask(actor.branch_id, body.kind)
    url = f"{current_room().base_url()}/admin/devices?code={code}"
    if body.kind is Kind.AGENT or not phones_can_reach(url):
        return Pairing(code=code, secret=secret, expires_at=ends, confirm_at=None, qr=None)
    qr = QrPicture(**qr_path(url))
    return Pairing(code=code, secret=secret, expires_at=ends, confirm_at=url, qr=qr)


@routes.get("/pairings/<code>", who=EVERYONE, gives=PairingState)
def fetch_pairing(code: str) -> Response:
    """Ask whether the pairing is confirmed; the screen proves itself by `X-Pairing-Secret`.

    Once confirmed, the answer brings the device's cookie, this once.
    """
    identity = current_room().identity
    try:
        found = identity.screens.fetch(code, request.headers.get(SECRET_HEADER, ""))
    except Refused as refused:
        if refused.code == "pairing_unknown":
            identity.guesses.failed("pairing", address(), GUESSES["pairing"])
        raise
    if found is None:
        return _json(200, PairingState(state="waiting"))
    device, token = found
    state = PairingState(state="paired", kind=str(device.kind), name=device.name)
    role = ROLE_OF.get(device.kind)
    if role is None:
        return _json(200, state.model_copy(update={"token": token}))
    response = _json(200, state)
    set_cookie(response, DEVICE_COOKIES[role], token, DEVICE_COOKIE_S)
    return response


@routes.deed("/pairings/<code>/confirm", who=ADMINS, gives=DeviceAnswer)
def confirm_pairing(code: str, actor: Actor, body: Confirmation) -> DeviceAnswer:
    """Give the screen that shows this code its place."""
    identity = current_room().identity
    placing = Placing(body.name, body.zone, body.counter, body.printer)
    return device_answer(identity.screens.confirm(actor, code, placing))


@routes.post("/setup/<secret>", who=EVERYONE, gives=Session, status=201)
def first_admin(secret: str, body: FirstAdmin) -> Response:
    """Make the first administrator, by the one-time link, and sign in."""
    identity = current_room().identity
    try:
        officer = identity.use_setup_link(secret, body.login, body.name, body.password)
    except Refused as refused:
        if refused.code == "setup_link_invalid":
            identity.guesses.failed("setup", address(), GUESSES["setup"])
        raise
    return signed_in(identity.sign_in_without_password(officer.branch_id, officer.login))


def healthz() -> Response:
    """200 and a few words while the database answers and the live loop goes round."""
    room = current_room()
    room.store.branch_ids()
    well = room.live.healthy()
    words = {
        "status": "ok" if well else "live loop is not running",
        "sockets": room.live.connected(),
    }
    return Response(json.dumps(words), 200 if well else 503, mimetype="application/json")
