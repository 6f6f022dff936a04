"""Compile the text catalogues, and say what they lack.

`python -m tools.texts compile` writes each `.mo` anew; `check` fails when a `.mo` differs from its
source, or when a text of the program has no translation or a broken one.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from unicodedata import is_normalized

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from queueing.refusals import REFUSALS

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "queueing" / "locale"
FOLDERS = (
    "boards",
    "catalogue",
    "display",
    "kiosk",
    "printer",
    "queueing",
    "staff",
    "templates",
    "voice",
    "web",
)
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
FIELD = re.compile(r"\{(\w*)")
SCRIPT_METHODS = [("vendor/**", "ignore"), ("**.js", "javascript")]
SCRIPT_KEYWORDS = {"t": None}


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
    """Return every text that the program words in the reader's language."""
    marked = {text for folder in FOLDERS for text in _marked(folder, METHODS, KEYWORDS)}
    in_scripts = set(_marked("static", SCRIPT_METHODS, SCRIPT_KEYWORDS))
    return marked | in_scripts | {words for _, words in REFUSALS.values()}


def _marked(
    folder: str,
    methods: list[tuple[str, str]],
    keywords: Mapping[str, tuple[int, ...] | None],
) -> Iterator[str]:
    found = extract_from_dir(ROOT / folder, method_map=methods, keywords=keywords)
    for _, _, text, _, _ in found:
        yield text if isinstance(text, str) else text[0]


def complaints() -> Iterator[str]:
    """Yield what is wrong with the catalogues, a line each."""
    in_use = texts_in_use()
    for source in sources():
        name = source.relative_to(LOCALE)
        target = source.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != compiled(source):
            yield f"{name}: the compiled catalogue does not match it: make texts"
        catalogue = read(source)
        yield from (f"{name}: {fault}" for m in catalogue if m.id for fault in _faults(m))
        for text in sorted(in_use):
            if not (entry := catalogue.get(text)) or not all(_forms(entry.string)):
                yield f"{name}: no translation of {text!r}"


def _faults(message: Message) -> Iterator[str]:
    asked = {field for form in _forms(message.id) for field in FIELD.findall(form)}
    for form in filter(None, _forms(message.string)):
        if set(FIELD.findall(form)) - asked:
            yield f"fills in what nobody gives: {form!r}"
        if not is_normalized("NFC", form):
            yield f"accents apart from their letters (not NFC): {form!r}"
    if message.fuzzy:
        yield f"fuzzy: {message.id!r}"


def _forms(words: str | Sequence[str] | None) -> Sequence[str]:
    return (words or "",) if words is None or isinstance(words, str) else words


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
