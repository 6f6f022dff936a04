"""`denluot serve` and `denluot demo`: the server on a real box, and one to try."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.branches import apply_file
from commands.common import data_option, only_branch, open_store, plainly, say, system
from commands.sample_board import dress
from queueing.branchfile import SAMPLE
from queueing.store import Store, branches, printers
from queueing.store.core import FILE_NAME
from queueing.store.identity import Identity
from queueing.store.printer_setup import add_printer
from web.config import Config, phones_can_reach
from web.serving import serve as run_server

if TYPE_CHECKING:
    from web.serving import MakeApp


def _check_port(host: str, port: int) -> None:
    """End with a sentence rather than a stack trace when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"cannot listen on {host} port {port}: {error.strerror}. "
                f"Is another server running? Choose another with --port."
            ) from error


def _base_url(config: Config, store: Store) -> str:
    """Where other computers and phones find this server."""
    with store.reading() as db:
        return config.base_url(branches.rules(db, only_branch(store)).text("public_url"))


def _addresses(url: str) -> None:
    """Say where phones are sent, and warn when they cannot get there."""
    if not phones_can_reach(url):
        say(
            f"Note: the QR leads to {url}, which phones cannot reach. Serve with"
            " --host 0.0.0.0, or set public_url in the branch file, or switch slip_qr off."
        )


def _first_link(store: Store, base: str) -> None:
    """The one-time set-up link, as long as nobody can administer this branch."""
    identity, branch = Identity(store), only_branch(store)
    if not identity.officers.any_admin(branch):
        secret = identity.create_setup_link(branch)
        say("Nobody can sign in yet. Open this link once, within 24 hours, to make the")
        say("first administrator and a password:")
        say(f"    {base}/setup/{secret}")


def make_serve(make_app: MakeApp) -> click.Command:
    """The `serve` command of an app factory."""

    @click.command()
    @click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
    @click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True)
    @click.option("--behind-proxy", is_flag=True, help="One reverse proxy stands in front.")
    @data_option
    @plainly
    def serve(*, host: str, port: int, behind_proxy: bool, data: Path) -> None:
        """Serve the branch until stopped."""
        store = open_store(data)
        branch = only_branch(store)
        _check_port(host, port)
        config = Config(data=data, host=host, port=port, behind_proxy=behind_proxy)
        with store.reading() as db:
            say(f"{branches.branch(db, branch).name}: http://{host}:{port}/")
            every = printers.printers(db, branch)
        url = _base_url(config, store)
        _addresses(url)
        if not every:
            say("Note: no printer is set up; numbers are shown on the kiosk's screen only.")
        _first_link(store, url)
        store.close()
        sys.stdout.flush()
        run_server(make_app, config)

    return serve


def make_demo(make_app: MakeApp) -> click.Command:
    """The `demo` command of an app factory."""

    @click.command()
    @click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True)
    @click.option("--people", is_flag=True, help="Simulated citizens and officers keep it busy.")
    @click.option("--open", "open_browser", is_flag=True, help="Open a browser.")
    @data_option
    @plainly
    def demo(*, port: int, people: bool, open_browser: bool, data: Path) -> None:
        """Try it: a sample branch on this computer alone, kept in the data folder.

        Browsers of this computer are paired by themselves, and each sample person signs in
        with one tap. Never use it for real citizens: it has no passwords.
        """
        is_new = not (data / FILE_NAME).is_file()
        store = open_store(data, create=True)
        _check_port("127.0.0.1", port)
        if is_new or not store.branch_ids():
            apply_file(store, SAMPLE)
            actor = system(only_branch(store))
            add_printer(
                store, actor, name="Máy in ảo", transport="virtual", address="paper", width=576
            )
            dress(store, actor)
        _welcome(store, port, people=people)
        config = Config(data=data, host="127.0.0.1", port=port, demo=True)
        if people:
            _send_people(store, port)
        if open_browser:
            threading.Timer(1.5, webbrowser.open, [f"http://127.0.0.1:{port}/"]).start()
        store.close()
        sys.stdout.flush()
        run_server(make_app, config)

    return demo


def _welcome(store: Store, port: int, *, people: bool) -> None:
    with store.reading() as db:
        name = branches.branch(db, only_branch(store)).name
    base = f"http://127.0.0.1:{port}"
    say(f"{name} (demo, this computer only)")
    for path, what in (
        ("/", "where to go"),
        ("/kiosk", "take a number"),
        ("/board", "the waiting room's screen"),
        ("/console", "an officer's counter"),
        ("/supervisor", "the supervisor's overview"),
        ("/supervisor/visits", "the service-time log"),
        ("/admin/paper", "what the virtual printer printed"),
    ):
        say(f"  {base}{path:<20} {what}")
    if people:
        say("  Simulated citizens and officers are at work.")
    say("Stop with Ctrl+C.")


def _send_people(store: Store, port: int) -> None:
    """Start the simulated people in a process of their own: they use the API like anybody."""
    import subprocess

    identity, branch = Identity(store), only_branch(store)
    environment = dict(os.environ)
    for role in ("kiosk", "officer"):
        _token, secret = identity.create_token(system(branch), f"demo {role}", role)
        environment[f"DENLUOT_{role.upper()}_TOKEN"] = secret
    subprocess.Popen(
        [sys.executable, "-m", "commands.crowd", f"http://127.0.0.1:{port}", str(os.getpid())],
        env=environment,
    )
