"""The officer's counter: its page, its part of the API, and the state both show."""

from flask_openapi3.openapi import OpenAPI

from staff import notices
from staff.console import api, state, ticket_api, views
from web.surface import Room


def register(app: OpenAPI, room: Room) -> None:
    """Put the pages, the API and the live state in place."""
    api.routes.register(app)
    ticket_api.routes.register(app)
    # the supervisor's overview sends notices by the same routes
    notices.routes.register(app)
    app.register_blueprint(views.pages)
    room.live.register("counter", build=state.build, rooms=state.rooms)
