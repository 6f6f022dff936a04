"""An administrator's program that sets printers up over the API."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from tests.support.door import Door, bearer


class Desk:
    """An administrator's program, which reads English."""

    def __init__(self, door: Door) -> None:
        self.door, self.client = door, door.client()
        self.head = bearer(door.token("admin")) | {"Accept-Language": "en"}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """Ask for a path below /api/v1."""
        url = f"/api/v1/{path}"
        return self.client.open(url, method=method, json=body, headers=self.head | headers)

    def add(self, name: str = "Máy in", address: str = "10.0.0.9", **more: Any) -> dict[str, Any]:
        """Add a printer that must be added; its answer."""
        body = {"name": name, "way": "network", "address": address, "width": 576} | more
        answer = self.ask("POST", "printers", body)
        assert answer.status_code == 201, answer.text
        return dict(answer.get_json())

    def do(self, method: str, path: str, body: Any = None) -> Any:
        """Do what must be done; its answer."""
        answer = self.ask(method, path, body)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def refused(self, method: str, path: str, body: Any = None) -> tuple[int, str]:
        """Do what must be refused; status and code."""
        answer = self.ask(method, path, body)
        assert answer.content_type == "application/problem+json", answer.text
        problem = answer.get_json(force=True)
        return answer.status_code, problem["code"]

    def items(self) -> list[dict[str, Any]]:
        """Every printer."""
        return list(self.do("GET", "printers")["items"])
