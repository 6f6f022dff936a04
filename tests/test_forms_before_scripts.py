"""A form that a script sends waits for the script: else what was typed would be lost."""

import pytest
from playwright.sync_api import Route, expect

from tests.support.tablets import Desks


@pytest.mark.parametrize(
    ("path", "script", "field"),
    [
        ("/admin/board", "admin/board/main.js", "input[name=board_calls]"),
        ("/admin/voice", "admin/voice/main.js", "#settings input:visible"),
        ("/admin/slip", "admin/slip.js", "input[name=header] >> nth=0"),
    ],
)
def test_saving_waits_for_the_script(desks: Desks, path: str, script: str, field: str) -> None:
    page = desks.sit("son", path)
    save = page.locator("#save")
    expect(save).to_be_enabled()

    def stop(route: Route) -> None:
        route.abort()

    page.route(f"**/static/{script}*", stop)
    page.reload()
    expect(save).to_be_disabled()
    page.locator(field).first.press("Enter")
    expect(save).to_be_disabled()
    assert page.url.endswith(path)
