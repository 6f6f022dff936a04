"""The administrator's part of the API."""

from __future__ import annotations

from pydantic import Field

from queueing.devices import is_silent
from queueing.people import Actor
from queueing.store import media
from web.access import ADMINS
from web.access_api import DeviceAnswer, Done, device_answer
from web.openapi import Api, Body, Given, Line
from web.surface import Room, current_room

routes = Api("admin")


class BoardReport(Given):
    """What a connected board says of itself.

    `sound` is `ready`, `blocked` (the browser wants to be touched first), `silent` (no sound is
    wanted there), `off` (it has none) or `unknown`; `speaker` is true for the one of its room
    that speaks. `missing` are recordings of the voice, `unplayable` pictures and films.
    """

    sound: str
    allowed: bool
    speaker: bool
    missing: list[str]
    unplayable: list[str]


class ListedDevice(DeviceAnswer):
    """A paired device, whether it is connected, and of a board that is, how it does."""

    connected: bool
    board: BoardReport | None


class Devices(Given):
    """Every device that still has its place."""

    items: list[ListedDevice]


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
    return listed(current_room(), actor.branch_id)


def listed(room: Room, branch_id: int) -> Devices:
    """The devices of a branch, and what those that are connected say of themselves."""
    now = room.store.clock()
    reports = _reports(room, branch_id)
    return Devices(
        items=[
            ListedDevice(
                **device_answer(device).model_dump(),
                connected=device.id in reports or not is_silent(device.seen_at, now),
                board=reports.get(device.id),
            )
            for device in room.identity.screens.all(branch_id)
        ]
    )


def _reports(room: Room, branch_id: int) -> dict[int, BoardReport]:
    """What connected boards say of themselves; pictures and films by their names."""
    with room.store.reading() as db:
        names = {f"m{one.id}": one.name for one in media.all_media(db, branch_id)}
    found = {}
    for device_id, told in room.speakers.report(branch_id).items():
        report = BoardReport(**told)
        unplayable = [names.get(one, one) for one in report.unplayable]
        found[device_id] = report.model_copy(update={"unplayable": unplayable})
    return found


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
