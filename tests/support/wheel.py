"""The project's wheel, and an environment that holds nothing but it and what it declares."""

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

from tests.support.tree import ROOT, pyproject

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def build_wheel(folder: Path) -> Path:
    """Build the wheel into an empty folder and return its path."""
    _run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    return next(folder.glob("*.whl"))


def install(wheel: Path, folder: Path) -> Path:
    """Install a wheel into a new environment and return that one's `bin`.

    The environment has the wheel's declared dependencies and nothing else: files linked from
    this one, so that it takes a second and no network. pip itself then checks that nothing
    that the wheel asks for is missing.
    """
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    packages = next((folder / "lib").glob("python*/site-packages"))
    for needed in _closure(pyproject()["project"]["dependencies"]):  # type: ignore[index]
        _link(needed, packages)
    _run(*PIP, "--python", python, "install", "--no-index", wheel)
    return python.parent


def _closure(lines: list[str]) -> Iterator[Distribution]:
    """Yield what these requirements pull in, as it is installed here."""
    waiting = [(Requirement(line), "") for line in lines]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        found = distribution(requirement.name)
        for wanted in ("", *requirement.extras):
            if (requirement.name, wanted) not in seen:
                seen.add((requirement.name, wanted))
                waiting += [(Requirement(line), wanted) for line in found.requires or ()]
                yield found


def _link(found: Distribution, packages: Path) -> None:
    for name in found.files or ():
        # Scripts (`../../../bin/…`) start this environment's Python: they stay behind.
        if ".." in name.parts or "__pycache__" in name.parts:
            continue
        target = packages / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.symlink_to(Path(str(found.locate_file(name))))


def _run(*command: str | Path) -> None:
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=_environment(),
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _environment() -> dict[str, str]:
    # A build must not depend on the clock: the same tree gives the same wheel.
    return {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {
        "SOURCE_DATE_EPOCH": "315532800"
    }
