"""Forms that are saved whole: nobody saves over what somebody else has set meanwhile."""

from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.support.office import Office, Person


@dataclass(frozen=True)
class Form:
    """A form of the administrator's: its address, and where its fields stand in the answer."""

    path: str
    part: str | None
    one: dict[str, Any]
    other: dict[str, Any]

    def read(self, person: Person) -> dict[str, Any]:
        """What there is now, as it is sent back."""
        answer = person.get("/api/v1" + self.path).json
        assert isinstance(answer, dict)
        return answer if self.part is None else answer[self.part] | {"seen": answer["seen"]}

    def save(self, person: Person, body: dict[str, Any], change: dict[str, Any]) -> TestResponse:
        """Send it with a change; those of the board stand in a part of its form."""
        wanted = body | change
        if self.part is None:
            wanted = body | {"settings": body["settings"] | change}
        return person.client.put("/api/v1" + self.path, json=wanted, headers=person.headers())


FORMS = [
    Form("/board-setup", None, {"board_calls": 8}, {"board_qr": False}),
    Form("/voice", "settings", {"voice_volume": 60}, {"voice_times": 3}),
    Form("/slip", "layout", {"header": ["Số 12 đường Trần Phú"]}, {"thanks": False}),
]


@pytest.fixture(params=FORMS, ids=lambda form: form.path)
def form(request: pytest.FixtureRequest) -> Form:
    found = request.param
    assert isinstance(found, Form)
    return found


def problem(answer: TestResponse) -> dict[str, Any]:
    found: dict[str, Any] = answer.get_json(force=True)
    return found


def test_the_later_save_does_not_undo_the_earlier_one(office: Office, form: Form) -> None:
    son, again = office.person("son"), office.person("son", fresh=True)
    mine, theirs = form.read(son), form.read(again)
    assert mine == theirs
    assert form.save(again, theirs, form.other).status_code == 200
    kept, count = form.read(son), len(office.events())
    answer = form.save(son, mine, form.one)
    assert answer.status_code == 409
    assert problem(answer)["code"] == "setup_changed_meanwhile"
    assert "vẫn còn trên màn hình" in problem(answer)["detail"]
    assert form.read(son) == kept
    assert len(office.events()) == count
    # loaded anew it goes on, and what the other set stays
    assert form.save(son, kept, form.one).status_code == 200
    both = form.read(son)
    fields = both if form.part else both["settings"]
    assert fields | form.one | form.other == fields


def test_each_save_gives_the_name_for_the_next_and_a_repeated_one_is_no_conflict(
    office: Office, form: Form
) -> None:
    son = office.person("son")
    first = form.read(son)
    answer = form.save(son, first, form.one)
    assert problem(answer)["seen"] == form.read(son)["seen"] != first["seen"]
    # its answer was lost, so it is sent again
    assert form.save(son, first, form.one).status_code == 200
    assert form.save(son, form.read(son), form.other).status_code == 200
    # and what came back to what was seen is what was seen
    assert form.save(son, first | {"seen": form.read(son)["seen"]}, {}).status_code == 200
    assert form.read(son)["seen"] == first["seen"]


def test_a_program_that_does_not_mind_need_not_say_what_it_saw(office: Office, form: Form) -> None:
    son = office.person("son")
    body = form.read(son)
    assert form.save(son, body, form.one).status_code == 200
    for seen in (None, "absent"):
        sent = {name: value for name, value in body.items() if name != "seen"}
        sent |= {} if seen == "absent" else {"seen": None}
        assert form.save(son, sent, form.other).status_code == 200


def test_a_name_of_nothing_that_was_ever_seen_is_refused(office: Office, form: Form) -> None:
    son = office.person("son")
    answer = form.save(son, form.read(son) | {"seen": "0" * 32}, form.one)
    assert problem(answer)["code"] == "setup_changed_meanwhile"
    answer = form.save(son, form.read(son) | {"seen": 7}, form.one)
    assert problem(answer)["code"] == "invalid_request"


def test_logos_and_recordings_are_kept_apart_from_the_forms(office: Office) -> None:
    """What else is set on the same page at once must not make its form a stale one."""
    son = office.person("son")
    voice, slip = FORMS[1].read(son), FORMS[2].read(son)
    office.sql(
        "INSERT INTO voice_clip VALUES (1, 'vi', 'moi-so', x'00', 'd', 9, '2026-11-23T00:00:00Z')"
    )
    answer = son.client.delete("/api/v1/slip/logo", headers=son.headers())
    assert answer.status_code == 204
    assert FORMS[1].read(son) == voice
    assert FORMS[2].read(son) == slip
