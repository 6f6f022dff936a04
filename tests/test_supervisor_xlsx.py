"""The service-time log as a workbook, opened by another library."""

import io
import tracemalloc
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from queueing.history import VisitRow
from staff.supervisor.table_xlsx import TYPE, sent, write_workbook
from tests.support.office import Office

ZONE = "Asia/Ho_Chi_Minh"


@pytest.fixture
def worked(office: Office) -> Office:
    """Give an office after one visit served, and one that still waits."""
    office.issue()
    office.issue()
    office.hoa.at(1, "open")
    office.clock.forward(seconds=300)
    office.hoa.at(1, "call-next")
    office.clock.forward(seconds=45)
    office.hoa.at(1, "start")
    office.clock.forward(seconds=400)
    office.hoa.at(1, "finish", {"outcome": "supplement"})
    return office


def opened(office: Office, query: str = "") -> Workbook:
    answer = office.ha.get(f"/api/v1/visits?format=xlsx{query}")
    assert (answer.status_code, answer.content_type) == (200, TYPE)
    return load_workbook(io.BytesIO(answer.data))


def row(n: int, name: str = "Hoa") -> VisitRow:
    at = "2026-11-23T01:30:00.000Z"
    return VisitRow(
        n, "2026-11-23", f"A{n}", "ho-tich", "Hộ tịch", 1, name, None, 1, at, at, at, at,
        "received", False, 1, 2, 3, 4, 0,
    )  # fmt: skip


def pages_of(rows: int, a_page: int = 500):  # type: ignore[no-untyped-def]
    def page(last: VisitRow | None) -> list[VisitRow]:
        start = 0 if last is None else last.id + 1
        return [row(n) for n in range(start, min(start + a_page, rows))]

    return page


def test_the_workbook_holds_the_log_with_real_moments_and_numbers(worked: Office) -> None:
    (sheet,) = opened(worked, "&lang=en")
    lines = list(sheet.values)
    assert len(lines) == 3
    assert lines[0][:3] == ("Day", "Number", "Service code")
    first = lines[1]
    assert first[0] == datetime(2026, 11, 23)
    assert first[1:6] == ("A001", "ho-tich", "Hộ tịch – Chứng thực", 1, "Nguyễn Thị Hoa")
    assert first[6] == datetime(2026, 11, 23, 8, 30)
    assert first[9] == datetime(2026, 11, 23, 8, 42, 25)
    assert first[10:16] == (1, 300, 45, 400, 445, 0)
    assert lines[2][7:15] == (None, None, None, 0, None, None, None, None)


def test_it_says_what_it_is_not_on_the_screen_and_on_paper(worked: Office) -> None:
    (sheet,) = opened(worked, "&lang=vi")
    assert "766" in str(next(iter(sheet.values))[-1])
    assert "766" in str(sheet.oddFooter.left.text)
    assert sheet.print_title_rows == "$1:$1"


def test_filters_and_days_apply_and_the_file_is_named_by_its_days(worked: Office) -> None:
    (sheet,) = opened(worked, "&outcome=supplement")
    assert [line[1] for line in sheet.values][1:] == ["A001"]
    answer = worked.ha.get("/api/v1/visits?format=xlsx&from=2026-11-01&to=2026-11-02")
    assert "luot-giao-dich_2026-11-01_2026-11-02.xlsx" in answer.headers["Content-Disposition"]
    (empty,) = load_workbook(io.BytesIO(answer.data))
    assert len(list(empty.values)) == 1


@pytest.mark.parametrize("name", ["=1+1", "+84", "@sum", "https://example.org", "007"])
def test_a_name_is_words_and_nothing_else(worked: Office, name: str) -> None:
    worked.sql("UPDATE officer SET name = ? WHERE login = 'hoa'", name)
    (sheet,) = opened(worked)
    cell = sheet.cell(2, 6)
    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)


def test_a_sheet_that_is_full_is_followed_by_another() -> None:
    with write_workbook(pages_of(25, 10), ZONE, "en", rows_a_sheet=10) as file:
        book = load_workbook(io.BytesIO(file.read()))
    assert [len(list(sheet.values)) for sheet in book] == [11, 11, 6]
    assert book.sheetnames == ["Visits", "Visits 2", "Visits 3"]


def test_a_long_workbook_is_never_whole_in_memory() -> None:
    tracemalloc.start()
    file = write_workbook(pages_of(6000), ZONE, "vi")
    length = sum(len(piece) for piece in sent(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert file.closed
    assert length > 200_000
    assert peak < 4_000_000


def test_a_download_that_is_broken_off_leaves_no_file_open() -> None:
    file = write_workbook(pages_of(5), ZONE, "vi")
    pieces = sent(file)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert file.closed


def test_it_is_a_plain_zip_without_macros_or_links(worked: Office) -> None:
    answer = worked.ha.get("/api/v1/visits?format=xlsx")
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert not [name for name in names if "vba" in name or "externalLink" in name]
