"""Where the pages' files lie, in a checkout and in an installed wheel alike."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def static_folder() -> Path:
    """Return the folder with style sheets, scripts, fonts and sounds."""
    return _folder("static")


def template_folder() -> Path:
    """Return the folder with the pages' templates, one folder per surface."""
    return _folder("templates")


def _folder(name: str) -> Path:
    # The wheel's copy comes first: beside an installed package, another
    # distribution may have put a `static` folder of its own.
    for folder in (_HERE / f"_{name}", _HERE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name}/ is neither in the package nor in a checkout: {_HERE}")
