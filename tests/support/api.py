"""A caller of the HTTP API that keeps its connection, as another program would write one."""

from __future__ import annotations

import http.client
import json
import uuid
from typing import Any, NamedTuple, Self

from tests.support.server import denluot


class Reply(NamedTuple):
    """A status and its JSON, None where there is none."""

    status: int
    body: Any


class Api:
    """One client of a server on 127.0.0.1, with a bearer token of its own."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self.port = port
        self.token = token
        self._line: http.client.HTTPConnection | None = None

    def post(self, path: str, body: object = None, *, key: str | None = None) -> Reply:
        """POST below /api/v1 with an idempotency key; raises OSError when the line breaks."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key or str(uuid.uuid4())}
        return self._ask("POST", path, json.dumps({} if body is None else body), headers)

    def get(self, path: str) -> Reply:
        """GET below /api/v1; raises OSError when the line breaks."""
        return self._ask("GET", path, None, {})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Reply:
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            if self._line is None:
                self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            self._line.request(method, f"/api/v1{path}", body, headers)
            answer = self._line.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as broken:
            self.close()
            raise OSError(str(broken)) from broken
        return Reply(answer.status, json.loads(text) if text else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None


def token(data: object, role: str) -> str:
    """Make an API token with the real command and return it."""
    made = denluot("token", "create", "--role", role, "--name", f"test {role}", "--data", str(data))
    return made.stdout.strip()


def service_codes(port: int) -> list[str]:
    """The codes of a server's services, in the kiosk's order."""
    with Api(port) as api:
        return [one["code"] for one in api.get("/services").body["items"]]
