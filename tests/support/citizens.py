"""A kiosk and its citizens on a whole app, for the tests of the citizens' surface."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from queueing.devices import Kind
from queueing.people import Actor, Role
from queueing.store.rows import Event, Ticket
from tests.support.door import Door, csrf, open_door

TICKETS = "/api/v1/tickets"
# what may change although nothing was done: who guessed wrongly
NOT_HISTORY = {"failure", "sqlite_sequence"}


@dataclass
class Hall:
    """A door with one paired kiosk before it, and a hand for each kind of citizen's deed."""

    door: Door
    secret: str
    client: FlaskClient
    staff: list[Actor] = field(default_factory=list)

    def take(self, service: str = "ho-tich", **body: Any) -> dict[str, Any]:
        """A number taken at the kiosk; what the API answered."""
        answer = self.ask({"service": service, **body})
        assert answer.status_code == 201, answer.text
        return as_json(answer)

    def ask(self, body: Any, **headers: str) -> TestResponse:
        """A number asked for at the kiosk, whatever the answer."""
        return self.client.post(TICKETS, json=body, headers=csrf(self.secret) | headers)

    def look(self, token: str) -> dict[str, Any]:
        """A ticket as its holder's phone sees it."""
        answer = self.door.client().get(f"{TICKETS}/{token}")
        assert answer.status_code == 200, answer.text
        return as_json(answer)

    def do(self, token: str, deed: str, body: Any = None, **headers: str) -> TestResponse:
        """A holder's deed, from a phone."""
        path = f"{TICKETS}/{token}/{deed}"
        return self.door.client().post(path, json=body or {}, headers=headers)

    def kiosk(self) -> dict[str, Any]:
        """The kiosk's state over HTTP."""
        answer = self.client.get("/api/v1/kiosk")
        assert answer.status_code == 200, answer.text
        return as_json(answer)

    def officer(self, counter: int = 1) -> Actor:
        """An officer who has opened a counter."""
        login = f"staff-{len(self.staff) + 1}"
        found = self.door.room.identity.known(self.door.person("officer", login))
        assert found is not None
        self.staff.append(found.actor)
        self.door.room.operations.open(found.actor, counter)
        return found.actor

    def printer(self) -> int:
        """Give the branch a default printer; its id."""
        return int(
            self.sql(
                "INSERT INTO printer (branch_id, name, transport, address, width, is_default)"
                " VALUES (1, 'Máy in', 'dummy', 'x', 576, 1) RETURNING id"
            )[0][0]
        )

    def hours(self, *spans: tuple[int, str, str]) -> None:
        """Give the branch opening hours: (weekday, opens, closes)."""
        for span in spans:
            self.sql("INSERT INTO opening_hours VALUES (1, ?, ?, ?)", *span)

    def set(self, name: str, value: str) -> None:
        """Override a setting."""
        self.sql(
            "INSERT INTO setting VALUES (1, ?, ?) ON CONFLICT (branch_id, name)"
            " DO UPDATE SET value = excluded.value",
            name,
            value,
        )

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of a query, or the effect of a statement."""
        with self.door.room.store.writing() as db:
            return [tuple(row) for row in db.execute(statement, values)]

    def tickets(self) -> list[Ticket]:
        """Every ticket, oldest first."""
        with self.door.room.store.reading() as db:
            return Ticket.all(db, "ORDER BY id")

    def events(self) -> list[Event]:
        """The whole history, oldest first."""
        with self.door.room.store.reading() as db:
            return Event.all(db, "ORDER BY seq")

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table: equal before and after means that nothing was written."""
        names = self.sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: sorted(self.sql(f"SELECT * FROM {name}"), key=repr)
            for (name,) in names
            if name not in NOT_HISTORY
        }

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Assert that what happens inside writes nothing at all."""
        seq, before = self.door.room.store.last_seq(1), self.contents()
        yield
        assert self.door.room.store.last_seq(1) == seq
        assert self.contents() == before


def open_hall(folder: Path, **config: Any) -> Hall:
    """A fresh sample branch with one paired kiosk."""
    door = open_door(folder, **config)
    secret = door.device(Kind.KIOSK)
    return Hall(door, secret, door.client(secret))


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """Give a fresh hall."""
    found = open_hall(tmp_path)
    yield found
    found.door.room.store.close()


@pytest.fixture(scope="module")
def calm_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Give one hall to all tests of a file that write nothing."""
    found = open_hall(tmp_path_factory.mktemp("hall"))
    yield found
    found.door.room.store.close()


def as_json(answer: TestResponse) -> dict[str, Any]:
    """The answer's JSON object."""
    found = answer.get_json()
    assert isinstance(found, dict)
    return found


def problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The answer's problem, which must be of this status and code and be worded."""
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), (
        answer.text
    )
    found = as_json(answer)
    assert (found["status"], found["code"]) == (status, code)
    assert found["detail"]
    assert "…" not in found["detail"]
    return found


def system(hall: Hall) -> Actor:
    """The actor behind the command line."""
    return Actor(hall.door.room.branch_id, Role.SYSTEM)


class Statements:
    """Every SQL statement that any connection opened under it runs, and its machine steps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ran: list[str] = []
        self.steps = 0
        connect = sqlite3.connect

        def watched(*args: Any, **kwargs: Any) -> sqlite3.Connection:
            db: sqlite3.Connection = connect(*args, **kwargs)
            db.set_trace_callback(self.ran.append)
            db.set_progress_handler(self._step, 1)
            return db

        monkeypatch.setattr(sqlite3, "connect", watched)

    def _step(self) -> int:
        self.steps += 1
        return 0

    def clear(self) -> None:
        """Begin to count anew."""
        self.ran.clear()
        self.steps = 0
