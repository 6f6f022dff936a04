"""What every answer says to the browser about what it may do with it."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; media-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": CSP,
    # a ticket's address holds its token: it must not travel on
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()"
    ),
}
PAIRS: Final = list(HEADERS.items())
FOR_EVER: Final = "public, max-age=31536000, immutable"


def set_up(app: Flask) -> None:
    """Add the headers to every answer of the app."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.extend(PAIRS)
        if request.endpoint == "static" and response.status_code in (200, 304):
            # the address of a hashed file changes with its content
            response.headers["Cache-Control"] = FOR_EVER if "v" in request.args else "no-cache"
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
