"""What an office installs is what the checkout runs: one wheel, with everything in it."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from queueing.people import Actor, Role
from queueing.store import Store
from queueing.store.settings import save_settings
from tests.support.server import Server, clean_environment, denluot
from tests.support.tree import ROOT, files, name_of, shipped
from tests.support.wheel import build_wheel, install

MOVED = {"static/": "web/_static/", "templates/": "web/_templates/"}
PAGES = ("/", "/kiosk", "/board", "/console", "/supervisor/visits", "/api/v1/openapi.json")
# What is new in every answer, on purpose: tokens, and the moment it was made.
FRESH = re.compile(rb'(?<=name="csrf-token" content=")[^"]*|(?<="now":")[^"]*|(?<="now": ")[^"]*')


@dataclass(frozen=True)
class Installed:
    wheel: Path
    bin: Path

    def python(self, code: str, cwd: Path) -> str:
        """Run a line of Python in the new environment and return what it printed."""
        done = subprocess.run(
            [self.bin / "python", "-c", code],
            cwd=cwd,
            env=clean_environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    wheel = build_wheel(folder)
    return Installed(wheel, install(wheel, folder / "environment"))


def in_the_wheel(name: str) -> str:
    """Return where a file of the checkout stands in the wheel, "" when it does not belong."""
    for ours, theirs in MOVED.items():
        if name.startswith(ours):
            return theirs + name.removeprefix(ours)
    return name if name.split("/", maxsplit=1)[0] in shipped() else ""


def test_it_holds_the_program_its_pages_and_its_data_and_nothing_else(installed: Installed) -> None:
    ours = set(filter(None, (in_the_wheel(name_of(path)) for path in files())))
    with zipfile.ZipFile(installed.wheel) as archive:
        theirs = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert theirs == ours


def test_it_carries_the_licences(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        carried = {name.split("/licenses/")[-1] for name in archive.namelist()}
    assert carried >= {
        "LICENSE",
        "THIRD_PARTY.md",
        "static/vendor/socket.io.LICENSE",
        "printer/fonts/OFL.txt",
    }


def test_installed_it_finds_its_own_pages(installed: Installed, tmp_path: Path) -> None:
    found = installed.python(
        "import web.resources as r; print(r.static_folder()); print(r.template_folder())", tmp_path
    )
    assert all(str(installed.bin.parent) in line for line in found.splitlines())
    assert str(ROOT) not in found


def test_every_module_of_it_imports_with_its_declared_dependencies_alone(
    installed: Installed, tmp_path: Path
) -> None:
    modules = sorted(
        name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for path in files()
        if path.suffix == ".py" and (name := name_of(path)).split("/")[0] in shipped()
    )
    installed.python("\n".join(f"import {module}" for module in modules), tmp_path)


def visitor() -> OpenerDirector:
    """Return a caller that keeps its cookies, as a browser does that the demo pairs."""
    return build_opener(HTTPCookieProcessor())


def answer(caller: OpenerDirector, server: Server, path: str) -> tuple[str, str, bytes]:
    """Return where a page ended, its type and body, without what is fresh in each answer."""
    try:
        got = caller.open(server.url + path, timeout=10)
    except HTTPError as refused:
        with refused:
            raise AssertionError(f"{path} answered {refused.code}\n{server.output}") from None
    with got:
        body = FRESH.sub(b"", got.read()).replace(server.url.encode(), b"")
        return got.url.removeprefix(server.url), got.headers["Content-Type"], body


def test_installed_it_serves_the_same_pages_as_the_checkout(
    installed: Installed, tmp_path: Path, server: Callable[..., Server]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = installed.bin / "denluot"
    its_data = tmp_path / "its-data"
    denluot("setup", "--sample", "--data", its_data, command=command, cwd=elsewhere)
    # the board's code for phones holds the address, and each server has a port of its own
    store = Store(its_data)
    save_settings(store, Actor(1, Role.SYSTEM), {"public_url": "http://192.0.2.7"})
    store.close()
    our_data = Path(shutil.copytree(its_data, tmp_path / "our-data"))
    theirs = server(its_data, mode="demo", command=command, cwd=elsewhere)
    ours = server(our_data, mode="demo")
    static = [f"/{name}" for path in files() if (name := name_of(path)).startswith("static/")]
    here, there = visitor(), visitor()
    for path in (*PAGES, *static):
        assert answer(there, theirs, path) == answer(here, ours, path)
