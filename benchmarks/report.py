"""The figures in docs/benchmarks.md: each part has its place there, between two comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def section(name: str, tables: Sequence[Table], seconds: float, loads: tuple[float, float]) -> str:
    """One part's text, with when it was measured and how busy the machine was."""
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    about = (
        f"`python -m benchmarks {name}`, {when} UTC, {seconds:.0f} s, load average"
        f" {loads[0]:.1f} before and {loads[1]:.1f} after."
    )
    return "\n\n".join([*(table.markdown() for table in tables), about])


def put(name: str, text: str, page: Path = PAGE) -> None:
    """Put a part's text into its place. Raises ValueError when the page has no such place."""
    whole = page.read_text(encoding="utf-8")
    place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
    changed, found = place.subn(lambda m: f"{m[1]}\n{text}\n\n{m[2]}", whole)
    if found != 1:
        raise ValueError(f"{page.name} has no place for {name}")
    page.write_text(changed, encoding="utf-8")
