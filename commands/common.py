"""What every verb of the command line needs: the data folder, the store, plain refusals."""

from __future__ import annotations

import functools
import locale
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from queueing import texts
from queueing.people import Actor, Role
from queueing.refusals import Refused
from queueing.store import Store
from queueing.store.core import FILE_NAME

Command = TypeVar("Command", bound=Callable[..., Any])

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: Path(os.environ.get("DENLUOT_DATA", "var")),
    show_default="$DENLUOT_DATA, else ./var",
    help="Folder that holds the branch's database.",
)


def language() -> str:
    """The language of the person at the terminal: Vietnamese unless the locale is another."""
    code = (locale.getlocale()[0] or "").lower()
    return "en" if code.startswith("en") else "vi" if code.startswith("vi") else "en"


def open_store(data: Path, *, create: bool = False) -> Store:
    """The folder's store. Ends the command where there is none, or one that cannot be used."""
    if not create and not (data / FILE_NAME).is_file():
        raise click.ClickException(
            f"no branch in {data}: make one with `denluot setup --sample --data {data}`"
        )
    try:
        if create:
            data.mkdir(parents=True, exist_ok=True)
        return Store(data)
    except (OSError, sqlite3.Error, RuntimeError) as error:
        raise click.ClickException(f"the data in {data} cannot be used: {error}") from error


def only_branch(store: Store) -> int:
    """The branch of this folder. Ends the command when there is none yet."""
    found = store.branch_ids()
    if not found:
        raise click.ClickException("the folder has no branch yet: run `denluot setup` first")
    return found[0]


def system(branch_id: int) -> Actor:
    """Who acts when somebody works at the command line: the box's owner."""
    return Actor(branch_id, Role.SYSTEM)


def plainly(command: Command) -> Command:
    """Show a refusal as one sentence and exit code 1, never as a stack trace."""

    @functools.wraps(command)
    def wrapped(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except Refused as refused:
            words = texts.refusal(refused.code, refused.facts, language())
            raise click.ClickException(words) from refused

    return wrapped  # type: ignore[return-value]


def say(line: str) -> None:
    """A line for the person at the terminal."""
    click.echo(line)


def ask_password() -> str:
    """A new password, typed twice, or one line of standard input when it is no terminal."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
