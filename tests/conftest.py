"""Fixtures that more than one file of tests needs."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.support import ports
from tests.support.browser import Watch, find_chromium, launch_options
from tests.support.server import Server, denluot, start_server

IN_VIETNAM = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}

pytest_plugins = (
    "tests.support.strict",
    "tests.support.houses",
    "tests.support.citizens",
    "tests.support.kiosks",
    "tests.support.boards",
    "tests.support.ears",
    "tests.support.pictures",
    "tests.support.office",
    "tests.support.media",
    "tests.support.tablets",
    "tests.support.command_line",
    "tests.support.trouble",
)


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Give a free port of 127.0.0.1, never the same one twice."""
    return ports.free_port


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Give the path of a Chromium; without one the test is skipped, in CI it fails."""
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium here: `make chromium`, or set DENLUOT_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium_path: Path
) -> dict[str, Any]:
    """Let pytest-playwright start the system's Chromium instead of one it would fetch."""
    return browser_type_launch_args | launch_options(chromium_path)


@pytest.fixture(scope="session")
def base_url() -> None:
    """Have none: each test starts its own server (and pytest-base-url's own one warns)."""


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext],
) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts in Vietnam whose pages are watched: see browser.Watch."""
    watch = Watch()
    expect.set_options(timeout=10_000)

    def make(**options: Any) -> BrowserContext:
        context = new_context(**(IN_VIETNAM | options))
        context.set_default_timeout(10_000)
        watch.over(context)
        return context

    yield make
    assert watch.faults == []


@pytest.fixture(scope="session")
def _sample_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("sample") / "data"
    denluot("setup", "--sample", "--data", data)
    return data


@pytest.fixture
def sample_data(_sample_made_once: Path, tmp_path: Path) -> Path:
    """Give a data folder of one's own with the sample branch in it; no server runs yet."""
    return Path(shutil.copytree(_sample_made_once, tmp_path / "data"))


@pytest.fixture
def server(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Callable[..., Server]]:
    """Start real servers: `server(data)`, `server(data, "--people", mode="demo")`.

    Each is well when the call returns, and is ended with the test. `server(data, port=N)`
    takes a port again, as after a kill.
    """
    started: list[Server] = []

    def start(data: Path, *arguments: str, port: int | None = None, **options: Any) -> Server:
        log = tmp_path / f"server-{len(started)}.log"
        started.append(start_server(data, port or free_port(), log, arguments, **options))
        return started[-1]

    yield start
    for one in started:
        one.kill()
        print(f"--- what the server on {one.port} printed:\n{one.output}")
