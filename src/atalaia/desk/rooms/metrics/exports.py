"""The table that is seen, as CSV and as a sheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

import xlsxwriter

from atalaia.desk.rooms.metrics.table import SeenRow, SeenTable
from atalaia.desk.shell.inert_text import inert
from atalaia.language.catalogue import Translator

__all__ = ["CSV_TYPE", "SHEET_TYPE", "Cell", "book_of", "csv_of", "sheet_of"]

CSV_TYPE = "text/csv; charset=utf-8"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31
"""Characters of the name of a sheet."""
MARK = "\ufeff"
"""Tells spreadsheets that the text is UTF-8."""
HEADER_MESSAGES = {
    "start": "From",
    "end": "To",
    "value": "Value",
    "shown": "As shown",
    "low": "Lower bound",
    "high": "Upper bound",
    "n": "n",
    "maturity": "State",
    "completeness": "Complete",
    "reason": "Reason",
}
"""The columns behind the slice, each with its machine's name."""
Cell = str | float | int | None


def csv_of(table: SeenTable, *, words: Translator) -> bytes:
    """Return the table by RFC 4180, with a mark that tells its encoding.

    Text that a spreadsheet would run as a formula has an apostrophe before it.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    for cells in _lines(table, words=words):
        writer.writerow([_safe(cell) for cell in cells])
    return (MARK + written.getvalue()).encode()


def sheet_of(table: SeenTable, *, words: Translator, name: str) -> bytes:
    """Return the table as a workbook of one sheet."""
    return book_of({name: _lines(table, words=words)})


def book_of(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """Return a workbook, numbers as numbers; the first line of a sheet is its head."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(
        written,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for name, lines in sheets.items():
        _write(book.add_worksheet(name[:LONGEST_NAME]), lines, head=head)
    book.close()
    return written.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    lines: Iterable[Sequence[Cell]],
    *,
    head: xlsxwriter.format.Format,
) -> None:
    for place, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(place, column, cell, head if not place else None)
            elif cell is not None:
                sheet.write_number(place, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofit()


def _lines(table: SeenTable, *, words: Translator) -> Iterator[Sequence[Cell]]:
    pairs = zip(table.dimensions, table.slice_headers, strict=True)
    slices = [
        text
        for name, header in pairs
        for text in (f"{header} ({name})", f"{header} ({name}_id)")
    ]
    own = [f"{words.text(said)} ({name})" for name, said in HEADER_MESSAGES.items()]
    yield [*slices, *own]
    for row in table.rows:
        yield _line(row)


def _line(row: SeenRow) -> Sequence[Cell]:
    slices = [text for named in row.slice for text in (named.name, named.value)]
    return [
        *slices,
        row.start.isoformat(),
        row.end.isoformat(),
        row.value,
        row.shown,
        row.low,
        row.high,
        row.n,
        row.state,
        row.completeness,
        row.why,
    ]


def _safe(cell: Cell) -> Cell:
    return inert(cell) if isinstance(cell, str) else cell
