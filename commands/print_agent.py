"""`denluot print-agent`: this computer's printer prints for a server elsewhere."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from commands.common import data_option, plainly, say
from commands.ways import chosen_way, way_options
from printer.agent import NORMAL, Agent, RevokedError, Setup
from printer.agent_journal import Journal
from printer.agent_link import Link, LinkLostError, LinkRefusedError
from printer.transport import open_way
from printer.ways import check_address
from queueing.devices import read_code, show_code

ASK_S = 2.0


@click.command("print-agent")
@click.option("--server", required=True, metavar="URL", help="The server, http://BOX:8080.")
@click.option("--code", help="The code of `denluot printer invite`, the first time.")
@way_options
@click.option("--profile", default="", metavar="KIND", help="Its kind; see `printer kinds`.")
@click.option("--width", type=int, metavar="DOTS", help="Dots in a line, if not its kind's.")
@click.option("--no-cut", is_flag=True, help="The printer has no cutter.")
@data_option
@plainly
def print_agent(
    *,
    server: str,
    code: str | None,
    profile: str,
    width: int | None,
    no_cut: bool,
    data: Path,
    **ways: str | bool | None,
) -> None:
    """Print the server's papers on the printer of this computer.

    The first time it is paired: with a code made by `denluot printer invite` or on the printers'
    page, or by showing one that an administrator confirms. It keeps its place and what it has
    printed in the data folder, and may be stopped and started at any time.
    """
    way, address = chosen_way(ways)
    address = check_address(way, address)
    folder = data / "agent"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    link = Link(server)
    link.token = _known_token(folder, link.server) or _paired(link, folder, code)
    setup = Setup(way, address, profile, width, False if no_cut else None)
    connect = lambda: open_way(way, address, data)  # noqa: E731
    agent = Agent(link, Journal(folder / "jobs"), setup, connect, NORMAL, say)
    _stop_on_signals(agent.stop)
    try:
        agent.run()
    except RevokedError:
        _token_file(folder).unlink(missing_ok=True)
        say("The server no longer knows this agent. Pair it anew.")
        raise SystemExit(1) from None
    except LinkRefusedError as refused:
        say(refused.words or refused.code)
        raise SystemExit(1) from None


def _token_file(folder: Path) -> Path:
    return folder / "token.json"


def _known_token(folder: Path, server: str) -> str | None:
    try:
        kept: Any = json.loads(_token_file(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(kept["token"]) if kept.get("server") == server else None


def _keep_token(folder: Path, server: str, token: str) -> None:
    handle = os.open(_token_file(folder), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"server": server, "token": token}, file)


def _paired(link: Link, folder: Path, code: str | None) -> str:
    """Get a place at the server, and keep its token."""
    typed = None if code is None else read_code(code)
    if code is not None and typed is None:
        raise click.UsageError("this is not a pairing code")
    try:
        token = _ask_to_pair(link) if typed is None else _fetch(link, typed, typed)
    except LinkLostError as error:
        say(f"The server does not answer: {error}")
        raise SystemExit(1) from None
    except LinkRefusedError as refused:
        say(refused.words or refused.code)
        raise SystemExit(1) from None
    if token is None:
        raise click.UsageError("this code is not an invitation")
    _keep_token(folder, link.server, token)
    return token


def _fetch(link: Link, code: str, secret: str) -> str | None:
    found = link.get(f"/pairings/{code}", **{"X-Pairing-Secret": secret})
    return None if found is None else found.get("token")


def _ask_to_pair(link: Link) -> str:
    asked = link.post("/pairings", {"kind": "agent"})
    assert asked is not None
    say(f"Please confirm this code on the screens' page: {show_code(asked['code'])}")
    while (token := _fetch(link, asked["code"], asked["secret"])) is None:
        time.sleep(ASK_S)
    return token


def _stop_on_signals(stop: Callable[[], None]) -> None:
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), lambda *_: stop())
