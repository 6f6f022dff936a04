"""`denluot printer`: which printers a branch has, and whether they are well."""

from __future__ import annotations

from pathlib import Path

import click

from commands.common import data_option, only_branch, open_store, plainly, say, system
from printer.transport import check
from printer.trial import trial_content
from queueing.branches import local
from queueing.clock import iso
from queueing.refusals import Refused
from queueing.store import Store, branches, jobs
from queueing.store.jobs import Printer
from queueing.store.printers import add_printer, remove_printer

WIDTHS = click.Choice(["576", "384"])


def _named(store: Store, branch_id: int, name: str | None) -> Printer:
    with store.reading() as db:
        found = jobs.printers(db, branch_id)
    for printer in found:
        if printer.name == name or (name is None and printer.is_default):
            return printer
    raise Refused("unknown_printer")


@click.group()
def printer() -> None:
    """Printers of the slips."""


@printer.command("add")
@click.option("--name", required=True, help="What to call it.")
@click.option("--network", metavar="HOST:PORT", help="A printer in the network, often port 9100.")
@click.option("--file", "path", metavar="PATH", help="A device file, or a file to append to.")
@click.option("--virtual", is_flag=True, help="No printer: the paper can be seen on a page.")
@click.option(
    "--width",
    type=WIDTHS,
    default="576",
    show_default=True,
    help="Dots in a line: 576 for 80 mm paper, 384 for 58 mm.",
)
@click.option("--no-cut", is_flag=True, help="The printer has no cutter.")
@data_option
@plainly
def printer_add(
    *,
    name: str,
    network: str | None,
    path: str | None,
    virtual: bool,
    width: str,
    no_cut: bool,
    data: Path,
) -> None:
    """Add a printer; the first one is the branch's default."""
    chosen = [
        pair
        for pair in (
            ("network", network),
            ("file", path),
            ("virtual", "paper" if virtual else None),
        )
        if pair[1]
    ]
    if len(chosen) != 1:
        raise click.UsageError("give one of --network HOST:PORT, --file PATH or --virtual")
    transport, address = chosen[0]
    store = open_store(data)
    added = add_printer(
        store,
        system(only_branch(store)),
        name=name,
        transport=transport,
        address=str(address),
        width=int(width),
        cut=not no_cut,
    )
    say(f"{added.name}: {added.transport} {added.address}, {added.width} dots")


@printer.command("list")
@data_option
@plainly
def printer_list(data: Path) -> None:
    """List the printers."""
    store = open_store(data)
    with store.reading() as db:
        found = jobs.printers(db, only_branch(store))
    for one in found:
        mark = "*" if one.is_default else " "
        say(f"{mark} {one.name:<20} {one.transport} {one.address}, {one.width} dots")


@printer.command("status")
@click.option("--name", help="Which printer; the default one otherwise.")
@data_option
@plainly
def printer_status(name: str | None, data: Path) -> None:
    """Ask a printer how it is. Exits with 1 when it could not print now."""
    store = open_store(data)
    one = _named(store, only_branch(store), name)
    status = check(one, data)
    say(f"{one.name}: {status.cause or 'ok'}")
    if status.cause:
        raise SystemExit(1)


@printer.command("test")
@click.option("--name", help="Which printer; the default one otherwise.")
@data_option
@plainly
def printer_test(name: str | None, data: Path) -> None:
    """Print a test slip: accents, a ruler, a QR, the cut. The running server prints it."""
    store = open_store(data)
    branch = only_branch(store)
    one = _named(store, branch, name)
    now = store.clock()
    with store.writing() as db:
        place = branches.branch(db, branch)
        when = local(now, place.timezone).strftime("%H:%M · %d/%m/%Y")
        job = jobs.add_job(db, one, None, trial_content(place.name, when), iso(now), kind="test")
    say(f"{one.name}: test slip queued (job {job})")


@printer.command("remove")
@click.argument("name")
@data_option
@plainly
def printer_remove(name: str, data: Path) -> None:
    """Take a printer out of use; its jobs still waiting are ended as failed."""
    store = open_store(data)
    remove_printer(store, system(only_branch(store)), name)
    say(f"{name}: removed")
