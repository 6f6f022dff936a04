"""What the voice says for every number and counter in use, against tables written out by hand."""

from itertools import product

import pytest

from queueing.branchfile.rules import LETTERS
from queueing.numbering import label
from queueing.texts import LANGUAGES, say
from voice import clips, phrases
from voice.ready import READY, TRIAL, by_code
from voice.words import vocabulary

# As it is taught at school; the test's own, so that a slip in the rules shows.
VI_COUNTERS = """
một, hai, ba, bốn, năm, sáu, bảy, tám, chín, mười,
mười một, mười hai, mười ba, mười bốn, mười lăm, mười sáu, mười bảy, mười tám, mười chín, hai mươi,
hai mươi mốt, hai mươi hai, hai mươi ba, hai mươi tư, hai mươi lăm, hai mươi sáu, hai mươi bảy,
hai mươi tám, hai mươi chín, ba mươi,
ba mươi mốt, ba mươi hai, ba mươi ba, ba mươi tư, ba mươi lăm, ba mươi sáu, ba mươi bảy,
ba mươi tám, ba mươi chín, bốn mươi,
bốn mươi mốt, bốn mươi hai, bốn mươi ba, bốn mươi tư, bốn mươi lăm, bốn mươi sáu, bốn mươi bảy,
bốn mươi tám, bốn mươi chín, năm mươi,
năm mươi mốt, năm mươi hai, năm mươi ba, năm mươi tư, năm mươi lăm, năm mươi sáu, năm mươi bảy,
năm mươi tám, năm mươi chín, sáu mươi,
sáu mươi mốt, sáu mươi hai, sáu mươi ba, sáu mươi tư, sáu mươi lăm, sáu mươi sáu, sáu mươi bảy,
sáu mươi tám, sáu mươi chín, bảy mươi,
bảy mươi mốt, bảy mươi hai, bảy mươi ba, bảy mươi tư, bảy mươi lăm, bảy mươi sáu, bảy mươi bảy,
bảy mươi tám, bảy mươi chín, tám mươi,
tám mươi mốt, tám mươi hai, tám mươi ba, tám mươi tư, tám mươi lăm, tám mươi sáu, tám mươi bảy,
tám mươi tám, tám mươi chín, chín mươi,
chín mươi mốt, chín mươi hai, chín mươi ba, chín mươi tư, chín mươi lăm, chín mươi sáu,
chín mươi bảy, chín mươi tám, chín mươi chín
"""
EN_COUNTERS = """
one, two, three, four, five, six, seven, eight, nine, ten,
eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen, twenty,
twenty one, twenty two, twenty three, twenty four, twenty five, twenty six, twenty seven,
twenty eight, twenty nine, thirty,
thirty one, thirty two, thirty three, thirty four, thirty five, thirty six, thirty seven,
thirty eight, thirty nine, forty,
forty one, forty two, forty three, forty four, forty five, forty six, forty seven,
forty eight, forty nine, fifty,
fifty one, fifty two, fifty three, fifty four, fifty five, fifty six, fifty seven,
fifty eight, fifty nine, sixty,
sixty one, sixty two, sixty three, sixty four, sixty five, sixty six, sixty seven,
sixty eight, sixty nine, seventy,
seventy one, seventy two, seventy three, seventy four, seventy five, seventy six, seventy seven,
seventy eight, seventy nine, eighty,
eighty one, eighty two, eighty three, eighty four, eighty five, eighty six, eighty seven,
eighty eight, eighty nine, ninety,
ninety one, ninety two, ninety three, ninety four, ninety five, ninety six, ninety seven,
ninety eight, ninety nine
"""
COUNTERS = {
    language: [words.strip() for words in table.replace("\n", " ").split(",")]
    for language, table in (("vi", VI_COUNTERS), ("en", EN_COUNTERS))
}
VI_SIGNS = dict(
    zip(
        "0123456789",
        ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"],
        strict=True,
    )
) | {
    "A": "a",
    "B": "bê",
    "C": "xê",
    "D": "dê",
    "Đ": "đê",
    "E": "e",
    "G": "giê",
    "H": "hát",
    "K": "ca",
    "L": "e-lờ",
    "M": "em-mờ",
    "N": "en-nờ",
    "P": "pê",
    "Q": "quy",
    "R": "e-rờ",
    "S": "ét-sì",
    "T": "tê",
    "V": "vê",
    "X": "ích-xì",
    "Y": "i dài",
}
EN_SIGNS = dict(
    zip(
        "0123456789",
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        strict=True,
    )
) | {letter: "D" if letter == "Đ" else letter for letter in LETTERS}
SIGNS = {"vi": VI_SIGNS, "en": EN_SIGNS}
SENTENCE = {
    "vi": ("Mời công dân có số thứ tự", "đến quầy số", "Xin nhắc lại"),
    "en": ("Ticket number", "please go to counter", "Once again"),
}


def heard(names: list[str], language: str) -> str:
    return " ".join(vocabulary(language)[name] for name in names)


def expected(number: str, counter: int, language: str) -> str:
    invite, go_to, _ = SENTENCE[language]
    spelled = " ".join(SIGNS[language][sign] for sign in number)
    return f"{invite} {spelled} {go_to} {COUNTERS[language][counter - 1]}"


def test_the_tables_of_this_test_are_whole() -> None:
    for table in COUNTERS.values():
        assert len(table) == len(set(table)) == 99
    assert set(VI_SIGNS) == set(EN_SIGNS) == set(LETTERS) | set("0123456789")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_counter_is_said_as_people_say_it(language: str) -> None:
    for counter in range(1, 100):
        said = heard(phrases.whole(counter, language), language)
        assert said == COUNTERS[language][counter - 1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("prefix", [*LETTERS, ""])
def test_each_number_of_each_prefix_is_spelled_in_order(prefix: str, language: str) -> None:
    for number in range(10_000):
        ticket = label(prefix, number)
        counter = number % 99 + 1
        said = heard(phrases.call(ticket, counter, language), language)
        assert said == expected(ticket, counter, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_prefixes_of_two_letters_are_spelled_letter_by_letter(language: str) -> None:
    for pair in product(LETTERS, repeat=2):
        ticket = label("".join(pair), 40)
        said = heard(phrases.call(ticket, 4, language), language)
        assert said == expected(ticket, 4, language)


def test_a_call_that_is_repeated_says_so_first() -> None:
    for language in LANGUAGES:
        once = phrases.call("A012", 3, language)
        twice = phrases.call("A012", 3, language, again=True)
        assert twice[1:] == once
        assert heard(twice[:1], language) == SENTENCE[language][2]


def test_the_names_are_those_that_recordings_are_kept_under() -> None:
    assert phrases.call("Đ105", 25, "vi", again=True) == [
        "nhac-lai",
        "moi-so",
        "letter-dd",
        "digit-1",
        "digit-0",
        "digit-5",
        "den-quay",
        "number-20",
        "unit-5",
    ]
    assert phrases.call("1001", 11, "en") == [
        "ticket-number",
        "digit-1",
        "digit-0",
        "digit-0",
        "digit-1",
        "go-to-counter",
        "number-11",
    ]


def test_signs_that_nobody_says_are_passed_over_and_small_letters_are_letters() -> None:
    assert phrases.call("a-1 000.", 1, "vi") == phrases.call("A1000", 1, "vi")
    assert phrases.spelled("đ1", "vi") == ["letter-dd", "digit-1"]


def test_a_counter_beyond_those_that_a_branch_may_have_is_spelled() -> None:
    assert phrases.whole(105, "vi") == ["digit-1", "digit-0", "digit-5"]
    assert phrases.whole(0, "en") == ["digit-0"]
    with pytest.raises(ValueError, match="-1"):
        phrases.whole(-1, "vi")
    with pytest.raises(KeyError):
        phrases.call("A001", 1, "fr")


def test_a_number_with_a_sign_that_no_clip_says_is_not_said_in_part() -> None:
    names = phrases.call("Ư001", 1, "vi")
    assert not all(clips.is_clip("vi", name) for name in names)
    assert clips.urls(names, "vi", "north", {}, only_known) is None


def only_known(path: str) -> str:
    """Return the address of a clip that is made; raise for any other, as web.assets does."""
    _, accent, file = path.split("/")
    if not clips.is_clip(accent[:2], file.removesuffix(".mp3")):
        raise FileNotFoundError(path)
    return "/static/" + path


def north_only(path: str) -> str:
    """Return addresses as if the south had no clips."""
    if "south" in path:
        raise FileNotFoundError(path)
    return only_known(path)


def test_each_clip_has_an_address_and_the_accent_falls_back_on_the_north() -> None:
    names = ["moi-so", "digit-1"]
    south = "/static/voice/vi-south/"
    north = "/static/voice/vi-north/"
    wanted = [(f"{south}{name}.mp3", None) for name in names]
    assert clips.urls(names, "vi", "south", {}, only_known) == wanted
    fallen = [(f"{north}{name}.mp3", None) for name in names]
    assert clips.urls(names, "vi", "south", {}, north_only) == fallen
    assert clips.urls(["again"], "en", "south", {}, only_known) == [
        ("/static/voice/en/again.mp3", None)
    ]


def test_a_recording_of_ones_own_comes_before_the_programs_clip() -> None:
    own = {("vi", "moi-so"): "abc", ("en", "digit-1"): "def", ("vi", "made-up"): "0ff"}
    assert clips.urls(["moi-so", "digit-1"], "vi", "north", own, only_known) == [
        ("/api/v1/voice/own/vi/moi-so/abc.wav", "/static/voice/vi-north/moi-so.mp3"),
        ("/static/voice/vi-north/digit-1.mp3", None),
    ]
    assert clips.urls(["made-up"], "vi", "north", own, only_known) == [
        ("/api/v1/voice/own/vi/made-up/0ff.wav", None)
    ]


def test_every_clip_stands_in_one_group() -> None:
    for language in LANGUAGES:
        listed = clips.clips(language)
        assert [one.name for one in listed] == list(vocabulary(language))
        assert {one.group for one in listed} == set(clips.GROUPS)
        groups = [one.group for one in listed]
        assert groups == sorted(groups, key=clips.GROUPS.index)
        assert len({one.name for one in listed}) == len(listed)


def test_every_ready_made_notice_has_words_and_a_clip_in_both_languages() -> None:
    codes = [one.code for one in READY]
    assert len(codes) == len(set(codes)) >= 8
    for one in (*READY, TRIAL):
        assert by_code(one.code) is one
        assert say(one.words, "vi") != one.words
        for language in LANGUAGES:
            assert vocabulary(language)[one.clip] == say(one.words, language)
    assert by_code("made-up") is None
    assert TRIAL not in READY
