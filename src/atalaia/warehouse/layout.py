"""How rows lie in files: one folder a market and date, sorted, in even row groups."""

import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaia.domain.errors import StateError
from atalaia.warehouse.contracts import Contract
from atalaia.warehouse.pseudonyms import PSEUDONYM

__all__ = [
    "ForeignSchemaError",
    "NoPartitionError",
    "WrittenFile",
    "partition_columns",
    "statistics_columns",
    "write_file",
    "write_partitions",
]

ROWS_PER_GROUP = 122_880  # DuckDB's own size: one core works on one group
ROWS_PER_PASS = 1_000_000  # bounds the memory of one pass over a stream
LONGEST_STATISTIC = 64
_SAFE_FOLDER = r"^[A-Za-z0-9_-]+$"


class ForeignSchemaError(StateError):
    """Rows that are not in the stored schema of their table."""

    message = "Rows for '{table}' do not have its schema; differing: {columns}."
    next_step = "Bring them to the contract's stored schema before the commit."


class NoPartitionError(StateError):
    """Rows without a market or a business date, or with one that is no folder."""

    message = "{rows} rows for '{table}' have no usable '{column}' (such as '{shown}')."
    next_step = "Quarantine them, or give them a market and a date first."


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """One Parquet file that no commit names yet; `path` is relative to its table."""

    path: str
    size: int
    rows: int
    modified_ms: int
    partition: Mapping[str, str]
    statistics: str


def partition_columns(contract: Contract) -> tuple[str, ...]:
    """Return the columns that are folders, and therefore not in the files."""
    if contract.partitioning == "dated":
        return ("partition_market", "business_date")
    return ("partition_market",)


def statistics_columns(contract: Contract) -> tuple[str, ...]:
    """Return the columns whose smallest and largest value each commit records.

    Never a person's: what is erased must not live on in the log of commits. An id that
    holds a creator's pseudonym is left out where it is a bound.
    """
    people = {field.name for field in contract.fields if field.is_person}
    named = [*contract.key, *filter(None, [contract.event_time])]
    named += [field for field, _ in contract.ties]
    known = dict.fromkeys(name for name in named if name not in people)
    return (*known, "observed_at", "ingested_at")


def write_partitions(
    folder: Path, rows: pa.Table | pa.RecordBatchReader, *, contract: Contract
) -> Iterator[WrittenFile]:
    """Write rows as one file a partition (and pass, for a long stream).

    Files are new and nothing names them: until a commit does, no reader sees them.

    Raises:
        ForeignSchemaError, NoPartitionError: before anything of that pass is written.
    """
    for part in filter(len, _passes(rows)):
        yield from _write_pass(folder, part, contract=contract)


def _passes(rows: pa.Table | pa.RecordBatchReader) -> Iterator[pa.Table]:
    if isinstance(rows, pa.Table):
        yield rows
        return
    held: list[pa.RecordBatch] = []
    for batch in rows:
        held.append(batch)
        if sum(each.num_rows for each in held) >= ROWS_PER_PASS:
            yield pa.Table.from_batches(held, schema=rows.schema)
            held = []
    if held:
        yield pa.Table.from_batches(held, schema=rows.schema)


def _write_pass(
    folder: Path, rows: pa.Table, *, contract: Contract
) -> Iterator[WrittenFile]:
    _check(rows, contract=contract)
    columns = partition_columns(contract)
    order = [*columns, *filter(None, [contract.event_time]), *contract.key]
    ordered = rows.take(
        pc.sort_indices(rows, [(name, "ascending") for name in order])
    ).combine_chunks()
    body = ordered.drop_columns(list(columns))
    for start, stop in _runs(ordered, columns=columns):
        partition = {name: str(ordered[name][start].as_py()) for name in columns}
        yield write_file(
            folder,
            body.slice(start, stop - start),
            partition=partition,
            statistics=statistics_columns(contract),
        )


def write_file(
    folder: Path,
    rows: pa.Table,
    *,
    partition: Mapping[str, str],
    statistics: Sequence[str],
) -> WrittenFile:
    """Write one file of one partition, whose columns `rows` no longer have."""
    inside = "/".join(f"{name}={value}" for name, value in partition.items())
    path = f"{inside}/part-{uuid.uuid4()}.parquet"
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        rows,
        target,
        compression="zstd",
        row_group_size=ROWS_PER_GROUP,
        store_schema=False,
    )
    return WrittenFile(
        path=path,
        size=target.stat().st_size,
        rows=rows.num_rows,
        modified_ms=target.stat().st_mtime_ns // 1_000_000,
        partition=partition,
        statistics=_statistics(rows, columns=statistics),
    )


def _check(rows: pa.Table, *, contract: Contract) -> None:
    stored = contract.stored_schema
    if not rows.schema.equals(stored):
        wanted, found = set(stored), set(rows.schema)
        differing = sorted({field.name for field in wanted ^ found})
        raise ForeignSchemaError(
            table=contract.name, columns=differing or ["the order of columns"]
        )
    for column in partition_columns(contract):
        usable = pc.is_valid(rows[column])
        if column == "partition_market":
            usable = pc.and_kleene(
                usable, pc.match_substring_regex(rows[column], _SAFE_FOLDER)
            )
        bad = rows.filter(pc.invert(usable))
        if bad.num_rows:
            raise NoPartitionError(
                table=contract.name,
                rows=bad.num_rows,
                column=column,
                shown=str(bad[column][0].as_py()),
            )


def _runs(ordered: pa.Table, *, columns: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield [start, stop) of every stretch with one value in all the columns."""
    count = ordered.num_rows
    is_first = np.zeros(count, dtype=bool)
    is_first[:1] = True
    for name in columns:
        codes = pc.dictionary_encode(ordered[name]).combine_chunks().indices.to_numpy()
        is_first[1:] |= codes[1:] != codes[:-1]
    starts = np.flatnonzero(is_first)
    stops = np.append(starts[1:], count)
    yield from zip(starts.tolist(), stops.tolist(), strict=True)


def _statistics(rows: pa.Table, *, columns: Sequence[str]) -> str:
    smallest: dict[str, object] = {}
    largest: dict[str, object] = {}
    for name in columns:
        bounds = pc.min_max(rows[name]).as_py()
        low, high = _plain(bounds["min"]), _plain(bounds["max"])
        if low is not None and high is not None:
            smallest[name], largest[name] = low, high
    return json.dumps(
        {
            "numRecords": rows.num_rows,
            "minValues": smallest,
            "maxValues": largest,
            "nullCount": {name: rows[name].null_count for name in columns},
        }
    )


def _plain(value: object) -> object:
    """Return a bound as the commit log writes it; None where it is better left out."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and (
        len(value) > LONGEST_STATISTIC or re.search(PSEUDONYM, value)
    ):
        return None
    return value
