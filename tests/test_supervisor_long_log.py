"""A log of years is exported bit by bit: no reader is in the way of the write-ahead log."""

import csv
import io
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from tests.support.office import Office

VISITS = 3000


@pytest.fixture
def years(office: Office) -> Office:
    """Give an office with a log of three thousand visits over thirty days."""
    with office.room.store.writing() as db:
        service = db.execute("SELECT id FROM service ORDER BY position").fetchone()[0]
        for n in range(VISITS):
            day = f"2026-10-{n // 100 + 1:02d}"
            at = f"{day}T0{n % 100 // 12 + 1}:{n % 12 * 5:02d}:00.000Z"
            ticket = db.execute(
                "INSERT INTO ticket (branch_id, day, label, token, state, service_id, issued_at)"
                " VALUES (1, ?, ?, ?, 'finished', ?, ?) RETURNING id",
                (day, f"A{n % 100 + 1:03d}", f"token-{n}", service, at),
            ).fetchone()[0]
            db.execute(
                "INSERT INTO visit (branch_id, ticket_id, day, service_id, queued, place,"
                " turn_from, enqueued_at, first_called_at, started_at, ended_at, outcome, calls)"
                " VALUES (1, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, 'received', 1)",
                (ticket, day, service, n, at, at, at, at, at),
            )
    return office


def download(office: Office, query: str) -> Iterator[bytes]:
    answer = office.ha.client.get(f"/api/v1/visits?from=2026-10-01&to=2026-10-31&{query}")
    assert answer.status_code == 200
    return answer.iter_encoded()


def folded_back(office: Office) -> bool:
    """Whether the write-ahead log can be folded back whole at this moment."""
    with office.room.store.writing() as db:
        db.execute("UPDATE branch SET hotline = hotline || '.'")
    writer = office.room.store._writer
    assert writer is not None
    return bool(writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)


def test_a_download_that_is_half_done_keeps_nothing_from_being_folded_back(years: Office) -> None:
    pieces = download(years, "format=csv")
    text = next(pieces) + next(pieces)
    assert folded_back(years)
    rows = list(csv.reader(io.StringIO((text + b"".join(pieces)).decode("utf-8-sig"))))
    assert len(rows) == VISITS + 1
    assert len({(row[0], row[1]) for row in rows[1:]}) == VISITS


def test_a_deed_between_two_pieces_is_done_and_no_line_is_lost_or_twice(years: Office) -> None:
    pieces = download(years, "format=csv")
    text = next(pieces)
    for _ in range(3):
        years.issue()
        text += next(pieces)
    rows = list(csv.reader(io.StringIO((text + b"".join(pieces)).decode("utf-8-sig"))))
    assert len({(row[0], row[1]) for row in rows[1:]}) == len(rows) - 1 == VISITS


def test_the_workbook_has_every_line(years: Office) -> None:
    book = load_workbook(io.BytesIO(b"".join(download(years, "format=xlsx"))), read_only=True)
    (sheet,) = book
    assert sum(1 for _ in sheet.values) == VISITS + 1


def test_a_filter_finds_its_lines_among_all(years: Office) -> None:
    rows = b"".join(download(years, "format=csv&number=a%207")).decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + 30
    assert all(",A007," in row for row in rows[1:])


def test_pages_of_the_log_reach_its_end(years: Office) -> None:
    path, seen = "/supervisor/visits?day=2026-10-01&to=2026-10-31&lang=en", 0
    query = ""
    for _ in range(40):
        html = years.ha.get(path + query).text
        seen += html.count('<th scope="row">')
        if "after=" not in html:
            break
        query = "&after=" + html.split("after=")[1].split('"')[0]
    assert seen == VISITS


def test_the_sheet_for_printing_has_an_end_and_says_so(years: Office) -> None:
    html = years.ha.get("/supervisor/visits/print?day=2026-10-01&to=2026-10-31&lang=en").text
    assert html.count('<th scope="row">') == 2000
    assert "Only the first 2000 lines are here." in html
