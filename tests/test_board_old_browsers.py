"""What the board loads runs in Chromium 63: nothing newer than ES2017 and the CSS of its time."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.resources import static_folder

STATIC = static_folder()
PAIRING = [STATIC / "access" / name for name in ("pair.js", "form.js")]
SCRIPTS = sorted([*STATIC.glob("js/*.js"), *STATIC.glob("display/**/*.js"), *PAIRING])
SHEETS = [
    *(STATIC / name for name in ("fonts.css", "tokens.css", "base.css", "access/access.css")),
    *sorted(STATIC.glob("display/*.css")),
]

# Strings and comments say what they like; of a template only the code inside ${…} counts.
_SKIPPED = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?P<template>`(?:[^`\\]|\\.)*`)""",
    re.DOTALL,
)
_HOLE = re.compile(r"\$\{([^}]*)\}")

SYNTAX = {
    "optional chaining": r"\?\.(?!\d)",
    "?? and ??=": r"\?\?",
    "||= and &&=": r"\|\|=|&&=",
    "object spread or rest": r"[{,]\s*\.\.\.\w[^()\[\]]*\}|\{\s*\.\.\.",
    "catch without a name": r"\bcatch\s*\{",
    "private names": r"#\w+",
    "numeric separators and bigints": r"\b\d+_\d|\b\d+n\b",
    "for await, async generators": r"\bfor\s+await\b|\basync\s+function\s*\*|\basync\s*\*",
    "import.meta": r"\bimport\.meta\b",
    "top-level await": r"^await\b",
    "export * as": r"\bexport\s*\*\s*as\b",
}
CALLS = {
    "arrays": r"\.(?:flat|flatMap|at|findLast|findLastIndex|toSorted|toReversed)\(",
    "strings": r"\.(?:replaceAll|matchAll|trimStart|trimEnd)\(",
    "objects": r"\bObject\.(?:fromEntries|hasOwn|groupBy)\b",
    "promises": r"\bPromise\.(?:allSettled|any|try|withResolvers)\b",
    "globals": r"\b(?:globalThis|structuredClone|queueMicrotask|AbortController|ResizeObserver)\b",
    "elements": r"\.(?:replaceChildren|toggleAttribute|checkVisibility)\(",
    "crypto": r"\brandomUUID\b",
}
STYLES = {
    "gap outside grid-": r"(?<![\w-])(?:row-|column-)?gap\s*:",
    "min(), max(), clamp()": r"(?<![\w-])(?:min|max|clamp)\(",
    "inset": r"(?<![\w-])inset(?:-\w+)*\s*:",
    "aspect-ratio as a property": r"(?<![\w-])aspect-ratio\s*:\s*\d[^)]*;",
    "new selectors": r":(?:is|where|has)\(",
    "nesting": r"&",
    "container queries and layers": r"@(?:container|layer|property)\b",
    "new units": r"\d(?:dvh|svh|lvh|dvw|cqw|cqh|cqi|lh|rlh)\b",
    "new values": r"\boverflow\s*:\s*clip\b|\banywhere\b|\bdisplay\s*:\s*contents\b|\bcolor-mix\(",
    "colours with a slash": r"\b(?:rgb|hsl)a?\([^)]*/[^)]*\)",
    "logical shorthands": r"(?<![\w-])(?:margin|padding)-(?:inline|block)\s*:",
    "place-*": r"(?<![\w-])place-(?:items|content|self)\s*:",
}


def code(text: str) -> str:
    def kept(found: re.Match[str]) -> str:
        template = found["template"]
        return " ".join(_HOLE.findall(template)) if template else '""'

    return _SKIPPED.sub(kept, text)


def class_bodies(plain: str) -> Iterator[str]:
    """Yield what stands directly in each class, its methods' bodies left out."""
    for head in re.finditer(r"\bclass\b[^{;]*\{", plain):
        depth, own = 1, []
        for letter in plain[head.end() :]:
            depth += {"{": 1, "}": -1}.get(letter, 0)
            if depth == 0:
                break
            if depth == 1:
                own.append(letter)
        yield "".join(own)


def has_class_field(plain: str) -> bool:
    field = re.compile(r"(?:^|[;}])\s*(?:static\s+)?\w+\s*(?:=|;|$)")
    return any(field.search(body) for body in class_bodies(plain))


def too_new(text: str, *rules: dict[str, str]) -> list[str]:
    plain = code(text)
    fields = ["a class field"] if SYNTAX in rules and has_class_field(plain) else []
    return fields + [
        f"{name}: {found[0].strip()[:60]}"
        for table in rules
        for name, pattern in table.items()
        if (found := re.search(pattern, plain, re.MULTILINE))
    ]


def of(path: Path) -> str:
    return path.relative_to(STATIC).as_posix()


@pytest.mark.parametrize("path", SCRIPTS, ids=of)
def test_a_script_of_the_board_is_es2017(path: Path) -> None:
    assert too_new(path.read_text(encoding="utf-8"), SYNTAX, CALLS) == []


@pytest.mark.parametrize("path", SHEETS, ids=of)
def test_a_style_sheet_of_the_board_is_of_that_time(path: Path) -> None:
    assert too_new(path.read_text(encoding="utf-8"), STYLES) == []


def test_it_reads_every_module_and_sheet_the_page_names() -> None:
    page = Path("templates/display/board.html").read_text(encoding="utf-8")
    base = Path("templates/base.html").read_text(encoding="utf-8")
    named = set(re.findall(r"asset\('([^']+\.(?:js|css))'\)", page + base))
    imported = {
        of((path.parent / name).resolve())
        for path in SCRIPTS
        for name in re.findall(r'^import[^"]*"([^"]+)"', path.read_text("utf-8"), re.MULTILINE)
    }
    assert named | imported <= {of(p) for p in [*SCRIPTS, *SHEETS]} | {"vendor/socket.io.min.js"}


@pytest.mark.parametrize(
    "line",
    [
        "const a = b?.c;",
        "const a = b ?? c;",
        "a ||= b;",
        "const a = { ...b };",
        "const a = { c: 1, ...b };",
        "const { a, ...rest } = b;",
        "try { a(); } catch { b(); }",
        "class A { #b = 1; }",
        "class A {\n  b = 1;\n  constructor() {}\n}",
        "class A {\n  go() { return 1; }\n  static b = 1;\n}",
        "const a = 1_000;",
        "for await (const a of b) c();",
        "const a = `${b?.c}`;",
        "await a();",
        "a.flat();",
        "a.replaceAll(b, c);",
        "Object.fromEntries(a);",
        "new AbortController();",
        "node.replaceChildren();",
    ],
)
def test_it_finds_what_such_a_browser_cannot_read(line: str) -> None:
    assert too_new(line, SYNTAX, CALLS)


@pytest.mark.parametrize(
    "line",
    [
        "const a = b ? .5 : c;",
        "f(...args);",
        "const a = [...b, c];",
        "function el(tag, attrs, ...children) {}",
        "const { a, b } = c || {};",
        "async function f() { await g(); }",
        '// a?.b\nconst a = "b?.c";',
        "try { a(); } catch (error) { b(); }",
        "const a = Object.assign({}, b);",
        "class A {\n  constructor() { this.b = 1; }\n}",
        "let a = 1;\nfunction f() {}",
        "class A {\n  get b() { const c = 1; return c; }\n  d(e = 1) { this.e = e; }\n}",
    ],
)
def test_it_lets_es2017_pass(line: str) -> None:
    assert too_new(line, SYNTAX, CALLS) == []


@pytest.mark.parametrize(
    "line",
    [
        "a { display: flex; gap: 1rem; }",
        "a { width: max(1px, 2rem); }",
        "a { inset: 0; }",
        "a { aspect-ratio: 1 / 1; }",
        ":is(a, b) { color: red; }",
        "a { color: rgb(0 0 0 / 50%); }",
    ],
)
def test_it_finds_newer_styles(line: str) -> None:
    assert too_new(line, STYLES)


def test_it_lets_the_styles_of_that_time_pass() -> None:
    fine = "a { grid-gap: 1rem; box-shadow: inset 0 0 red; width: calc(1px + 1em); }"
    assert too_new(fine + " @media (max-aspect-ratio: 16/9) { a { top: 0; } }", STYLES) == []
