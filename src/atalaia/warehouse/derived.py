"""Write what is computed from the facts: in one commit, stamped with its origin."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, WriterProperties, write_deltalake

from atalaia.domain.errors import StateError
from atalaia.warehouse.commits import append_files, opened
from atalaia.warehouse.layout import WrittenFile
from atalaia.warehouse.place import Place

__all__ = [
    "ForeignFileError",
    "adopt_parquet",
    "dates_in",
    "derived_schema",
    "restamp",
    "stamp_of",
    "write_derived",
]

STAMP = "atalaia.stamp."
_FOR_EVER = "interval 36500 days"


class ForeignFileError(StateError):
    """A file that cannot become part of a table where it lies."""

    message = "The file '{path}' cannot join the table in '{folder}': {reason}."
    next_step = "Let the engine write under the table's folder, by its partitions."


def write_derived(
    place: Place,
    table: str,
    rows: pa.Table | pa.RecordBatchReader,
    *,
    stamp: Mapping[str, str],
    partition_by: Sequence[str] = (),
    replace: str | None = None,
) -> int:
    """Replace a derived table, or the part of it that a predicate names.

    Rows are streamed; readers see the new rows from the next snapshot.

    Args:
        stamp: what they were computed from (catalogue version, snapshot id, …); kept in
            the commit, see `stamp_of`.
        partition_by: folders of a table that is new; ignored for one that exists.
        replace: SQL over the table's columns, such as "business_date = '2026-10-01'";
            all rows written must satisfy it. None replaces the table whole.

    Returns:
        The table's new version.
    """
    folder = place.derived / table
    known = opened(folder)
    if known is not None:
        partition_by = known.metadata().partition_columns
    is_part = replace is not None and known is not None
    write_deltalake(
        str(folder),
        rows,
        mode="overwrite",
        predicate=replace if is_part else None,
        schema_mode=None if is_part else "overwrite",
        partition_by=list(partition_by) or None,
        writer_properties=WriterProperties(compression="ZSTD"),
        commit_properties=CommitProperties(
            custom_metadata={STAMP + name: value for name, value in stamp.items()}
        ),
        configuration={
            # A derived row may name a creator: no bounds of it in the log.
            "delta.dataSkippingNumIndexedCols": "0",
            "delta.logRetentionDuration": _FOR_EVER,
            "delta.enableExpiredLogCleanup": "false",
        },
    )
    return DeltaTable(str(folder)).version()


def stamp_of(place: Place, table: str, *, version: int) -> Mapping[str, str] | None:
    """Return the stamp of the newest stamped commit up to a version, or None."""
    log = place.derived / table / "_delta_log"
    for number in range(version, -1, -1):
        commit = log / f"{number:020d}.json"
        stamp = _stamp_in(commit) if commit.exists() else {}
        if stamp:
            return stamp
    return None


def _stamp_in(commit: Path) -> Mapping[str, str]:
    """Read a commit's stamp off the log itself, which our tables keep for ever."""
    lines = commit.read_text(encoding="utf-8").splitlines()
    told = (json.loads(line).get("commitInfo") for line in lines if STAMP in line)
    return {
        name.removeprefix(STAMP): str(value)
        for info in told
        if info is not None
        for name, value in info.items()
        if name.startswith(STAMP)
    }


def restamp(place: Place, table: str, *, stamp: Mapping[str, str]) -> int:
    """Say anew what a dated table was computed from, where its rows stay as they are.

    Returns its new version.
    """
    schema = DeltaTable(str(place.derived / table)).schema().to_arrow()
    rows = pa.schema(schema).empty_table()
    return write_derived(place, table, rows, stamp=stamp, replace=dates_in(()))


def dates_in(days: Collection[date]) -> str:
    """Return the predicate that holds for the rows of these business dates."""
    listed = ", ".join(f"'{day}'" for day in sorted(days))
    return f"business_date IN ({listed})" if days else "business_date IS NULL"


def derived_schema(place: Place, table: str, *, version: int) -> pa.Schema | None:
    """Return the Arrow schema of a derived table at a version; None without one."""
    found = opened(place.derived / table, version=version)
    return None if found is None else pa.schema(found.schema().to_arrow())


def adopt_parquet(
    folder: Path, files: Sequence[Path], *, run: str, stamp: Mapping[str, str]
) -> int:
    """Commit by reference the files that a distributed engine wrote under a table.

    Args:
        folder: the table's folder; the table exists already.
        files: inside it, in folders named `column=value` for its partition columns.
        run: name of the run that wrote them; the same run adopts once.

    Returns:
        The table's version after it.

    Raises:
        ForeignFileError: a file elsewhere, of other partitions or of other columns.
    """
    table = DeltaTable(str(folder))
    partitions = table.metadata().partition_columns
    columns = {field.name for field in table.schema().fields} - set(partitions)
    adopted = [
        _adopted(folder, file, partitions=partitions, columns=columns) for file in files
    ]
    return append_files(
        folder,
        adopted,
        app_ids=[run],
        remarks={STAMP + name: value for name, value in stamp.items()},
    ).version


def _adopted(
    folder: Path, file: Path, *, partitions: Sequence[str], columns: set[str]
) -> WrittenFile:
    if not file.resolve().is_relative_to(folder.resolve()):
        raise ForeignFileError(path=file, folder=folder, reason="it lies elsewhere")
    inside = file.resolve().relative_to(folder.resolve())
    values = dict(
        part.split("=", maxsplit=1) for part in inside.parts[:-1] if "=" in part
    )
    if list(values) != list(partitions):
        raise ForeignFileError(
            path=file, folder=folder, reason="its folders are not the partitions"
        )
    footer = pq.read_metadata(file)
    unknown = set(footer.schema.to_arrow_schema().names) - columns
    if unknown:
        raise ForeignFileError(
            path=file, folder=folder, reason=f"unknown columns {sorted(unknown)}"
        )
    return WrittenFile(
        path=inside.as_posix(),
        size=file.stat().st_size,
        rows=footer.num_rows,
        modified_ms=file.stat().st_mtime_ns // 1_000_000,
        partition=values,
        statistics=f'{{"numRecords": {footer.num_rows}}}',
    )
