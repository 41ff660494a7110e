"""What waits in the quarantine: seen, exported to be mended, read back."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaia.domain.nearest import nearest
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.ingest.errors import NotAnExportError, UnknownReasonError
from atalaia.warehouse.ingest.faults import Reason
from atalaia.warehouse.ingest.numbers import text_of
from atalaia.warehouse.ingest.picking import column_named
from atalaia.warehouse.ingest.quarantine import QUARANTINE_SCHEMA
from atalaia.warehouse.ingest.readers import Sheet, open_file
from atalaia.warehouse.place import Place
from atalaia.warehouse.tables import contract_of

__all__ = [
    "OBSERVED",
    "VALUE",
    "QuarantineGroup",
    "export_quarantine",
    "list_quarantine",
    "read_export",
    "waiting_rows",
    "written_moments",
]

FIXED = (
    "id",
    "file",
    "line",
    "table",
    "reason",
    "field",
    "detail",
    "mapping",
    "form",
    "combination",
)
# When the source saw a row; whoever mends may say another moment.
OBSERVED = "observed_at"
VALUE = "value "
_GROUPED = ("file", "table", "reason", "field")
# A spreadsheet would run a cell that begins so; the mark is taken off again. A cell
# that begins with the mark itself gets another, so that its own is left.
GUARD = "'"
FORMULA = ("=", "@", "+", "\t", "\r", GUARD, "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineGroup:
    """Refused rows of one file that share table, reason and field.

    `values` holds the different values that were refused, in the file's order.
    """

    file: str
    table: str
    reason: Reason
    field: str
    values: tuple[str, ...]
    rows: int
    first_line: int
    quarantined_at: datetime


def list_quarantine(place: Place) -> tuple[QuarantineGroup, ...]:
    """Return what the quarantine holds, by file, table, reason and field."""
    rows = waiting_rows(place).select([*_GROUPED, "detail", "line", "quarantined_at"])
    grouped = rows.group_by([*_GROUPED], use_threads=False).aggregate(
        [
            ("line", "count"),
            ("line", "min"),
            ("quarantined_at", "max"),
            ("detail", "distinct"),
        ]
    )
    found = [
        QuarantineGroup(
            file=row["file"],
            table=row["table"],
            reason=Reason(row["reason"]),
            field=row["field"] or "",
            values=tuple(value for value in row["detail_distinct"] if value),
            rows=row["line_count"],
            first_line=row["line_min"],
            quarantined_at=row["quarantined_at_max"],
        )
        for row in grouped.to_pylist()
    ]
    return tuple(sorted(found, key=lambda g: (g.file, g.table, g.first_line)))


def export_quarantine(
    place: Place, *, out: Path, table: str | None = None, reason: str | None = None
) -> int:
    """Write refused rows as CSV to be mended; returns how many.

    The first columns say which row it is and what is wrong; behind them stand the
    columns of the rows' own files. People are pseudonyms and may stay so.

    Raises:
        UnknownTableError, UnknownReasonError: not a file without rows for a slip.
    """
    rows = waiting_rows(place)
    if table is not None:
        rows = rows.filter(pc.equal(rows["table"], contract_of(table).name))
    if reason is not None:
        rows = rows.filter(pc.equal(rows["reason"], _reason(reason)))
    records = rows.to_pylist()
    names = list(dict.fromkeys(key for row in records for key, _ in row["raw"]))
    sink = io.StringIO(newline="")
    writer = csv.writer(sink)
    writer.writerow([*FIXED, OBSERVED, *(f"{VALUE}{name}" for name in names)])
    moments = written_moments(rows[OBSERVED]).to_pylist()
    for row, moment in zip(records, moments, strict=True):
        raw = dict(row["raw"])
        values = [row[name] for name in FIXED] + [moment]
        values += [raw.get(name) for name in names]
        writer.writerow([_guarded(value) for value in values])
    # The byte-order mark makes spreadsheets read accents.
    replace_file(out, sink.getvalue().encode("utf-8-sig"))
    return len(records)


def waiting_rows(place: Place) -> pa.Table:
    """Return every refused row that waits to be mended."""
    paths = sorted(place.quarantine.glob("*.parquet"))
    tables = [pq.read_table(path, schema=QUARANTINE_SCHEMA) for path in paths]
    return pa.concat_tables([QUARANTINE_SCHEMA.empty_table(), *tables])


def read_export(path: Path) -> tuple[pa.Table, pa.Array]:
    """Return the rows of an exported and mended file, and the line of each.

    A spreadsheet may have saved it in its own form, with numbers and dates as such and
    with sheets beside it. Raises NotAnExportError and what `open_file` raises.
    """
    sheet = _exported(open_file(path).sheets, file=path.name)
    chunks = list(sheet.chunks())
    columns = {}
    for name in sheet.columns:
        parts = [column_named(chunk.rows, name) for chunk in chunks]
        is_same = len({str(part.type) for part in parts}) == 1
        if name.startswith(VALUE) and is_same:
            columns[name] = _unguarded(pa.concat_arrays(parts))
        else:
            columns[name] = _unguarded(pa.concat_arrays([text_of(p) for p in parts]))
    return pa.table(columns), pa.concat_arrays([chunk.lines for chunk in chunks])


def written_moments(moments: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return moments as the export writes them, to the microsecond."""
    return pc.strftime(moments, "%Y-%m-%dT%H:%M:%SZ")


def _exported(sheets: Sequence[Sheet], *, file: str) -> Sheet:
    for sheet in sheets:
        if all(column in sheet.columns for column in FIXED):
            return sheet
    lacking = next(name for name in FIXED if name not in sheets[0].columns)
    raise NotAnExportError(file=file, column=lacking)


def _reason(name: str) -> str:
    known = [str(reason) for reason in Reason]
    if name not in known:
        near = nearest(name, known, count=1)
        raise UnknownReasonError(reason=name, nearest=near, known=known)
    return name


def _guarded(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA):
        return GUARD + value
    return value


def _unguarded(column: pa.Array) -> pa.Array:
    if not pa.types.is_string(column.type):
        return column
    marks = "".join(FORMULA)
    return pc.replace_substring_regex(column, f"^{GUARD}([{marks}])", r"\1")
