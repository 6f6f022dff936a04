"""The examples of docs/api.md are run, in order, against the sample branch."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from queueing.people import Actor, Role
from web.config import Config
from web.surface import Room

PAGE = Path(__file__).resolve().parent.parent / "docs" / "api.md"
EXAMPLE = re.compile(r"```http\n(.+?)\n```\n\n```json\n(\d+)(.*?)\n```", re.S)
EXAMPLES = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))


def secrets_of(room: Room) -> dict[str, str]:
    system = Actor(room.branch_id, Role.SYSTEM)
    return {
        role.upper(): room.identity.create_token(system, role, role)[1]
        for role in ("kiosk", "officer", "supervisor")
    }


def ask(client: FlaskClient, text: str, secrets: dict[str, str]) -> Any:
    head, _, body = text.partition("\n\n")
    first, *lines = head.split("\n")
    method, path = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    if "Authorization" in headers:
        headers["Authorization"] = f"Bearer {secrets[headers['Authorization'].split()[1]]}"
    sent = json.loads(body) if body else None
    return client.open(path, method=method, headers=headers, json=sent)


def assert_says(told: Any, said: Any, where: str) -> None:
    """Whatever the page shows must be in the answer; the answer may hold more."""
    if isinstance(told, dict):
        for name, value in told.items():
            assert name in said, f"{where}.{name}"
            assert_says(value, said[name], f"{where}.{name}")
    elif isinstance(told, list):
        for n, value in enumerate(told):
            assert_says(value, said[n], f"{where}[{n}]")
    else:
        assert said == told, where


def test_the_page_has_its_examples() -> None:
    assert len(EXAMPLES) == PAGE.read_text(encoding="utf-8").count("```http")


def test_every_example_answers_as_the_page_says(sample_data: Path) -> None:
    app = create_app(Config(data=sample_data, testing=True))
    secrets = secrets_of(app.extensions["denluot"])
    client = app.test_client()
    for request, status, body in EXAMPLES:
        answer = ask(client, request, secrets)
        assert answer.status_code == int(status), (request, answer.text)
        if body.strip():
            assert_says(json.loads(body), json.loads(answer.text), request.split("\n")[0])


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_path_of_the_page_is_in_the_generated_document(
    sample_data: Path, number: int
) -> None:
    client = create_app(Config(data=sample_data, testing=True)).test_client()
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    method, path = EXAMPLES[number][0].split("\n")[0].split(" ")
    template = re.sub(r"/counters/\d+", "/counters/{number}", path)
    assert method.lower() in paths[template]
