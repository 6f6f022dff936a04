"""The app's one copy of the catalogue's index, shared by page and API."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app

from catalogue.lookup import Catalogue
from web.surface import Room

_NAME: Final = "denluot.catalogue"


def set_up(app: Flask, room: Room) -> None:
    """Make the look-up ready; it reads nothing before it is first asked."""
    app.extensions[_NAME] = Catalogue(room.store)


def catalogue() -> Catalogue:
    """The catalogue of the app that answers this request."""
    found = current_app.extensions[_NAME]
    assert isinstance(found, Catalogue)
    return found
