"""One ticket's whole history, in words, with the reason of each call."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from queueing.events import KINDS
from staff.supervisor.tickets_words import SENTENCES
from tests.support.office import Office

# Every kind of event that can name a ticket.
NOT_OF_TICKETS = {
    "opened",
    "taken",
    "paused",
    "closed",
    "assigned",
    "acknowledged",
    "day_doubted",
    "day_confirmed",
    "configured",
    "settings_changed",
    "board_changed",
    "media_added",
    "media_changed",
    "media_removed",
    "notice_sent",
    "notice_withdrawn",
    "voice_changed",
    "printer_added",
    "printer_removed",
    "trial_asked",
    "printer_changed",
    "printer_said",
    "paper_changed",
    "slip_changed",
    "device_changed",
    "officer_added",
    "officer_disabled",
    "password_set",
    "device_paired",
    "device_revoked",
    "token_created",
    "token_revoked",
    "checkpoint",
}


def lines(office: Office, query: str) -> list[list[str]]:
    """Return the cells of each event's line, without marks."""
    answer = office.ha.get(f"/supervisor/tickets?{query}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", answer.get_data(as_text=True), re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[unescape(re.sub(r"<[^>]+>", "", c)).strip() for c in row] for row in cells if row]


def told(office: Office, query: str = "number=A001") -> list[str]:
    return [cells[1] for cells in lines(office, query)]


def test_every_step_has_its_time_counter_officer_and_reason(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.clock.forward(minutes=12)
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "recall")
    office.hoa.at(1, "start")
    office.clock.forward(minutes=7)
    office.hoa.at(1, "finish", {"outcome": "supplement"})
    hoa = ["1", "Nguyễn Thị Hoa"]
    assert lines(office, "number=A001") == [
        ["08:30:00", "Cấp số: Hộ tịch – Chứng thực.", "", "", ""],
        ["08:42:00", "Gọi đến quầy 1.", "người duy nhất đang chờ, 12 phút", *hoa],
        ["08:42:00", "Gọi lại đến quầy 1.", "", *hoa],
        ["08:42:00", "Bắt đầu phục vụ tại quầy 1.", "", *hoa],
        ["08:49:00", "Kết thúc phục vụ tại quầy 1.", "Cần bổ sung hồ sơ", *hoa],
    ]


@pytest.mark.parametrize("typed", ["a1", "A001", "a 001", "A-1", "%20a001%20"])
def test_a_number_is_understood_in_any_usual_form(office: Office, typed: str) -> None:
    office.issue()
    assert told(office, f"number={typed}") == ["Cấp số: Hộ tịch – Chứng thực."]


def test_what_was_taken_back_is_marked(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "undo")
    assert told(office)[1:] == ["Gọi đến quầy 1. đã hoàn tác", "Hoàn tác: lần gọi."]


def test_the_ways_through_the_house_are_told(office: Office) -> None:
    office.issue()
    office.hoa.at(1, "open")
    office.minh.at(2, "open")
    ticket = office.ticket("A001")
    office.hoa.post(f"/tickets/{ticket.id}/priority", {"class": "cao-tuoi"})
    office.hoa.at(1, "call-next")
    office.hoa.at(1, "park", {"reason": "đi sao chụp"})
    office.hoa.at(1, "resume", {"number": "A001"})
    office.hoa.at(1, "transfer", {"counter": 2})
    office.minh.at(2, "call-next")
    office.minh.at(2, "no-show")
    found = lines(office, "number=A001")
    assert [cells[1] for cells in found][1:] == [
        "Được ghi nhận ưu tiên: Người cao tuổi.",
        "Gọi đến quầy 1.",
        "Tạm gác tại quầy 1.",
        "Tiếp tục tại quầy 1.",
        "Chuyển đi nơi khác.",
        "Chờ ở hàng Hộ tịch – Chứng thực, chỉ quầy 2 gọi.",
        "Gọi đến quầy 2.",
        "Không đến quầy 2: ghi là vắng mặt.",
    ]
    assert found[3][2] == "đi sao chụp"


def test_another_days_ticket_is_found_by_its_day(office: Office) -> None:
    office.issue()
    office.clock.forward(days=1)
    office.people.clear()
    office.hoa.at(1, "open")
    answer = office.ha.get("/supervisor/tickets?number=A001")
    assert answer.status_code == 404
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert told(office, "number=A001&day=2026-11-23")[-1] == "Hết ngày mà chưa được phục vụ."


@pytest.mark.parametrize("typed", ["hello", "A", "1234567890", "<b>"])
def test_what_is_no_number_is_refused_in_words(office: Office, typed: str) -> None:
    answer = office.ha.get(f"/supervisor/tickets?number={quote(typed)}")
    assert answer.status_code == 404
    text = answer.get_data(as_text=True)
    assert 'role="alert"' in text
    assert "<b>" not in text


def test_a_day_that_is_none_is_refused(office: Office) -> None:
    assert office.ha.get("/supervisor/tickets?number=A001&day=yesterday").status_code == 400


def test_without_a_number_it_says_what_to_type(office: Office) -> None:
    assert "A012" in office.ha.get("/supervisor/tickets").get_data(as_text=True)


def test_english_is_spoken_too(office: Office) -> None:
    office.issue()
    assert told(office, "number=a1&lang=en") == [
        "The number was given out: Civil status – Certification."
    ]


def test_every_kind_of_a_tickets_events_has_its_sentence() -> None:
    assert set(KINDS) - NOT_OF_TICKETS <= set(SENTENCES)
