"""Every refusal and every fault, told in the reader's language.

On /api as RFC 9457 `application/problem+json` with a stable code, elsewhere as a plain page.
"""

from __future__ import annotations

import json
import logging
import secrets
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, make_response, render_template, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException, NotFound

from queueing.refusals import REFUSALS, Refused
from queueing.texts import N_, refusal, say
from web.i18n import gettext, language

log = logging.getLogger(__name__)

WEB_REFUSALS: Final[dict[str, tuple[int, str]]] = {
    "bad_request": (400, N_("The request could not be understood.")),
    "bad_json": (400, N_("The request is not valid JSON.")),
    "not_found": (404, N_("There is nothing at this address.")),
    "method_not_allowed": (405, N_("This cannot be done at this address.")),
    "body_too_large": (413, N_("The request is too large.")),
    "unsupported_media_type": (415, N_("The request must be JSON (application/json).")),
    "invalid_request": (422, N_("Something in the request is not right: {fields}.")),
    "idempotency_key_invalid": (
        422,
        N_("A request key has 1 to {most} plain characters."),
    ),
    "csrf_failed": (403, N_("This page is out of date. Please load it again.")),
    "internal_error": (500, N_("Something went wrong. It has been noted under {id}.")),
}

HEADINGS: Final = {
    403: N_("You may not do this"),
    404: N_("There is nothing here"),
    429: N_("Please wait a little"),
    500: N_("Something went wrong"),
}
HEADING: Final = N_("This is not possible")
_BY_STATUS: Final = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
}


def known_refusals() -> dict[str, tuple[int, str]]:
    """Every code there is, with its status and its English words."""
    return {**WEB_REFUSALS, **REFUSALS}


class _Shown(dict[str, object]):
    """Facts for a message: what was not given is left out rather than failing."""

    def __missing__(self, key: str) -> str:
        return "…"


class InvalidRequestError(Exception):
    """A request that does not fit its model. A plain ValidationError is a fault of our own."""

    def __init__(self, cause: ValidationError) -> None:
        super().__init__(cause)
        self.cause = cause


def set_up(app: Flask) -> None:
    """Let no error leave the app in any other form."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(InvalidRequestError, _invalid)
    app.register_error_handler(HTTPException, _http)
    # a number in an address that no database can hold names nothing
    app.register_error_handler(OverflowError, lambda error: _http(NotFound()))
    app.register_error_handler(Exception, _unexpected)


def _refused(error: Refused) -> Response:
    status, msgid = known_refusals().get(error.code, (409, N_("This cannot be done now.")))
    facts = {name: value for name, value in error.facts.items() if _plain(value)}
    detail = words(error.code, msgid, error.facts)
    return answer(error.code, status, detail, **facts)


def words(code: str, msgid: str, facts: dict[str, object]) -> str:
    """A refusal's message for the reader."""
    if code in REFUSALS:
        return refusal(code, facts, language())
    return say(msgid, language()).format_map(_Shown(facts))


def _plain(value: object) -> bool:
    return isinstance(value, str | int | bool | list | tuple) or value is None


def _invalid(error: InvalidRequestError) -> Response:
    found = error.cause.errors(include_url=False, include_input=False, include_context=False)
    errors = [
        {
            "field": ".".join(str(part) for part in one["loc"]) or "body",
            "message": one["msg"][:200],
        }
        for one in found[:20]
    ]
    fields = ", ".join(one["field"][:60] for one in errors)
    message = WEB_REFUSALS["invalid_request"][1]
    detail = gettext(message, fields=fields)
    return answer("invalid_request", 422, detail, errors=errors)


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    if status >= 500:
        return _unexpected(error)
    code = _BY_STATUS.get(status, "bad_request")
    response = answer(code, status, gettext(WEB_REFUSALS[code][1]))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After", "Location"):
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    # the id leads from what the user reads to the log, which alone holds the trace
    error_id = secrets.token_hex(4)
    # the rule, not the path: a ticket's address holds its token
    rule = request.url_rule or "?"
    log.error("fault %s at %s %s", error_id, request.method, rule, exc_info=error)
    message = WEB_REFUSALS["internal_error"][1]
    detail = gettext(message, id=error_id)
    return answer("internal_error", 500, detail, id=error_id)


def answer(code: str, status: int, detail: str, **more: object) -> Response:
    """The problem in the form that the address calls for."""
    title = HTTPStatus(status).phrase
    if wants_problem():
        problem = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": detail,
            "code": code,
        }
        kept = {name: value for name, value in more.items() if name not in problem}
        text = json.dumps({**problem, **kept}, ensure_ascii=False)
        response = Response(text, status, content_type="application/problem+json")
    else:
        heading = gettext(HEADINGS.get(status, HEADING))
        page = render_template("access/error.html", heading=heading, detail=detail)
        response = make_response(page, status)
    if status == 429 and isinstance(more.get("seconds"), int):
        response.headers["Retry-After"] = str(more["seconds"])
    if status == 401 and wants_problem():
        response.headers["WWW-Authenticate"] = 'Bearer realm="denluot"'
    return response


def wants_problem() -> bool:
    """True where programs read the answer."""
    return request.path.startswith("/api/")
