"""Looking up procedures in everyday words: what must always hold, and what was measured."""

import csv
import time
from dataclasses import replace
from pathlib import Path

import pytest

from catalogue.procedures import Procedure
from catalogue.reading import read
from catalogue.search import Index, search
from catalogue.words import fold, is_accented, plain, toned

QUESTIONS = Path(__file__).with_name("data") / "lookup_questions.csv"
# Measured once, in November 2026, and not tuned on: docs/look-up.md
MEASURED_TOP_1, MEASURED_TOP_3, ASKED = 43, 46, 49

PLAIN = Procedure("1.000001", "", "", "", "", "", "", (), "A", "", "2026-06")


def procedure(code, name, *synonyms, grade="A", field="Lĩnh vực"):
    return replace(PLAIN, code=code, name=name, synonyms=synonyms, grade=grade, field=field)


@pytest.fixture(scope="module")
def index():
    return Index(read())


@pytest.fixture(scope="module")
def questions():
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        return [
            (row["question"], set(filter(None, row["codes"].split("|"))))
            for row in csv.DictReader(file)
        ]


def test_it_finds_at_least_what_was_measured(index, questions):
    asked = [(words, codes) for words, codes in questions if codes]
    found = [([hit.code for hit in index.search(words, 3)], codes) for words, codes in asked]
    assert len(asked) == ASKED
    assert sum(bool(set(hits[:1]) & codes) for hits, codes in found) >= MEASURED_TOP_1
    assert sum(bool(set(hits) & codes) for hits, codes in found) >= MEASURED_TOP_3


def test_every_answer_to_the_questions_is_a_procedure_citizens_may_see(index, questions):
    visible = {item.code for item in index.items}
    assert set().union(*(codes for _, codes in questions)) <= visible


@pytest.mark.parametrize("words", ["", "   ", "?!", "zzqq", "the quick brown fox", "\0"])
def test_it_gives_an_empty_list_when_nothing_fits(index, words):
    assert index.search(words) == []


def test_accents_typed_tell_words_apart():
    items = [procedure("1.000001", "Trợ cấp"), procedure("1.000002", "Nhà trọ")]
    assert [hit.code for hit in search(items, "trợ")] == ["1.000001"]
    assert [hit.code for hit in search(items, "trọ")] == ["1.000002"]
    assert {hit.code for hit in search(items, "tro")} == {"1.000001", "1.000002"}


def test_words_without_accents_find_the_same_as_with():
    items = [procedure("1.000001", "Đăng ký kết hôn"), procedure("1.000002", "Khai tử")]
    for words in ("đăng ký kết hôn", "dang ky ket hon", "DANG KI KET HON", "đăng ký ket hon"):
        assert [hit.code for hit in search(items, words)] == ["1.000001"], words


def test_both_spellings_of_a_tone_are_one():
    items = [procedure("1.000001", "Hòa giải"), procedure("1.000002", "Hoa quả")]
    assert search(items, "hoà giải") == search(items, "hòa giải")
    assert toned("thuỷ") == toned("thủy")
    assert toned("kỹ") == toned("kĩ")
    assert toned("hoa") != toned("hòa")
    assert plain("Quý") == "quy"


def test_d_with_a_bar_folds_to_d():
    assert fold("Đất ĐAI") == "dat dai"
    assert is_accented("đ")
    assert not is_accented("Dat dai")


def test_decomposed_words_are_composed_first(index):
    assert index.search("khai tu\u031b\u0309") == index.search("khai tử")


def test_an_everyday_word_outdoes_an_official_one_that_fits_less():
    items = [
        procedure("1.000001", "Đăng ký biến động quyền sử dụng", "làm sổ đỏ"),
        procedure("1.000002", "Đăng ký khai sinh"),
    ]
    hit = search(items, "sổ đỏ")[0]
    assert (hit.code, hit.why) == ("1.000001", "làm sổ đỏ")


def test_it_says_which_words_of_an_official_name_met():
    items = [procedure("1.000001", "Cấp thẻ căn cước cho người dưới 14 tuổi")]
    assert search(items, "căn cước trẻ dưới 14")[0].why == "căn cước · dưới 14"


def test_the_shorter_name_goes_first_where_both_fit(index):
    assert index.search("đăng ký khai sinh")[0].name == "Đăng ký khai sinh"
    assert index.search("dang ky ket hon")[0].name == "Đăng ký kết hôn"


def test_hidden_procedures_are_never_found():
    items = [procedure("1.000001", "Lễ hội", grade="C"), procedure("1.000002", "Lễ hội xã")]
    assert [hit.code for hit in search(items, "lễ hội")] == ["1.000002"]


def test_it_gives_no_more_than_asked_for_and_best_first(index):
    scores = [hit.score for hit in index.search("khai sinh", 5)]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
    assert index.search("khai sinh", 0) == []


def test_a_very_long_query_is_answered_like_its_beginning(index):
    assert index.search("khai sinh " * 10_000) == index.search(("khai sinh " * 10_000)[:200])


def test_a_query_takes_few_milliseconds(index, questions):
    spent = []
    for words, _ in questions:
        start = time.process_time()
        index.search(words)
        spent.append(time.process_time() - start)
    # the aim is 5 ms; the bound leaves room for a slow, busy machine
    assert sorted(spent)[len(spent) // 2] < 0.020
