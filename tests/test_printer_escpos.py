"""A slip's bytes: a picture, and nothing a name could turn into a command."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from printer.escpos import BAND_HEIGHT, encode
from printer.paper import NotPaperError, decode
from printer.slip import SlipContent, draw
from tests.support.slips import content

REAL_TIME = re.compile(rb"\x10[\x04\x05\x14]")


def picture(**changes: object) -> Image.Image:
    return draw(SlipContent.from_json(content(**changes)), 576)


def difference(one: Image.Image, other: Image.Image) -> int:
    """Count the dots in which two papers differ."""
    assert one.size == other.size
    return ImageChops.difference(one.convert("L"), other.convert("L")).histogram()[255]


@pytest.mark.parametrize("cut", [True, False])
def test_the_paper_reads_back_dot_for_dot(cut: bool) -> None:
    drawn = picture()
    (paper,) = decode(encode(drawn, cut=cut))
    assert difference(paper, drawn) <= 3


def test_papers_one_after_another_are_told_apart() -> None:
    stream = encode(picture(), cut=True) + b"\x10\x04\x01" + encode(picture(), cut=False)
    assert len(decode(stream)) == 2


@given(st.binary(min_size=72, max_size=72 * 40))
@settings(max_examples=60, deadline=None)
def test_no_picture_spells_a_real_time_command(dots: bytes) -> None:
    # rows full of the dangerous bytes, far more of them than any slip has
    risky = bytes(b"\x10\x04\x05\x14\x01\x02\x00\xff"[b % 8] for b in dots)
    height = len(risky) // 72
    drawn = ImageChops.invert(Image.frombytes("1", (576, height), risky[: 72 * height]))
    data = encode(drawn, cut=True)
    assert not REAL_TIME.search(data)
    (paper,) = decode(data)
    assert difference(paper, drawn) <= risky.count(b"\x10")


@pytest.mark.parametrize(
    "hostile", ["\x1b@\x10\x14\x08", "\x1dV\x00", "A\x10\x04\x01", "\x1b=\x01", "\x1c.\n\n\n"]
)
def test_a_hostile_name_is_only_ever_a_picture(hostile: str) -> None:
    data = encode(picture(service=f"Dịch vụ {hostile} x", branch=f"Điểm {hostile}"), cut=True)
    assert len(decode(data)) == 1
    assert hostile.encode() not in data
    assert data.count(b"\x1dV") == 1


def test_pictures_go_in_bands_that_a_small_printer_can_hold() -> None:
    data = encode(picture(), cut=True)
    heights = [
        int.from_bytes(data[at.end() + 2 : at.end() + 4], "little")
        for at in re.finditer(rb"\x1dv0\x00", data)
    ]
    assert sum(heights) == picture().height
    assert max(heights) <= BAND_HEIGHT


@pytest.mark.parametrize("wrong", [Image.new("L", (576, 8)), Image.new("1", (570, 8))])
def test_it_refuses_a_picture_that_no_head_can_print(wrong: Image.Image) -> None:
    with pytest.raises(ValueError, match="mode 1"):
        encode(wrong, cut=True)


@pytest.mark.parametrize(
    "stream",
    [
        b"Xin chao",
        b"\x1bt\x10",
        b"\x1dv0\x00H\x00\x01\x00" + b"\x00" * 71,
        b"\x1dv0\x00H\x00",
        b"\x1dv0\x01H\x00\x01\x00" + b"\x00" * 72,
        b"\x1dVB",
        b"\x1dV\x00",
    ],
)
def test_the_decoder_refuses_bytes_that_are_no_slip(stream: bytes) -> None:
    with pytest.raises(NotPaperError):
        decode(stream)
