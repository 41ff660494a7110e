"""Read an uploaded table: CSV with any usual mark, or one sheet of a workbook."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from atalaia.domain.trilingual import Trilingual

__all__ = ["MOST_ROWS", "NO_COLUMN", "Table", "read_table"]

MOST_ROWS = 5000
MOST_BYTES = 5_000_000
MARKS = ",;\t"
EMPTY_FILE = Trilingual("it holds no rows", "no tiene filas", "não tem linhas")
NO_COLUMN = Trilingual(
    "a column is missing or stands twice",
    "falta una columna o está repetida",
    "falta uma coluna ou ela está repetida",
)
TOO_LONG = Trilingual(
    "it holds more than 5,000 rows or 5 MB",
    "tiene más de 5,000 filas o de 5 MB",
    "tem mais de 5.000 linhas ou de 5 MB",
)
NOT_ONE = Trilingual(
    "it is neither CSV in UTF-8 nor XLSX",
    "no es CSV en UTF-8 ni XLSX",
    "não é CSV em UTF-8 nem XLSX",
)
Table = list[list[str]]
Fault = Callable[[Trilingual], Exception]
Fits = Callable[[Sequence[str]], bool]


def read_table(content: bytes, *, fault: Fault, fits: Fits = lambda _: False) -> Table:
    """Return the rows of a file, its head first; raises what `fault` makes of why not.

    Args:
        fits: tells the head of the sheet that is meant; where none is, the first is.
    """
    if len(content) > MOST_BYTES:
        raise fault(TOO_LONG)
    is_workbook = content.startswith(b"PK")
    try:
        table = _workbook(content, fault, fits) if is_workbook else _csv(content)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        csv.Error,
        KeyError,
        ValueError,
        IndexError,
        SyntaxError,
        OSError,
    ) as error:
        raise fault(NOT_ONE) from error
    if not table:
        raise fault(EMPTY_FILE)
    if len(table) - 1 > MOST_ROWS:
        raise fault(TOO_LONG)
    return table


def _csv(content: bytes) -> Table:
    text = content.decode("utf-8-sig")
    head = text.splitlines()[0] if text.strip() else ""
    mark = max(MARKS, key=head.count)
    return list(csv.reader(io.StringIO(text), delimiter=mark, strict=True))


def _workbook(content: bytes, fault: Fault, fits: Fits) -> Table:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # An archive may unpack to far more than people write.
        if sum(each.file_size for each in archive.infolist()) > 20 * MOST_BYTES:
            raise fault(TOO_LONG)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    sheets = len(book.worksheets)
    heads = (next(iter(_rows(book, at, most=1)), []) for at in range(sheets))
    meant = (at for at, head in enumerate(heads) if fits(head))
    return _rows(book, next(meant, 0), most=MOST_ROWS + 2)


def _rows(book: Workbook, at: int, *, most: int) -> Table:
    cells = book.worksheets[at].iter_rows(max_row=most, max_col=200, values_only=True)
    rows = [[_text(cell) for cell in row] for row in cells]
    # A sheet goes on below what was written in it, as far as it was ever formatted.
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)
