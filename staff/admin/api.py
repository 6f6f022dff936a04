"""The administrator's part of the API."""

from __future__ import annotations

from pydantic import Field

from queueing.people import Actor
from web.access import ADMINS
from web.access_api import DeviceAnswer, Done, device_answer
from web.openapi import Api, Body, Given, Line
from web.surface import current_room

routes = Api("admin")


class Devices(Given):
    """Every device that still has its place."""

    items: list[DeviceAnswer]


class DevicePrinter(Body):
    """Which printer a screen's papers come out of; null is the default one."""

    printer: int | None = Field(ge=1)


class DeviceName(Body):
    """What a device is called from now on."""

    name: Line


class DeviceSpeech(Body):
    """Whether a board may ever make a sound."""

    speaks: bool


@routes.get("/devices", who=ADMINS, gives=Devices)
def list_devices(actor: Actor) -> Devices:
    """The paired devices, newest first."""
    found = current_room().identity.screens.all(actor.branch_id)
    return Devices(items=[device_answer(device) for device in found])


@routes.deed("/devices/<int:device_id>/revoke", who=ADMINS, gives=Done)
def revoke_device(device_id: int, actor: Actor) -> Done:
    """Take a device's place away; its screen asks to be paired again."""
    current_room().identity.screens.revoke(actor, device_id)
    return Done()


@routes.put("/devices/<int:device_id>/printer", who=ADMINS, gives=DeviceAnswer)
def set_device_printer(device_id: int, actor: Actor, body: DevicePrinter) -> DeviceAnswer:
    """Say which printer the papers of a kiosk come out of."""
    screens = current_room().identity.screens
    return device_answer(screens.set_printer(actor, device_id, body.printer))


@routes.put("/devices/<int:device_id>/name", who=ADMINS, gives=DeviceAnswer)
def rename_device(device_id: int, actor: Actor, body: DeviceName) -> DeviceAnswer:
    """Give a device another name."""
    return device_answer(current_room().identity.screens.rename(actor, device_id, body.name))


@routes.put("/devices/<int:device_id>/speaks", who=ADMINS, gives=DeviceAnswer)
def set_device_speaks(device_id: int, actor: Actor, body: DeviceSpeech) -> DeviceAnswer:
    """Say whether a board may ever make a sound: a silent one only shows."""
    screens = current_room().identity.screens
    return device_answer(screens.set_speaks(actor, device_id, body.speaks))
