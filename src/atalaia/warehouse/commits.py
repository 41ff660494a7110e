"""Open Delta tables and name new files in their log, each application only once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Transaction
from deltalake.exceptions import CommitFailedError
from deltalake.transaction import AddAction

from atalaia.domain.errors import StateError
from atalaia.warehouse.layout import WrittenFile

__all__ = [
    "INGESTED_UNTIL",
    "MOVED",
    "STRAYS",
    "SUPERSEDING",
    "Appended",
    "ConcurrentCommitError",
    "add_action",
    "append_files",
    "commit_digest",
    "has_application",
    "opened",
    "remarks_since",
    "table_names",
]

ATTEMPTS = 5
SUPERSEDING = "atalaia.superseding"
INGESTED_UNTIL = "atalaia.ingested_until"
STRAYS = "atalaia.strays"
MOVED = "atalaia.moved"


class ConcurrentCommitError(StateError):
    """Another run committed some of the same files at the same time."""

    message = "Another run is writing to the table '{table}' at the same time."
    next_step = "Wait until it ends and run this again; what it wrote is kept."


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """The version after an append; not ours when a twin had committed it already."""

    version: int
    is_ours: bool


def opened(folder: Path, *, version: int | None = None) -> DeltaTable | None:
    """Open a table as it is on disk now, or at a version; None where there is none."""
    if not DeltaTable.is_deltatable(str(folder)):
        return None
    return DeltaTable(str(folder), version=version)


def table_names(folder: Path) -> tuple[str, ...]:
    """Return the tables that exist under DATA/facts or DATA/derived, by name."""
    if not folder.is_dir():
        return ()
    folders = (child for child in folder.iterdir() if child.is_dir())
    found = (each for each in folders if DeltaTable.is_deltatable(str(each)))
    return tuple(sorted(each.name for each in found))


def append_files(
    folder: Path,
    files: Sequence[WrittenFile],
    *,
    app_ids: Sequence[str],
    remarks: Mapping[str, str],
) -> Appended:
    """Name files in the table's log, in one commit that records the applications.

    The log does not enforce applications by itself: a fresh handle is asked first, and
    the commit goes through that handle, where a twin's commit makes it fail.

    Args:
        app_ids: each is recorded once for ever; all known means nothing is done.
        remarks: kept in the commit, for `remarks_since`.

    Raises:
        ConcurrentCommitError: a twin committed some of the applications but not all.
    """
    for _ in range(ATTEMPTS):
        table = DeltaTable(str(folder))
        known = [
            each for each in app_ids if table.transaction_version(each) is not None
        ]
        if app_ids and len(known) == len(app_ids):
            _discard(folder, files)
            return Appended(version=table.version(), is_ours=False)
        if known:
            break
        try:
            _commit(table, files, app_ids=app_ids, remarks=remarks)
        except CommitFailedError:
            continue
        table.update_incremental()
        return Appended(version=table.version(), is_ours=True)
    _discard(folder, files)
    raise ConcurrentCommitError(table=folder.name)


def has_application(folder: Path, *, prefix: str) -> bool:
    """Say whether any commit records an application whose id begins so.

    The library asks for whole ids only, so the log itself is read: one JSON file a
    commit, which our tables keep for ever.
    """
    sought = f'"appId":"{prefix}'.encode()
    log = (folder / "_delta_log").glob("*.json")
    return any(sought in commit.read_bytes() for commit in log)


def commit_digest(folder: Path, *, version: int) -> str:
    """Return what tells a table's commit from another's; "" where it has none."""
    commit = folder / "_delta_log" / f"{version:020d}.json"
    if not commit.exists():
        return ""
    return hashlib.sha256(commit.read_bytes()).hexdigest()


def remarks_since(folder: Path, *, version: int) -> tuple[Mapping[str, str], ...]:
    """Return the remarks of every commit after a version (-1: of all), newest first."""
    table = opened(folder)
    if table is None or table.version() <= version:
        return ()
    history = table.history(table.version() - version)
    return tuple(commit for commit in history if commit["version"] > version)


def _commit(
    table: DeltaTable,
    files: Sequence[WrittenFile],
    *,
    app_ids: Sequence[str],
    remarks: Mapping[str, str],
) -> None:
    table.create_write_transaction(
        [add_action(file) for file in files],
        "append",
        table.schema(),
        partition_by=table.metadata().partition_columns,
        commit_properties=CommitProperties(
            custom_metadata=dict(remarks),
            app_transactions=[Transaction(app_id, 1) for app_id in app_ids],
        ),
    )


def add_action(file: WrittenFile) -> AddAction:
    """Return the log's entry for a file that a commit names for the first time."""
    return AddAction(
        path=file.path,
        size=file.size,
        partition_values=file.partition,
        modification_time=file.modified_ms,
        data_change=True,
        stats=file.statistics,
    )


def _discard(folder: Path, files: Sequence[WrittenFile]) -> None:
    """Remove files that no commit names; adopted ones may have one already."""
    actions = pa.table(DeltaTable(str(folder)).get_add_actions())
    named = set(actions["path"].to_pylist())
    for file in files:
        if file.path not in named:
            (folder / file.path).unlink(missing_ok=True)
