"""How a request of the API is read, let in, done once and answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from flask import Response, current_app, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import NotFound

from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store.answers import Answer, RequestKey
from web.access import Credential, Who, credentials, require, same_origin, ticket_actor
from web.errors import InvalidRequestError
from web.surface import current_room
from web.uploads import Upload

M = TypeVar("M", bound=BaseModel)

KEY_MOST = 200
PATH_VALUE_MOST = 200
BODY_MOST = 64 * 1024
SQLITE_INTEGER_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """How long a body may be, and how a longer one is refused: before it is read."""

    most: int = BODY_MOST
    code: str = "body_too_large"
    facts: tuple[tuple[str, object], ...] = ()

    def refused(self) -> Refused:
        """The refusal of a body that is too long."""
        return Refused(self.code, **dict(self.facts))


USUAL: Final = BodyLimit()


@dataclass(frozen=True, slots=True)
class Route:
    """One route of the API, as `web.openapi.Api` made it."""

    view: Callable[..., Any]
    who: Who
    status: int
    deed: bool
    holder: bool
    gives: type[BaseModel] | None
    hints: dict[str, Any]
    wanted: frozenset[str]
    limit: BodyLimit = USUAL


def serve(route: Route, path: dict[str, Any]) -> Response:
    """Answer one request: who asks comes before what is asked, what is asked before doing it."""
    _check_path(path)
    given = dict(path)
    actor = _let_in(route, given)
    if "query" in route.wanted:
        given["query"] = read_query(route.hints["query"])
    if "upload" in route.wanted:
        given["upload"] = Upload(request)
    raw = b""
    if "body" in route.wanted:
        raw = _raw_body(route.limit)
        given["body"] = read_body(route.hints["body"], raw)
    if not route.deed:
        return _respond(route, route.view(**given))
    answer = once(actor, raw, lambda: _answer(route, route.view(**given)))
    return _response(answer.status, answer.body)


def _let_in(route: Route, given: dict[str, Any]) -> Actor:
    """Fill in who is asking; a public route sees a stranger."""
    found = None
    if route.holder:
        actor, given["ticket_id"] = ticket_actor(given.pop("ref"), route.who)
    elif route.who:
        found = require(route.who)
        actor = found.actor
    else:
        actor = stranger()
    if request.method == "POST" and found is None:
        same_origin()
    if "actor" in route.wanted:
        given["actor"] = actor
    if "credential" in route.wanted:
        given["credential"] = found
    return actor


def stranger() -> Actor:
    """Somebody who has not said who they are: any caller of a public route."""
    return Actor(current_room().branch_id, Role.HOLDER)


def visitor() -> Credential | None:
    """On a public route, the first valid credential of the request, if it carries one."""
    return next(iter(credentials()), None)


def _check_path(path: dict[str, Any]) -> None:
    for value in path.values():
        if isinstance(value, int) and value > SQLITE_INTEGER_MOST:
            raise NotFound
        if isinstance(value, str) and len(value) > PATH_VALUE_MOST:
            raise NotFound


def _raw_body(limit: BodyLimit) -> bytes:
    if (request.content_length or 0) > limit.most:
        raise limit.refused()
    request.max_content_length = limit.most
    raw = request.get_data(cache=True)
    if request.content_length is None and len(raw) >= limit.most:
        # sent in chunks, and cut off where the limit is
        raise limit.refused()
    if raw and not request.is_json:
        raise Refused("unsupported_media_type")
    return raw


def read_body(model: type[M], raw: bytes) -> M:
    """The request's JSON as a model; no body at all reads as an empty object.

    Raises Refused `bad_json`, or InvalidRequestError when it does not fit.
    """
    try:
        return model.model_validate_json(raw or b"{}")
    except ValidationError as error:
        if error.errors(include_url=False)[0]["type"] == "json_invalid":
            raise Refused("bad_json") from error
        raise InvalidRequestError(error) from error


def read_query(model: type[M]) -> M:
    """The query string as a model; the first of repeated names counts.

    Raises InvalidRequestError.
    """
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise InvalidRequestError(error) from error


def once(actor: Actor, raw: bytes, deed: Callable[[], Answer]) -> Answer:
    """Do a deed, or give the first answer again when its `Idempotency-Key` is a repeat.

    Raises Refused `idempotency_key_reused` or `idempotency_key_invalid`.
    """
    sent = request.headers.get("Idempotency-Key")
    key = None
    if sent is not None:
        if not (1 <= len(sent) <= KEY_MOST and sent.isascii() and sent.isprintable()):
            raise Refused("idempotency_key_invalid", most=KEY_MOST)
        key = RequestKey(actor.caller, request.method, request.path, sent)
    body_hash = hashlib.sha256(raw).hexdigest()
    return current_room().operations.once(actor, key, body_hash, deed)


def _answer(route: Route, result: Any) -> Answer:
    if isinstance(result, Answer):
        return result
    if result is None:
        return Answer(204, "")
    return Answer(route.status, _json(route, result))


def _respond(route: Route, result: Any) -> Response:
    if isinstance(result, Response):
        return result
    answer = _answer(route, result)
    return _response(answer.status, answer.body)


def _json(route: Route, result: Any) -> str:
    if isinstance(result, BaseModel):
        return result.model_dump_json(by_alias=True)
    if current_app.testing and route.gives is not None:
        route.gives.model_validate(result)
    return json.dumps(result, ensure_ascii=False, separators=(",", ":"))


def _response(status: int, body: str) -> Response:
    return Response(body, status, mimetype="application/json" if body else None)
