"""`denluot user`, `token` and `pair`: who may do what."""

from __future__ import annotations

from pathlib import Path

import click

from commands.common import (
    ask_password,
    data_option,
    only_branch,
    open_store,
    plainly,
    say,
    system,
)
from queueing.store.identity import Identity
from queueing.store.screens import Placing

ROLES = click.Choice(["officer", "supervisor", "admin"])
TOKEN_ROLES = click.Choice(["kiosk", "officer", "supervisor", "admin"])


def _identity(data: Path) -> tuple[Identity, int]:
    store = open_store(data)
    return Identity(store), only_branch(store)


@click.group()
def user() -> None:
    """Officers who sign in."""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True, help="Name that colleagues see.")
@click.option("--role", type=ROLES, default="officer", show_default=True)
@data_option
@plainly
def user_add(login: str, name: str, role: str, data: Path) -> None:
    """Add an officer; the password is asked for, or read from standard input."""
    identity, branch = _identity(data)
    officer = identity.officers.add(system(branch), login, name, role, ask_password())
    say(f"{officer.login}: {officer.name} ({officer.role})")


@user.command("password")
@click.argument("login")
@data_option
@plainly
def user_password(login: str, data: Path) -> None:
    """Give an officer a new password; every session of theirs ends."""
    identity, branch = _identity(data)
    officer = identity.officers.by_login(branch, login)
    identity.officers.set_password(system(branch), officer.id, ask_password())
    say(f"{officer.login}: password set")


@user.command("disable")
@click.argument("login")
@data_option
@plainly
def user_disable(login: str, data: Path) -> None:
    """Let an officer sign in no longer."""
    identity, branch = _identity(data)
    officer = identity.officers.by_login(branch, login)
    identity.officers.disable(system(branch), officer.id)
    say(f"{officer.login}: disabled")


@user.command("list")
@data_option
@plainly
def user_list(data: Path) -> None:
    """List the officers."""
    identity, branch = _identity(data)
    for officer in identity.officers.all(branch):
        note = "  (disabled)" if officer.disabled else ""
        say(f"{officer.login:<20} {officer.role:<11} {officer.name}{note}")


@click.group()
def token() -> None:
    """Tokens for other programs that use the API."""


@token.command("create")
@click.option("--role", type=TOKEN_ROLES, required=True)
@click.option("--name", required=True, help="What will use it.")
@data_option
@plainly
def token_create(role: str, name: str, data: Path) -> None:
    """Make a token and print it, alone, on standard output. It is shown only this once."""
    identity, branch = _identity(data)
    _kept, secret = identity.create_token(system(branch), name, role)
    say(secret)


@token.command("list")
@data_option
@plainly
def token_list(data: Path) -> None:
    """List the tokens in use, never the secrets."""
    identity, branch = _identity(data)
    for one in identity.tokens(branch):
        say(f"{one.id:<4} {one.role:<11} {one.name}")


@token.command("revoke")
@click.argument("token_id", type=int)
@data_option
@plainly
def token_revoke(token_id: int, data: Path) -> None:
    """Refuse a token from now on."""
    identity, branch = _identity(data)
    identity.revoke_token(system(branch), token_id)
    say(f"{token_id}: revoked")


@click.command()
@click.argument("code")
@click.option("--name", required=True, help="What to call the screen.")
@click.option("--zone", help="Zone code, for a board.")
@click.option("--counter", type=int, help="Counter number, for a counter tablet.")
@click.option("--printer", help="Name of the printer of a kiosk.")
@data_option
@plainly
def pair(
    code: str,
    name: str,
    zone: str | None,
    counter: int | None,
    printer: str | None,
    data: Path,
) -> None:
    """Confirm the pairing CODE that a new screen shows."""
    identity, branch = _identity(data)
    device = identity.screens.confirm(system(branch), code, Placing(name, zone, counter, printer))
    say(f"{device.name} ({device.kind})")
