"""A supervisor puts a recorded result right; the old one stays in the history."""

import json

import pytest

from tests.support.office import Office


@pytest.fixture
def worked(office: Office) -> Office:
    """Give an office with A001 served, A002 absent, A003 waiting."""
    for _ in range(3):
        office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.clock.forward(seconds=60)
    office.hoa.at(1, "finish", {"outcome": "received"})
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "no-show")
    return office


def path(office: Office, label: str) -> str:
    return f"/visits/{office.ticket(label).visit_id}/correct"


def test_the_answer_is_the_corrected_line_with_what_it_was(worked: Office) -> None:
    answer = worked.ha.post(path(worked, "A001"), {"outcome": "supplement"})
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    assert (answer.json["number"], answer.json["outcome"]) == ("A001", "supplement")
    assert answer.json["was"] == "received"
    listed = worked.ha.get("/api/v1/visits").json
    assert listed is not None
    assert [(i["outcome"], i["was"]) for i in listed["items"]] == [
        ("supplement", "received"),
        ("no_show", None),
        (None, None),
    ]


def test_it_is_a_new_event_and_the_old_ones_stay(worked: Office) -> None:
    before = worked.events()
    worked.ha.post(path(worked, "A001"), {"outcome": "refused"})
    after = worked.events()
    assert after[: len(before)] == before
    (new,) = after[len(before) :]
    data = json.loads(new.data)
    assert new.kind == "corrected"
    assert data["was"]["visit"]["outcome"] == "received"
    assert data["set"]["visit"]["outcome"] == "refused"


def test_a_repeated_press_corrects_once(worked: Office) -> None:
    for _ in range(2):
        answer = worked.ha.post(path(worked, "A001"), {"outcome": "refused"}, key="one-press")
        assert answer.status_code == 200
    assert [event.kind for event in worked.events()].count("corrected") == 1


def test_the_tickets_history_shows_the_old_beside_the_new(worked: Office) -> None:
    worked.sql("INSERT INTO procedure (branch_id, code, name) VALUES (1, '9.000001', 'Thử')")
    body = {"outcome": "guided", "procedure": "9.000001"}
    assert worked.ha.post(path(worked, "A001"), body).status_code == 200
    html = worked.ha.get("/supervisor/tickets?number=A001&lang=en").text
    assert "Dossier received → Guided; – → 9.000001" in html
    assert "The recorded result was corrected." in html


def test_exports_show_what_it_was(worked: Office) -> None:
    worked.ha.post(path(worked, "A001"), {"outcome": "guided"})
    text = worked.ha.get("/api/v1/visits?format=csv&lang=en&number=A001").text
    assert "Guided,yes,,,,Dossier received" in text


@pytest.mark.parametrize(
    ("label", "body", "status", "code"),
    [
        ("A001", {}, 422, "invalid_request"),
        ("A001", {"outcome": "lost"}, 422, "unknown_outcome"),
        ("A001", {"outcome": "no_show"}, 422, "unknown_outcome"),
        ("A001", {"procedure": "none"}, 422, "unknown_procedure"),
        ("A001", {"outcome": "guided", "wait_s": 1}, 422, "invalid_request"),
        ("A002", {"outcome": "received"}, 409, "not_correctable"),
        ("A003", {"outcome": "received"}, 409, "visit_open"),
    ],
)
def test_what_cannot_be_corrected_is_refused(
    worked: Office, label: str, body: dict[str, object], status: int, code: str
) -> None:
    before = worked.events()
    assert worked.ha.refused(path(worked, label), body)[:2] == (status, code)
    assert worked.events() == before


def test_a_visit_that_nobody_knows_is_not_found(worked: Office) -> None:
    assert worked.ha.refused("/visits/999/correct", {"outcome": "guided"})[:2] == (
        404,
        "unknown_visit",
    )


def test_officers_correct_nothing(worked: Office) -> None:
    status, code, _ = worked.hoa.refused(path(worked, "A001"), {"outcome": "refused"})
    assert (status, code) == (403, "forbidden")
