"""Rows that were refused, each with its reason, its place and what it said.

Raw values keep only the columns that the mapping reads, and people in them are
pseudonyms: erasing a person finds them here by `people`.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.ingest.digests import content_hashes
from atalaia.warehouse.ingest.faults import RowFault
from atalaia.warehouse.place import Place
from atalaia.warehouse.tables import FileIdentity

__all__ = [
    "QUARANTINE_SCHEMA",
    "Origin",
    "faulty_rows",
    "refused_rows",
    "write",
]

QUARANTINE_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("file_id", pa.string()),
        ("source", pa.string()),
        ("mapping", pa.string()),
        ("table", pa.string()),
        ("form", pa.string()),
        ("combination", pa.string()),
        ("line", pa.int64()),
        ("reason", pa.string()),
        ("field", pa.string()),
        ("detail", pa.string()),
        ("raw", pa.map_(pa.string(), pa.string())),
        ("people", pa.list_(pa.string())),
        ("observed_at", pa.timestamp("us", tz="UTC")),
        ("quarantined_at", pa.timestamp("us", tz="UTC")),
    ]
)
DETAIL_LENGTH = 200
FIXED = (
    "file",
    "sheet",
    "file_id",
    "source",
    "mapping",
    "table",
    "form",
    "combination",
)
# What tells one refused row from another, however often its file comes again.
OWN = ("file_id", "sheet", "table", "form", "combination", "line")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where refused rows come from.

    Attributes:
        form: "owner" where `raw` has the owner's columns, "contract" where it has ours.
        combination: the melted values that made the row, as JSON; "" for none.
    """

    file: str
    sheet: str
    file_id: str
    source: str
    mapping: str
    table: str
    form: str
    now: datetime
    combination: str = ""


def refused_rows(
    raw: pa.Table,
    *,
    people: Sequence[str],
    lines: pa.Array,
    reasons: pa.Array,
    fields: pa.Array,
    details: pa.Array,
    observed_at: pa.Array,
    origin: Origin,
) -> pa.Table:
    """Return quarantine rows.

    Args:
        raw: what the rows said, people already as pseudonyms; one row a fault.
        people: the columns of `raw` that hold people.
    """
    length = raw.num_rows
    return _table(
        length,
        origin=origin,
        line=lines,
        reason=reasons,
        field=fields,
        detail=pc.utf8_slice_codeunits(details, 0, DETAIL_LENGTH),
        raw=_maps(raw),
        people=_lists(raw.select(list(people))),
        observed_at=observed_at,
    )


def faulty_rows(faults: Sequence[RowFault], *, origin: Origin) -> pa.Table:
    """Return quarantine rows for what could not be read: the line stays in its file.

    No text of such a line is kept, because nobody can tell which part names a person.
    """
    length = len(faults)
    empty = pa.array([[] for _ in faults], QUARANTINE_SCHEMA.field("raw").type)
    return _table(
        length,
        origin=origin,
        line=pa.array([fault.line for fault in faults], pa.int64()),
        reason=pa.array([str(fault.reason) for fault in faults], pa.string()),
        field=pa.nulls(length, pa.string()),
        detail=pa.array([fault.detail for fault in faults], pa.string()),
        raw=empty,
        people=pa.array([[] for _ in faults], pa.list_(pa.string())),
        observed_at=pa.nulls(length, pa.timestamp("us", tz="UTC")),
    )


def write(
    place: Place, rows: pa.Table, *, table: str, identity: FileIdentity, stage: str
) -> None:
    """Write the rows that a reading of a file refused; write before the commit.

    The same reading again replaces its own: after a kill it may refuse fewer, or none.

    Args:
        stage: "read" or "contradiction": the second is found later than the first.
    """
    path = place.quarantine / f"{table}.{_name(identity)}.{stage}.parquet"
    if rows.num_rows == 0:
        path.unlink(missing_ok=True)
        return
    place.quarantine.mkdir(parents=True, exist_ok=True)
    sink = io.BytesIO()
    pq.write_table(rows, sink, compression="zstd")
    replace_file(path, sink.getvalue())


def _name(identity: FileIdentity) -> str:
    """Return a file's identity as a file name can hold it."""
    plain = "".join(c if c.isalnum() else "-" for c in identity.mapping) or "contract"
    return f"{identity.sha256[:16]}.{plain}.{identity.contract_version}"


def _table(length: int, *, origin: Origin, **columns: pa.Array) -> pa.Table:
    fixed = {
        name: pa.repeat(pa.scalar(getattr(origin, name), pa.string()), length)
        for name in FIXED
    }
    when = pa.repeat(pa.scalar(origin.now, pa.timestamp("us", tz="UTC")), length)
    found = {**fixed, **columns, "quarantined_at": when}
    found["id"] = content_hashes(pa.table({name: found[name] for name in OWN}))
    return pa.table(
        [found[name] for name in QUARANTINE_SCHEMA.names], schema=QUARANTINE_SCHEMA
    )


def _maps(raw: pa.Table) -> pa.Array:
    """Return each row as a map from column to text."""
    width, length = raw.num_columns, raw.num_rows
    offsets = pa.array(np.arange(length + 1, dtype=np.int32) * width)
    if width == 0:
        return pa.array(
            [[] for _ in range(length)], QUARANTINE_SCHEMA.field("raw").type
        )
    texts = pa.concat_arrays([_text(column) for column in raw.columns])
    order = np.arange(width * length).reshape(width, length).T.ravel()
    names = pa.array(raw.column_names, pa.string())
    keys = names.take(pa.array(np.tile(np.arange(width), length)))
    return pa.MapArray.from_arrays(offsets, keys, texts.take(pa.array(order)))


def _lists(people: pa.Table) -> pa.Array:
    """Return each row's people as a list without empty places."""
    width, length = people.num_columns, people.num_rows
    if width == 0:
        return pa.array([[] for _ in range(length)], pa.list_(pa.string()))
    texts = pa.concat_arrays([_text(column) for column in people.columns])
    order = np.arange(width * length).reshape(width, length).T.ravel()
    in_rows = texts.take(pa.array(order))
    present = in_rows.is_valid().to_numpy(zero_copy_only=False).reshape(length, width)
    offsets = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), in_rows.drop_null())


def _text(column: pa.ChunkedArray) -> pa.Array:
    array = pa.concat_arrays(column.chunks or [pa.array([], column.type)])
    if pa.types.is_list(array.type):
        return pc.binary_join(array, "|")
    return array.cast(pa.string())
