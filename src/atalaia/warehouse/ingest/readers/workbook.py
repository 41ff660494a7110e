"""XLSX as analysts receive it, streamed row by row."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree.ElementTree import ParseError

import pyarrow as pa
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from atalaia.warehouse.ingest.errors import (
    DamagedFileError,
    EmptyFileError,
    HugeCellError,
    MissingSheetError,
    TooManyRowsError,
)
from atalaia.warehouse.ingest.faults import Remark, RemarkCode
from atalaia.warehouse.ingest.numbers import EXACT, proven_mark
from atalaia.warehouse.ingest.readers.grid import (
    Cell,
    Merge,
    TableShape,
    find_table,
    is_blank,
)
from atalaia.warehouse.ingest.readers.json_lines import column_of
from atalaia.warehouse.ingest.readers.reading import (
    Chunk,
    Limits,
    ReadOptions,
    Sheet,
    distinct_names,
)
from atalaia.warehouse.ingest.readers.workbook_guard import (
    check_workbook,
    merged_ranges,
)

__all__ = ["workbook_sheets"]

# By row and column from 0: the last row for which a merged cell stands.
Filled = Mapping[int, Mapping[int, int]]
WINDOW_ROWS = 60
CHUNK_ROWS = 20_000


def workbook_sheets(
    path: Path, *, options: ReadOptions, limits: Limits
) -> tuple[list[Sheet], tuple[Remark, ...]]:
    """Return the sheets that hold a table, and a remark for each that does not.

    Raises BombError, HalfFileError, DamagedFileError, EmptyFileError,
    MissingSheetError.
    """
    check_workbook(path, limits=limits)
    sheets: list[Sheet] = []
    remarks: list[Remark] = []
    with _opened(path) as book:
        if options.sheet is not None and options.sheet not in book.sheetnames:
            raise MissingSheetError(
                file=path.name, sheet=options.sheet, sheets=book.sheetnames
            )
        for name in book.sheetnames:
            why = _why_skipped(book, name, options=options)
            shape = None if why else _shape(book, name, path=path, options=options)
            if shape is None:
                code = why or RemarkCode.SHEET_WITHOUT_TABLE
                remarks.append(Remark(code=code, fields={"sheet": name}))
            else:
                filled = _filled_down(book, name, path=path, shape=shape)
                sheets.append(
                    _sheet(path, name, shape=shape, filled=filled, limits=limits)
                )
    if not sheets:
        raise EmptyFileError(file=path.name)
    return sheets, tuple(remarks)


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    # A stream: openpyxl refuses a path whose name it does not know.
    with path.open("rb") as stream:
        try:
            book = load_workbook(stream, read_only=True, data_only=True)
        except (
            InvalidFileException,
            KeyError,
            ValueError,
            TypeError,
            ParseError,
            OSError,
        ) as error:
            raise DamagedFileError(file=path.name, problem=str(error)) from error
        try:
            yield book
        finally:
            book.close()


def _why_skipped(
    book: Workbook, name: str, *, options: ReadOptions
) -> RemarkCode | None:
    if name not in {sheet.title for sheet in book.worksheets}:
        return RemarkCode.SHEET_WITHOUT_CELLS
    if options.sheet is not None and name != options.sheet:
        return RemarkCode.SHEET_NOT_ASKED_FOR
    if options.sheet is None and book[name].sheet_state != "visible":
        return RemarkCode.SHEET_HIDDEN
    return None


def _grid(book: Workbook, name: str) -> Iterator[Sequence[Cell]]:
    sheet = book[name]
    # Exports often declare one cell; the rows themselves tell the truth.
    sheet.reset_dimensions()
    return (tuple(row) for row in sheet.iter_rows(values_only=True))


def _shape(
    book: Workbook, name: str, *, path: Path, options: ReadOptions
) -> TableShape | None:
    window = list(itertools.islice(_grid(book, name), WINDOW_ROWS))
    merges = [m for m in _merges(book, name, path=path) if m.top < WINDOW_ROWS]
    shape = find_table(window, merges=merges, header_row=options.header_row)
    if shape is None or not _has_rows(book, name, shape=shape):
        return None
    return shape


def _merges(book: Workbook, name: str, *, path: Path) -> Iterator[Merge]:
    member = getattr(book[name], "_worksheet_path").lstrip("/")  # noqa: B009  # openpyxl has no public name for the part
    for reference in merged_ranges(path, member=member):
        left, top, right, bottom = range_boundaries(reference)
        if left and top and bottom and right:
            yield Merge(top=top - 1, left=left - 1, bottom=bottom - 1, right=right - 1)


def _filled_down(book: Workbook, name: str, *, path: Path, shape: TableShape) -> Filled:
    """Return, by row and column from 0, the last row that a merged cell stands for."""
    found: dict[int, dict[int, int]] = {}
    for merge in _merges(book, name, path=path):
        if merge.top > shape.last and merge.bottom > merge.top:
            found.setdefault(merge.top, {})[merge.left] = merge.bottom
    return found


def _has_rows(book: Workbook, name: str, *, shape: TableShape) -> bool:
    below = itertools.islice(_grid(book, name), shape.last + 1, None)
    return any(any(not is_blank(cell) for cell in row) for row in below)


def _sheet(
    path: Path,
    name: str,
    *,
    shape: TableShape,
    filled: Filled,
    limits: Limits,
) -> Sheet:
    columns, doubled = distinct_names(list(shape.names))
    remarks = list(doubled)
    if shape.title_rows:
        fields: dict[str, object] = {"n": shape.title_rows, "sheet": name}
        remarks.append(Remark(code=RemarkCode.TITLE_ROWS, fields=fields))
    if shape.last > shape.first:
        fields = {"n": shape.last - shape.first + 1, "sheet": name}
        remarks.append(Remark(code=RemarkCode.MERGED_HEADER, fields=fields))
    if filled:
        fields = {"n": sum(map(len, filled.values())), "sheet": name}
        remarks.append(Remark(code=RemarkCode.MERGED_CELLS, fields=fields))
    return Sheet(
        name=name,
        columns=columns,
        chunks=lambda: _chunks(
            path, name, shape=shape, columns=columns, filled=filled, limits=limits
        ),
        remarks=tuple(remarks),
    )


def _chunks(
    path: Path,
    name: str,
    *,
    shape: TableShape,
    columns: tuple[str, ...],
    filled: Filled,
    limits: Limits,
) -> Iterator[Chunk]:
    cells = 0
    with _opened(path) as book:
        rows = enumerate(_repeated(_grid(book, name), filled=filled), start=1)
        body = itertools.islice(rows, shape.last + 1, None)
        while taken := list(itertools.islice(body, CHUNK_ROWS)):
            cells += len(taken) * len(columns)
            if cells > limits.sheet_cells:
                limit = limits.sheet_cells // max(1, len(columns))
                raise TooManyRowsError(file=path.name, limit=limit)
            yield _chunk(taken, path=path, shape=shape, columns=columns, limits=limits)


def _repeated(
    rows: Iterator[Sequence[Cell]], *, filled: Filled
) -> Iterator[Sequence[Cell]]:
    """Yield rows in which a cell merged downwards stands in each of its rows."""
    standing: dict[int, tuple[Cell, int]] = {}
    for position, row in enumerate(rows):
        for column, last in filled.get(position, {}).items():
            if column < len(row):
                standing[column] = (row[column], last)
        standing = {c: (v, end) for c, (v, end) in standing.items() if position <= end}
        if not standing:
            yield row
            continue
        cells = [*row, *[None] * (max(standing) + 1 - len(row))]
        for column, (value, _) in standing.items():
            cells[column] = value
        yield cells


def _chunk(
    taken: list[tuple[int, Sequence[Cell]]],
    *,
    path: Path,
    shape: TableShape,
    columns: tuple[str, ...],
    limits: Limits,
) -> Chunk:
    kept = [
        (number, row)
        for number, row in taken
        if any(not is_blank(cell) for cell in row)
    ]
    data = {}
    for name, position in zip(columns, shape.columns, strict=True):
        values = [row[position] if position < len(row) else None for _, row in kept]
        for (number, _), value in zip(kept, values, strict=True):
            if isinstance(value, str) and len(value) > limits.cell:
                raise HugeCellError(file=path.name, limit=limits.cell, line=number)
        data[name] = _column(values)
    lines = pa.array([number for number, _ in kept], pa.int64())
    return Chunk(rows=pa.table(data), lines=lines)


def _column(values: list[Cell]) -> pa.Array:
    """Keep numbers and moments as they are; a mixed column becomes text."""
    kinds = {type(value) for value in values if not is_blank(value)}
    plain = [None if is_blank(value) else value for value in values]
    if kinds and kinds <= {datetime}:
        moments = pa.array(plain, pa.timestamp("us"))
        # A date alone: its time of day may stand in a column of its own.
        days = moments.cast(pa.date32(), safe=False)
        return days if days.cast(moments.type).equals(moments) else moments
    if kinds and kinds <= {date}:
        return pa.array(plain, pa.date32())
    if kinds <= {int, float, bool} and not (bool in kinds and len(kinds) > 1):
        return column_of(plain)
    texts = pa.array([v for v in plain if isinstance(v, str)], pa.string())
    # Numbers among texts are written as the texts write theirs.
    decimal = proven_mark(texts) or "."
    return pa.array([_text(value, decimal=decimal) for value in plain], pa.string())


def _text(value: Cell, *, decimal: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value.total_seconds())
    # Beyond `EXACT` its digits are made up: it stays as a spreadsheet rounds it.
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    if isinstance(value, float):
        return str(value).replace(".", decimal)
    return str(value)
