"""The branch's printers as the administrator is told of them."""

from __future__ import annotations

from printer.finding import Here, Seen
from printer.profiles import profiles
from queueing.clock import iso
from queueing.store import overview, printers, trials
from queueing.store.printers import Printer
from staff.admin.printers_models import (
    Found,
    FoundHere,
    FoundHost,
    Kind,
    Kinds,
    PrinterAnswer,
    Printers,
    Trial,
)
from web.surface import Room


def build(room: Room, branch_id: int) -> Printers:
    """Every printer in use, and how it is."""
    with room.store.reading() as db:
        every = printers.printers(db, branch_id)
        waiting = {h.printer.id: h.waiting for h in overview.printer_healths(db, branch_id)}
        newest = {one.id: trials.newest_trial(db, one.id) for one in every}
    agents = {}
    if any(one.agent_id is not None for one in every):
        agents = {one.id: one.name for one in room.identity.screens.all(branch_id)}
    names = {one.id: one.name for one in every}
    items = []
    for one in every:
        trial = newest[one.id]
        items.append(
            PrinterAnswer(
                id=one.id,
                name=one.name,
                way=one.transport,
                address=one.address,
                profile=one.profile,
                width=one.width,
                cut=one.cut,
                default=one.is_default,
                fallback=names.get(one.fallback_id or 0),
                fallback_id=one.fallback_id,
                trouble=one.trouble,
                since=one.trouble_at if one.trouble else None,
                near_end=one.near_end,
                roll_metres=None if one.roll_mm is None else one.roll_mm / 1000,
                tickets_left=one.tickets_left,
                waiting=waiting.get(one.id, 0),
                agent=agents.get(one.agent_id or 0),
                trial=None if trial is None else Trial(**trial._asdict()),
            )
        )
    return Printers(now=iso(room.store.clock()), items=items)


def one(room: Room, printer: Printer) -> PrinterAnswer:
    """One printer in use, and how it is."""
    every = build(room, printer.branch_id).items
    return next(answer for answer in every if answer.id == printer.id)


def kinds() -> Kinds:
    """Every kind of printers that is known."""
    return Kinds(
        items=[
            Kind(name=one.name, maker=one.maker, width=one.width, dpi=one.dpi, cuts=one.cuts)
            for one in profiles().values()
        ]
    )


def found(every: list[Printer], network: list[Seen], here: Here) -> Found:
    """What looking for printers has shown, with the names of those set up already."""
    names = {(one.transport, _device(one)): one.name for one in every}
    return Found(
        network=[_host(one, names.get(("network", one.address))) for one in network],
        usb=None
        if here.usb is None
        else [
            FoundHere(address=one.address, name=one.name, printer=names.get(("usb", one.address)))
            for one in here.usb
        ],
        serial=None
        if here.serial is None
        else [
            FoundHere(address=device, name=words, printer=names.get(("serial", device)))
            for device, words in here.serial
        ],
    )


def _device(one: Printer) -> str:
    """A printer's address without what may differ for the same device: a port's speed."""
    return one.address.split("@", 1)[0] if one.transport == "serial" else one.address


def _host(one: Seen, printer: str | None) -> FoundHost:
    status = one.status
    return FoundHost(
        address=one.address,
        open=status is not None,
        answers=status is not None and status.cause != "mute",
        cause=one.cause if status is None else status.cause,
        near_end=status is not None and status.near_end,
        printer=printer,
    )
