"""The page on which printers are set up and looked after."""

from __future__ import annotations

import ipaddress
import itertools
import sys
from typing import Final

from flask import Blueprint, render_template

from printer.finding import hosts_of
from printer.profiles import profiles
from printer.serial import BAUDS
from queueing.devices import Kind
from queueing.refusals import Refused
from queueing.store import branches
from queueing.texts import N_
from staff.admin import printers_state as state
from web.access import ADMINS
from web.config import lan_address
from web.i18n import gettext
from web.pages import Page, page_known, page_settings, staff_page
from web.surface import current_room

WAYS: Final = {
    "network": N_("Network cable or Wi-Fi"),
    "usb": N_("USB cable to the server"),
    "serial": N_("Serial cable to the server"),
    "cups": N_("A printer queue of the server (CUPS)"),
    "windows": N_("A printer of the server's Windows"),
    "virtual": N_("No printer: papers are shown on a page"),
}

pages = Blueprint("admin_printers", __name__)


@pages.get("/admin/printers")
@staff_page(ADMINS)
def printers() -> Page:
    """The printers, and the form that adds one."""
    room = current_room()
    branch_id = page_known().actor.branch_id
    with room.store.reading() as db:
        branch = branches.branch(db, branch_id)
    screens = room.identity.screens.all(branch_id)
    kiosks = [
        {"id": one.id, "name": one.name, "printer": one.printer_id}
        for one in reversed(screens)
        if one.kind is Kind.KIOSK
    ]
    ordered = profiles().values()
    return render_template(
        "admin/printers.html",
        branch=branch.name,
        ways={way: gettext(words) for way, words in WAYS.items() if _is_here(way)},
        makers=[
            (maker, list(kinds)) for maker, kinds in itertools.groupby(ordered, lambda p: p.maker)
        ],
        speeds=BAUDS,
        segment=segment(lan_address()),
        state=state.build(room, branch_id).model_dump(),
        page=page_settings(kiosks=kiosks),
    )


def segment(address: str) -> str:
    """The segment that an address of this computer lies in, as it is typed; "" without one."""
    own = ipaddress.ip_address(address)
    typed = address.rpartition(".")[0] + ".x"
    if own.version != 4 or own.is_loopback:
        return ""
    try:
        hosts_of(typed)
    except Refused:
        return ""
    return typed


def _is_here(way: str) -> bool:
    """Leave out the spooler that the server's system does not have."""
    return way != ("cups" if sys.platform == "win32" else "windows")
