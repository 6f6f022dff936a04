"""The sample branch behind the real app, with its officers signed in, for tests of staff's part."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from queueing import setup
from queueing.branchfile import SAMPLE, load
from queueing.people import Actor, Role
from queueing.store import Store
from queueing.store.rows import Event, Ticket
from tests.support.branch import FakeClock
from tests.support.door import CHEAP
from web.access import SESSION_COOKIE, csrf_for
from web.config import Config
from web.surface import Room

SURFACES = ("kiosk", "staff.console", "staff.supervisor", "staff.admin")


@dataclass
class Person:
    """Somebody of the staff at their browser."""

    secret: str
    client: FlaskClient
    language: str = "vi"

    def headers(self, key: str | None = None) -> dict[str, str]:
        """What our pages send with a deed."""
        sent = {"X-CSRF-Token": csrf_for(self.secret), "X-Language": self.language}
        return sent if key is None else sent | {"Idempotency-Key": key}

    def get(self, path: str) -> TestResponse:
        """Read something."""
        return self.client.get(path, headers={"X-Language": self.language})

    def post(self, path: str, body: Any = None, key: str | None = None) -> TestResponse:
        """Do a deed; `path` below /api/v1."""
        return self.client.post(
            "/api/v1" + path, json={} if body is None else body, headers=self.headers(key)
        )

    def at(self, counter: int, deed: str, body: Any = None, key: str | None = None) -> Any:
        """Do a deed at a counter that must be done; its answer."""
        answer = self.post(f"/counters/{counter}/{deed}", body, key)
        assert answer.status_code in (200, 204), answer.get_data(as_text=True)
        return answer.json if answer.status_code == 200 else None

    def refused(self, path: str, body: Any = None) -> tuple[int, str, str]:
        """Do what must be refused; status, code and words of the problem."""
        answer = self.post(path, body)
        assert answer.content_type == "application/problem+json", answer.get_data(as_text=True)
        problem = answer.get_json(force=True)
        assert problem["status"] == answer.status_code
        return answer.status_code, problem["code"], problem["detail"]

    def state(self, counter: int) -> dict[str, Any]:
        """What a counter sees."""
        answer = self.get(f"/api/v1/counters/{counter}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert isinstance(answer.json, dict)
        return answer.json


@dataclass
class Office:
    """The app, its room, a clock that stands still, and who is signed in."""

    app: Flask
    room: Room
    clock: FakeClock
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, login: str, *, fresh: bool = False) -> Person:
        """Somebody of the sample's staff, signed in; `fresh` is a further browser of theirs."""
        if login not in self.people or fresh:
            secret = self.room.identity.sign_in_without_password(self.room.branch_id, login)
            client = self.app.test_client()
            client.set_cookie(SESSION_COOKIE, secret)
            self.people[login] = Person(secret, client)
        return self.people[login]

    @property
    def hoa(self) -> Person:
        """An officer."""
        return self.person("hoa")

    @property
    def minh(self) -> Person:
        """Another officer."""
        return self.person("minh")

    @property
    def ha(self) -> Person:
        """A supervisor."""
        return self.person("ha")

    def issue(self, service: str = "ho-tich", **options: Any) -> Ticket:
        """Somebody takes a number at the kiosk."""
        actor = Actor(self.room.branch_id, Role.KIOSK)
        return self.room.operations.issue(actor, service, **options).ticket

    def ticket(self, label: str) -> Ticket:
        """Today's ticket of this number, as it stands."""
        with self.room.store.reading() as db:
            found = Ticket.one(db, "WHERE label = ? ORDER BY id DESC", label)
        assert found is not None
        return found

    def events(self) -> list[Event]:
        """The whole history."""
        with self.room.store.reading() as db:
            return Event.all(db, "ORDER BY seq")

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of a query, or the effect of a statement."""
        with self.room.store.writing() as db:
            return [tuple(row) for row in db.execute(statement, values)]


def open_office(data: Path, **config: Any) -> Office:
    """Make the app on a data folder with the sample branch in it."""
    clock = FakeClock()
    app = create_app(Config(data=data, testing=True, scrypt=CHEAP, **config), clock, SURFACES)
    return Office(app, app.extensions["denluot"], clock)


@pytest.fixture(scope="session")
def _office_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "data"
    folder.mkdir()
    store = Store(folder, FakeClock())
    setup.apply(store, load(SAMPLE))
    store.close()
    return folder


@pytest.fixture
def office_data(_office_made_once: Path, tmp_path: Path) -> Path:
    """Give a data folder of one's own with the sample branch in it, as the fake clock made it."""
    return Path(shutil.copytree(_office_made_once, tmp_path / "office"))


@pytest.fixture
def office(office_data: Path) -> Iterator[Office]:
    """Give the sample branch behind the real app."""
    office = open_office(office_data)
    yield office
    office.room.store.close()
