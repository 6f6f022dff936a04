"""In CI, a browser test that was skipped is a failure; at a desk it is a skip with its reason."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOT

SKIPPED = """
import pytest

@pytest.mark.browser
def test_a_page():
    pytest.skip("no Chromium here")

def test_no_page():
    pytest.skip("not on this system")
"""
WHOLE_FILE = "import pytest\npytest.skip('not here', allow_module_level=True)\n"


def run(tmp_path: Path, test: str, ci: str) -> str:
    (tmp_path / "test_it.py").write_text(test)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.support.strict", "-p", "no:playwright", "-q"],
        cwd=tmp_path,
        env=os.environ | {"CI": ci, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    ).stdout


@pytest.mark.parametrize(
    ("ci", "test", "closing"),
    [
        ("true", SKIPPED, "1 failed, 1 skipped"),
        ("", SKIPPED, "2 skipped"),
        ("true", WHOLE_FILE, "1 error"),
        ("", WHOLE_FILE, "1 skipped"),
    ],
)
def test_a_skipped_browser_test_fails_in_ci_only(
    tmp_path: Path, ci: str, test: str, closing: str
) -> None:
    assert closing in run(tmp_path, test, ci)


def test_the_reason_is_kept(tmp_path: Path) -> None:
    said = run(tmp_path, SKIPPED, "true")
    assert "a browser test was skipped in CI: Skipped: no Chromium here" in said
