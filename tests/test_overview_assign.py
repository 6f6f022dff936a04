"""A supervisor changes what a counter serves, and the next call follows it."""

from typing import Any

import pytest

from tests.support.office import Office


def assign(office: Office, number: int, *services: tuple[str, int]) -> dict[str, Any]:
    body = {"services": [{"code": code, "tier": tier} for code, tier in services]}
    answer = office.ha.post(f"/counters/{number}/services", body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert isinstance(answer.json, dict)
    return answer.json


def called(office: Office) -> str | None:
    answer = office.hoa.at(1, "call-next")
    return None if answer is None else str(answer["ticket"]["number"])


def test_the_next_call_is_of_the_new_services(office: Office) -> None:
    office.hoa.at(1, "open")
    office.issue("dat-dai")
    office.issue("ho-tich")
    assign(office, 1, ("dat-dai", 1))
    assert called(office) == "H001"
    assert called(office) is None
    assign(office, 1, ("ho-tich", 1))
    assert called(office) == "A001"


def test_a_service_it_only_helps_with_comes_second(office: Office) -> None:
    office.hoa.at(1, "open")
    office.issue("dat-dai")
    office.clock.forward(minutes=5)
    office.issue("ho-tich")
    assign(office, 1, ("ho-tich", 1), ("dat-dai", 2))
    assert [called(office), called(office)] == ["A001", "H001"]


def test_who_is_at_the_counter_stays_there(office: Office) -> None:
    office.hoa.at(1, "open")
    office.issue("ho-tich")
    assert called(office) == "A001"
    assign(office, 1, ("dat-dai", 1))
    office.hoa.at(1, "start")
    office.hoa.at(1, "finish")
    assert office.ticket("A001").state == "finished"


def test_the_overview_and_the_counter_show_it(office: Office) -> None:
    answer = assign(office, 1, ("dat-dai", 1), ("ho-tich", 2))
    services = [{"code": "dat-dai", "tier": 1}, {"code": "ho-tich", "tier": 2}]
    assert answer["services"] == services
    overview = office.ha.get("/api/v1/overview").json
    assert overview is not None
    assert overview["counters"][0]["services"] == services
    land = next(one for one in overview["services"] if one["code"] == "dat-dai")
    assert 1 in land["counters"]
    assert [one["code"] for one in office.hoa.state(1)["counter"]["services"]] == [
        "dat-dai",
        "ho-tich",
    ]


def test_it_says_which_services_nobody_serves_any_more(office: Office) -> None:
    overview = office.ha.get("/api/v1/overview").json
    assert overview is not None
    alone = next(one for one in overview["services"] if one["code"] == "truc-tuyen")
    assert alone["counters"] == [6]
    assert assign(office, 6, ("tra-ket-qua", 1))["unserved"] == ["truc-tuyen"]


def test_it_is_in_the_history(office: Office) -> None:
    assign(office, 1, ("dat-dai", 1))
    event = office.events()[-1]
    assert (event.kind, event.counter_id) == ("assigned", 1)
    assign(office, 1, ("dat-dai", 1))
    assert office.events()[-1].seq == event.seq


@pytest.mark.parametrize(
    ("path", "services", "status", "code"),
    [
        ("/counters/1/services", [], 422, "no_services"),
        ("/counters/1/services", [{"code": "nothing"}], 404, "unknown_service"),
        ("/counters/99/services", [{"code": "ho-tich"}], 404, "unknown_counter"),
    ],
)
def test_what_cannot_be_is_refused(
    office: Office, path: str, services: list[dict[str, object]], status: int, code: str
) -> None:
    assert office.ha.refused(path, {"services": services})[:2] == (status, code)


@pytest.mark.parametrize("tier", [0, 10, "1", 1.5])
def test_a_tier_that_is_none_is_refused(office: Office, tier: object) -> None:
    body = {"services": [{"code": "ho-tich", "tier": tier}]}
    assert office.ha.post("/counters/1/services", body).status_code == 422
