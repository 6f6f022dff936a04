"""Looking procedures up, and the page of one."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from catalogue import importing
from catalogue.reading import read
from queueing.branchfile import SAMPLE, load
from queueing.people import Actor, Role
from queueing.texts import say
from tests.support.citizens import Hall, open_hall, problem


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Hall:
    """Give a hall with the sample's procedures; these tests only read."""
    hall = open_hall(tmp_path_factory.mktemp("procedures"))
    importing.apply(
        hall.door.room.store, Actor(1, Role.SYSTEM), importing.mapped(read(), load(SAMPLE))
    )
    return hall


@pytest.fixture
def phone(hall: Hall) -> FlaskClient:
    return hall.door.client()


def found(phone: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    answer = phone.get("/api/v1/procedures", query_string=query)
    assert answer.status_code == 200, answer.text
    assert set(answer.json) == {"items"}
    return list(answer.json["items"])


def test_everyday_words_find_a_procedure_and_say_why(phone: FlaskClient) -> None:
    best = found(phone, q="làm giấy khai sinh")[0]
    assert (best["code"], best["name"], best["service"]) == (
        "1.001193",
        "Đăng ký khai sinh",
        "ho-tich",
    )
    assert best["score"] > 0
    assert "khai sinh" in best["why"]


def test_words_without_accents_find_it_too(phone: FlaskClient) -> None:
    assert found(phone, q="lam giay khai sinh")[0]["code"] == "1.001193"


def test_the_best_comes_first_and_no_more_than_asked_for(phone: FlaskClient) -> None:
    hits = found(phone, q="đăng ký", limit=3)
    assert len(hits) == 3
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


@pytest.mark.parametrize("words", ["", "   ", "xyzzy qwerty", "!!! ???", "'; --", "*"])
def test_nothing_that_fits_is_an_empty_list(phone: FlaskClient, words: str) -> None:
    assert found(phone, q=words) == []


def test_no_words_at_all_find_nothing(phone: FlaskClient) -> None:
    assert found(phone) == []


@pytest.mark.parametrize(
    "query",
    [{"q": "x" * 201}, {"q": "x", "limit": 0}, {"limit": 51}, {"limit": "many"}, {"page": "2"}],
)
def test_a_query_that_does_not_fit_is_refused(phone: FlaskClient, query: dict[str, Any]) -> None:
    problem(phone.get("/api/v1/procedures", query_string=query), 422, "invalid_request")


def test_a_language_in_the_address_does_no_harm(phone: FlaskClient) -> None:
    assert found(phone, q="khai sinh", lang="en")


def test_an_unchecked_procedure_is_neither_found_nor_shown(phone: FlaskClient) -> None:
    unchecked = [item for item in read() if item.grade == "C"]
    assert len(unchecked) == 13
    for item in unchecked:
        assert item.code not in {hit["code"] for hit in found(phone, q=item.name, limit=50)}
        assert phone.get(f"/procedures/{item.code}").status_code == 404


@pytest.mark.parametrize("code", ["9.999999", "x", "x" * 300, "%00", "khai sinh"])
def test_an_unknown_procedure_is_a_plain_page_of_not_found(phone: FlaskClient, code: str) -> None:
    answer = phone.get(f"/procedures/{code}")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_tells_what_the_catalogue_has_as_it_stands(
    phone: FlaskClient, language: str
) -> None:
    page = phone.get("/procedures/1.001193", query_string={"lang": language}).text
    item = next(item for item in read() if item.code == "1.001193")
    assert f'<html lang="{language}"' in page
    for text in (item.name, item.code, item.fee, item.time_limit, item.portal_url, "06/2026"):
        assert text in page
    assert "<li>giấy ủy quyền nếu đi thay</li>" in page
    service = {"vi": "Hộ tịch – Chứng thực", "en": "Civil status – Certification"}[language]
    assert service in page
    assert say("What to bring", language) in page


def test_the_official_address_is_text_and_leads_nowhere(phone: FlaskClient) -> None:
    page = phone.get("/procedures/1.001193").text
    assert "https://dichvucong.gov.vn" in page
    assert 'href="http' not in page
    assert 'src="http' not in page


def test_what_was_not_read_surely_sends_to_the_officer(phone: FlaskClient) -> None:
    page = phone.get("/procedures/1.003677?lang=en").text
    assert "không đọc được" not in page
    assert "Please ask the officer" in page


def test_every_visible_procedure_has_a_page(phone: FlaskClient) -> None:
    for item in read():
        if item.grade != "C":
            assert phone.get(f"/procedures/{item.code}").status_code == 200, item.code


def test_the_list_has_every_procedure_by_field_each_with_its_page(phone: FlaskClient) -> None:
    text = phone.get("/procedures").text
    assert "Đăng ký khai sinh" in text
    assert text.count('<a href="/procedures/') >= 150
    assert "<summary>" in text


def test_the_list_looks_words_up_without_a_script(phone: FlaskClient) -> None:
    text = phone.get("/procedures", query_string={"q": "lam giay khai sinh"}).text
    assert text.index("Đăng ký khai sinh") > text.index("lam giay khai sinh")
    assert "<details>" not in text


def test_the_list_says_so_when_nothing_fits(phone: FlaskClient) -> None:
    answer = phone.get("/procedures", query_string={"q": "xyzzy qwerty", "lang": "en"})
    assert "Nothing fits these words" in answer.text


def test_hostile_words_in_the_list_stay_words(phone: FlaskClient) -> None:
    text = phone.get("/procedures", query_string={"q": '"><script>x()</script>'}).text
    assert "<script>x()" not in text
    assert phone.get("/procedures", query_string={"q": "a" * 5000}).status_code == 200
