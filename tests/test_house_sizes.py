"""Files and functions stay of a size that one reads at a sitting."""

import ast
from statistics import median

from tests.support.tree import ROOT, files, name_of, shipped_modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 60


def lines(name: str) -> int:
    return len((ROOT / name).read_text(encoding="utf-8").splitlines())


def test_no_python_file_is_longer_than_300_lines() -> None:
    long = {
        name_of(path): count
        for path in files()
        if path.suffix == ".py" and (count := lines(name_of(path))) > LONGEST_FILE
    }
    assert long == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1}"
        for name, tree in shipped_modules().items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_half_of_the_programs_files_are_short() -> None:
    assert median(lines(name) for name in shipped_modules()) <= 120
