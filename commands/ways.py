"""The options that say how a printer is reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

_WAY_HELP = {
    "network": ("HOST:PORT", "A printer in the network, often port 9100."),
    "usb": ("VVVV:PPPP", "A printer on USB: vendor and product; see `printer find`."),
    "serial": ("PORT@SPEED", "A printer on a serial port, e.g. /dev/ttyUSB0@38400."),
    "cups": ("QUEUE", "A raw queue of this computer's CUPS."),
    "windows": ("NAME", "A printer of this computer's Windows."),
    "file": ("PATH", "A device file, or a file to append to."),
}


def way_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how a printer is reached."""
    command = click.option(
        "--virtual", is_flag=True, help="No printer: the paper can be seen on a page."
    )(command)
    for way, (metavar, words) in reversed(_WAY_HELP.items()):
        command = click.option(f"--{way}", metavar=metavar, help=words)(command)
    return command


def chosen_way(ways: Mapping[str, str | bool | None]) -> tuple[str, str]:
    """The one way that was given, and its address."""
    given = [
        (way, "paper" if value is True else str(value)) for way, value in ways.items() if value
    ]
    if len(given) != 1:
        names = ", ".join(f"--{way}" for way in _WAY_HELP)
        raise click.UsageError(f"give one of {names} or --virtual")
    return given[0]
