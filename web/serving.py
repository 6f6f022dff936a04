"""Starting the server: gunicorn with one worker where it runs, else Werkzeug's threads."""

from __future__ import annotations

import logging
import socket
import sys
from typing import Any

from flask import Flask

from web.surface import Room

log = logging.getLogger(__name__)

# Open sockets would hold a stopping server for as long as it waits: every screen reconnects.
GRACE_S = 2
BACKLOG = 512


def serve(app: Flask) -> None:
    """Serve until stopped. Blocks."""
    room = app.extensions["denluot"]
    assert isinstance(room, Room)
    if sys.platform == "win32":
        _serve_threads(app, room)
    else:
        _gunicorn(app, room).run()


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


def options(room: Room) -> dict[str, Any]:
    """Gunicorn's settings. One worker: a socket must stay with the process that knows it."""
    config = room.config
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
        "post_worker_init": lambda worker: begin(room),
        "worker_exit": lambda server, worker: end(room),
        "loglevel": "warning",
    }


def _gunicorn(app: Flask, room: Room) -> Any:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in options(room).items():
                if name in self.cfg.settings and value is not None:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return app

    return Server()


def _serve_threads(app: Flask, room: Room) -> None:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log_request(self, *args: object) -> None:
            """Say nothing: a ticket's address holds its token."""

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
