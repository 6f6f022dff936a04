"""The supervisor's pages: the service-time log now; live overview and reports later."""

from flask_openapi3.openapi import OpenAPI

from staff.supervisor import api, views
from web.surface import Room


def register(app: OpenAPI, room: Room) -> None:
    """Put the pages and the API in place."""
    api.routes.register(app)
    app.register_blueprint(views.pages)
