"""What is wrong with a board's picture, as scripts for the page that shows it."""

from pathlib import Path

_HERE = Path(__file__).parent
FAULTS = (_HERE / "faults.js").read_text(encoding="utf-8")
PALE = (_HERE / "pale.js").read_text(encoding="utf-8")

# Of Be Vietnam Pro: how high its capitals stand, in em.
CAPITAL = 0.74
