"""Write the pages of docs/ that are made from the program: settings and commands.

`python -m tools.handbook` writes them; a test compares.
"""

from pathlib import Path
from typing import Any

import click

from cli import main as denluot
from queueing.settings import SETTINGS

DOCS = Path(__file__).resolve().parent.parent / "docs"


# what the group itself is invoked with, so that -h stands in the page as on the screen
SHOWN: dict[str, Any] = dict(denluot.context_settings)


def settings_page() -> str:
    """Every setting with its default, its bounds and its help."""
    lines = [
        "# Settings of a branch",
        "",
        "Written from `queueing/settings.py` by `python -m tools.handbook`. They stand in the",
        "`[settings]` part of the branch file ([branch-file.md](branch-file.md)); what is left out",
        "keeps its default.",
        "",
        "| name | default | may be | meaning |",
        "|---|---|---|---|",
    ]
    for one in SETTINGS:
        bounds = {
            "int": f"{one.low}–{one.high}",
            "bool": "true, false",
            "choice": ", ".join(one.choices),
            "text": "one line of text",
            "hours": "spans such as 11:30-13:30",
        }[one.kind]
        lines.append(f"| `{one.name}` | {one.default or '(empty)'} | {bounds} | {one.help} |")
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """Every command's own help text."""
    lines = [
        "# The `denluot` command",
        "",
        "Written from the commands' own help by `python -m tools.handbook`.",
    ]
    for name, command in _commands("denluot", denluot):
        with click.Context(command, info_name=name, terminal_width=96, **SHOWN) as context:
            lines += ["", f"## {name}", "", "```text", command.get_help(context).rstrip(), "```"]
    return "\n".join(lines) + "\n"


def _commands(name: str, command: click.Command) -> list[tuple[str, click.Command]]:
    found = [(name, command)]
    if isinstance(command, click.Group):
        for sub in sorted(command.commands):
            found += _commands(f"{name} {sub}", command.commands[sub])
    return found


PAGES = {"settings.md": settings_page, "commands.md": commands_page}


def main() -> None:
    """Write every page."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
