"""Devices: how a new screen gets its place in the house, and the secrets that prove it.

A screen asks for a pairing and shows its code; an administrator confirms the code and says
what the screen is; the screen, which alone knows the pairing's secret, fetches its token once.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from queueing.clock import parse_iso

# No vowels, so that no word appears, and none of 0 O 1 I L 5 S 8 B 2 Z 6 G, which look alike.
ALPHABET: Final = "3479CDFHJKMNPQRTVWXY"
CODE_LENGTH: Final = 8
PAIRING_LIFE: Final = timedelta(minutes=10)
SETUP_LIFE: Final = timedelta(hours=24)
NAME_MOST: Final = 60
# A connected screen is noted when it connects and once a minute: two misses and a margin.
SILENT_AFTER: Final = timedelta(seconds=150)


class Kind(StrEnum):
    """What a device is."""

    KIOSK = "kiosk"
    BOARD = "board"
    COUNTER = "counter"
    AGENT = "agent"


class Family(StrEnum):
    """The kinds of secret; each begins with its own letters, so that one table is looked in."""

    SESSION = "dls_"
    DEVICE = "dld_"
    API = "dlt_"
    SETUP = "dlu_"
    PAIRING = "dlp_"


def is_silent(seen_at: str | None, now: datetime) -> bool:
    """True for a device that was never connected, or not of late."""
    return seen_at is None or now - parse_iso(seen_at) > SILENT_AFTER


def new_code() -> str:
    """A pairing code of 8 characters, base 20: 2.6 · 10¹⁰ possibilities for ten minutes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str | None:
    """The code somebody typed, with or without dashes, blanks and capitals; None if impossible."""
    code = "".join(c for c in typed.upper() if c not in " -–.")
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        return None
    return code


def show_code(code: str) -> str:
    """The code in two halves, easier to read aloud."""
    return f"{code[:4]}-{code[4:]}"


def new_secret(family: Family) -> str:
    """256 random bits as text, told apart by its first letters."""
    return family + secrets.token_urlsafe(32)


def family_of(secret: str) -> Family | None:
    """Which kind of secret this may be; None for anything else."""
    for family in Family:
        if secret.startswith(family) and len(secret) <= 100:
            return family
    return None


def digest(secret: str) -> str:
    """What is stored of a secret. It is random, so a plain SHA-256 cannot be guessed back."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
