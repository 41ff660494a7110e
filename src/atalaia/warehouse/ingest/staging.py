"""Rows that wait for their commit: many small files in one, a huge one in parts."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.ingest.batches import Batch
from atalaia.warehouse.place import Place
from atalaia.warehouse.tables import FileIdentity

__all__ = ["LINE", "OBSERVED", "PART_ROWS", "Part", "Staging", "staging_folder"]

PART_ROWS = 500_000
LINE = "~line"
OBSERVED = "observed_at"
PREFIX = ".staging-"


@contextmanager
def staging_folder(place: Place) -> Iterator[Path]:
    """Give a folder for parts of huge files; what a killed run left goes first.

    Hold the writer's lock: nobody else's folder can then be there.
    """
    for left in place.root.glob(f"{PREFIX}*"):
        shutil.rmtree(left)
    with TemporaryDirectory(prefix=PREFIX, dir=place.root) as folder:
        yield Path(folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of one file for one table under one identity.

    A file with more rows than a part has several, cut at the same rows each time, so
    that a run that died between two parts is finished by running it again: the last
    part carries the file's own identity, by which the file is known.
    """

    table: str
    identity: FileIdentity
    rows: pa.Table | Path

    @property
    def loaded(self) -> pa.Table:
        """The owner's columns, `observed_at` and the line."""
        return pq.read_table(self.rows) if isinstance(self.rows, Path) else self.rows


class Staging:
    """Gathers one file's batches; beyond one part's rows they wait on disk."""

    def __init__(self, *, identity: FileIdentity, folder: Path) -> None:
        self._identity = identity
        self._folder = folder
        self._waiting: dict[str, list[pa.Table]] = {}
        self._parts: dict[str, list[Path]] = {}

    def add(self, batch: Batch) -> None:
        """Take a batch in."""
        rows = batch.rows.append_column(OBSERVED, batch.observed_at)
        waiting = self._waiting.setdefault(batch.table, [])
        waiting.append(rows.append_column(LINE, batch.lines))
        if sum(part.num_rows for part in waiting) >= PART_ROWS:
            parts = self._parts.setdefault(batch.table, [])
            path = self._folder / f"{self._identity.sha256}.{batch.table}.{len(parts)}"
            pq.write_table(pa.concat_tables(waiting), path, compression="lz4")
            parts.append(path)
            waiting.clear()

    def parts(self) -> Iterator[Part]:
        """Yield what was gathered, parents' tables first, a table's parts in order."""
        for table in CONTRACTS:
            if table not in self._waiting:
                continue
            waiting = self._waiting[table]
            kept: list[pa.Table | Path] = [*self._parts.get(table, [])]
            if waiting:
                kept.append(pa.concat_tables(waiting))
            for number, rows in enumerate(kept):
                own = self._identity
                if number < len(kept) - 1:
                    own = replace(own, mapping=f"{own.mapping}#{number + 1}")
                yield Part(table=table, identity=own, rows=rows)
