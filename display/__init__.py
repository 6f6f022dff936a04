"""The waiting-room board: whose turn it is, and at which counter."""

from __future__ import annotations

from flask_openapi3.openapi import OpenAPI

from display import api, state, views
from web.surface import Room


def register(app: OpenAPI, room: Room) -> None:
    """Put the board's page, its part of the API and its live state in place."""
    api.routes.register(app)
    app.register_blueprint(views.pages)
    room.live.register("board", build=state.build, rooms=state.rooms)
