"""A real Socket.IO client that keeps what it was sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import socketio
import websocket

from tests.support.waiting import eventually


class _Abrupt(websocket.WebSocket):
    """Hangs up without waiting three seconds for the server to say goodbye too."""

    def close(
        self, status: int = 1000, reason: str | bytes = b"", timeout: float | None = 0.02
    ) -> None:
        super().close(status, reason, min(timeout or 0.02, 0.02))


class Screen:
    """One connection; `got` holds every message as (event, data), oldest first."""

    def __init__(self) -> None:
        self.got: list[tuple[str, Any]] = []
        self.refusal: Any = None
        self.closed = threading.Event()
        self._client = socketio.Client(
            reconnection=False, websocket_extra_options={"class_": _Abrupt}
        )
        self._client.on("*", self._note)
        self._client.on("connect_error", self._refused)
        self._client.on("disconnect", self._ended)

    def _note(self, event: str, data: Any = None) -> None:
        self.got.append((event, data))

    def _refused(self, data: Any) -> None:
        self.refusal = data

    def _ended(self, *reason: object) -> None:
        self.closed.set()

    def connect(self, url: str, auth: Any, headers: dict[str, str]) -> bool:
        """Connect as the page would; False when the server refused."""
        try:
            self._client.connect(
                url, headers=headers, auth=auth, transports=["websocket"], wait_timeout=5
            )
        except socketio.exceptions.ConnectionError:
            return False
        return True

    def send(self, event: str, data: Any) -> None:
        """Tell the server something, as the page would."""
        self._client.emit(event, data)

    def states(self, event: str) -> list[Any]:
        """What was sent under this name."""
        return [data for name, data in list(self.got) if name == event]

    def wait(self, done: Callable[[], object], what: str) -> None:
        """Wait until something is true of what was sent."""
        eventually(done, why=what)

    def close(self) -> None:
        """Hang up."""
        self._client.disconnect()


@contextmanager
def screen(url: str, auth: Any = None, **headers: str) -> Iterator[Screen]:
    """A connected screen; its `refusal` says why when it is not."""
    one = Screen()
    one.connect(url, auth, headers)
    try:
        yield one
    finally:
        one.close()
