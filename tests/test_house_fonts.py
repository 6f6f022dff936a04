"""The screens' letters come from the box itself, Vietnamese ones included."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page

from web.resources import static_folder

HARDEST = "Ỗ ữ ặ đ Ợ 0123456789 – “”"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the tests' output is not a server's log."""


@pytest.fixture
def files_url(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "static").symlink_to(static_folder())
    (tmp_path / "index.html").write_text(
        '<!doctype html><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/static/fonts.css"><body></body>'
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_every_weight_has_every_vietnamese_letter(page: Page, files_url: str, weight: int) -> None:
    page.goto(files_url)
    faces = page.evaluate(
        "([font, text]) => document.fonts.load(font, text).then(f => f.map(x => x.status))",
        [f"{weight} 20px 'Be Vietnam Pro'", HARDEST],
    )
    assert faces == ["loaded", "loaded"]  # latin and vietnamese


def test_a_page_without_vietnamese_letters_fetches_one_subset(page: Page, files_url: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[1]))
    page.goto(files_url)
    page.evaluate("document.fonts.load(\"400 20px 'Be Vietnam Pro'\", 'A012')")
    assert [name for name in fetched if name.endswith(".woff2")] == [
        "be-vietnam-pro-latin-400-normal.woff2"
    ]
