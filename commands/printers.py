"""`denluot printer`: which printers a branch has, and whether they are well."""

from __future__ import annotations

from pathlib import Path

import click

from commands.common import data_option, only_branch, open_store, plainly, say, system
from commands.ways import chosen_way, way_options
from printer.profiles import profiles, settle
from printer.serial import ports
from printer.transport import TransportError, check
from printer.trial_job import queue_trial
from printer.usb import attached
from printer.ways import check_address
from queueing.devices import Kind, show_code
from queueing.refusals import Refused
from queueing.store import Store, printer_setup, printers, trials
from queueing.store.printer_setup import add_printer, remove_printer
from queueing.store.printers import Printer
from queueing.store.screens import Placing, Screens

USUAL_WIDTH = 576


def _line(one: Printer) -> str:
    kind = f" ({one.profile})" if one.profile else ""
    return f"{one.name}: {one.transport} {one.address}{kind}, {one.width} dots"


def _named(store: Store, branch_id: int, name: str | None) -> Printer:
    with store.reading() as db:
        found = printers.printers(db, branch_id)
    for printer in found:
        if printer.name == name or (name is None and printer.is_default):
            return printer
    raise Refused("unknown_printer")


@click.group()
def printer() -> None:
    """Printers of the slips."""


@printer.command("add")
@click.option("--name", required=True, help="What to call it.")
@way_options
@click.option("--profile", default="", metavar="KIND", help="Its kind; see `printer kinds`.")
@click.option(
    "--width",
    type=int,
    metavar="DOTS",
    help="Dots in a line, by default its kind's: mostly 576 for 80 mm paper, 384 for 58 mm.",
)
@click.option("--no-cut", is_flag=True, help="The printer has no cutter.")
@data_option
@plainly
def printer_add(
    *,
    name: str,
    profile: str,
    width: int | None,
    no_cut: bool,
    data: Path,
    **ways: str | bool | None,
) -> None:
    """Add a printer; the first one is the branch's default."""
    transport, address = chosen_way(ways)
    dots, cut = settle(
        profile, width if width or profile else USUAL_WIDTH, False if no_cut else None
    )
    store = open_store(data)
    added = add_printer(
        store,
        system(only_branch(store)),
        name=name,
        transport=transport,
        address=check_address(transport, address),
        width=dots,
        cut=cut,
        profile=profile,
    )
    say(_line(added))


@printer.command("list")
@data_option
@plainly
def printer_list(data: Path) -> None:
    """List the printers."""
    store = open_store(data)
    with store.reading() as db:
        found = printers.printers(db, only_branch(store))
    names = {one.id: one.name for one in found}
    for one in found:
        mark = "*" if one.is_default else " "
        then = f", then {names[one.fallback_id]}" if one.fallback_id else ""
        left = "" if one.tickets_left is None else f", about {one.tickets_left} tickets left"
        say(f"{mark} {_line(one)}{then}{left}{', ' + one.trouble if one.trouble else ''}")


@printer.command("change")
@click.argument("name")
@click.option("--default", "default", is_flag=True, help="Let it be the branch's default.")
@click.option(
    "--fallback", metavar="NAME", help="Who takes over while it is in trouble; - is none."
)
@click.option("--roll", type=float, metavar="METRES", help="Paper of a full roll; 0 counts none.")
@click.option("--new-roll", "renewed", is_flag=True, help="A full roll was put in just now.")
@data_option
@plainly
def printer_change(
    *,
    name: str,
    default: bool,
    fallback: str | None,
    roll: float | None,
    renewed: bool,
    data: Path,
) -> None:
    """Change what is known of a printer."""
    store = open_store(data)
    actor = system(only_branch(store))
    if not (default or fallback or renewed or roll is not None):
        raise click.UsageError("say what is to be changed: see --help")
    if default:
        printer_setup.make_default(store, actor, name)
    if fallback:
        printer_setup.set_fallback(store, actor, name, None if fallback == "-" else fallback)
    if roll is not None:
        printer_setup.set_roll(store, actor, name, roll or None)
    if renewed:
        printer_setup.new_roll(store, actor, name)
    say(f"{name}: changed")


@printer.command("kinds")
@data_option
@plainly
def printer_kinds(data: Path) -> None:
    """List the kinds of printers that are known, with the dots of a line."""
    for one in profiles().values():
        width = f"{one.width} dots" if one.width else "width to be given"
        say(f"{one.name:<16} {one.maker:<16} {width}, {'cuts' if one.cuts else 'no cutter'}")


@printer.command("invite")
@click.option("--name", required=True, help="What to call the agent, and the printer it brings.")
@data_option
@plainly
def printer_invite(name: str, data: Path) -> None:
    """Make a code with which `denluot print-agent` on another computer brings its printer."""
    store = open_store(data)
    placing = Placing(name)
    code, _ = Screens(store).invite(system(only_branch(store)), Kind.AGENT, placing)
    say(f"{show_code(code)}  (good once, for 10 minutes)")
    say("There: denluot print-agent --server http://THIS-BOX:8080 --code CODE --usb VVVV:PPPP")


@printer.command("find")
@data_option
@plainly
def printer_find(data: Path) -> None:
    """List the printers on this computer's USB and its serial ports."""
    try:
        found = [f"--usb {one.address}  {one.name}" for one in attached()]
    except TransportError:
        found = ["(USB cannot be looked at: pip install 'denluot[usb]', and libusb)"]
    try:
        found += [f"--serial {device}  {words}" for device, words in ports()]
    except TransportError:
        found.append("(serial ports cannot be looked at: pip install 'denluot[serial]')")
    for line in found or ["nothing found"]:
        say(line)


@printer.command("status")
@click.option("--name", help="Which printer; the default one otherwise.")
@data_option
@plainly
def printer_status(name: str | None, data: Path) -> None:
    """Ask a printer how it is. Exits with 1 when it could not print now."""
    store = open_store(data)
    one = _named(store, only_branch(store), name)
    with store.reading() as db:
        if trials.is_printing(db, one.id):
            # most take one connection at a time, and a second one would mix with the slip
            raise Refused("printer_busy")
    status = check(one, data)
    say(f"{one.name}: {status.cause or 'ok'}{', paper near its end' if status.near_end else ''}")
    if status.cause:
        raise SystemExit(1)


@printer.command("test")
@click.option("--name", help="Which printer; the default one otherwise.")
@data_option
@plainly
def printer_test(name: str | None, data: Path) -> None:
    """Print a test slip: accents, a ruler, a QR, the cut. The running server prints it."""
    store = open_store(data)
    one = _named(store, only_branch(store), name)
    say(f"{one.name}: test slip queued (job {queue_trial(store, one)})")


@printer.command("remove")
@click.argument("name")
@data_option
@plainly
def printer_remove(name: str, data: Path) -> None:
    """Take a printer out of use; its jobs still waiting are ended as failed."""
    store = open_store(data)
    remove_printer(store, system(only_branch(store)), name)
    say(f"{name}: removed")
