"""What stands on a slip, measured on its dots."""

from collections.abc import Iterator
from itertools import groupby

import pytest
import zxingcpp
from PIL import Image, ImageChops

from printer.content import BadContentError
from printer.lettering import Weight, face, wrap
from printer.slip import DOTS_PER_MM, SlipContent, draw
from tests.support.slips import LONGEST_NAME, URL, content
from tests.support.socket_printer import codes

WIDTHS = (576, 384)


def slip(width: int = 576, copy: int = 0, **changes: object) -> Image.Image:
    return draw(SlipContent.from_json(content(**changes)), width, copy=copy)


def inked(picture: Image.Image) -> Image.Image:
    return ImageChops.invert(picture.convert("L"))


def blocks(picture: Image.Image) -> Iterator[tuple[int, int]]:
    """Yield (top, height) of every run of rows that hold ink."""
    rows = [
        inked(picture).crop((0, y, picture.width, y + 1)).getbbox() for y in range(picture.height)
    ]
    for has_ink, run in groupby(range(picture.height), key=lambda y: rows[y] is not None):
        ys = list(run)
        if has_ink:
            yield ys[0], len(ys)


def number_height(picture: Image.Image) -> float:
    return next(height for _, height in blocks(picture) if height > 80) / DOTS_PER_MM


@pytest.mark.parametrize("width", WIDTHS)
def test_it_is_black_and_white_and_as_wide_as_the_paper(width: int) -> None:
    picture = slip(width)
    assert (picture.mode, picture.width) == ("1", width)
    assert {value for _, value in picture.convert("L").getcolors() or ()} == {0, 255}


@pytest.mark.parametrize("number", ["A012", "A1000", "M8888", "Q10000"])
def test_the_number_is_at_least_15_mm_high_on_80_mm_paper(number: str) -> None:
    assert number_height(slip(576, number=number)) >= (15 if len(number) < 6 else 14)


def test_an_ordinary_number_is_at_least_15_mm_high_on_58_mm_paper_too() -> None:
    assert number_height(slip(384)) >= 15


def test_small_print_has_capitals_of_two_and_a_half_millimetres() -> None:
    _, top, _, bottom = face(Weight.PLAIN, 28).getbbox("H", anchor="ls")
    assert (bottom - top) / DOTS_PER_MM >= 2.5


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", [URL, "https://" + "d" * 192])
def test_the_code_reads_back_as_the_address(width: int, address: str) -> None:
    assert codes([slip(width, url=address)]) == [address]


def test_without_an_address_there_is_no_code_and_less_paper() -> None:
    assert codes([slip(url=None)]) == [""]
    assert slip(url=None).height < slip().height - 100


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "long",
    [
        {"service": LONGEST_NAME},
        {"branch": LONGEST_NAME, "authority": LONGEST_NAME.upper()},
        {"service": "W" * 200, "branch": "M" * 200},
        {"zone": "Khu " * 25, "hotline": "0" * 60, "counters": list(range(1, 100, 2))},
        {"notes": [LONGEST_NAME] * 5},
        {"number": "W" * 16},
        {"language": "en", "service_en": LONGEST_NAME, "service": LONGEST_NAME},
    ],
)
def test_the_longest_names_stay_on_the_paper(width: int, long: dict[str, object]) -> None:
    picture = slip(width, **long)
    left, _, right, _ = inked(picture).getbbox() or (0, 0, 0, 0)
    assert left >= 4
    assert right <= width - 4
    assert picture.height < 6_000
    assert codes([picture]) == [URL]


def test_an_ordinary_slip_needs_less_than_14_cm() -> None:
    assert slip().height / DOTS_PER_MM < 140


@pytest.mark.parametrize("width", WIDTHS)
def test_a_reprint_bears_a_black_bar_at_the_top_and_else_the_same_slip(width: int) -> None:
    first, again = slip(width), slip(width, copy=1)
    top = inked(again).crop((0, 0, width, 40)).resize((1, 1), Image.Resampling.BOX)
    assert top.getpixel((0, 0)) > 128  # type: ignore[operator]
    below = again.crop((0, again.height - first.height, width, again.height))
    assert ImageChops.difference(below.convert("L"), first.convert("L")).getbbox() is None


@pytest.mark.parametrize(
    "change",
    [
        {"language": "en"},
        {"ahead": 0},
        {"ahead": None},
        {"estimate": None},
        {"counters": [2]},
        {"zone": None},
        {"hotline": None},
        {"authority": None},
        {"local": "09:43 · 23/11/2026"},
        {"notes": ["Hồ sơ nhận sau 15:00 được trả kết quả vào ngày làm việc sau"]},
    ],
)
def test_every_fact_shows_on_the_paper(change: dict[str, object]) -> None:
    assert slip(**change).tobytes() != slip().tobytes()


def test_control_characters_never_reach_the_layout() -> None:
    hostile = "Hộ tịch\x1b@\x10\x04\x01\u202e\r\n – Chứng\u200b thực\x00"
    assert SlipContent.from_json(content(service=hostile)).service == "Hộ tịch@ – Chứng thực"


def test_letters_written_apart_are_composed() -> None:
    read = SlipContent.from_json(content(service="Hô\u0323 ti\u0323ch"))
    assert read.service == "Hộ tịch"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("v", 2),
        ("language", "VI'"),
        ("branch", None),
        ("branch", "x" * 201),
        ("service", 7),
        ("service", "\x1b"),
        ("number", ""),
        ("number", "A" * 17),
        ("ahead", "4"),
        ("ahead", True),
        ("ahead", -1),
        ("estimate", {"low": 10}),
        ("estimate", {"low": 20, "high": 10}),
        ("estimate", [1, 2]),
        ("counters", "1, 3"),
        ("counters", ["1"]),
        ("counters", list(range(100))),
        ("url", "javascript:alert(1)"),
        ("url", "http://box/t/\x1b@"),
        ("url", "http://box/" + "a" * 200),
        ("notes", ["x"] * 6),
        ("notes", [None]),
        ("local", None),
    ],
)
def test_it_refuses_what_is_no_slip_and_names_only_the_field(field: str, value: object) -> None:
    with pytest.raises(BadContentError) as refusal:
        SlipContent.from_json(content(**{field: value}))
    assert str(refusal.value) == field


def test_lines_break_between_syllables_and_are_even() -> None:
    lines = wrap(LONGEST_NAME, Weight.BOLD, 34, 552)
    assert " ".join(lines) == LONGEST_NAME
    widths = [face(Weight.BOLD, 34).getlength(line) for line in lines]
    assert max(widths) <= 552
    assert min(widths) > 0.6 * max(widths)


def test_a_word_of_two_syllables_stays_together() -> None:
    lines = wrap("Phiếu này không thay Giấy tiếp nhận hồ sơ", Weight.PLAIN, 28, 270)
    assert any("tiếp nhận" in line for line in lines)
    assert any("hồ sơ" in line for line in lines)


def test_a_lone_dash_never_begins_a_line() -> None:
    for width in range(240, 500, 7):
        lines = wrap("Hộ tịch – Chứng thực", Weight.BOLD, 46, width)
        assert not any(line.startswith("–") for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_code_has_large_modules_and_four_of_them_white_around_it(width: int) -> None:
    picture = slip(width)
    (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    corner, opposite = code.position.top_left, code.position.bottom_right
    side = opposite.x - corner.x + 1
    modules = 33  # version 4, which an address of this length needs
    assert side >= modules * 5
    quiet = 4 * round(side / modules)
    around = inked(picture).crop(
        (corner.x - quiet, corner.y - quiet, opposite.x + 1 + quiet, opposite.y + 1 + quiet)
    )
    around.paste(0, (quiet, quiet, around.width - quiet, around.height - quiet))
    assert around.point(lambda level: 255 if level else 0).getbbox() is None
