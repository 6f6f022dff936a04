"""Compile the text catalogues, and say what they lack.

`python -m tools.texts compile` writes each `.mo` anew; `check` fails when a `.mo` is older than
its source, or when a text of the program has no translation.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "queueing" / "locale"
FOLDERS = ("catalogue", "display", "kiosk", "printer", "queueing", "staff", "templates", "web")
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def sources() -> Iterator[Path]:
    """Yield every catalogue in source form, `LANG/LC_MESSAGES/denluot.po`."""
    yield from sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def read(source: Path) -> Catalog:
    """Read one catalogue."""
    with source.open("rb") as lines:
        return read_po(lines, locale=source.parent.parent.name)


def compiled(source: Path) -> bytes:
    """Return what the `.mo` beside this source has to hold."""
    out = BytesIO()
    write_mo(out, read(source))
    return out.getvalue()


def texts_in_use() -> set[str]:
    """Return every text that the program marks for translation."""
    found: set[str] = set()
    for folder in FOLDERS:
        if not (ROOT / folder).is_dir():
            continue
        for _, _, text, _, _ in extract_from_dir(
            ROOT / folder, method_map=METHODS, keywords=KEYWORDS, comment_tags=()
        ):
            found.add(text if isinstance(text, str) else text[0])
    return found


def complaints() -> Iterator[str]:
    """Yield what is wrong with the catalogues, a line each."""
    in_use = texts_in_use()
    for source in sources():
        name = source.relative_to(ROOT)
        target = source.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != compiled(source):
            yield f"{target.relative_to(ROOT)} does not match its source: make texts"
        catalogue = read(source)
        for message in catalogue:
            if message.id and message.fuzzy:
                yield f"{name}: fuzzy: {message.id!r}"
        for text in sorted(in_use):
            entry = catalogue.get(text)
            words = entry.string if entry else ""
            if not (all(words) if isinstance(words, (tuple, list)) else words):
                yield f"{name}: no translation of {text!r}"


def main(arguments: list[str]) -> int:
    """Do what the command line asks; the exit code is 1 when `check` finds something."""
    if arguments == ["compile"]:
        for source in sources():
            source.with_suffix(".mo").write_bytes(compiled(source))
        return 0
    if arguments == ["check"]:
        found = list(complaints())
        print(*found, sep="\n", end="\n" if found else "")
        return 1 if found else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
