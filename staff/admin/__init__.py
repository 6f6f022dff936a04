"""The administrator's pages: devices, printers, slip; services, counters and officers later."""

from flask_openapi3.openapi import OpenAPI

from boards.media import media_folder
from staff.admin import (
    api,
    board_api,
    board_media_api,
    board_media_views,
    board_views,
    paper,
    printers_api,
    printers_views,
    slip_api,
    slip_views,
    views,
    voice_api,
    voice_views,
)
from web.surface import Room


def register(app: OpenAPI, room: Room) -> None:
    """Put the pages and the API in place."""
    api.routes.register(app)
    app.register_blueprint(views.pages)
    app.register_blueprint(paper.pages)
    printers_api.routes.register(app)
    app.register_blueprint(printers_views.pages)
    slip_api.routes.register(app)
    app.register_blueprint(slip_views.pages)
    board_api.routes.register(app)
    board_media_api.routes.register(app)
    app.register_blueprint(board_media_views.pages)
    app.register_blueprint(board_views.pages)
    voice_api.routes.register(app)
    app.register_blueprint(voice_views.pages)
    room.on_serve.append(media_folder(room.config.data).sweep)
