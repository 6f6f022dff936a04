"""The service-time log as an Excel workbook, written row by row to a file that has no name."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from queueing.history import VisitRow
from queueing.texts import N_, say
from staff.supervisor.table import NOTE, Cell, Pages, cells, heads

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel ends a sheet at 1,048,576 rows; what is left goes on in a further one.
ROWS_A_SHEET: Final = 1_000_000
CHUNK: Final = 256 * 1024
# Words are words: nothing a person typed becomes a formula or a link (CWE-1236).
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy hh:mm:ss",
}
WIDTHS: Final = (
    11,
    9,
    14,
    28,
    8,
    22,
    19,
    19,
    19,
    19,
    8,
    9,
    9,
    10,
    10,
    10,
    20,
    10,
    14,
    16,
    30,
    18,
    34,
)


def write_workbook(
    pages: Pages, timezone: str, language: str, rows_a_sheet: int = ROWS_A_SHEET
) -> IO[bytes]:
    """The whole log as a workbook in a temporary file, which is gone once it is closed.

    Memory holds one page of visits: a workbook's directory comes last, so that it cannot be
    sent before it is whole.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it was sent
    try:
        with xlsxwriter.Workbook(file, OPTIONS) as book:
            _Book(book, timezone, language, rows_a_sheet).write(pages)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def sent(file: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces, closed after the last or when nobody wants the rest."""
    with file:
        while piece := file.read(CHUNK):
            yield piece


class _Book:
    """The sheets of one workbook, filled from the top."""

    def __init__(
        self, book: xlsxwriter.Workbook, timezone: str, language: str, rows_a_sheet: int
    ) -> None:
        self._book, self._timezone, self._language = book, timezone, language
        self._most, self._row, self._sheets = rows_a_sheet, 0, 0
        self._head = book.add_format({"bold": True, "bg_color": "#F1EDE4", "text_wrap": True})
        self._day = book.add_format({"num_format": "dd/mm/yyyy"})

    def write(self, pages: Pages) -> None:
        """Every page, on as many sheets as it takes."""
        sheet = self._new_sheet()
        last: VisitRow | None = None
        while visits := pages(last):
            for visit in visits:
                if self._row > self._most:
                    sheet = self._new_sheet()
                self._write_row(sheet, cells(visit, self._timezone, self._language))
            last = visits[-1]

    def _new_sheet(self) -> Worksheet:
        self._sheets += 1
        name = say(N_("Visits"), self._language)
        sheet = self._book.add_worksheet(name if self._sheets == 1 else f"{name} {self._sheets}")
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{say(NOTE, self._language)}&R&P/&N")
        for column, head in enumerate(heads(self._language)):
            sheet.write_string(0, column, head, self._head)
        self._row = 1
        return sheet

    def _write_row(self, sheet: Worksheet, row: list[Cell]) -> None:
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(self._row, column, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(self._row, column, cell, self._day)
            elif isinstance(cell, int):
                sheet.write_number(self._row, column, cell)
            elif cell:
                sheet.write_string(self._row, column, cell)
        self._row += 1
