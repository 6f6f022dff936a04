"""Which program this is: screens that hang for weeks load their page anew when it changes."""

from __future__ import annotations

import functools
import hashlib
from importlib import metadata

from web.resources import static_folder, template_folder


@functools.cache
def program() -> str:
    """The version and a hash of everything that pages are made of, the same until a restart."""
    found = hashlib.sha256()
    for folder in (static_folder(), template_folder()):
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".js", ".css", ".html"):
                found.update(file.relative_to(folder).as_posix().encode())
                found.update(file.read_bytes())
    return f"{metadata.version('denluot')}-{found.hexdigest()[:12]}"
