"""The generated document of the API is true and whole."""

import re
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from app import SURFACES
from tests.support.door import open_door
from web.openapi import PREFIX


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    door = open_door(tmp_path_factory.mktemp("door"), surfaces=tuple(SURFACES))
    return dict(door.client().get(f"{PREFIX}/openapi.json").json)


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]


def test_it_is_valid_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_it_has_every_route_of_the_api_and_no_other(tmp_path: Path) -> None:
    door = open_door(tmp_path, surfaces=tuple(SURFACES))
    document = door.client().get(f"{PREFIX}/openapi.json").json
    routes = {
        (method, re.sub(r"<(?:[^<>]*:)?(\w+)>", r"{\1}", rule.rule))
        for rule in door.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(PREFIX) and not rule.rule.endswith("openapi.json")
    }
    documented = {
        (method.upper(), path) for path, item in document["paths"].items() for method in item
    }
    assert documented == routes


def test_every_operation_says_what_it_does_and_what_it_answers(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        assert operation["summary"], name
        assert any(status.startswith("2") for status in operation["responses"]), name


def test_every_refusal_is_a_problem(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        for status, response in operation["responses"].items():
            if status[0] in "45":
                assert list(response["content"]) == ["application/problem+json"], (name, status)


def test_every_operation_says_who_may(document: dict[str, Any]) -> None:
    schemes = document["components"]["securitySchemes"]
    assert {"bearer", "session", "kiosk", "board", "counter"} == set(schemes)
    for name, operation in operations(document):
        assert operation["security"], name
        for choice in operation["security"]:
            assert set(choice) <= set(schemes), name


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))


def test_bodies_allow_no_unknown_field(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {})
        if any(kind.get("schema", {}).get("format") == "binary" for kind in content.values()):
            # a file, as it is
            assert "application/json" not in content, name
        elif content:
            ref = content["application/json"]["schema"]["$ref"]
            schema = document["components"]["schemas"][ref.rsplit("/", 1)[1]]
            assert schema["additionalProperties"] is False, name
