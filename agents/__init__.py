"""Print agents: printers that hang on other computers, which fetch their papers here."""

from __future__ import annotations

from flask_openapi3.openapi import OpenAPI

from agents import api, presence, state
from web.surface import Room


def register(app: OpenAPI, room: Room) -> None:
    """Put the API, the live state and the watch over absent agents in place."""
    api.routes.register(app)
    room.live.register("agent", build=state.build, rooms=state.rooms)
    room.live.every(presence.LOOK_S, lambda: presence.look(room))
