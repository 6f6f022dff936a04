"""The supervisor's pages: the live overview, a ticket's history, the log and its reports."""

from flask_openapi3.openapi import OpenAPI

from staff.supervisor import api, overview_api, overview_views, reports, reports_api, state, views
from web.surface import Room

# Quiet enough that ten supervisors never hold up a call.
PACE_S = 0.75


def register(app: OpenAPI, room: Room) -> None:
    """Put the pages, the API and the live state in place."""
    api.routes.register(app)
    overview_api.routes.register(app)
    reports_api.routes.register(app)
    app.register_blueprint(views.pages)
    app.register_blueprint(overview_views.pages)
    app.register_blueprint(reports.pages)
    room.live.register("overview", build=state.build, rooms=state.rooms, pace_s=PACE_S)
