"""Officers: what a password must be, how it is kept, and how long wrong guesses must wait."""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import secrets
import threading
import unicodedata
from dataclasses import dataclass
from importlib import resources
from typing import Final

from queueing.refusals import Refused

LEAST = 12
MOST = 200
LOGIN_MOST = 40


@dataclass(frozen=True, slots=True)
class Cost:
    """scrypt's parameters: memory is 128·r·2^log_n bytes, time grows with p."""

    log_n: int = 15
    r: int = 8
    p: int = 3

    @property
    def memory(self) -> int:
        """Bytes that hashing needs, with OpenSSL's own share."""
        return 128 * self.r * ((1 << self.log_n) + self.p + 8)


COST: Final = Cost()

# Each hashing takes 32 MB: a small box must not be asked for that fifty times at once.
_AT_ONCE = threading.BoundedSemaphore(2)


def check_login(login: str) -> str:
    """The sign-in name as it is kept. Raises Refused `login_invalid`."""
    text = login.strip().lower()
    if not (2 <= len(text) <= LOGIN_MOST) or not text.isascii():
        raise Refused("login_invalid")
    if not text.replace(".", "").replace("-", "").replace("_", "").isalnum():
        raise Refused("login_invalid")
    return text


def check_password(password: str, login: str) -> str:
    """The password in the form that is hashed.

    Raises Refused `password_short`, `password_long`, `password_is_login` or
    `password_common`. There are no rules about kinds of characters: length is what counts
    (NIST SP 800-63B, 5.1.1.2).
    """
    text = _normal(password)
    if len(text) < LEAST:
        raise Refused("password_short", least=LEAST)
    if len(text) > MOST:
        raise Refused("password_long", most=MOST)
    plain = text.casefold()
    if login and login.casefold() in plain and len(plain) - len(login) < LEAST // 2:
        raise Refused("password_is_login")
    if plain in _common() or len(set(plain)) < 4:
        raise Refused("password_common")
    return text


@functools.cache
def _common() -> frozenset[str]:
    """What people type first when a form asks for twelve characters."""
    words = resources.files("queueing").joinpath("common_passwords.txt")
    return frozenset(words.read_text(encoding="utf-8").split())


def _normal(password: str) -> str:
    # the same word typed on two keyboards may be composed differently
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str, cost: Cost = COST) -> str:
    """A self-describing hash: ``scrypt$log_n$r$p$salt$digest``."""
    salt = secrets.token_bytes(16)
    digest = _scrypt(_normal(password), salt, cost)
    parts = ("scrypt", cost.log_n, cost.r, cost.p, _text(salt), _text(digest))
    return "$".join(str(part) for part in parts)


def verify_password(password: str, stored: str | None, cost: Cost = COST) -> bool:
    """True when the password is the one that was hashed.

    With no hash (an unknown sign-in name, an officer without a password) the same work is
    done and False answered, so that the time taken tells nothing.
    """
    if len(password) > MOST:
        password = password[:MOST]
        stored = None
    if stored is None:
        _scrypt(_normal(password), b"\0" * 16, cost)
        return False
    found, salt, digest = _parts(stored)
    return hmac.compare_digest(_scrypt(_normal(password), salt, found), digest)


def needs_rehash(stored: str, cost: Cost = COST) -> bool:
    """True when the hash was made with other parameters than today's."""
    return _parts(stored)[0] != cost


def _parts(stored: str) -> tuple[Cost, bytes, bytes]:
    name, log_n, r, p, salt, digest = stored.split("$")
    if name != "scrypt":
        raise ValueError(f"unknown kind of password hash: {name!r}")
    return Cost(int(log_n), int(r), int(p)), _bytes(salt), _bytes(digest)


def _scrypt(password: str, salt: bytes, cost: Cost) -> bytes:
    with _AT_ONCE:
        return hashlib.scrypt(
            password.encode(),
            salt=salt,
            n=1 << cost.log_n,
            r=cost.r,
            p=cost.p,
            maxmem=cost.memory + (1 << 20),
            dklen=32,
        )


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True, slots=True)
class Patience:
    """How many wrong guesses are free, and how the wait grows after them, in seconds."""

    free: int
    first_s: int
    most_s: int
    # after so long without a guess the count begins anew
    forget_s: int = 3600

    def wait_after(self, fails: int) -> int:
        """Seconds to wait after this many failures in a row: 0, then doubling up to the most."""
        over = fails - self.free
        if over <= 0:
            return 0
        return int(min(self.most_s, self.first_s * 2 ** min(over - 1, 20)))


# One person at one place; one name from anywhere; one place against any name; codes and links.
# A name's own wait stays short, so that nobody can keep an officer out from elsewhere.
SIGN_IN: Final = {
    "login_at": Patience(free=4, first_s=5, most_s=900),
    "login": Patience(free=20, first_s=2, most_s=30),
    "address": Patience(free=30, first_s=5, most_s=300),
}
GUESSES: Final = {
    "pairing": Patience(free=10, first_s=2, most_s=300),
    "new_pairing": Patience(free=30, first_s=5, most_s=60, forget_s=600),
    "ticket": Patience(free=30, first_s=1, most_s=60, forget_s=600),
    "setup": Patience(free=10, first_s=2, most_s=300),
}
