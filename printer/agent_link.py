"""A print agent's line to the server: requests over HTTP, and a socket that wakes it."""

from __future__ import annotations

import contextlib
import http.client
import json
import logging
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any, Final

log = logging.getLogger(__name__)

TIMEOUT_S: Final = 8.0
CONNECT_AGAIN_S: Final = 3.0
Json = dict[str, Any]


class LinkLostError(Exception):
    """The server did not answer, or not in a way that settles anything."""


class LinkRefusedError(Exception):
    """The server refused: its stable code, its status and its words."""

    def __init__(self, code: str, status: int, words: str) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.words = words


class Link:
    """Requests to one server, as one device once `token` is known."""

    def __init__(self, server: str, token: str = "") -> None:
        self.server = server.rstrip("/")
        self.token = token

    def post(self, path: str, body: Json | None = None) -> Json | None:
        """Send; the answer's object, None for 204. Raises LinkLostError or LinkRefusedError."""
        return self._ask("POST", path, json.dumps(body or {}).encode(), {})

    def get(self, path: str, **headers: str) -> Json | None:
        """Read. Raises LinkLostError or LinkRefusedError."""
        return self._ask("GET", path, None, headers)

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Json | None:
        sent = {"Accept": "application/json", "Accept-Language": "en", **headers}
        if body is not None:
            sent["Content-Type"] = "application/json"
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        url = f"{self.server}/api/v1{path}"
        asked = urllib.request.Request(url, body, sent, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=TIMEOUT_S) as answer:
                raw = answer.read()
        except urllib.error.HTTPError as error:
            raise _refusal(error) from error
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise LinkLostError(str(error) or type(error).__name__) from error
        try:
            found = json.loads(raw) if raw else None
        except ValueError as error:
            raise LinkLostError("not JSON") from error
        return found if isinstance(found, dict) else None


def _refusal(error: urllib.error.HTTPError) -> Exception:
    """What an answer of 400 and above is: a refusal in our words, or a server that cannot now."""
    problem: Any = None
    with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
        problem = json.loads(error.read())
    error.close()
    if error.code >= 500 or not isinstance(problem, dict) or "code" not in problem:
        return LinkLostError(f"status {error.code}")
    words = str(problem.get("detail") or problem.get("title") or "")
    return LinkRefusedError(str(problem["code"]), error.code, words)


class Bell:
    """A socket that rings when there is something to print, and by itself comes back.

    Without the package `python-socketio[client]` it never rings, and the agent looks by itself.
    """

    def __init__(self, link: Link, ring: Callable[[], None]) -> None:
        self._link = link
        self._ring = ring
        self._client: Any = None
        self._stopping = threading.Event()

    @property
    def connected(self) -> bool:
        """True while news come over the socket."""
        return self._client is not None and bool(self._client.connected)

    def start(self) -> bool:
        """Connect in the background, again and again; False when the package is not there."""
        try:
            import socketio

            options = {"class_": _hurried_socket()}
        except ImportError:
            return False
        self._client = socketio.Client(
            reconnection_delay=1, reconnection_delay_max=10, websocket_extra_options=options
        )
        self._client.on("agent", lambda state: self._ring())
        self._client.on("connect", self._ring)
        self._client.start_background_task(self._connect)
        return True

    def _connect(self) -> None:
        """Try until there is a line; from then on the client comes back by itself.

        Its own trying from the beginning would not end with `stop`.
        """
        while not self._stopping.is_set():
            try:
                self._client.connect(
                    self._link.server,
                    headers={"Authorization": f"Bearer {self._link.token}"},
                    auth={"surface": "agent"},
                    transports=["websocket"],
                )
            except Exception as error:
                log.info("no socket yet: %s", error)
                self._stopping.wait(CONNECT_AGAIN_S)
            else:
                if self._stopping.is_set():
                    self.stop()
                return

    def stop(self) -> None:
        """Hang up, or give up trying."""
        self._stopping.set()
        if self._client is not None:
            with contextlib.suppress(Exception):
                self._client.shutdown()


def _hurried_socket() -> type:
    """A WebSocket that hangs up without waiting three seconds for the server's goodbye."""
    import websocket

    class Hurried(websocket.WebSocket):
        def close(
            self, status: int = 1000, reason: str | bytes = b"", timeout: float | None = 0.1
        ) -> None:
            super().close(status, reason, 0.1)

    return Hurried
