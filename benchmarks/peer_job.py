"""What the dataframe libraries are asked for, and in which columns they answer.

Three tables of the same Parquet files: cells of valid sessions, cells of their traffic,
and active creators by market and week.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

__all__ = [
    "CELL",
    "COLUMNS",
    "LONGEST_OPEN",
    "NEWEST",
    "SHORTEST_S",
    "Files",
    "aligned",
    "read_files",
]

SHORTEST_S = 60
LONGEST_OPEN = timedelta(hours=48)
CELL = ("market", "business_date", "language", "category")
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "valid_sessions": (*CELL, "valid_sessions", "live_seconds"),
        "traffic": (*CELL, "traffic_source", "entries", "impressions"),
        "active_creators": ("market", "week", "active_creators"),
    }
)
NEWEST = ("observed_at", "ingested_at", "content_hash")
"""What the latest observation of a key is told by, the first first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files of the facts, and which tables have keys that were observed again."""

    as_of: datetime
    paths: Mapping[str, tuple[str, ...]]
    keys: Mapping[str, tuple[str, ...]]
    superseded: frozenset[str]

    def write(self, path: Path) -> None:
        """Keep it for the peers' processes."""
        content = {
            "as_of": self.as_of.isoformat(),
            "paths": dict(self.paths),
            "keys": dict(self.keys),
            "superseded": sorted(self.superseded),
        }
        path.write_text(json.dumps(content), "utf-8")


def read_files(path: Path) -> Files:
    """Return what `Files.write` kept."""
    content = json.loads(path.read_text("utf-8"))
    return Files(
        as_of=datetime.fromisoformat(content["as_of"]),
        paths={name: tuple(each) for name, each in content["paths"].items()},
        keys={name: tuple(each) for name, each in content["keys"].items()},
        superseded=frozenset(content["superseded"]),
    )


def aligned(name: str, rows: pa.Table) -> pa.Table:
    """Return an answer in one form: columns, types and order of rows."""
    columns = COLUMNS[name]
    counts = {each for each in columns if rows[each].type in _COUNTS}
    typed = {
        each: rows[each].cast(pa.int64() if each in counts else _type(each))
        for each in columns
    }
    table = pa.table(typed).combine_chunks()
    order = [(each, "ascending") for each in columns]
    return table.take(pc.sort_indices(table, order)).combine_chunks()


def _type(column: str) -> pa.DataType:
    return pa.date32() if column in ("business_date", "week") else pa.string()


_COUNTS = (pa.int64(), pa.int32(), pa.uint32(), pa.uint64(), pa.float64())
