"""`denluot backup`, `restore` and `doctor`: keeping a branch's data safe and sound."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import click

from boards import safekeeping
from commands.common import data_option, open_store, plainly, say
from queueing.store import Store, branches, media, printers
from queueing.store.core import FILE_NAME
from queueing.store.proof import differences, verify_chain
from queueing.store.upkeep import copy_to, fresh_epoch, is_in_use, is_sound, set_aside
from web.config import Config, lan_address, phones_can_reach


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@data_option
@plainly
def backup(folder: Path, data: Path) -> None:
    """Copy the branch's database to FOLDER while everything goes on running.

    The file's name bears the time; it appears only when it is whole. Pictures and films of the
    boards are copied once each to a folder `media` beside it.
    """
    store = open_store(data)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    target = folder / f"denluot-{stamp}-{secrets.token_hex(2)}.sqlite3"
    part = target.with_suffix(".part")
    try:
        copy_to(store, part)
        part.rename(target)
        with store.reading() as db:
            needed = media.digests(db)
    except sqlite3.OperationalError as error:
        raise click.ClickException(f"nothing was saved: {error}") from error
    finally:
        part.unlink(missing_ok=True)
        store.close()
    say(str(target))
    _tell_of_media(safekeeping.copy_files(needed, data, folder))


def _tell_of_media(copied: safekeeping.Copied) -> None:
    if copied.lost:
        say(
            f"Note: {len(copied.lost)} pictures or films of the boards could not be copied:"
            f" {', '.join(copied.lost[:3])}"
        )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the branch that is in the folder now.")
@data_option
@plainly
def restore(file: Path, force: bool, data: Path) -> None:
    """Put a backup FILE into the data folder. Stop the server first.

    What was there is kept beside it. Screens take the restored state for a new one. Pictures
    and films of the boards come from the folder `media` beside FILE.
    """
    if not is_sound(file):
        raise click.ClickException(f"{file} is not a whole database of this program")
    data.mkdir(parents=True, exist_ok=True)
    target = data / FILE_NAME
    if target.exists() and not force:
        raise click.ClickException(f"{target} exists: --force replaces it and keeps a copy")
    if target.exists() and is_in_use(target):
        raise click.ClickException(f"{target} is in use: stop the server first")
    if target.exists():
        kept = target.with_name(f"{FILE_NAME}.before-{datetime.now(UTC):%Y%m%d-%H%M%S}")
        set_aside(target, kept)
        say(f"kept: {kept}")
    part = target.with_suffix(".part")
    shutil.copyfile(file, part)
    # the server's own account must be able to open what an administrator put there
    owner = data.stat()
    if hasattr(os, "chown") and os.geteuid() == 0:
        os.chown(part, owner.st_uid, owner.st_gid)
    fresh_epoch(part)
    for tail in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            target.with_name(FILE_NAME + tail).unlink()
    part.replace(target)
    say(f"restored: {target}")
    store = open_store(data)
    with store.reading() as db:
        needed = media.digests(db)
    store.close()
    _tell_of_media(safekeeping.copy_files(needed, file.parent, data))


@click.command()
@click.option("--port", type=int, default=8080, show_default=True)
@data_option
@plainly
def doctor(port: int, data: Path) -> None:
    """Look whether everything is well; exits with 1 when something is wrong."""
    store = open_store(data)
    wrong = 0
    for line, is_well in _findings(store, data, port):
        say(f"{'ok ' if is_well else 'BAD'}  {line}")
        wrong += not is_well
    store.close()
    if wrong:
        raise SystemExit(1)


def _findings(store: Store, data: Path, port: int) -> list[tuple[str, bool]]:
    found = [(f"database {store.path} is whole", is_sound(store.path))]
    for branch_id in store.branch_ids():
        found += _branch_findings(store, branch_id, port)
    found += _media_findings(store, data)
    free = shutil.disk_usage(data).free // 2**20
    found.append((f"{free} MB free on the disk", free > 200))
    found.append(("the data folder can be written", os.access(data, os.W_OK)))
    return found


def _media_findings(store: Store, data: Path) -> list[tuple[str, bool]]:
    with store.reading() as db:
        needed = media.digests(db)
    seen = safekeeping.look(needed, data)
    found = [(f"{len(needed)} files of pictures and films are there", True)]
    if seen.missing:
        words = f"{len(seen.missing)} files of pictures and films are missing in {data / 'media'}"
        found = [(f"{words}: {', '.join(seen.missing[:3])}", False)]
    if seen.spare:
        size = -(-seen.spare_bytes // 2**20)
        words = f"{len(seen.spare)} files in {data / 'media'} ({size} MB) are needed by nothing"
        found.append((f"{words} and may be deleted", True))
    return found


def _branch_findings(store: Store, branch_id: int, port: int) -> list[tuple[str, bool]]:
    with store.reading() as db:
        branch = branches.branch(db, branch_id)
        chain = verify_chain(db, branch_id)
        apart = list(differences(db, branch_id))
        url = branches.rules(db, branch_id).text("public_url")
        every = printers.printers(db, branch_id)
    found = [
        (f"{branch.name}: {chain.events} events, chain whole", True)
        if chain.whole
        else (f"{branch.name}: the history was changed at event {chain.broken_at}", False),
        (f"{branch.name}: state agrees with its history", not apart),
        (f"{branch.name}: the date is sure", branch.day_doubt is None),
    ]
    found += [
        (f"{one.table} {one.id}: {one.field} is {one.row!r}, history says {one.history!r}", False)
        for one in apart[:20]
    ]
    for printer in every:
        words = printer.trouble or "no trouble known"
        found.append((f"printer {printer.name}: {words}", printer.trouble is None))
    if not every:
        found.append(("no printer is set up: tickets are shown on the screen only", True))
    address = Config(host=lan_address(), port=port).base_url(url)
    return [*found, (f"phones are sent to {address}", phones_can_reach(address))]
