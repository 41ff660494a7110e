"""Write a day's export as the platform would: one Parquet file per table and date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["Landing", "write_parquet"]


def write_parquet(rows: pa.Table, path: Path) -> None:
    """Write with fixed options: the same rows give the same bytes."""
    pq.write_table(
        rows,
        path,
        compression="zstd",
        compression_level=1,
        row_group_size=1 << 17,
        write_statistics=True,
        use_dictionary=_repeating(rows.schema),
        coerce_timestamps="us",
    )


def _repeating(schema: pa.Schema) -> list[str]:
    # Identifiers never repeat within their table, so a dictionary would only cost time.
    return [
        field.name
        for field in schema
        if pa.types.is_string(field.type) and not field.name.endswith("_id")
    ]


@dataclass(frozen=True, slots=True)
class Landing:
    """The folder that receives the exports."""

    folder: Path

    def write(
        self, tables: Mapping[str, pa.Table], *, exported_on: date
    ) -> dict[str, int]:
        """Write every table that has rows; return the rows of each."""
        written = {}
        for table, rows in tables.items():
            if rows.num_rows:
                folder = self.folder / table
                folder.mkdir(parents=True, exist_ok=True)
                write_parquet(rows, folder / f"{exported_on.isoformat()}.parquet")
                written[table] = rows.num_rows
        return written
