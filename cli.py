"""The `denluot` command."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from commands import branches, people, print_agent, printers, serving, upkeep
from web.config import Config

if TYPE_CHECKING:
    from flask import Flask


def make_app(config: Config) -> Flask:
    """The app, imported when it is wanted: most commands, and the server's master, are without."""
    from app import create_app

    return create_app(config)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="denluot")
def main() -> None:
    """Đến Lượt: ticket kiosk, live board and counter console for a public service point."""
    # notes, dossier codes and tickets' secrets are not for other users of this computer
    before = os.umask(0o077)
    click.get_current_context().call_on_close(lambda: os.umask(before))


main.add_command(serving.make_serve(make_app))
main.add_command(serving.make_demo(make_app))
main.add_command(branches.setup)
main.add_command(people.user)
main.add_command(people.token)
main.add_command(people.pair)
main.add_command(printers.printer)
main.add_command(print_agent.print_agent)
main.add_command(upkeep.backup)
main.add_command(upkeep.restore)
main.add_command(upkeep.doctor)

if __name__ == "__main__":
    main()
