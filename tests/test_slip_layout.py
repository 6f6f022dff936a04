"""What an office may decide about its slip, and what each decision does to the dots."""

import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from printer.escpos import encode
from printer.layout import LINE_MOST, PLAIN, BadLayoutError, SlipLayout
from printer.lettering import Weight, face
from printer.paper import decode
from printer.slip import DOTS_PER_MM, BadContentError, SlipContent, draw
from tests.support.slips import LONGEST_NAME, URL, content, logo_png, whole_slip
from tests.support.socket_printer import codes
from tests.test_printer_slip import inked, number_height

WIDTHS = (576, 384)
FLAGS = [name for name, value in PLAIN.as_json().items() if isinstance(value, bool)]


def slip(width: int = 576, copy: int = 0, **layout: object) -> Image.Image:
    words, logo = whole_slip(layout)
    return draw(SlipContent.from_json(words), width, copy=copy, logo=logo)


def test_without_a_layout_the_slip_is_the_plain_one() -> None:
    plain = SlipContent.from_json(content())
    assert plain.layout == SlipLayout() == PLAIN
    spelled_out = SlipContent.from_json(content(layout=PLAIN.as_json()))
    assert draw(plain, 576).tobytes() == draw(spelled_out, 576).tobytes()


def test_a_layout_reads_back_as_it_was_written() -> None:
    layout = SlipLayout(language="both", header=("Một", "Hai"), footer=("Ba",), thanks=False)
    assert SlipLayout.from_json(layout.as_json(), edited=True) == layout


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "fr"),
        ("language", ["vi"]),
        ("number_size", "huge"),
        ("header", "one line"),
        ("header", ["1", "2", "3", "4"]),
        ("header", ["x" * (LINE_MOST + 1)]),
        ("footer", [None]),
        ("footer", [" x " * 500]),
        ("qr", 1),
        ("logo", "true"),
        ("thanks", None),
    ],
)
def test_it_refuses_what_is_no_layout_and_names_the_field(field: str, value: object) -> None:
    with pytest.raises(BadLayoutError) as refusal:
        SlipLayout.from_json({field: value}, edited=True)
    assert refusal.value.field == field
    with pytest.raises(BadContentError, match=f"layout.{field}"):
        SlipContent.from_json(content(layout={field: value}))


def test_an_unknown_key_is_refused_when_edited_and_passed_over_in_a_queued_job() -> None:
    with pytest.raises(BadLayoutError, match="colour"):
        SlipLayout.from_json({"colour": "red"}, edited=True)
    assert SlipLayout.from_json({"colour": "red"}) == PLAIN


def test_own_lines_are_cleaned_and_empty_ones_left_out() -> None:
    layout = SlipLayout.from_json({"header": ["  Xã \x1b@\u202e mẫu ", "", "\u200b\n"]})
    assert layout.header == ("Xã @ mẫu",)


GARBAGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(list(PLAIN.as_json())) | st.text(), GARBAGE) | GARBAGE)
def test_garbage_is_either_a_layout_or_refused(data: Any) -> None:
    for edited in (True, False):
        try:
            layout = SlipLayout.from_json(data, edited=edited)
        except BadLayoutError:
            continue
        assert SlipLayout.from_json(layout.as_json(), edited=True) == layout


@given(st.text(max_size=LINE_MOST), st.text(max_size=LINE_MOST))
def test_any_own_line_can_be_drawn_and_goes_to_the_printer_as_dots_only(
    above: str, below: str
) -> None:
    layout = SlipLayout.from_json({"header": [above], "footer": [below]})
    words = content(layout=layout.as_json())
    sent_and_seen(draw(SlipContent.from_json(words), 384))


def sent_and_seen(picture: Image.Image) -> None:
    """Check that the bytes hold nothing but this picture (and a dot more where they must)."""
    (seen,) = decode(encode(picture, cut=True))
    assert (seen.mode, seen.size) == (picture.mode, picture.size)
    burnt_more = ImageChops.subtract(seen.convert("L"), picture.convert("L"))
    assert burnt_more.getbbox() is None
    more = ImageChops.subtract(picture.convert("L"), seen.convert("L"))
    assert more.histogram()[255] < 20


@pytest.mark.parametrize("flag", FLAGS)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_flag_takes_something_off_the_paper(flag: str, width: int) -> None:
    shown, hidden = slip(width, **{flag: True}), slip(width, **{flag: False})
    burnt = [inked(picture).histogram()[255] for picture in (shown, hidden)]
    assert burnt[1] < burnt[0]
    assert hidden.height <= shown.height
    assert codes([hidden]) == ["" if flag == "qr" else URL]


@pytest.mark.parametrize("width", WIDTHS)
def test_with_everything_off_the_number_is_left_between_no_stray_rules(width: int) -> None:
    bare = slip(width, **dict.fromkeys(FLAGS, False))
    assert number_height(bare) >= 15
    assert bare.height < 32 * DOTS_PER_MM
    rules = [
        y
        for y in range(bare.height)
        if inked(bare).crop((0, y, width, y + 1)).histogram()[255] > 0.9 * width
    ]
    assert rules == []


def test_own_lines_stand_above_and_below() -> None:
    plain = slip()
    headed, footed = slip(header=["Bộ phận Một cửa"]), slip(footer=["Cảm ơn"])
    assert headed.height > plain.height
    assert footed.height > plain.height
    top = (0, 0, 576, 60)
    assert headed.crop(top).tobytes() == plain.crop(top).tobytes()
    both = (0, 0, 576, 700)
    assert footed.crop(both).tobytes() == plain.crop(both).tobytes()


@pytest.mark.parametrize("size", ["normal", "large", "largest"])
@pytest.mark.parametrize("number", ["A001", "A012", "M1000", "Q888", "M8888"])
def test_the_number_is_15_mm_or_more_at_every_size(size: str, number: str) -> None:
    words, logo = whole_slip({"number_size": size, "logo": False}, number=number)
    assert number_height(draw(SlipContent.from_json(words), 576, logo=logo)) >= 15


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("number", ["A001", "M1000"])
def test_each_size_of_the_number_is_larger_than_the_one_before(width: int, number: str) -> None:
    def height(size: str) -> float:
        words, _ = whole_slip({"number_size": size, "logo": False}, number=number)
        return number_height(draw(SlipContent.from_json(words), width))

    heights = [height(size) for size in ("normal", "large", "largest")]
    assert heights[0] * 1.1 < heights[1]
    assert heights[1] * 1.1 < heights[2]


def test_the_smallest_letters_have_capitals_of_two_and_a_half_millimetres() -> None:
    _, top, _, bottom = face(Weight.PLAIN, 28).getbbox("H", anchor="ls")
    assert bottom - top >= 2.5 * DOTS_PER_MM


@pytest.mark.parametrize("chosen", ["vi", "en"])
def test_a_fixed_language_does_not_ask_what_the_citizen_chose(chosen: str) -> None:
    for fixed in ("vi", "en", "both"):
        words, _ = whole_slip({"language": fixed})
        words["language"] = chosen
        other = words | {"language": "vi" if chosen == "en" else "en"}
        pictures = [draw(SlipContent.from_json(each), 576) for each in (words, other)]
        assert pictures[0].tobytes() == pictures[1].tobytes()


def test_both_languages_take_more_paper_than_either() -> None:
    heights = {one: slip(language=one, same_day=True).height for one in ("vi", "en", "both")}
    assert heights["both"] > max(heights["vi"], heights["en"]) + 4 * 28


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["vi", "en", "both"])
def test_the_longest_words_stay_on_the_paper(width: int, language: str) -> None:
    words, logo = whole_slip(
        {
            "language": language,
            "header": ["W" * 80, "M" * 80, "Ủ" * 80],
            "footer": [LONGEST_NAME[:80]] * 3,
            "number_size": "largest",
        },
        service=LONGEST_NAME,
        service_en="W" * 200,
        branch="M" * 200,
        authority=LONGEST_NAME.upper(),
        number="W" * 16,
    )
    picture = draw(SlipContent.from_json(words), width, copy=1, logo=logo)
    below_bar = inked(picture).crop((0, 80, width, picture.height))
    left, _, right, _ = below_bar.getbbox() or (0, 0, 0, 0)
    assert 4 <= left < right <= width - 4
    assert {value for _, value in picture.convert("L").getcolors() or ()} == {0, 255}
    assert codes([picture]) == [URL]
    sent_and_seen(picture)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("layout", [{}, {"thanks": False}, {"language": "both"}, {"time": False}])
def test_no_paper_is_wasted_at_the_end(width: int, layout: dict[str, Any]) -> None:
    picture = slip(width, **layout)
    *_, bottom = inked(picture).getbbox() or (0, 0, 0, 0)
    assert picture.height - bottom <= 3 * DOTS_PER_MM


def hostile(**changes: object) -> dict[str, object]:
    bad = "Xã\x1b@\x1dV\x00\x10\x04\x01\u202e\u2066\r\n\x00\ufeff mẫu"
    layout = {"header": [bad], "footer": [bad]}
    return content(branch=bad, service=bad, hotline=bad, layout=layout, day=bad[:20], **changes)


def test_hostile_texts_reach_no_printer_as_commands() -> None:
    sent_and_seen(draw(SlipContent.from_json(hostile()), 576))
    tame = content(
        branch="Xã@ V mẫu",
        service="Xã@ V mẫu",
        hotline="Xã@ V mẫu",
        layout={"header": ["Xã@ V mẫu"], "footer": ["Xã@ V mẫu"]},
        day="",
    )
    assert draw(SlipContent.from_json(hostile()), 576).tobytes() == (
        draw(SlipContent.from_json(tame), 576).tobytes()
    )


@pytest.mark.parametrize("data", [None, b"", b"garbage", logo_png()[:60]])
def test_a_logo_that_is_gone_or_broken_is_left_out(
    data: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    words, _ = whole_slip({})
    with caplog.at_level(logging.WARNING):
        picture = draw(SlipContent.from_json(words), 576, logo=data)
    assert picture.tobytes() == slip(logo=False).tobytes()
    assert "without its logo" in caplog.text


def test_a_logo_wider_than_the_head_is_made_smaller() -> None:
    words, logo = whole_slip({})
    picture = draw(SlipContent.from_json(words), 320, logo=logo)
    left, _, right, _ = inked(picture).getbbox() or (0, 0, 0, 0)
    assert 4 <= left < right <= 316


@pytest.mark.parametrize("field", ["logo", "day", "closes"])
@pytest.mark.parametrize("value", [7, "x" * 64, ["a"]])
def test_it_refuses_facts_of_another_kind(field: str, value: object) -> None:
    with pytest.raises(BadContentError, match=field):
        SlipContent.from_json(content(**{field: value}))
