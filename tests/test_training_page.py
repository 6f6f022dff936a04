"""The practice page says what it is, and lets one begin anew."""

from tests.support.office import Office
from tests.test_training import practise, sandbox


def test_the_page_begins_anew_and_says_that_it_is_practice(office: Office) -> None:
    hoa = office.hoa
    practise(hoa, "/counters/1/open")
    answer = hoa.client.get("/console?training=new")
    assert answer.status_code == 302
    assert answer.location.endswith("/console?training=1")
    assert sandbox(hoa)["counter"]["state"] == "closed"
    page = hoa.client.get("/console?training=1").text
    assert 'class="training' in page
    assert "Đang tập" in page
    assert "Đang tập" not in hoa.client.get("/console").text
