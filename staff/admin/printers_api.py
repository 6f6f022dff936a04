"""The administrator's part of the API: the printers."""

from __future__ import annotations

import re
from typing import Final, TypedDict

from printer import finding
from printer.profiles import settle
from printer.transport import open_transport, status_of
from printer.trial_job import queue_trial
from printer.ways import check_address
from queueing.people import Actor
from queueing.refusals import Refused
from queueing.store import printer_health, printer_setup, printers, trials
from queueing.store.printers import Printer
from staff.admin import printers_state as state
from staff.admin.printers_models import (
    Asked,
    FallbackBody,
    FindQuery,
    Found,
    Kinds,
    PrinterAnswer,
    PrinterBody,
    Printers,
    RollBody,
)
from web.access import ADMINS
from web.access_api import Done
from web.openapi import Api
from web.surface import current_room

routes = Api("admin_printers")

# Not a file: its path would be written to by the server, so it is for the server's owner to name.
WAYS: Final = ("network", "usb", "serial", "cups", "windows", "virtual")
AGENT: Final = "agent"
_FOLDER: Final = re.compile(r"paper(-[a-z0-9]{1,20})?")


@routes.get("/printers", who=ADMINS, gives=Printers)
def list_printers(actor: Actor) -> Printers:
    """Every printer and how it is."""
    return state.build(current_room(), actor.branch_id)


@routes.get("/printers/kinds", who=ADMINS, gives=Kinds)
def printer_kinds() -> Kinds:
    """Every kind of printers that is known, with the dots of a line."""
    return state.kinds()


@routes.get("/printers/find", who=ADMINS, gives=Found)
def find_printers(actor: Actor, query: FindQuery) -> Found:
    """Look for printers on the server's cables and, given a host, in the local network.

    Only private addresses are tried, at most 256, on port 9100; five seconds at most.
    """
    with current_room().store.reading() as db:
        every = printers.printers(db, actor.branch_id)
    taken = {one.address for one in every if one.transport == "network"}
    network = finding.find_network(query.host, taken) if query.host else []
    return state.found(every, network, finding.find_here())


@routes.deed("/printers", who=ADMINS, gives=PrinterAnswer, status=201)
def add_printer(actor: Actor, body: PrinterBody) -> PrinterAnswer:
    """Add a printer; the first one is the default."""
    room = current_room()
    added = printer_setup.add_printer(room.store, actor, **_checked(body, None))
    return state.one(room, added)


@routes.put("/printers/<int:printer_id>", who=ADMINS, gives=PrinterAnswer)
def change_printer(printer_id: int, actor: Actor, body: PrinterBody) -> PrinterAnswer:
    """Say anew what a printer is called, how it is reached and what it can do."""
    room = current_room()
    wished = _checked(body, _find(actor, printer_id))
    printer_setup.change_printer(room.store, actor, printer_id, **wished)
    return state.one(room, _find(actor, printer_id))


@routes.deed("/printers/<int:printer_id>/remove", who=ADMINS, gives=Done)
def remove_printer(printer_id: int, actor: Actor) -> Done:
    """Take a printer out of use; papers still waiting for it are not printed."""
    printer_setup.remove_printer(current_room().store, actor, printer_id)
    return Done()


@routes.deed("/printers/<int:printer_id>/default", who=ADMINS, gives=PrinterAnswer)
def make_default(printer_id: int, actor: Actor) -> PrinterAnswer:
    """Let a printer be the default one."""
    room = current_room()
    printer_setup.make_default(room.store, actor, printer_id)
    return state.one(room, _find(actor, printer_id))


@routes.deed("/printers/<int:printer_id>/fallback", who=ADMINS, gives=PrinterAnswer)
def set_fallback(printer_id: int, actor: Actor, body: FallbackBody) -> PrinterAnswer:
    """Say which printer takes over while this one is in trouble."""
    room = current_room()
    printer_setup.set_fallback(room.store, actor, printer_id, body.printer)
    return state.one(room, _find(actor, printer_id))


@routes.deed("/printers/<int:printer_id>/roll", who=ADMINS, gives=PrinterAnswer)
def set_roll(printer_id: int, actor: Actor, body: RollBody) -> PrinterAnswer:
    """Say how long a full roll is."""
    room = current_room()
    printer_setup.set_roll(room.store, actor, printer_id, body.metres)
    return state.one(room, _find(actor, printer_id))


@routes.deed("/printers/<int:printer_id>/new-roll", who=ADMINS, gives=PrinterAnswer)
def new_roll(printer_id: int, actor: Actor) -> PrinterAnswer:
    """A full roll was put in: count its paper from here."""
    room = current_room()
    printer_setup.new_roll(room.store, actor, printer_id)
    return state.one(room, _find(actor, printer_id))


@routes.deed("/printers/<int:printer_id>/test", who=ADMINS, gives=Done)
def test_printer(printer_id: int, actor: Actor) -> Done:
    """Queue a test slip: accents, a ruler, a code, the cut."""
    queue_trial(current_room().store, _find(actor, printer_id), actor)
    return Done()


# not a deed, whose request key would hold a write open for as long as a mute printer is waited for
@routes.post("/printers/<int:printer_id>/status", who=ADMINS, gives=Asked)
def ask_printer(printer_id: int, actor: Actor) -> Asked:
    """Ask a printer how it is, now. Waits seconds for one that does not answer."""
    room, one = current_room(), _find(actor, printer_id)
    with room.store.reading() as db:
        if trials.is_printing(db, one.id):
            raise Refused("printer_busy")
    status = None
    if one.transport != AGENT:
        status = status_of(lambda: open_transport(one, room.config.data))
    if status is None:
        return Asked(asked=False, cause=one.trouble, near_end=one.near_end)
    with room.store.reading() as db:
        now = printer_setup.find_printer(db, actor.branch_id, one.id)
        # a paper that began meanwhile may have held the line: its own verdict counts
        disturbed = trials.is_printing(db, one.id) or now.address != one.address
    if not disturbed:
        printer_health.note(room.store, one.id, status.cause, near_end=status.near_end)
    return Asked(asked=True, cause=status.cause, near_end=status.near_end)


def _find(actor: Actor, printer_id: int) -> Printer:
    with current_room().store.reading() as db:
        return printer_setup.find_printer(db, actor.branch_id, printer_id)


class _Wished(TypedDict):
    name: str
    transport: str
    address: str
    width: int
    cut: bool
    profile: str


def _checked(body: PrinterBody, known: Printer | None) -> _Wished:
    """A printer as it is to be; what is wrong is refused in the order in which one fills it in."""
    name = printer_setup.check_name(body.name)
    address = _address(body, known)
    width, cut = settle(body.profile or "", body.width, body.cut)
    return _Wished(
        name=name,
        transport=body.way,
        address=address,
        width=width,
        cut=cut,
        profile=body.profile or "",
    )


def _address(body: PrinterBody, known: Printer | None) -> str:
    """The address as it is to be kept. Raises Refused `way_not_here` or `address_invalid`."""
    if known is not None and (body.way, body.address) == (known.transport, known.address):
        return known.address
    if body.way not in WAYS or (known is not None and known.agent_id is not None):
        raise Refused("way_not_here")
    if body.way == "virtual" and not _FOLDER.fullmatch(body.address):
        raise Refused("address_invalid")
    return check_address(body.way, body.address)
