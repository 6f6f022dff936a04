"""Slips drawn dot for dot as they were when somebody last looked at them.

After a wanted change: `DENLUOT_RENEW_SLIPS=1 python -m pytest tests/test_slip_golden.py`, then look
at every picture in tests/data/slips/ before committing it.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from printer.slip import SlipContent, draw
from tests.support.slips import content, whole_slip
from tests.support.socket_printer import codes

FOLDER = Path(__file__).resolve().parent / "data" / "slips"
OWN: dict[str, object] = {
    "language": "both",
    "header": ["Bộ phận Tiếp nhận và Trả kết quả"],
    "footer": ["Giờ làm việc: 7:30–11:30, 13:30–17:00"],
}


def plain(width: int, copy: int = 0, **changes: object) -> Image.Image:
    return draw(SlipContent.from_json(content(**changes)), width, copy=copy)


def whole(width: int, layout: dict[str, object], **changes: object) -> Image.Image:
    words, logo = whole_slip(layout, **changes)
    return draw(SlipContent.from_json(words), width, logo=logo)


SLIPS: dict[str, Callable[[], Image.Image]] = {
    "vi-80": lambda: plain(576),
    "vi-58": lambda: plain(384),
    "en-80": lambda: plain(576, language="en"),
    "reprint-80": lambda: plain(576, copy=1),
    "both-80": lambda: whole(576, OWN),
    "both-58": lambda: whole(384, OWN),
    "logo-largest-80": lambda: whole(
        576, {"number_size": "largest", "same_day": False}, number="M1000", closes=None
    ),
    "bare-58": lambda: whole(
        384,
        {
            "number_size": "large",
            "logo": False,
            "authority": False,
            "branch": False,
            "header": ["Một cửa xã Mẫu"],
            "qr": False,
            "counters": False,
            "zone": False,
            "same_day": True,
            "cutoff_note": False,
        },
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_looks_as_it_did(name: str) -> None:
    drawn, path = SLIPS[name](), FOLDER / f"{name}.png"
    if os.environ.get("DENLUOT_RENEW_SLIPS"):
        FOLDER.mkdir(parents=True, exist_ok=True)
        drawn.save(path, optimize=True)
    with Image.open(path) as golden:
        assert (drawn.mode, drawn.size) == ("1", golden.size), f"{name}: another size"
        difference = ImageChops.difference(drawn.convert("L"), golden.convert("L"))
    assert difference.getbbox() is None, f"{name}: other dots within {difference.getbbox()}"


def test_the_pictures_are_small_and_none_is_left_over() -> None:
    found = {path.stem: path.stat().st_size for path in FOLDER.iterdir()}
    assert set(found) == set(SLIPS)
    assert max(found.values()) < 24_000


@pytest.mark.parametrize("name", ["both-58", "logo-largest-80"])
def test_its_code_reads(name: str) -> None:
    assert codes([Image.open(FOLDER / f"{name}.png")]) == [content()["url"]]
