"""The day's figures over the API: by definition, bounded, for supervisors only."""

from typing import Any

import pytest

from tests.support.office import Office


@pytest.fixture
def worked(office: Office) -> Office:
    """Give an office after A001 served, A002 absent, A003 gone, A004 waiting."""
    for _ in range(4):
        office.issue()
    office.hoa.at(1, "open")
    office.clock.forward(seconds=300)
    office.hoa.at(1, "call-next")
    office.clock.forward(seconds=40)
    office.hoa.at(1, "start")
    office.clock.forward(seconds=260)
    office.hoa.at(1, "finish")
    office.clock.forward(seconds=400)
    office.hoa.at(1, "call-next")
    office.clock.forward(seconds=100)
    office.hoa.at(1, "no-show")
    office.hoa.post(f"/tickets/{office.ticket('A003').id}/cancel")
    return office


def read(office: Office, query: str = "") -> dict[str, Any]:
    answer = office.ha.get(f"/api/v1/reports/day{query}")
    assert answer.status_code == 200, answer.text
    assert isinstance(answer.json, dict)
    return answer.json


def test_every_figure_of_a_small_day(worked: Office) -> None:
    found = read(worked)
    assert (found["from"], found["to"], found["target_s"]) == ("2026-11-23", "2026-11-23", 900)
    assert (found["issued"], found["abandoned"], found["abandon_share"]) == (4, 1, 0.25)
    total = found["total"]
    counts = ("entries", "called", "served", "never_came", "left", "uncalled", "open", "inferred")
    assert [total[name] for name in counts] == [4, 2, 1, 1, 1, 0, 1, 0]
    # called at 300 s and 1000 s; gone at 1100 s; waiting since 1100 s
    assert (total["p50_s"], total["p90_s"]) == (1000, None)
    assert total["service_level"] == pytest.approx(1 / 3)
    assert total["no_show_share"] == 0.5
    means = ("mean_wait_s", "mean_walk_s", "mean_service_s", "mean_handling_s")
    assert [total[name] for name in means] == [650, 40, 260, 200]
    assert found["work"]["occupancy"] == pytest.approx(400 / 1100)


def test_it_is_told_by_service_counter_and_hour(worked: Office) -> None:
    found = read(worked)
    assert [(one["code"], one["entries"]) for one in found["services"]] == [("ho-tich", 4)]
    assert found["counters"] == [
        {
            "number": 1,
            "open_s": 1100,
            "paused_s": 0,
            "handling_s": 400,
            "occupancy": pytest.approx(400 / 1100),
            "ended": 2,
        }
    ]
    assert [(one["hour"], one["entries"], one["calls"]) for one in found["hours"]] == [(8, 4, 2)]


def test_the_target_is_the_branchs_own(worked: Office) -> None:
    worked.sql("INSERT INTO setting VALUES (1, 'service_level_seconds', '1000')")
    found = read(worked)
    assert found["target_s"] == 1000
    assert found["total"]["service_level"] == pytest.approx(2 / 3)


def test_it_says_what_it_is_not(worked: Office) -> None:
    assert "nội bộ, không phải điểm 766" in read(worked)["note"]


def test_days_are_chosen_and_both_ends_belong_to_them(worked: Office) -> None:
    assert read(worked, "?from=2026-11-22&to=2026-11-22")["issued"] == 0
    assert read(worked, "?from=2026-11-01&to=2026-11-30")["issued"] == 4
    assert read(worked, "?from=2026-11-23&to=2026-11-01")["to"] == "2026-11-23"


@pytest.mark.parametrize("span", ["?from=0001-01-01&to=9999-12-31", "?from=9999-12-31"])
def test_a_span_without_end_costs_no_more_than_its_days(worked: Office, span: str) -> None:
    assert read(worked, span)["issued"] in (4, 0)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("?from=gestern", 400, "bad_request"),
        ("?to=2026-02-30", 400, "bad_request"),
        ("?from=2026-11-23T00", 422, "invalid_request"),
        ("?odd=1", 422, "invalid_request"),
    ],
)
def test_what_cannot_be_read_is_refused(worked: Office, query: str, status: int, code: str) -> None:
    answer = worked.ha.get(f"/api/v1/reports/day{query}")
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (status, code)


def test_it_is_for_supervisors(worked: Office) -> None:
    assert worked.hoa.get("/api/v1/reports/day").status_code == 403
    assert worked.app.test_client().get("/api/v1/reports/day").status_code == 401
    assert worked.hoa.get("/supervisor/reports").status_code == 403


def test_the_page_shows_and_defines_the_same_figures(worked: Office) -> None:
    html = worked.ha.get("/supervisor/reports?lang=en").text
    for words in ("25.0%", "50.0%", "16:40", "33.3%", "36.4%", "Kaplan–Meier", "766"):
        assert words in html
    assert "25,0%" in worked.ha.get("/supervisor/reports?lang=vi").text


def test_an_empty_day_is_a_page_too(office: Office) -> None:
    answer = office.ha.get("/supervisor/reports?day=2025-01-01&lang=en")
    assert answer.status_code == 200
    assert "No visits on this day." in answer.text
    assert office.ha.get("/supervisor/reports?day=x").status_code == 400
