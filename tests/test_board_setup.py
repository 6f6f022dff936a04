"""What a branch writes for its boards, read strictly."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.setup import (
    ARROWS,
    DUTIES_MOST,
    HINTS_MOST,
    LINE_MOST,
    LINES_MOST,
    PLAIN,
    BoardSetup,
    Duty,
    Hint,
    Line,
)
from boards.words import BadSetupError, line

FULL = {
    "ticker": [{"words": "Nghỉ lễ ngày 2/9", "words_en": "Closed on 2 September"}],
    "roster": [
        {"counter": 1, "field": "Hộ tịch", "officer": "Nguyễn Thị H.", "backup": "Trần Văn M."}
    ],
    "roster_from": "2026-11-23",
    "roster_seconds": 20,
    "hints": [{"counter": 3, "arrow": "left", "words": "Cuối hành lang", "words_en": "Far end"}],
}


def wrong(data: object) -> tuple[str, str]:
    with pytest.raises(BadSetupError) as caught:
        BoardSetup.from_json(data, edited=True)
    return caught.value.field, caught.value.why


def test_nothing_is_the_plain_board() -> None:
    assert BoardSetup.from_json(None) == BoardSetup.from_json({}) == PLAIN
    assert PLAIN.as_json() == {
        "ticker": [],
        "roster": [],
        "roster_from": None,
        "roster_seconds": 15,
        "hints": [],
    }


def test_what_was_written_is_read_again() -> None:
    setup = BoardSetup.from_json(FULL, edited=True)
    assert setup.ticker == (Line("Nghỉ lễ ngày 2/9", "Closed on 2 September"),)
    assert setup.roster == (Duty(1, "Hộ tịch", "Nguyễn Thị H.", "Trần Văn M."),)
    assert setup.hint(3) == Hint(3, "left", "Cuối hành lang", "Far end")
    assert setup.hint(4) == Hint(4)
    assert setup.as_json() == FULL
    assert BoardSetup.from_json(json.loads(json.dumps(setup.as_json())), edited=True) == setup


def test_letters_are_composed_and_spaces_single() -> None:
    apart = unicodedata.normalize("NFD", "  Quầy\u00a0 số  một ")
    setup = BoardSetup.from_json({"ticker": [{"words": apart}]}, edited=True)
    assert setup.ticker == (Line("Quầy số một"),)


def test_rows_that_say_nothing_are_left_out() -> None:
    setup = BoardSetup.from_json(
        {
            "ticker": [{"words": "  "}, {"words": "Có"}],
            "roster": [{"counter": 1}, {"counter": 2, "backup": "Bà B"}],
            "hints": [{"counter": 1, "arrow": None, "words": ""}, {"counter": 2, "arrow": "up"}],
        },
        edited=True,
    )
    assert setup.ticker == (Line("Có"),)
    assert setup.roster == (Duty(2, backup="Bà B"),)
    assert setup.hints == (Hint(2, "up"),)


@pytest.mark.parametrize(
    ("data", "field", "why"),
    [
        ([], "setup", "kind"),
        ("setup", "setup", "kind"),
        ({"colour": "red"}, "setup", "unknown"),
        ({"ticker": "x"}, "ticker", "kind"),
        ({"ticker": [7]}, "ticker", "kind"),
        ({"ticker": [{"words": 7}]}, "ticker", "kind"),
        ({"ticker": [{"words": "a", "html": "<b>"}]}, "ticker", "unknown"),
        ({"ticker": [{"words": "", "words_en": "Only English"}]}, "ticker", "empty"),
        ({"ticker": [{"words": "a"}] * (LINES_MOST + 1)}, "ticker", "count"),
        ({"ticker": [{"words": "a" * (LINE_MOST + 1)}]}, "ticker", "length"),
        ({"ticker": [{"words": " " * 100_000}]}, "ticker", "length"),
        ({"roster": [{"field": "no counter"}]}, "roster", "number"),
        ({"roster": [{"counter": True, "field": "x"}]}, "roster", "number"),
        ({"roster": [{"counter": "1", "field": "x"}]}, "roster", "number"),
        ({"roster": [{"counter": 0, "field": "x"}]}, "roster", "number"),
        ({"roster": [{"counter": 1000, "field": "x"}]}, "roster", "number"),
        ({"roster": [{"counter": 1, "officer": "x" * 81}]}, "roster", "length"),
        ({"roster": [{"counter": 1, "field": "x"}] * (DUTIES_MOST + 1)}, "roster", "count"),
        ({"roster_from": "23/11/2026"}, "roster_from", "day"),
        ({"roster_from": "2026-11-31"}, "roster_from", "day"),
        ({"roster_from": "20261123"}, "roster_from", "day"),
        ({"roster_from": "2026-W48-1"}, "roster_from", "day"),
        ({"roster_from": 20261123}, "roster_from", "day"),
        ({"roster_seconds": 4}, "roster_seconds", "number"),
        ({"roster_seconds": 121}, "roster_seconds", "number"),
        ({"roster_seconds": False}, "roster_seconds", "number"),
        ({"roster_seconds": 7.5}, "roster_seconds", "number"),
        ({"hints": [{"counter": 1, "arrow": "back"}]}, "hints", "choice"),
        ({"hints": [{"counter": 1, "arrow": ["left"]}]}, "hints", "choice"),
        ({"hints": [{"counter": 1, "arrow": "up"}] * 2}, "hints", "twice"),
        ({"hints": [{"counter": 1, "words_en": "Only English"}]}, "hints", "empty"),
        ({"hints": [{"counter": 1, "arrow": "up"}] * (HINTS_MOST + 1)}, "hints", "count"),
    ],
)
def test_what_is_no_setup_is_refused(data: object, field: str, why: str) -> None:
    assert wrong(data) == (field, why)


@pytest.mark.parametrize(
    "trick",
    [
        "\u202eđảo",  # right to left override
        "\u2066a\u2069",  # isolate
        "\u200f",
        "a\u200bb",  # zero-width space
        "a\u200db",
        "a\ufeffb",
        "a\u00adb",  # soft hyphen
        "a\tb",
        "a\nb",
        "a\x00b",
        "a\x85b",
        "a\u2028b",
        "a\ue000b",  # private use
        "a\ud800b",  # half a letter
        "a\u3164b",  # a letter that is blank
        "a\u2800b",
        "a\u034fb",
        "a" + "\u0301" * 40,  # a tower of marks
        "\U000e0041",  # a tag
    ],
)
def test_what_cannot_be_seen_is_refused(trick: str) -> None:
    for part in (
        {"ticker": [{"words": trick}]},
        {"ticker": [{"words": "a", "words_en": trick}]},
        {"roster": [{"counter": 1, "officer": trick}]},
        {"hints": [{"counter": 1, "arrow": "up", "words": trick}]},
    ):
        assert wrong(part)[1] == "unseen"


def test_markup_is_only_letters() -> None:
    words = "<script>alert('&amp;')</script> {{ 7*7 }} %s"
    assert (
        BoardSetup.from_json({"ticker": [{"words": words}]}, edited=True).ticker[0].words == words
    )


@given(st.text(max_size=400))
def test_a_line_is_refused_or_comes_out_clean(text: str) -> None:
    try:
        found = line("ticker", text, LINE_MOST)
    except BadSetupError:
        return
    assert len(found) <= LINE_MOST
    assert found == unicodedata.normalize("NFC", found).strip()
    assert found.isprintable()
    assert line("ticker", found, LINE_MOST) == found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [*FULL, "words", "words_en", "counter", "arrow", "field", "officer", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_refused_or_survives_being_kept(data: Any) -> None:
    try:
        setup = BoardSetup.from_json(data, edited=True)
    except BadSetupError:
        return
    kept = json.loads(json.dumps(setup.as_json()))
    assert BoardSetup.from_json(kept, edited=True) == setup
    assert all(one.arrow in (None, *ARROWS) for one in setup.hints)


@given(JSON)
def test_what_lies_in_the_database_never_keeps_a_board_from_showing_the_rest(data: Any) -> None:
    assert isinstance(BoardSetup.from_json(data), BoardSetup)


def test_of_what_another_version_wrote_the_readable_parts_are_shown() -> None:
    setup = BoardSetup.from_json(FULL | {"hints": [{"turn": "left"}], "weather": True})
    assert setup.ticker == BoardSetup.from_json(FULL).ticker
    assert setup.hints == ()
