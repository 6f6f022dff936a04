"""The service-time log over the API: JSON by pages, CSV for spreadsheets."""

import csv
import io
import tracemalloc
from typing import Any

import pytest

from queueing.history import VisitRow
from staff.supervisor.table import csv_pages, safe
from tests.support.office import Office

BOM = b"\xef\xbb\xbf"


@pytest.fixture
def worked(office: Office) -> Office:
    """Give an office after some visits: A001 served, A002 absent, A003 served without a start,
    A004 left, A005 waiting.
    """
    for _ in range(5):
        office.issue()
    office.hoa.at(1, "open")
    office.clock.forward(seconds=300)
    office.hoa.at(1, "call-next")
    office.clock.forward(seconds=45)
    office.hoa.at(1, "start")
    office.clock.forward(seconds=400)
    office.hoa.at(1, "finish", {"outcome": "supplement"})
    office.hoa.at(1, "call-next")
    office.clock.forward(seconds=90)
    office.hoa.at(1, "no-show")
    office.hoa.at(1, "call-next")
    office.clock.forward(seconds=60)
    office.hoa.at(1, "finish")
    office.hoa.post(f"/tickets/{office.ticket('A004').id}/cancel")
    return office


def read(office: Office, query: str = "") -> dict[str, Any]:
    answer = office.ha.get(f"/api/v1/visits{query}")
    assert answer.status_code == 200, answer.text
    assert isinstance(answer.json, dict)
    return answer.json


def sheet(office: Office, query: str = "") -> list[dict[str, str]]:
    answer = office.ha.get(f"/api/v1/visits?format=csv{query}")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.data.startswith(BOM)
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_todays_visits_are_listed_with_their_times(worked: Office) -> None:
    items = read(worked)["items"]
    shown = [
        (i["number"], i["outcome"], i["wait_s"], i["walk_s"], i["service_s"], i["handling_s"])
        for i in items
    ]
    assert shown == [
        ("A001", "supplement", 300, 45, 400, 445),
        ("A002", "no_show", 745, None, None, 90),
        ("A003", "received", 835, 60, 0, 60),
        ("A004", "left", None, None, None, None),
        ("A005", None, None, None, None, None),
    ]
    assert [i["inferred"] for i in items] == [False, False, True, False, False]
    assert (items[0]["officer"], items[0]["counter"]) == ("Nguyễn Thị Hoa", 1)
    assert items[4]["state"] == "waiting"


def test_pages_follow_one_another(worked: Office) -> None:
    first = read(worked, "?limit=3")
    second = read(worked, f"?limit=3&after={first['next']}")
    assert [i["number"] for i in first["items"] + second["items"]] == [
        "A001",
        "A002",
        "A003",
        "A004",
        "A005",
    ]
    assert second["next"] is None


def test_days_are_chosen_and_both_ends_belong_to_them(worked: Office) -> None:
    assert read(worked, "?from=2026-11-22&to=2026-11-22")["items"] == []
    assert len(read(worked, "?from=2026-11-22&to=2026-11-23")["items"]) == 5
    assert read(worked, "?from=2026-11-24&to=2026-11-30")["items"] == []


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("?number=hello", 422, "unreadable_number"),
        ("?outcome=lost", 422, "invalid_request"),
        ("?counter=x", 422, "invalid_request"),
        ("?officer=0", 422, "invalid_request"),
        ("?from=gestern", 400, "bad_request"),
        ("?from=2026-02-30", 400, "bad_request"),
        ("?after=1.2.3", 400, "bad_request"),
        ("?after=2026-11-23.x", 400, "bad_request"),
        ("?after=2026-11-23.99999999999999999999", 400, "bad_request"),
        ("?format=ods", 422, "invalid_request"),
        ("?limit=0", 422, "invalid_request"),
        ("?limit=1001", 422, "invalid_request"),
        ("?odd=1", 422, "invalid_request"),
    ],
)
def test_what_cannot_be_read_is_refused(worked: Office, query: str, status: int, code: str) -> None:
    answer = worked.ha.get(f"/api/v1/visits{query}")
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (status, code)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("number=a2", ["A002"]),
        ("number=A%20002", ["A002"]),
        ("number=A999", []),
        ("service=ho-tich&outcome=received", ["A003"]),
        ("service=dat-dai", []),
        ("counter=1", ["A001", "A002", "A003"]),
        ("counter=2", []),
        ("outcome=left", ["A004"]),
        ("outcome=open", ["A005"]),
        ("number=&service=&outcome=no_show", ["A002"]),
    ],
)
def test_filters_narrow_the_list_and_its_exports(
    worked: Office, query: str, numbers: list[str]
) -> None:
    query = query.replace("outcome=&", "")
    assert [i["number"] for i in read(worked, f"?{query}")["items"]] == numbers
    assert [list(one.values())[1] for one in sheet(worked, f"&{query}")] == numbers


def test_an_officers_visits_are_found_by_the_officer(worked: Office) -> None:
    ((hoa,), (minh,)) = worked.sql("SELECT id FROM officer WHERE login IN ('hoa', 'minh')")
    assert len(read(worked, f"?officer={hoa}")["items"]) == 3
    assert read(worked, f"?officer={minh}")["items"] == []


def test_the_log_is_for_supervisors(worked: Office) -> None:
    assert worked.hoa.get("/api/v1/visits").status_code == 403
    assert worked.hoa.get("/api/v1/visits?format=xlsx").status_code == 403


def test_the_csv_is_the_same_log_in_vietnamese_and_local_time(worked: Office) -> None:
    rows = sheet(worked)
    assert len(rows) == 5
    first = list(rows[0].values())
    assert first[:6] == [
        "2026-11-23",
        "A001",
        "ho-tich",
        "Hộ tịch – Chứng thực",
        "1",
        "Nguyễn Thị Hoa",
    ]
    assert first[6:10] == [
        "2026-11-23 08:30:00",
        "2026-11-23 08:35:00",
        "2026-11-23 08:35:45",
        "2026-11-23 08:42:25",
    ]
    assert first[10:16] == ["1", "300", "45", "400", "445", "0"]
    assert list(rows[3].values())[11:15] == ["", "", "", ""]
    assert rows[2] != rows[0]


def test_the_csv_is_offered_as_a_file_named_by_its_days(worked: Office) -> None:
    one = worked.ha.get("/api/v1/visits?format=csv")
    assert "luot-giao-dich_2026-11-23.csv" in one.headers["Content-Disposition"]
    two = worked.ha.get("/api/v1/visits?format=csv&from=2026-11-01&to=2026-11-30")
    assert "2026-11-01_2026-11-30.csv" in two.headers["Content-Disposition"]


def test_the_csv_of_an_empty_day_has_its_heads(office: Office) -> None:
    answer = office.ha.get("/api/v1/visits?format=csv&lang=en")
    assert answer.data.decode("utf-8-sig").startswith("Day,Number,Service code,Service,Counter,")
    assert answer.data.count(b"\r\n") == 1


@pytest.mark.parametrize("name", ["=1+1", "+84", "-x", "@sum", "\tx", "\rx"])
def test_a_name_is_never_a_formula(worked: Office, name: str) -> None:
    worked.sql("UPDATE officer SET name = ? WHERE login = 'hoa'", name)
    worked.sql("UPDATE service SET name = ? WHERE code = 'ho-tich'", name)
    values = list(sheet(worked)[0].values())
    assert (values[3], values[5]) == ("'" + name, "'" + name)
    assert safe("Lan-Anh") == "Lan-Anh"


def row(n: int) -> VisitRow:
    at = "2026-11-23T01:30:00.000Z"
    times = (at, at, at, at)
    return VisitRow(
        n, "2026-11-23", f"A{n}", "ho-tich", "Hộ tịch", 1, "Hoa", None, 1, *times,
        "received", False, 1, 2, 3, 4, 0,
    )  # fmt: skip


def test_a_long_csv_is_never_whole_in_memory() -> None:
    pages = 200

    def page(last: VisitRow | None) -> list[VisitRow]:
        start = 0 if last is None else last.id + 1
        return [row(n) for n in range(start, start + 500)] if start < pages * 500 else []

    tracemalloc.start()
    length = sum(len(part) for part in csv_pages(page, "Asia/Ho_Chi_Minh", "vi"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert length > 10_000_000
    assert peak < 3_000_000


# -- the pages -------------------------------------------------------------------------------


def page(office: Office, path: str) -> str:
    answer = office.ha.get(path)
    assert answer.status_code == 200
    return answer.text


def test_the_page_shows_the_day_and_its_summary(worked: Office) -> None:
    html = page(worked, "/supervisor/visits?lang=en")
    assert "23/11/2026" in html
    assert html.index("A005") < html.index("A001"), "the newest first"
    assert "Nguyễn Thị Hoa" in html
    for words in ("Numbers issued</dt><dd>5<", "Visits served</dt><dd>2<", "Absent</dt><dd>1<"):
        assert words in html
    assert "Mean wait</dt><dd>10 min 27 s<" in html, "of the three who were called"
    assert "Mean service</dt><dd>6 min 40 s<" in html, "an inferred start is left out"


def test_the_page_leads_to_other_days_and_earlier_lines(worked: Office) -> None:
    for _ in range(120):
        worked.issue("cu-tru")
    html = page(worked, "/supervisor/visits?lang=en")
    assert "?day=2026-11-22" in html
    assert "?day=2026-11-24" not in html, "there is no log of tomorrow"
    assert html.count('<th scope="row">') == 100
    after = html.split("after=")[1].split('"')[0]
    second = page(worked, f"/supervisor/visits?lang=en&day=2026-11-23&after={after}")
    assert second.count('<th scope="row">') == 25
    assert "A001" in second


def test_a_day_without_visits_says_so(office: Office) -> None:
    assert "No visits on this day." in page(office, "/supervisor/visits?day=2025-01-01&lang=en")


def test_what_is_shown_is_never_markup(worked: Office) -> None:
    worked.sql("UPDATE officer SET name = '<b>x</b>' WHERE login = 'hoa'")
    assert "<b>x</b>" not in page(worked, "/supervisor/visits")


def test_the_landing_page_leads_to_the_log(worked: Office) -> None:
    assert 'href="/supervisor/visits"' in page(worked, "/supervisor")


@pytest.mark.parametrize("path", ["/supervisor", "/supervisor/visits"])
def test_the_pages_are_for_supervisors(office: Office, path: str) -> None:
    stranger = office.app.test_client().get(path)
    assert stranger.status_code == 302
    assert stranger.headers["Location"].startswith("/sign-in?next=")
    assert office.hoa.get(path).status_code == 403


def test_a_nonsense_day_is_a_plain_refusal(office: Office) -> None:
    assert office.ha.get("/supervisor/visits?day=x").status_code == 400


@pytest.mark.parametrize("path", ["/supervisor/visits", "/supervisor/visits/print"])
@pytest.mark.parametrize("wish", ["counter", "officer"])
def test_a_number_too_large_for_any_counter_is_no_wish(
    office: Office, path: str, wish: str
) -> None:
    assert office.ha.get(f"{path}?{wish}=99999999999999999999").status_code == 200
    assert office.ha.get(f"{path}?{wish}=-1").status_code == 200


def test_what_the_officer_typed_is_in_the_log(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "finish", {"outcome": "received", "dossier": "H26.1-7", "note": "=1+1"})
    (line,) = office.ha.get("/api/v1/visits").json["items"]
    assert (line["dossier"], line["note"]) == ("H26.1-7", "=1+1")
    text = office.ha.get("/api/v1/visits?format=csv").get_data(as_text=True)
    assert "H26.1-7,'=1+1" in text, "no spreadsheet takes a note for a formula"
    html = page(office, "/supervisor/visits?lang=en")
    assert "H26.1-7" in html
    assert "=1+1" in html
