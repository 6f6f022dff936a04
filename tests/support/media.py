"""Sending pictures and films to the API, and fetching them again."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.office import Office, Person


def send(
    person: Person, data: bytes | IO[bytes], name: str = "Hình", **headers: str
) -> TestResponse:
    return person.client.post(
        "/api/v1/media",
        query_string={"name": name},
        data=data,
        headers=person.headers() | headers,
    )


def sent(person: Person, data: bytes, name: str = "Hình") -> dict[str, Any]:
    answer = send(person, data, name)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    assert isinstance(answer.json, dict)
    return answer.json


def put(person: Person, path: str, body: Any) -> TestResponse:
    return person.client.put("/api/v1" + path, json=body, headers=person.headers())


def fetch(client: FlaskClient, url: str, **headers: str) -> TestResponse:
    """Return a file's answer, read to its end and closed, as a server does it."""
    answer = client.get(url, headers=headers)
    answer.get_data()
    answer.close()
    return answer


def delete(person: Person, media_id: int) -> TestResponse:
    return person.client.delete(f"/api/v1/media/{media_id}", headers=person.headers())


def refused(answer: TestResponse) -> tuple[int, str]:
    problem = answer.get_json(force=True)
    assert problem["status"] == answer.status_code
    assert "…" not in problem["detail"]
    return answer.status_code, problem["code"]


def items(person: Person) -> list[dict[str, Any]]:
    answer = person.get("/api/v1/media")
    assert answer.json is not None
    found = answer.json["items"]
    assert isinstance(found, list)
    return found


@pytest.fixture
def folder(office: Office) -> Path:
    """Give the folder of the files, which is made when it is needed."""
    return office.room.config.data / "media"


def lying(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.glob("*")) if folder.exists() else []


@pytest.fixture
def nothing_stays(office: Office, folder: Path) -> Iterator[None]:
    """See to it that a refused file leaves neither a file nor a row."""
    yield
    assert lying(folder) == []
    assert office.sql("SELECT count(*) FROM media") == [(0,)]
