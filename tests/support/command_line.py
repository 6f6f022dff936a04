"""The `denluot` command, run inside the test's own process on a data folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command on the test's own data folder and return what it printed."""

    def go(*arguments: object, typed: str = "", well: bool = True) -> Result:
        words = [str(argument) for argument in arguments]
        done = CliRunner().invoke(main, [*words, "--data", str(tmp_path / "data")], input=typed)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert (done.exit_code == 0) is well, done.output
        return done

    return go


@pytest.fixture
def sample(run: Run, tmp_path: Path) -> Path:
    run("setup", "--sample")
    return tmp_path / "data"
