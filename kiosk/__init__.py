"""What the citizen touches: the touchscreen, the look-up, the ticket's page on a phone."""

from __future__ import annotations

from flask_openapi3.openapi import OpenAPI

from kiosk import api, doors, lookup, state, ticket_api, ticket_state, views
from web.surface import Room

# A hundred phones may look at their tickets: nothing but a ticket's own news is in a hurry.
TICKET_PACE_S = 1.0


def register(app: OpenAPI, room: Room) -> None:
    """Put the surface's API, pages and live states in place."""
    lookup.set_up(app, room)
    api.routes.register(app)
    ticket_api.routes.register(app)
    app.register_blueprint(views.pages)
    room.live.register("kiosk", build=state.build, rooms=state.rooms)
    room.live.register(
        "ticket", build=ticket_state.build, rooms=ticket_state.rooms, pace_s=TICKET_PACE_S
    )
    doors.set_up(room)
