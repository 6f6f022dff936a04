"""The project's own files, as its tests look at them."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".woff2", ".ttf", ".mo", ".png", ".mp3", ".webm", ".ico", ".gz"}


@cache
def pyproject() -> dict[str, object]:
    """Return pyproject.toml as it stands."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def files() -> tuple[Path, ...]:
    """Return every file that is committed or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout.split("\0")
    return tuple(path for name in sorted(filter(None, listed)) if (path := ROOT / name).is_file())


def texts() -> Iterator[tuple[str, str]]:
    """Yield name and content of every text file."""
    for path in files():
        if path.suffix not in BINARY:
            yield name_of(path), path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    """Return a file's name from the project's root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def shipped_modules() -> dict[str, ast.Module]:
    """Return the program's own modules, those in the wheel, each parsed."""
    return {
        name: ast.parse(path.read_text(encoding="utf-8"), name)
        for path in files()
        if path.suffix == ".py" and (name := name_of(path)).split("/")[0] in shipped()
    }


@cache
def shipped() -> tuple[str, ...]:
    """Return the top-level packages and modules that pyproject.toml puts into the wheel."""
    wheel = pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]  # type: ignore[index]
    return tuple(wheel["only-include"])
