"""`denluot setup`: a branch from its file."""

from __future__ import annotations

import gettext
from pathlib import Path

import click

from catalogue import importing, reading
from commands.common import data_option, language, open_store, plainly, say, system
from queueing import setup as branch_setup
from queueing.branchfile import SAMPLE, BranchFile, BranchFileError, load
from queueing.store import Store
from queueing.texts import translator


def _read(path: Path) -> BranchFile:
    words = translator(language()).gettext
    try:
        file = load(path)
    except BranchFileError as error:
        raise click.ClickException(f"{path}:\n{error.worded(words)}") from error
    for warning in file.warnings:
        click.echo(warning.worded(words), err=True)
    return file


def apply_file(store: Store, path: Path) -> list[str]:
    """Make the branch what its file says, procedures included; the changes as lines."""
    words: gettext.NullTranslations = translator(language())
    file = _read(path)
    try:
        done = branch_setup.apply(store, file)
    except BranchFileError as error:
        raise click.ClickException(error.worded(words.gettext)) from error
    procedures = importing.mapped(reading.read(), file)
    imported = importing.apply(store, system(done.branch_id), procedures)
    lines = [difference.worded(words.gettext) for difference in done.differences]
    if imported.is_needed:
        lines.append(f"+ {imported.visible} procedures to look up, {imported.hidden} hidden")
    return lines


@click.command()
@click.option("--sample", is_flag=True, help="The sample commune that comes with the program.")
@click.option(
    "--from",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A branch file (TOML); docs/branch-file.md explains it.",
)
@click.option("--dry-run", is_flag=True, help="Only list what would change.")
@click.option("--print-sample", is_flag=True, help="Print the sample file, to begin one's own.")
@data_option
@plainly
def setup(
    *, sample: bool, path: Path | None, dry_run: bool, print_sample: bool, data: Path
) -> None:
    """Make a branch from a file, or bring it to what the file says now.

    Applied again it lists the differences and makes them; it asks nothing.
    """
    if print_sample:
        click.echo(SAMPLE.read_text(encoding="utf-8"), nl=False)
        return
    if sample == (path is not None):
        raise click.UsageError("give either --sample or --from FILE")
    source = SAMPLE if path is None else path
    store = open_store(data, create=True)
    if dry_run:
        words = translator(language()).gettext
        try:
            lines = [one.worded(words) for one in branch_setup.plan(store, _read(source))]
        except BranchFileError as error:
            raise click.ClickException(error.worded(words)) from error
    else:
        lines = apply_file(store, source)
    for line in lines:
        say(line)
    say("Nothing to change." if not lines else f"{len(lines)} changes.")
    store.close()
