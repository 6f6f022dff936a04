"""Addresses of static files, each with a hash of its content so that browsers may keep it."""

from __future__ import annotations

import functools
import hashlib

from web.resources import static_folder


@functools.cache
def asset_url(path: str) -> str:
    """``/static/<path>?v=<hash>``. Raises FileNotFoundError, so that a typing error shows."""
    content = (static_folder() / path).read_bytes()
    return f"/static/{path}?v={hashlib.sha256(content).hexdigest()[:12]}"
