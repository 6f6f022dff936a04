"""The API's shape: base models, the decorators that make a route, and its document.

    routes = Api("counters")

    @routes.deed("/counters/<int:number>/start", who=OFFICERS, gives=CounterState)
    def start(number: int, actor: Actor, body: StartBody) -> Reply:
        "Begin serving the called ticket."

A route's function takes, by name, what it needs: the path's values, `actor`, `credential`,
`query` (a model), and `body` (a model) or `upload` (a file as it is). It returns a model, a
dict, an `Answer`, a Flask `Response` (not from a deed), or None for 204. `gives` documents the
answer, and tests check that it is true.

With `holder=True` the path's `<ref>` is a ticket's token, whose holder needs no sign-in, or
its id for those in `who`; the function takes `ticket_id` in its place.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, TypeVar, get_type_hints

from flask import Flask, Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.info import Info
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from queueing.people import Role
from queueing.store.answers import Answer
from web.access import EVERYONE, Who
from web.deeds import USUAL, BodyLimit, Route, serve

PREFIX = "/api/v1"
VERSION = "1"

View = TypeVar("View", bound=Callable[..., Any])
Reply = BaseModel | dict[str, Any] | Answer | Response | None

Code = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Line = Annotated[str, StringConstraints(max_length=200)]
Text = Annotated[str, StringConstraints(max_length=2000)]
Places = Annotated[int, Field(ge=1, le=1000)]


class Body(BaseModel):
    """Base of what is sent to us: nothing unknown, nothing of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)


class Query(BaseModel):
    """Base of a query string, where everything arrives as text."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Given(BaseModel):
    """Base of what we answer."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)


class FieldError(Given):
    """One field that was not understood."""

    field: str
    message: str


class Problem(Given):
    """What went wrong, as RFC 9457 says it; `code` is stable, `detail` is for people."""

    model_config = ConfigDict(extra="allow")
    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError] | None = None


class Range(Given):
    """An estimated wait in seconds."""

    low: int
    high: int


class Empty(Body):
    """A body that says nothing."""


SECURITY_SCHEMES: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "denluot_session"},
    "kiosk": {"type": "apiKey", "in": "cookie", "name": "denluot_kiosk"},
    "board": {"type": "apiKey", "in": "cookie", "name": "denluot_board"},
    "counter": {"type": "apiKey", "in": "cookie", "name": "denluot_counter"},
}
_SCHEME_OF = {Role.KIOSK: "kiosk", Role.BOARD: "board", Role.COUNTER: "counter"}


def new_app(import_name: str, **options: Any) -> OpenAPI:
    """An app whose API documents itself at /api/v1/openapi.json; no page loads anything."""
    return OpenAPI(
        import_name,
        info=Info(title="Đến Lượt", version=VERSION, description=_ABOUT),
        security_schemes=SECURITY_SCHEMES,
        validation_error_model=Problem,
        doc_ui=False,
        **options,
    )


_ABOUT = (
    "Tickets, counters, boards and the service-time log of one public service point. "
    "A deed may carry an `Idempotency-Key`; with a cookie it must carry `X-CSRF-Token`."
)


class Api:
    """One surface's part of /api/v1."""

    def __init__(self, name: str) -> None:
        self.blueprint = APIBlueprint(f"{name}_api", __name__, abp_tags=[Tag(name=name)])

    def register(self, app: OpenAPI) -> None:
        """Put the routes and their documentation in place."""
        app.register_api(self.blueprint)

    def get(
        self,
        rule: str,
        *,
        who: Who,
        gives: type[BaseModel] | None = None,
        holder: bool = False,
    ) -> Callable[[View], View]:
        """A route that only reads."""
        return self._route("GET", rule, who, gives, 200, deed=False, holder=holder)

    def deed(
        self,
        rule: str,
        *,
        who: Who,
        gives: type[BaseModel] | None = None,
        status: int = 200,
        holder: bool = False,
    ) -> Callable[[View], View]:
        """A POST that does something; a repeated Idempotency-Key gets the first answer."""
        return self._route("POST", rule, who, gives, status, deed=True, holder=holder)

    def post(
        self, rule: str, *, who: Who, gives: type[BaseModel] | None = None, status: int = 200
    ) -> Callable[[View], View]:
        """A POST whose answer must not be kept, such as one that holds a secret."""
        return self._route("POST", rule, who, gives, status, deed=False)

    def upload(
        self,
        rule: str,
        *,
        who: Who,
        gives: type[BaseModel],
        takes: tuple[str, ...],
    ) -> Callable[[View], View]:
        """A POST whose body is a file of one of these mime types.

        The function takes `upload` and reads it itself, piece by piece. No answer is kept for a
        key: a repeat is another file.
        """
        return self._route("POST", rule, who, gives, 201, deed=False, takes=takes)

    def put(
        self,
        rule: str,
        *,
        who: Who,
        gives: type[BaseModel] | None = None,
        limit: BodyLimit = USUAL,
        slow: bool = False,
    ) -> Callable[[View], View]:
        """A deed that sets something whole, or says anew what is known of it.

        A `slow` one keeps no answer for its key, since others could not write while it works;
        a repeat sets the same once more.
        """
        return self._route("PUT", rule, who, gives, 200, deed=not slow, limit=limit)

    def delete(self, rule: str, *, who: Who) -> Callable[[View], View]:
        """A route that ends something."""
        return self._route("DELETE", rule, who, None, 204, deed=False)

    def _route(
        self,
        method: str,
        rule: str,
        who: Who,
        gives: type[BaseModel] | None,
        status: int,
        *,
        deed: bool,
        holder: bool = False,
        limit: BodyLimit = USUAL,
        takes: tuple[str, ...] = (),
    ) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            hints = get_type_hints(view)
            wanted = frozenset(inspect.signature(view).parameters)
            route = Route(view, who, status, deed, holder, gives, hints, wanted, limit)

            def endpoint(**path: Any) -> Response:
                return serve(route, path)

            endpoint.__name__ = view.__name__
            endpoint.__doc__ = view.__doc__
            endpoint.__annotations__ = _documented(rule, view.__name__, hints, holder)
            # our own reading of the request is stricter and answers with problem+json
            endpoint.__delay_validate_request__ = True  # type: ignore[attr-defined]
            register = getattr(self.blueprint, method.lower())
            register(
                PREFIX + rule,
                operation_id=view.__name__,
                summary=_summary(view),
                description=inspect.getdoc(view),
                responses=_responses(status, gives, who),
                security=_security(who),
                openapi_extensions=_file_body(takes),
            )(endpoint)
            return view

        return decorate


def _documented(rule: str, name: str, hints: dict[str, Any], holder: bool) -> dict[str, Any]:
    kept: dict[str, Any] = {part: hints[part] for part in ("query", "body") if part in hints}
    values = re.findall(r"<(?:[^<:>]+:)?(\w+)>", rule)
    if values:
        fields: dict[str, Any] = {
            value: (str if holder and value == "ref" else hints[value], ...) for value in values
        }
        kept["path"] = create_model(f"{name}_path", **fields)
    return kept


def _file_body(takes: tuple[str, ...]) -> dict[str, Any] | None:
    if not takes:
        return None
    content = {mime: {"schema": {"type": "string", "format": "binary"}} for mime in takes}
    return {"requestBody": {"required": True, "content": content}}


def _summary(view: Callable[..., Any]) -> str:
    doc = inspect.getdoc(view)
    assert doc, f"{view.__name__} needs a docstring: it is the API's documentation"
    return doc.split("\n")[0]


def _responses(status: int, gives: type[BaseModel] | None, who: Who) -> dict[Any, Any]:
    found: dict[Any, Any] = {status: gives}
    refusals = [400, 404, 409, 413, 415, 422, 429, 500, 503]
    if who is not EVERYONE:
        refusals += [401, 403]
    for refusal in sorted(refusals):
        found[refusal] = {
            "description": HTTPStatus(refusal).phrase,
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
    return found


def _security(who: Who) -> list[dict[str, list[str]]]:
    if who is EVERYONE:
        return [{}]
    found: list[dict[str, list[str]]] = [{"bearer": []}]
    for role in who:
        scheme: dict[str, list[str]] = {_SCHEME_OF.get(role, "session"): []}
        if scheme not in found:
            found.append(scheme)
    return found


def add_document(app: Flask) -> None:
    """Serve the generated document."""
    assert isinstance(app, OpenAPI)
    documented = app

    @app.get(f"{PREFIX}/openapi.json", doc_ui=False)
    def openapi_document() -> dict[str, Any]:
        return documented.api_doc
