"""One citizen's whole path in a real browser: touch, paper, board, counter, log."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.server import Server, denluot
from tests.support.socket_printer import SocketPrinter
from tests.support.waiting import eventually

NewContext = Callable[..., BrowserContext]
COUNTER_1 = re.compile("quầy 1", re.IGNORECASE)


@pytest.fixture
def paper() -> Iterator[SocketPrinter]:
    with SocketPrinter() as printer:
        yield printer


@pytest.fixture
def branch(sample_data: Path, server: Callable[..., Server], paper: SocketPrinter) -> Server:
    """The sample branch with a socket printer; browsers of this computer are paired."""
    denluot("printer", "add", "--name", "Máy in", "--network", paper.address, "--data", sample_data)
    return server(sample_data, mode="demo")


def take_number(new_context: NewContext, branch: Server) -> tuple[Page, str]:
    """Touch the first service and take a number; its screen and the number."""
    kiosk = new_context(viewport={"width": 1080, "height": 1920}, has_touch=True).new_page()
    kiosk.goto(f"{branch.url}/kiosk")
    kiosk.locator(".tile").first.tap()
    take = kiosk.locator(".take")
    expect(take).to_be_enabled()
    kiosk.wait_for_timeout(1000)  # the sheet ignores the second touch of a double one
    take.tap()
    number = kiosk.locator(".slip-label [data-text]")
    expect(number).to_be_visible()
    return kiosk, str(number.get_attribute("data-text"))


def sit_down(new_context: NewContext, branch: Server) -> Page:
    """Sign an officer in with one tap and take counter 1."""
    console = new_context(viewport={"width": 1280, "height": 800}).new_page()
    console.goto(f"{branch.url}/sign-in?next=/console")
    console.locator("[data-login='hoa']").click()
    console.locator("[data-counter='1']").click()
    expect(console.locator("#desk-name")).to_have_text("Quầy 1")
    return console


def step(console: Page, words: str) -> None:
    """Press the primary button once it offers this step."""
    button = console.locator("#primary")
    expect(button).to_contain_text(words)
    expect(button).to_be_enabled()
    button.click()


def test_from_the_first_touch_to_the_line_in_the_log(
    branch: Server, paper: SocketPrinter, new_context: NewContext
) -> None:
    board = new_context(viewport={"width": 1920, "height": 1080}).new_page()
    board.goto(f"{branch.url}/board")
    kiosk, number = take_number(new_context, branch)
    assert number == "A001"

    # the paper: the raster that reached the printer bears a QR that opens the ticket's page
    paper.wait_for(1)
    (url,) = paper.codes()
    with sqlite3.connect(branch.data / "denluot.sqlite3") as db:
        (secret,) = db.execute("SELECT token FROM ticket").fetchone()
    assert url.startswith("http://")
    assert url.endswith(f":{branch.port}/t/{secret}")
    expect(kiosk.get_by_text("Mời ông/bà nhận phiếu")).to_be_visible()

    phone = new_context(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(f"{branch.url}/t/{secret}")
    expect(phone.locator("main")).to_contain_text("A001")

    console = sit_down(new_context, branch)
    step(console, "Gọi")
    expect(board.locator("#number")).to_have_attribute("data-text", "A001")
    expect(board.locator("#counter")).to_have_text(COUNTER_1)
    expect(phone.locator("main")).to_contain_text(COUNTER_1)
    step(console, "Bắt đầu")
    step(console, "Hoàn thành")
    expect(phone.locator("main")).not_to_contain_text(COUNTER_1)

    log = new_context(viewport={"width": 1280, "height": 800}).new_page()
    log.goto(f"{branch.url}/sign-in?next=/supervisor/visits")
    log.locator("[data-login='ha']").click()
    row = log.locator("tbody tr", has_text="A001")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Hộ tịch – Chứng thực")
    expect(row).to_contain_text("Đã tiếp nhận hồ sơ")


def test_without_paper_the_number_is_on_the_screen_and_the_trouble_in_words(
    branch: Server, paper: SocketPrinter, new_context: NewContext
) -> None:
    paper.condition.paper_out = True
    kiosk, number = take_number(new_context, branch)
    assert number == "A001"
    expect(kiosk.get_by_text("hết giấy").first).to_be_visible()
    assert paper.papers() == []
    # with paper again the slip comes out by itself, unmarked, for it never came out before
    paper.condition.paper_out = False
    eventually(paper.papers, within_s=40, why="the slip that waited")
    assert len(paper.papers()) == 1
