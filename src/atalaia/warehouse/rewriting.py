"""Change rows inside a Delta table without writing down which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable
from deltalake.transaction import RemoveAction

from atalaia.warehouse.commits import SUPERSEDING, add_action
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.layout import WrittenFile, statistics_columns, write_file

__all__ = [
    "Change",
    "FileAction",
    "Rewritten",
    "file_actions",
    "rewrite_files",
    "rewrite_rows",
]

Change = Callable[[pa.Table], tuple[pa.Table, int] | None]
FileAction = Mapping[str, Any]
"""What the log says of one file: path, num_records, partition.COLUMN, …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """How many rows changed or went and in which partitions anything changed."""

    rows: int
    partitions: tuple[Mapping[str, str], ...]


def file_actions(
    folder: Path, *, version: int | None = None
) -> tuple[int, list[FileAction]]:
    """Return a table's version and its files, of now or of an older version."""
    table = DeltaTable(str(folder), version=version)
    actions = pa.table(table.get_add_actions(flatten=True))
    return table.version(), actions.to_pylist()


def rewrite_rows(
    folder: Path, *, look_at: Sequence[str], change: Change, now: datetime
) -> Rewritten:
    """Replace, in one commit, every file of a table in which rows change.

    A `DELETE` by predicate would keep the predicate, and with it the person, in the log
    of commits for ever; this keeps the names of files only.

    Args:
        look_at: columns that tell whether a file is touched at all.
        change: given rows (of those columns, then of all), returns what stays of them
            and how many were changed or left out; None when nothing changes.
        now: goes into the log as the moment of removal.
    """
    _, files = file_actions(folder)
    touched = [each for each in files if _is_touched(folder, each, look_at, change)]
    # The rows that stay are those that were there: no key is observed again.
    return rewrite_files(
        folder, touched, change=change, remarks={SUPERSEDING: "0"}, now=now
    )


def rewrite_files(
    folder: Path,
    files: Sequence[FileAction],
    *,
    change: Change,
    joining: Sequence[WrittenFile] = (),
    remarks: Mapping[str, str],
    now: datetime,
) -> Rewritten:
    """Replace these files, in one commit, by what a change leaves of them.

    Args:
        joining: files written before, that the same commit names for the first time.
        remarks: kept in the commit.
    """
    changed = [_rewritten(folder, each, change=change) for each in files]
    added = [file for file, _ in changed if file is not None]
    if files:
        table = DeltaTable(str(folder))
        table.create_write_transaction(
            [
                *(add_action(file) for file in (*added, *joining)),
                *(_removal(each, now=now) for each in files),
            ],
            "append",
            table.schema(),
            partition_by=table.metadata().partition_columns,
            commit_properties=CommitProperties(custom_metadata=dict(remarks)),
        )
    return Rewritten(
        rows=sum(rows for _, rows in changed),
        partitions=tuple(_partition(each) for each in files),
    )


def _is_touched(
    folder: Path, action: FileAction, columns: Sequence[str], change: Change
) -> bool:
    file = pq.ParquetFile(folder / action["path"])
    present = [name for name in columns if name in file.schema_arrow.names]
    return bool(present) and change(file.read(present)) is not None


def _rewritten(
    folder: Path, action: FileAction, *, change: Change
) -> tuple[WrittenFile | None, int]:
    rows = pq.ParquetFile(folder / action["path"]).read()
    kept, count = change(rows) or (rows, 0)
    if kept.num_rows == 0:
        return None, count
    contract = CONTRACTS.get(folder.name) if folder.parent.name == "facts" else None
    file = write_file(
        folder,
        kept,
        partition=_partition(action),
        statistics=() if contract is None else statistics_columns(contract),
    )
    return file, count


def _removal(action: FileAction, *, now: datetime) -> RemoveAction:
    return RemoveAction(
        action["path"],
        True,  # noqa: FBT003 - the log's own field: data changed
        int(now.timestamp() * 1000),
        action["size_bytes"],
        dict(_partition(action)),
    )


def _partition(action: FileAction) -> dict[str, str]:
    return {
        name.removeprefix("partition."): str(value)
        for name, value in action.items()
        if name.startswith("partition.")
    }
