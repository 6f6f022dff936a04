"""In CI no browser test may be skipped: green has to mean that the pages were looked at.

On a desk without Chromium the browser tests are skipped, with the reason; with CI=true
each such skip is a failure.
"""

import os
from collections.abc import Generator

import pytest

BROWSER_FIXTURES = {"page", "context", "new_context", "browser", "browser_type", "chromium_path"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses a browser as one."""
    for item in items:
        if BROWSER_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a browser test's skip into a failure in CI."""
    report = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if skipped and _in_ci() and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"a browser test was skipped in CI: {_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn the skip of a whole file into a failure in CI, as it may hold browser tests."""
    report = yield
    if report.skipped and _in_ci():
        report.outcome = "failed"
        report.longrepr = f"a test file was skipped in CI: {_reason(report)}"
    return report


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
