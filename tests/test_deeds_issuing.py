import pytest

from tests.support.branch import House, refused


def test_numbers_count_up_within_a_prefix(house: House) -> None:
    labels = [house.issue(s).label for s in ("ho-tich", "dat-dai", "ho-tich")]
    assert labels == ["A001", "H001", "A002"]


def test_a_series_goes_on_past_999(house: House) -> None:
    house.issue()
    house.sql("UPDATE series SET last = 998")
    assert [house.issue().label for _ in range(3)] == ["A999", "A1000", "A1001"]


def test_a_ticket_says_how_many_wait_before_it(house: House) -> None:
    aheads = [house.operations.issue(house.kiosk, "ho-tich").ahead for _ in range(3)]
    assert aheads == [0, 1, 2]


def test_a_priority_ticket_counts_only_those_who_go_before_it(house: House) -> None:
    for _ in range(3):
        house.issue()
    first = house.operations.issue(house.kiosk, "ho-tich", priority="cao-tuoi")
    second = house.operations.issue(house.kiosk, "ho-tich", priority="cao-tuoi")
    ordinary = house.operations.issue(house.kiosk, "ho-tich")
    assert (first.ahead, second.ahead, ordinary.ahead) == (0, 1, 5)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"service": "khong-co"}, "unknown_service"),
        ({"service": "ho-tich", "procedure": "9.9"}, "unknown_procedure"),
        ({"service": "ho-tich", "priority": "vip"}, "unknown_priority"),
        ({"service": "ho-tich", "priority": "co-cong"}, "priority_not_offered"),
        ({"service": "ho-tich", "language": "fr"}, "unknown_language"),
    ],
)
def test_it_refuses_to_issue_what_does_not_exist(
    house: House, options: dict[str, str], code: str
) -> None:
    assert refused(house.operations.issue, house.kiosk, **options).code == code
    assert house.events() == []


def test_a_refused_ticket_takes_no_number(house: House) -> None:
    refused(house.operations.issue, house.kiosk, "ho-tich", procedure="9.9")
    assert house.issue().label == "A001"


def test_it_refuses_a_paused_service_by_name(house: House) -> None:
    house.sql("UPDATE service SET paused = 1 WHERE id = 1")
    error = refused(house.operations.issue, house.kiosk, "ho-tich")
    assert (error.code, error.facts["service"]) == ("service_closed", "Hộ tịch – Chứng thực")


def test_it_refuses_outside_opening_hours_and_says_when_it_opens(house: House) -> None:
    house.sql("INSERT INTO opening_hours VALUES (1, 1, '07:30', '11:30')")
    error = refused(house.operations.issue, house.kiosk, "ho-tich")
    assert error.code == "branch_closed"
    assert error.facts["opens_at"] == "2026-11-24T00:30:00.000Z"
