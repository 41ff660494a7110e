"""What waits in the quarantine: seen, exported to be mended, read back."""

import csv
import io
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
from atalaia.warehouse.ingest.quarantine import QUARANTINE_SCHEMA
from atalaia.warehouse.ingest.readers import open_file
from atalaia.warehouse.place import Place
from atalaia.warehouse.tables import contract_of

__all__ = [
    "QuarantineGroup",
    "export_quarantine",
    "list_quarantine",
    "read_export",
    "waiting_rows",
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
# A spreadsheet would run a cell that begins so; the mark is taken off again.
FORMULA = ("=", "@", "+", "\t", "\r")
GUARD = "'"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineGroup:
    """Refused rows of one file that share table, reason and field."""

    file: str
    table: str
    reason: Reason
    field: str
    rows: int
    first_line: int
    quarantined_at: datetime


def list_quarantine(place: Place) -> tuple[QuarantineGroup, ...]:
    """Return what the quarantine holds, by file, table, reason and field."""
    rows = waiting_rows(place)
    grouped = rows.group_by(
        ["file", "table", "reason", "field"], use_threads=False
    ).aggregate([("line", "count"), ("line", "min"), ("quarantined_at", "max")])
    found = [
        QuarantineGroup(
            file=row["file"],
            table=row["table"],
            reason=Reason(row["reason"]),
            field=row["field"] or "",
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
    writer.writerow([*FIXED, *(f"value {name}" for name in names)])
    for row in records:
        raw = dict(row["raw"])
        values = [row[name] for name in FIXED] + [raw.get(name) for name in names]
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
    """Return the rows of an exported and mended CSV, and the line of each.

    Raises NotAnExportError and what `open_file` raises.
    """
    (sheet,) = open_file(path).sheets
    for column in FIXED:
        if column not in sheet.columns:
            raise NotAnExportError(file=path.name, column=column)
    chunks = list(sheet.chunks())
    rows = pa.concat_tables([_unguarded(chunk.rows) for chunk in chunks])
    return rows, pa.concat_arrays([chunk.lines for chunk in chunks])


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


def _unguarded(rows: pa.Table) -> pa.Table:
    marks = "".join(FORMULA)
    pattern = f"^'([{marks}])"
    columns = [
        pc.replace_substring_regex(column, pattern, r"\1") for column in rows.columns
    ]
    return pa.table(dict(zip(rows.column_names, columns, strict=True)))
