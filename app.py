"""The composition root: one app out of settings, operations, surfaces and the live line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from flask import Flask
from flask_openapi3.openapi import OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

import agents
import display
import kiosk
from printer.spool import spool_for
from queueing.clock import Clock, utc_now
from queueing.operations import Operations
from queueing.store import Store, report
from queueing.store.identity import Identity
from staff import admin, console, supervisor
from web import access_api, errors, headers, i18n
from web.access_views import pages
from web.config import Config
from web.deeds import BODY_MOST
from web.live import Live
from web.openapi import add_document, new_app
from web.resources import static_folder, template_folder
from web.surface import Room

SURFACES: Final[dict[str, Callable[[OpenAPI, Room], None]]] = {
    "kiosk": kiosk.register,
    "display": display.register,
    "staff.console": console.register,
    "staff.supervisor": supervisor.register,
    "staff.admin": admin.register,
    "agents": agents.register,
}

DAY_CHECK_S = 20
TIDY_S = 3600
AUTO_CALL_S = 1
ADD_UP_S = 2


def create_app(config: Config, clock: Clock = utc_now, names: Iterable[str] = SURFACES) -> Flask:
    """The program as a WSGI app, with these surfaces. Starts no thread, keeps no connection."""
    app = new_app(
        __name__,
        static_folder=str(static_folder()),
        static_url_path="/static",
        template_folder=str(template_folder()),
    )
    settings(app, config)
    room = operations(app, config, clock)
    surfaces(app, room, names)
    live(app, room)
    printing(room)
    housekeeping(room)
    return app


def settings(app: Flask, config: Config) -> None:
    """What Flask itself must know, and what every answer gets."""
    app.config.update(
        TESTING=config.testing,
        # an unexpected error is answered by web.errors in tests too
        PROPAGATE_EXCEPTIONS=False,
        MAX_CONTENT_LENGTH=BODY_MOST,
        TRUSTED_HOSTS=config.trusted_hosts,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    errors.set_up(app)
    headers.set_up(app)
    i18n.set_up(app)


def operations(app: Flask, config: Config, clock: Clock) -> Room:
    """The domain, and the room in which the surfaces find it."""
    store = Store(config.data, clock)
    deeds = Operations(store)
    room = Room(config, store, deeds, Identity(store, config.scrypt))
    deeds.ticket_url = room.ticket_url
    room.live = Live(room)
    app.extensions["denluot"] = room
    return room


def surfaces(app: OpenAPI, room: Room, names: Iterable[str]) -> None:
    """The pages and the API, one surface after another."""
    access_api.routes.register(app)
    app.register_blueprint(pages)
    app.add_url_rule("/healthz", view_func=access_api.healthz)
    for name in names:
        SURFACES[name](app, room)
    add_document(app)


def live(app: Flask, room: Room) -> None:
    """The sockets, woken by every commit."""
    room.live.attach(app)
    if room.config.behind_proxy:
        # outermost, so that a socket's address is the screen's too; a Host is never believed
        app.wsgi_app = ProxyFix(app.wsgi_app, x_host=0, x_prefix=0)  # type: ignore[method-assign]
    room.store.after_commit.append(room.live.committed)


def printing(room: Room) -> None:
    """The spool, woken by every commit; its threads begin in the process that serves."""
    spool = spool_for(room.store, room.config.data)
    room.on_serve.append(spool.start)
    room.on_stop.append(spool.stop)
    room.store.after_commit.append(lambda done: spool.wake())


def housekeeping(room: Room) -> None:
    """What must happen though nobody presses: a day's end, and forgetting what is old."""

    def turn_days() -> None:
        for branch_id in room.store.branch_ids():
            room.operations.expire(branch_id)

    def call_for_idle_counters() -> None:
        for branch_id in room.store.branch_ids():
            room.operations.auto_call(branch_id)

    def add_up_months() -> None:
        for branch_id in room.store.branch_ids():
            report.keep_next(room.store, branch_id)

    room.live.every(DAY_CHECK_S, turn_days)
    room.live.every(AUTO_CALL_S, call_for_idle_counters)
    room.live.every(ADD_UP_S, add_up_months)
    room.live.every(TIDY_S, room.operations.tidy)
    room.live.every(TIDY_S, room.identity.guesses.forget_old)
