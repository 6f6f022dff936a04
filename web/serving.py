"""Starting the server: gunicorn with one worker where it runs, else Werkzeug's threads."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from web.config import Config

if TYPE_CHECKING:
    from flask import Flask

    from web.surface import Room

    MakeApp = Callable[[Config], Flask]

log = logging.getLogger(__name__)

# Open sockets would hold a stopping server for as long as it waits: every screen reconnects.
GRACE_S = 2
BACKLOG = 512


def serve(make_app: MakeApp, config: Config) -> None:
    """Serve until stopped. Blocks.

    The app is made in the process that serves: the one that watches over it stays small, and
    nothing is made before a fork.
    """
    if hasattr(os, "fork"):
        _gunicorn(make_app, config).run()
    else:
        _serve_threads(make_app(config))


def begin(room: Room) -> None:
    """Start what runs beside the requests. Only in the process that serves, after any fork."""
    room.live.start()
    for start in room.on_serve:
        start()


def end(room: Room) -> None:
    """Stop what `begin` started, in the other order."""
    for stop in reversed(room.on_stop):
        try:
            stop()
        except Exception:
            log.exception("stopping %s", getattr(stop, "__qualname__", stop))
    room.live.stop()


def options(config: Config) -> dict[str, Any]:
    """Gunicorn's settings. One worker: a socket must stay with the process that knows it."""
    return {
        "bind": f"{config.host}:{config.port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": config.threads,
        "worker_connections": config.threads + 100,
        "graceful_timeout": GRACE_S,
        "timeout": 60,
        "keepalive": 15,
        "backlog": BACKLOG,
        "worker_tmp_dir": "/dev/shm" if sys.platform == "linux" else None,
        "limit_request_line": 4094,
        "limit_request_fields": 60,
        "control_socket_disable": True,
        "forwarded_allow_ips": "127.0.0.1" if config.behind_proxy else "",
        "post_worker_init": lambda worker: begin(_room(worker.wsgi)),
        "worker_exit": lambda server, worker: _end_of(worker),
        "loglevel": "warning",
    }


def _room(app: Flask) -> Room:
    room: Room = app.extensions["denluot"]
    return room


def _end_of(worker: Any) -> None:
    # one that could not make the app has nothing to end
    if (app := getattr(worker, "wsgi", None)) is not None:
        end(_room(app))


def _gunicorn(make_app: MakeApp, config: Config) -> Any:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in options(config).items():
                if name in self.cfg.settings and value is not None:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return make_app(config)

    return Server()


def _serve_threads(app: Flask) -> None:
    """Serve where processes cannot fork, as on Windows: one process, a thread a request."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log_request(self, *args: object) -> None:
            """Say nothing: a ticket's address holds its token."""

    room = _room(app)
    server = make_server(
        room.config.host, room.config.port, app, threaded=True, request_handler=Quiet
    )
    server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    begin(room)
    try:
        server.serve_forever()
    finally:
        end(room)
        server.server_close()
