"""Numbers out of samples, and tables out of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


def percentile(samples: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the samples do not exceed: nearest rank.

    NaN for no samples at all, so that a missing measurement never passes for a good one.
    """
    if not samples:
        return math.nan
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def verdict(met: bool | None) -> str:
    """How a table says whether a budget was kept; nothing when there is none."""
    return "" if met is None else "yes" if met else "**no**"


def times(new: float, old: float) -> str:
    """A ratio as text, `–` when it cannot be made."""
    return f"{new / old:.2f}" if old and not math.isnan(new / old) else "–"


@dataclass
class Table:
    """One table of figures, with the sentences that stand under it."""

    title: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """Append a row; short rows are filled up."""
        self.rows.append(cells + ("",) * (len(self.header) - len(cells)))

    def markdown(self) -> str:
        """The table as Markdown that also reads well on a terminal."""
        lines = [self.header, *self.rows]
        widths = [max(len(line[n]) for line in lines) for n in range(len(self.header))]

        def row(cells: Sequence[str]) -> str:
            padded = [
                cell.ljust(width) if n == 0 else cell.rjust(width)
                for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
            ]
            return f"| {' | '.join(padded)} |"

        rule = [
            "-" * width if n == 0 else "-" * (width - 1) + ":" for n, width in enumerate(widths)
        ]
        table = [row(self.header), row(rule), *map(row, self.rows)]
        parts = [f"### {self.title}", "\n".join(table), *self.notes]
        return "\n\n".join(parts)
