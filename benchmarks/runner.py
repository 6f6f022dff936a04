"""Other ways to serve the same app, for the comparison: `python -m benchmarks.runner KIND`.

KIND is `gthread`, as the product serves, or `gevent`. Both may be given a slow disk and a
printer that takes its time, so that what is compared is what an office has.
"""

from __future__ import annotations

import argparse
import functools
import socket
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

# the real one: gevent's would let others run, which a disk does not
_sleep = time.sleep


def slow_commits(seconds: float) -> None:
    """Let every commit take so much longer, as on an SD card, holding whoever waits for it.

    As with the real thing the interpreter's lock is free meanwhile, so that other threads go
    on; greenlets all stand still.
    """

    class SlowDisk(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql == "COMMIT":
                _sleep(seconds)
            return super().execute(sql, *values)

    sqlite3.connect = functools.partial(sqlite3.connect, factory=SlowDisk)  # type: ignore[assignment]


def slow_paper(seconds: float, *, off_loop: bool) -> None:
    """Let a slip take so long to print; drawn in a real thread where a loop must not wait."""
    from printer import worker

    draw = worker.paper_of

    def printed(job: Any, printer: Any, logo: bytes | None = None) -> worker.Paper:
        if off_loop:
            from gevent import get_hub

            paper: worker.Paper = get_hub().threadpool.apply(draw, (job, printer, logo))
        else:
            paper = draw(job, printer, logo)
        time.sleep(seconds)
        return paper

    worker.paper_of = printed


def green() -> dict[str, Any]:
    """What gevent needs of the app, and gunicorn's settings for it.

    The store's lock, made after patching, is a cooperative one: without it a greenlet that
    yields inside a transaction lets another run into BEGIN IMMEDIATE, which stops them all.
    """
    from flask_socketio import SocketIO
    from gunicorn.workers.ggevent import GeventWorker

    from web import live

    class Green(SocketIO):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **(options | {"async_mode": "gevent"}))

    class NoDelay(GeventWorker):
        def handle(self, listener: Any, client: Any, addr: Any) -> None:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            super().handle(listener, client, addr)

    vars(live)["SocketIO"] = Green
    return {"worker_class": NoDelay, "worker_connections": 1000}


def serve(data: Path, port: int, more: dict[str, Any]) -> None:
    """Serve until stopped, with gunicorn's settings as the product has them and `more`."""
    from gunicorn.app.base import BaseApplication

    from app import create_app
    from web.config import Config
    from web.serving import options

    config = Config(data=data, port=port)

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in (options(config) | more).items():
                if name in self.cfg.settings and value is not None:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return create_app(config)

    Server().run()


def main() -> None:
    """Patch first, import afterwards, serve last."""
    reader = argparse.ArgumentParser()
    reader.add_argument("kind", choices=["gthread", "gevent"])
    reader.add_argument("--data", type=Path, required=True)
    reader.add_argument("--port", type=int, required=True)
    reader.add_argument("--commit-ms", type=float, default=0.0)
    reader.add_argument("--slip-s", type=float, default=0.0)
    told = reader.parse_args()
    is_green = told.kind == "gevent"
    if is_green:
        from gevent import monkey

        monkey.patch_all()
    if told.commit_ms:
        slow_commits(told.commit_ms / 1000)
    if told.slip_s:
        slow_paper(told.slip_s, off_loop=is_green)
    more = green() if is_green else {}
    sys.argv = sys.argv[:1]
    serve(told.data, told.port, more)


if __name__ == "__main__":
    main()
