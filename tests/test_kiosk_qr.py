"""The QR code on the kiosk's screen leads to the ticket's page."""

import re

import pytest
import zxingcpp
from PIL import Image

from tests.support.citizens import TICKETS, Hall, problem
from web.qr import QUIET, qr_path, qr_svg

MODULE = 4


def drawn(svg: str) -> Image.Image:
    """The picture that a browser makes of the SVG."""
    side = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    assert side is not None
    picture = Image.new("L", (int(side[1]) * MODULE,) * 2, 255)
    for found in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
        x, y, length = (int(number) * MODULE for number in found)
        picture.paste(0, (x, y, x + length, y + MODULE))
    return picture


def test_a_scanner_reads_the_tickets_address(hall: Hall) -> None:
    answer = hall.take()
    svg = hall.door.client().get(f"{TICKETS}/{answer['token']}/qr.svg")
    assert (svg.status_code, svg.mimetype) == (200, "image/svg+xml")
    (found,) = zxingcpp.read_barcodes(drawn(svg.text))
    assert found.text == answer["url"]


def test_four_modules_around_the_code_are_white() -> None:
    picture = drawn(qr_svg("http://192.168.1.10:8080/t/AbCdEfGhIjKlMnOpQrStUv"))
    side, quiet = picture.width, QUIET * MODULE
    black = picture.point(lambda value: 255 - value).getbbox()
    assert black == (quiet, quiet, side - quiet, side - quiet)
    assert (side // MODULE - 2 * QUIET - 17) % 4 == 0


def test_it_is_small_and_names_nothing_outside_itself() -> None:
    svg = qr_svg("http://192.168.1.10:8080/t/AbCdEfGhIjKlMnOpQrStUv")
    assert len(svg) < 8000
    assert svg.count("http") == 1
    assert "style" not in svg
    assert "script" not in svg


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAAAAAAAA", "x"])
def test_an_unknown_ticket_has_no_code(hall: Hall, token: str) -> None:
    problem(hall.door.client().get(f"{TICKETS}/{token}/qr.svg"), 404, "unknown_ticket")


def test_the_path_alone_is_the_same_code_for_a_page_to_draw() -> None:
    address = "http://192.168.1.10:8080/procedures"
    code = qr_path(address)
    assert f'viewBox="0 0 {code["size"]} {code["size"]}"' in qr_svg(address)
    assert f'd="{code["path"]}"' in qr_svg(address)
    assert code["size"] >= 21 + 2 * QUIET
