"""Parquet, in batches; half a file has no footer and is refused whole."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from atalaia.warehouse.ingest.errors import (
    CutArchiveError,
    DamagedFileError,
    EmptyFileError,
    TooManyRowsError,
)
from atalaia.warehouse.ingest.readers.encoded import check_unpacked
from atalaia.warehouse.ingest.readers.reading import Chunk, Limits, Sheet, lines_from

__all__ = ["parquet_sheet"]

BATCH_ROWS = 131_072
FOOTER = b"PAR1"


def parquet_sheet(path: Path, *, limits: Limits) -> Sheet:
    """Return the one sheet of a Parquet file; its lines are row numbers from 1.

    Raises HalfFileError, DamagedFileError, EmptyFileError, BombError,
    TooManyRowsError.
    """
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 4))
        if stream.read() != FOOTER or size < 12:
            raise CutArchiveError(file=path.name, container="Parquet")
    try:
        with pq.ParquetFile(path) as file:
            metadata = file.metadata
            schema = file.schema_arrow
    except (pa.ArrowInvalid, OSError) as error:
        raise DamagedFileError(file=path.name, problem=str(error)) from error
    if metadata.num_rows > limits.rows:
        raise TooManyRowsError(file=path.name, limit=limits.rows)
    if metadata.num_rows == 0:
        raise EmptyFileError(file=path.name)
    groups = (metadata.row_group(i) for i in range(metadata.num_row_groups))
    unpacked = sum(group.total_byte_size for group in groups)
    check_unpacked(path.name, packed=size, unpacked=unpacked, limits=limits)
    return Sheet(
        name=path.name, columns=tuple(schema.names), chunks=lambda: _chunks(path)
    )


def _chunks(path: Path) -> Iterator[Chunk]:
    first = 1
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=BATCH_ROWS):
                rows = pa.Table.from_batches([batch])
                yield Chunk(rows=rows, lines=lines_from(first, rows=rows.num_rows))
                first += rows.num_rows
    except (pa.ArrowInvalid, OSError) as error:
        raise DamagedFileError(file=path.name, problem=str(error)) from error
