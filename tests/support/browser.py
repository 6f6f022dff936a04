"""Chromium for the tests, and an eye on what its pages do unasked."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Nothing but this computer has a name, so that no page can lean on the internet.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def find_chromium() -> Path | None:
    """Return the Chromium that DENLUOT_CHROMIUM names, else the first one in the path."""
    if named := os.environ.get("DENLUOT_CHROMIUM"):
        return Path(named)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def launch_options(chromium: Path) -> dict[str, Any]:
    """Return what playwright's `chromium.launch` needs for this Chromium."""
    return {"executable_path": str(chromium), "args": list(ARGUMENTS)}


@dataclass
class Watch:
    """Collects what no page of ours may do: leave the box, break the CSP, throw unseen."""

    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of this context."""
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", self._threw)

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in {
            "127.0.0.1",
            "localhost",
        }:
            self.faults.append(f"left the box: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(f"broke the content security policy: {message.text}")

    def _threw(self, error: WebError) -> None:
        self.faults.append(f"an uncaught error in a page: {error.error}")
