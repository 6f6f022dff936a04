"""What the slip shows, set over the API, and what then stands in the print jobs."""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from printer.layout import PLAIN
from printer.logo import UPLOAD_MOST
from printer.paper import decode
from printer.worker import paper_of
from queueing.branches import Hours, Span
from queueing.store.jobs import Jobs, PrintJob
from queueing.store.printers import printers
from tests.support.branch import MORNING
from tests.support.office import Office, Person
from tests.support.slips import as_file, wordmark
from tests.test_slip_logo import one_dot_png

LAYOUT = PLAIN.as_json()


@pytest.fixture
def office(office: Office) -> Office:
    """Give an office with a printer."""
    office.sql(
        "INSERT INTO printer (branch_id, name, transport, address, width, is_default)"
        " VALUES (1, 'Máy in', 'dummy', '-', 576, 1)"
    )
    return office


def send(person: Person, method: str, path: str, body: Any = None) -> TestResponse:
    return person.client.open(
        "/api/v1" + path, method=method, json={} if body is None else body, headers=person.headers()
    )


def upload(person: Person, data: bytes) -> TestResponse:
    content = base64.b64encode(data).decode()
    return send(person, "PUT", "/slip/logo", {"content": content})


def refused(answer: TestResponse) -> tuple[int, str]:
    problem = answer.get_json(force=True)
    assert problem["status"] == answer.status_code
    return answer.status_code, problem["code"]


def job(office: Office, **options: Any) -> PrintJob:
    """Return the print job of a ticket taken now."""
    office.issue(**options)
    (newest,) = office.sql("SELECT max(id) FROM print_job")
    found = Jobs(office.room.store).job(newest[0])
    assert found is not None
    return found


def paper(office: Office, one: PrintJob) -> Image.Image:
    with office.room.store.reading() as db:
        (printer,) = printers(db, 1)
    sent = paper_of(one, printer, Jobs(office.room.store).logo(one))
    (picture,) = decode(sent.data)
    return picture


def test_a_new_branch_has_the_plain_slip(office: Office) -> None:
    answer = office.person("son").get("/api/v1/slip")
    assert answer.json is not None
    plain = {"layout": LAYOUT, "defaults": LAYOUT, "logo": None, "qr_allowed": True}
    assert answer.json == plain | {"seen": answer.json["seen"]}
    assert job(office).content["layout"] is None


def test_what_is_set_shows_on_the_next_slip_and_not_on_one_already_promised(
    office: Office,
) -> None:
    son = office.person("son")
    before = job(office)
    wanted = LAYOUT | {"header": ["Số 12 đường Trần Phú"], "thanks": False}
    answer = send(son, "PUT", "/slip", wanted)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["layout"] == wanted
    assert answer.json["defaults"] == LAYOUT
    after = job(office)
    assert after.content["layout"] == wanted
    assert paper(office, before).height != paper(office, after).height
    ticket = before.ticket_id
    office.sql("UPDATE print_job SET state = 'printed'")
    assert office.hoa.post(f"/tickets/{ticket}/reprint").status_code in (200, 201, 202)
    again = office.sql("SELECT content FROM print_job WHERE copy = 1")
    assert json.loads(again[0][0])["layout"] is None


def test_the_history_knows_that_it_was_changed_but_no_words(office: Office) -> None:
    son = office.person("son")
    send(son, "PUT", "/slip", LAYOUT | {"header": ["Ông Nguyễn Văn A"]})
    upload(son, as_file(wordmark()))
    changes = [event for event in office.events() if event.kind == "slip_changed"]
    assert [json.loads(event.data)["logo"] is None for event in changes] == [True, False]
    assert not any("Nguyễn" in event.data or "\\u" in event.data for event in changes)
    count = len(office.events())
    send(son, "PUT", "/slip", LAYOUT | {"header": ["Ông Nguyễn Văn A"]})
    assert len(office.events()) == count


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"language": "fr"}, "layout_invalid"),
        ({"number_size": "tiny"}, "layout_invalid"),
        ({"header": ["x"] * 4}, "layout_invalid"),
        ({"footer": ["x" * 81]}, "layout_invalid"),
        ({"colour": "red"}, "invalid_request"),
        ({"thanks": "yes"}, "invalid_request"),
        ({"header": [7]}, "invalid_request"),
    ],
)
def test_a_layout_that_is_none_is_refused(
    office: Office, change: dict[str, Any], code: str
) -> None:
    son = office.person("son")
    for method, path, body in (
        ("PUT", "/slip", LAYOUT | change),
        ("POST", "/slip/preview", {"layout": LAYOUT | change}),
    ):
        assert refused(send(son, method, path, body)) == (422, code)
    assert send(son, "PUT", "/slip", {"thanks": True}).status_code == 422
    answer = son.get("/api/v1/slip").json
    assert answer is not None
    assert answer["layout"] == LAYOUT


def test_a_refused_layout_names_the_field_as_the_page_does(office: Office) -> None:
    answer = send(office.person("son"), "PUT", "/slip", LAYOUT | {"footer": ["x" * 81]})
    assert "Dòng riêng ở cuối phiếu" in answer.get_json(force=True)["detail"]


def test_a_logo_is_kept_as_dots_and_printed(office: Office) -> None:
    son = office.person("son")
    answer = upload(son, as_file(wordmark(), "JPEG"))
    assert answer.status_code == 200
    assert answer.json is not None
    digest = answer.json["logo"]
    with_logo = job(office)
    assert with_logo.content["logo"] == digest
    assert send(son, "DELETE", "/slip/logo").status_code == 204
    assert job(office).content["logo"] is None
    plain = paper(office, replace(with_logo, content=with_logo.content | {"logo": None}))
    # a paper that was promised with it still has it
    assert paper(office, with_logo).height > plain.height + 60
    office.sql("UPDATE slip_logo SET image = x'00'")
    assert paper(office, with_logo).tobytes() == plain.tobytes()
    office.sql("DELETE FROM slip_logo")
    assert paper(office, with_logo).tobytes() == plain.tobytes()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG" + b"\0" * 5_000_000, "logo_too_large"),
        (b"\0" * (UPLOAD_MOST + 1), "logo_too_large"),
        (b"GIF89a", "logo_unreadable"),
        (one_dot_png(60_000, 60_000), "logo_too_many_pixels"),
        (as_file(Image.new("L", (50, 50), 255)), "logo_blank"),
    ],
    ids=["5 MB", "a byte too many", "gif", "bomb", "white"],
)
def test_a_picture_that_cannot_be_printed_is_refused_in_words(
    office: Office, data: bytes, code: str
) -> None:
    answer = upload(office.person("son"), data)
    assert refused(answer) == (422, code)
    assert "…" not in answer.get_json(force=True)["detail"]
    assert office.sql("SELECT count(*) FROM slip_logo") == [(0,)]


def test_what_is_no_base64_is_refused(office: Office) -> None:
    son = office.person("son")
    for content in ("%%%", "YWJj\n", "é"):
        answer = send(son, "PUT", "/slip/logo", {"content": content})
        assert refused(answer) == (422, "logo_unreadable")


def test_other_bodies_keep_their_limit(office: Office) -> None:
    wanted = LAYOUT | {"header": ["x" * 70_000]}
    assert refused(send(office.person("son"), "PUT", "/slip", wanted)) == (413, "body_too_large")


@pytest.mark.parametrize("login", ["hoa", "ha"])
def test_only_an_administrator_may(office: Office, login: str) -> None:
    person = office.person(login)
    for method, path, body in (
        ("GET", "/slip", None),
        ("PUT", "/slip", LAYOUT),
        ("PUT", "/slip/logo", {"content": ""}),
        ("DELETE", "/slip/logo", None),
        ("POST", "/slip/preview", {"layout": LAYOUT}),
    ):
        assert refused(send(person, method, path, body)) == (403, "forbidden")
    assert person.get("/admin/slip").status_code == 403
    assert person.get("/admin/slip/preview.png").status_code == 403
    nobody = office.app.test_client().get("/api/v1/slip")
    assert refused(nobody) == (401, "not_signed_in")


def test_the_page_of_another_site_may_not(office: Office) -> None:
    son = office.person("son")
    answer = son.client.put("/api/v1/slip", json=LAYOUT)
    assert refused(answer) == (403, "csrf_failed")


def test_the_preview_is_the_slip_with_the_layout_that_is_not_saved(office: Office) -> None:
    son = office.person("son")
    body = {"layout": LAYOUT | {"language": "both"}, "late": True}
    answer = send(son, "POST", "/slip/preview", body).json
    assert answer is not None
    pictures = [Image.open(BytesIO(base64.b64decode(one["png"]))) for one in answer["items"]]
    assert [(one.mode, one.width) for one in pictures] == [("1", 576), ("1", 384)]
    plain = Image.open(BytesIO(son.get("/admin/slip/preview.png?width=576").data))
    assert plain.height + 200 < pictures[0].height
    send(son, "PUT", "/slip", body["layout"])
    saved = Image.open(BytesIO(son.get("/admin/slip/preview.png?width=576").data))
    assert plain.height < saved.height < pictures[0].height


@pytest.mark.parametrize("query", ["width=577", "width=x&language=fr", "language=" + "v" * 900])
def test_a_preview_of_nothing_is_refused(office: Office, query: str) -> None:
    assert office.person("son").get(f"/admin/slip/preview.png?{query}").status_code == 422


WEEK = tuple(
    Span(day, opens, closes)
    for day in range(7)
    for opens, closes in (("07:30", "11:30"), ("13:30", "17:00"))
)


@pytest.mark.parametrize(
    ("minute", "wait_min", "closes"),
    [
        (8 * 60, 60, None),
        # the morning's rest and the whole afternoon: a break at noon is no time to serve in
        (11 * 60, 239, None),
        (11 * 60, 241, "17:00"),
        (12 * 60, 200, None),
        (16 * 60, 59, None),
        (16 * 60, 61, "17:00"),
        (17 * 60 + 5, 1, "17:00"),
        (17 * 60 + 5, 0, None),
    ],
)
def test_whether_the_day_ends_first_counts_only_the_time_that_is_open(
    minute: int, wait_min: int, closes: str | None
) -> None:
    moment = MORNING.replace(hour=0, minute=0) + timedelta(minutes=minute)
    assert Hours(WEEK).closes_within(moment, "UTC", wait_min * 60) == closes


def test_a_branch_that_never_closes_or_is_closed_today_has_no_closing_time() -> None:
    day = MORNING.date().isoformat()
    assert Hours().closes_within(MORNING, "UTC", 10**6) is None
    assert Hours(closed_days=frozenset({day})).closes_within(MORNING, "UTC", 10**6) is None
    assert Hours(WEEK, frozenset({day})).closes_within(MORNING, "UTC", 10**6) is None


def test_a_late_ticket_says_so_and_every_ticket_knows_its_day(office: Office) -> None:
    early = job(office)
    assert (early.content["day"], early.content["closes"]) == ("23/11/2026", None)
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "start")
    office.clock.forward(minutes=9)
    office.hoa.at(1, "finish", {"outcome": "received"})
    office.sql(
        "INSERT INTO setting (branch_id, name, value) VALUES (1, 'estimate_after', '1')"
        " ON CONFLICT DO UPDATE SET value = '1'"
    )
    office.sql(
        "INSERT INTO opening_hours (branch_id, weekday, opens, closes)"
        " VALUES (1, 0, '07:00', '12:00')"
    )
    in_time = job(office)
    assert in_time.content["estimate"] is not None
    assert in_time.content["closes"] is None
    office.clock.forward(hours=3, minutes=15)
    for _ in range(4):
        late = job(office)
    assert late.content["closes"] == "12:00"
    assert paper(office, late).height > paper(office, in_time).height + 60
