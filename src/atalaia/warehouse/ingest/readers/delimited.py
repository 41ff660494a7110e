"""CSV in any common dialect, streamed in chunks of bounded size."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from atalaia.warehouse.ingest.errors import (
    DamagedFileError,
    HugeCellError,
    OpenQuoteError,
    ShortLastRowError,
    TooManyRowsError,
)
from atalaia.warehouse.ingest.faults import Reason, Remark, RemarkCode, RowFault
from atalaia.warehouse.ingest.readers.dialect import Dialect, find_dialect
from atalaia.warehouse.ingest.readers.encoded import TextFile
from atalaia.warehouse.ingest.readers.reading import (
    Chunk,
    Limits,
    ReadOptions,
    Sheet,
    distinct_names,
)

__all__ = ["delimited_sheet"]

USUAL_ENCODINGS = ("utf-8", "utf-8-sig", "ascii")
USUAL_MARKS = (",", ";", "\t")


def delimited_sheet(text: TextFile, *, options: ReadOptions, limits: Limits) -> Sheet:
    """Return the one sheet of a delimited text.

    Raises HalfFileError when the text ends inside a quote or in a short last row.
    """
    is_whole = text.head.count("\n") >= text.line_ends
    dialect = find_dialect(
        text.head,
        is_whole=is_whole,
        delimiter=options.delimiter,
        header_row=options.header_row,
    )
    columns, doubled = distinct_names(list(dialect.header))
    if text.tail or text.quotes % 2:
        _check_whole(text, dialect=dialect, columns=columns, limits=limits)
    remarks = [*_unusual(text, delimiter=dialect.delimiter), *doubled]
    if dialect.title_rows:
        fields = {"n": dialect.title_rows, "sheet": text.path.name}
        remarks.append(Remark(code=RemarkCode.TITLE_ROWS, fields=fields))
    return Sheet(
        name=text.path.name,
        columns=columns,
        chunks=lambda: _chunks(text, dialect=dialect, columns=columns, limits=limits),
        decimal_hint="." if dialect.delimiter == "," else None,
        remarks=tuple(remarks),
    )


class _Lines:
    """Tells the file line of each row: bad rows between, and line ends inside cells."""

    def __init__(self, *, start: int, spans_lines: bool) -> None:
        self._next = start
        self._extra = 0
        self._spans_lines = spans_lines
        self._bad: list[csv.InvalidRow] = []

    def skip(self, row: csv.InvalidRow) -> str:
        """Note a row of another width; what the parser calls."""
        self._bad.append(row)
        return "skip"

    def take(self, rows: pa.Table, *, width: int) -> tuple[pa.Array, list[RowFault]]:
        """Return the lines of the chunk's rows and the faults before and among them."""
        bad = np.array([row.number for row in self._bad], dtype=np.int64)
        span = np.arange(self._next, self._next + rows.num_rows + len(bad))
        records = span[~np.isin(span, bad)][: rows.num_rows].astype(np.int64)
        extra = np.concatenate([[0], np.cumsum(self._inside(rows))]) + self._extra
        lines = records + extra[:-1]
        self._extra = int(extra[-1])
        faults = []
        for row in self._bad:
            place = int(np.searchsorted(records, row.number))
            line = row.number + int(extra[place])
            detail = f"{row.actual_columns} / {width}"
            faults.append(RowFault(line=line, reason=Reason.RAGGED, detail=detail))
            ends_inside = row.text.count("\n")
            lines[place:] += ends_inside
            extra += ends_inside * (np.arange(len(extra)) >= place)
            self._extra += ends_inside
        self._next += rows.num_rows + len(bad)
        self._bad = []
        return pa.array(lines), faults

    def _inside(self, rows: pa.Table) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        total = np.zeros(rows.num_rows, dtype=np.int64)
        if self._spans_lines:
            for column in rows.columns:
                total += pc.count_substring(column, "\n").to_numpy()
        return total


def _chunks(
    text: TextFile, *, dialect: Dialect, columns: tuple[str, ...], limits: Limits
) -> Iterator[Chunk]:
    lines = _Lines(start=dialect.header_lines + 1, spans_lines=text.quotes > 0)
    total = 0
    for rows in _tables(
        text, dialect=dialect, columns=columns, lines=lines, limits=limits
    ):
        numbers, faults = lines.take(rows, width=len(columns))
        _check_cells(rows, numbers=numbers, text=text, limits=limits)
        total += rows.num_rows
        if total > limits.rows:
            raise TooManyRowsError(file=text.path.name, limit=limits.rows)
        kept = _not_blank(rows)
        yield Chunk(
            rows=rows.filter(kept), lines=numbers.filter(kept), faults=tuple(faults)
        )


def _check_whole(
    text: TextFile, *, dialect: Dialect, columns: tuple[str, ...], limits: Limits
) -> None:
    """Go once through a text with a suspicious end, before any of it is taken in."""
    lines = _Lines(start=dialect.header_lines + 1, spans_lines=text.quotes > 0)
    last_line, last_row = 0, None
    for rows in _tables(
        text, dialect=dialect, columns=columns, lines=lines, limits=limits
    ):
        numbers, faults = lines.take(rows, width=len(columns))
        if rows.num_rows:
            last_line = numbers[-1].as_py()
            last_row = rows.slice(rows.num_rows - 1)
        short = max((fault.line for fault in faults), default=0)
        if short > last_line:
            last_line, last_row = short, None
    _check_end(text, dialect=dialect, last_row=last_row, last_line=last_line)


def _tables(
    text: TextFile,
    *,
    dialect: Dialect,
    columns: tuple[str, ...],
    lines: _Lines,
    limits: Limits,
) -> Iterator[pa.Table]:
    """Yield the parsed blocks, every column as text, then one empty table."""
    schema = pa.schema([(name, pa.string()) for name in columns])
    try:
        with text.stream() as stream:
            blocks = csv.open_csv(
                stream,
                read_options=csv.ReadOptions(
                    use_threads=False,
                    block_size=limits.chunk,
                    column_names=list(columns),
                    skip_rows=dialect.header_lines,
                ),
                parse_options=_parse_options(dialect, lines=lines),
                convert_options=csv.ConvertOptions(
                    column_types=schema, strings_can_be_null=False, check_utf8=False
                ),
            )
            for batch in blocks:
                yield pa.Table.from_batches([batch], schema)
    except pa.ArrowInvalid as error:
        if "straddling" in str(error):
            raise HugeCellError(
                file=text.path.name, limit=limits.cell, line="?"
            ) from error
        if "Empty CSV file" not in str(error):
            raise DamagedFileError(file=text.path.name, problem=str(error)) from error
    # Rows that were skipped after the last good one still have to be told.
    yield schema.empty_table()


def _parse_options(dialect: Dialect, *, lines: _Lines) -> csv.ParseOptions:
    return csv.ParseOptions(
        delimiter=dialect.delimiter,
        quote_char=dialect.quote,
        escape_char=dialect.escape or False,
        newlines_in_values=True,
        ignore_empty_lines=False,
        invalid_row_handler=lines.skip,
    )


def _check_cells(
    rows: pa.Table, *, numbers: pa.Array, text: TextFile, limits: Limits
) -> None:
    for column in rows.columns:
        longest = pc.max(pc.binary_length(column)).as_py()
        if longest is not None and longest > limits.cell:
            row = pc.index(pc.greater(pc.binary_length(column), limits.cell), True)
            raise HugeCellError(
                file=text.path.name, limit=limits.cell, line=numbers[row.as_py()]
            )


def _check_end(
    text: TextFile, *, dialect: Dialect, last_row: pa.Table | None, last_line: int
) -> None:
    """Refuse a text that stops inside a quote or inside its last row."""
    if last_row is None:
        if text.tail and last_line:
            raise ShortLastRowError(file=text.path.name, line=last_line)
        return
    unescaped = text.quotes - (text.escaped_quotes if dialect.escape else 0)
    if dialect.quote != '"' or unescaped % 2 == 0:
        return
    last_cells = [column[0].as_py() or "" for column in last_row.columns]
    if text.tail or any("\n" in cell for cell in last_cells):
        raise OpenQuoteError(file=text.path.name, line=last_line)


def _not_blank(rows: pa.Table) -> pa.Array:
    filled = pa.array(np.zeros(rows.num_rows, dtype=bool))
    for column in rows.columns:
        filled = pc.or_(filled, pc.not_equal(column.combine_chunks(), ""))
    return filled


def _unusual(text: TextFile, *, delimiter: str) -> Iterator[Remark]:
    """Tell how bytes and cells were parted, where it is not as most exports are."""
    if text.encoding not in USUAL_ENCODINGS:
        yield Remark(code=RemarkCode.ENCODING, fields={"encoding": text.encoding})
    if delimiter not in USUAL_MARKS:
        yield Remark(code=RemarkCode.DIALECT, fields={"delimiter": delimiter})
