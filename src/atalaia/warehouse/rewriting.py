"""Change rows inside a Delta table without writing down which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable
from deltalake.transaction import AddAction, RemoveAction

from atalaia.warehouse.commits import SUPERSEDING
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.layout import statistics_columns, write_file

__all__ = ["Change", "Rewritten", "rewrite_rows"]

Change = Callable[[pa.Table], tuple[pa.Table, int] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """How many rows changed or went and in which partitions anything changed."""

    rows: int
    partitions: tuple[Mapping[str, str], ...]


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
    table = DeltaTable(str(folder))
    actions = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    touched = [each for each in actions if _is_touched(folder, each, look_at, change)]
    changed = [_rewritten(folder, each, change=change) for each in touched]
    removed = [_removal(each, now=now) for each in touched]
    if touched:
        added = [action for action, _ in changed if action is not None]
        table.create_write_transaction(
            [*added, *removed],
            "append",
            table.schema(),
            partition_by=table.metadata().partition_columns,
            # The rows that stay are those that were there: no key is observed again.
            commit_properties=CommitProperties(custom_metadata={SUPERSEDING: "0"}),
        )
    return Rewritten(
        rows=sum(rows for _, rows in changed),
        partitions=tuple(_partition(each) for each in touched),
    )


def _is_touched(
    folder: Path, action: Mapping[str, Any], columns: Sequence[str], change: Change
) -> bool:
    file = pq.ParquetFile(folder / action["path"])
    present = [name for name in columns if name in file.schema_arrow.names]
    return bool(present) and change(file.read(present)) is not None


def _rewritten(
    folder: Path, action: Mapping[str, Any], *, change: Change
) -> tuple[AddAction | None, int]:
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
    added = AddAction(
        path=file.path,
        size=file.size,
        partition_values=file.partition,
        modification_time=file.modified_ms,
        data_change=True,
        stats=file.statistics,
    )
    return added, count


def _removal(action: Mapping[str, Any], *, now: datetime) -> RemoveAction:
    return RemoveAction(
        action["path"],
        True,  # noqa: FBT003 - the log's own field: data changed
        int(now.timestamp() * 1000),
        action["size_bytes"],
        dict(_partition(action)),
    )


def _partition(action: Mapping[str, Any]) -> dict[str, str]:
    return {
        name.removeprefix("partition."): str(value)
        for name, value in action.items()
        if name.startswith("partition.")
    }
