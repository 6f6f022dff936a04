"""Text made fit for paper: one line of composed letters and nothing else."""

from __future__ import annotations

import unicodedata


def clean(text: str) -> str:
    """One line of composed letters: control and invisible format characters fall away."""
    composed = unicodedata.normalize("NFC", text)
    kept = (" " if c.isspace() else c for c in composed if _visible(c))
    return " ".join("".join(kept).split())


def _visible(character: str) -> bool:
    # C*: control, format (bidi overrides among them), surrogate, private use, unassigned
    return character.isspace() or unicodedata.category(character)[0] != "C"
