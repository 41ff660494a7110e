"""Find, among the rows that a table holds, those that carry given keys."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import DeltaTable

from atalaia.warehouse.commits import opened

__all__ = ["joined_key", "stored_rows_with"]

_ABSENT = "\x00"
_BETWEEN = "\x1f"
_ROWS_AT_ONCE = 4_000_000


def joined_key(rows: pa.Table, *, columns: Sequence[str]) -> pa.ChunkedArray:
    """Return one text a row that is equal where all the columns are equal."""
    texts = [pc.fill_null(_text(rows[name]), _ABSENT) for name in columns]
    if len(texts) == 1:
        return texts[0]
    return pc.binary_join_element_wise(*texts, _BETWEEN)


def stored_rows_with(
    folder: Path, *, column: str, values: pa.Array, read: Sequence[str]
) -> pa.Table:
    """Return the stored rows whose `column` is one of `values`, all their versions.

    Reads the newest commit, published or not. Files whose recorded bounds exclude the
    values are not opened; of the others one column is read, and the rest only where it
    has a match: the cost is that of one column, not of the table.

    Args:
        column: text; the first of the key, or all of it.
        values: distinct texts.
        read: the columns to return; partition columns may be among them.
    """
    table = opened(folder)
    if table is None or len(values) == 0:
        return pa.table({name: pa.array([], pa.string()) for name in read})
    files = _within_bounds(table, column=column, values=values).to_pylist()
    partitions = table.metadata().partition_columns
    found = [
        _with_partition(
            _read(folder / file["path"], columns=read, mask=mask),
            values={name: file[f"partition.{name}"] for name in partitions},
        ).select(list(read))
        for file, mask in _with_matches(folder, files, column=column, values=values)
    ]
    if not found:
        return pa.table({name: pa.array([], pa.string()) for name in read})
    return pa.concat_tables(found, promote_options="permissive").combine_chunks()


def _within_bounds(table: DeltaTable, *, column: str, values: pa.Array) -> pa.Table:
    actions = pa.table(table.get_add_actions(flatten=True))
    low, high = f"min.{column}", f"max.{column}"
    if low not in actions.column_names or actions.num_rows == 0:
        return actions
    bounds = pc.min_max(values).as_py()
    below = pc.less_equal(actions[low], bounds["max"])
    above = pc.greater_equal(actions[high], bounds["min"])
    # A file without bounds may hold anything.
    return actions.filter(pc.fill_null(pc.and_kleene(below, above), True))  # noqa: FBT003 - Arrow's own signature


def _with_matches(
    folder: Path,
    files: Sequence[Mapping[str, Any]],
    *,
    column: str,
    values: pa.Array,
) -> Iterator[tuple[Mapping[str, Any], pa.ChunkedArray]]:
    """Yield the files that hold a value, each with the mask of its matching rows."""
    for group in _groups(files):
        parts = [
            pq.ParquetFile(folder / file["path"]).read([column])[column]
            for file in group
        ]
        # One call for many files: the set of values is hashed once, not per file.
        together = pa.chunked_array([c for part in parts for c in part.chunks])
        mask = pc.is_in(together, value_set=values)
        start = 0
        for file, part in zip(group, parts, strict=True):
            own = mask.slice(start, len(part))
            start += len(part)
            if pc.any(own).as_py():
                yield file, own


def _groups(
    files: Sequence[Mapping[str, Any]],
) -> Iterator[list[Mapping[str, Any]]]:
    group: list[Mapping[str, Any]] = []
    for file in files:
        group.append(file)
        if sum(each["num_records"] for each in group) >= _ROWS_AT_ONCE:
            yield group
            group = []
    if group:
        yield group


def _read(file: Path, *, columns: Sequence[str], mask: pa.ChunkedArray) -> pa.Table:
    parquet = pq.ParquetFile(file)
    present = [name for name in columns if name in parquet.schema_arrow.names]
    rows = parquet.read(columns=present).filter(mask)
    for name in columns:
        if name not in present:
            rows = rows.append_column(name, pa.nulls(rows.num_rows))
    return rows


def _with_partition(rows: pa.Table, *, values: Mapping[str, object]) -> pa.Table:
    for name in values.keys() & set(rows.column_names):
        fixed = pa.repeat(values[name], rows.num_rows)
        rows = rows.set_column(rows.schema.get_field_index(name), name, fixed)
    return rows


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    # Instants compare as numbers: their text would follow the zone's name.
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    return column.cast(pa.string())
