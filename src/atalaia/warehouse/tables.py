"""Commit rows to the fact tables: whole, once, and with the identity of their file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable, Schema

from atalaia.domain.errors import InputError
from atalaia.domain.nearest import nearest
from atalaia.warehouse.commits import (
    INGESTED_UNTIL,
    STRAYS,
    SUPERSEDING,
    append_files,
    has_application,
    opened,
    table_names,
)
from atalaia.warehouse.contracts import CONTRACTS, Contract
from atalaia.warehouse.layout import (
    partition_columns,
    statistics_columns,
    write_partitions,
)
from atalaia.warehouse.place import Place

__all__ = [
    "CommitReceipt",
    "FileIdentity",
    "UnknownTableError",
    "commit_facts",
    "committed",
    "contract_of",
    "fact_table",
    "was_committed",
]

_FOR_EVER = "interval 36500 days"


class UnknownTableError(InputError):
    """A fact table that no contract describes."""

    message = "There is no table '{table}'."
    next_step = "Did you mean: {nearest}?"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileIdentity:
    """What makes one file's rows the same rows.

    Attributes:
        sha256: of the file's bytes, in hex.
        mapping: version of the mapping that read it; "" where none was needed.
        contract_version: version of the contract it was read into.
    """

    sha256: str
    mapping: str
    contract_version: int

    @property
    def app_id(self) -> str:
        """The name under which commits record it, and the rows' `file_id`."""
        return f"{self.sha256}.{self.mapping}.{self.contract_version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitReceipt:
    """What a commit did; `skipped` were committed before and changed nothing."""

    table: str
    version: int
    rows: int
    skipped: tuple[FileIdentity, ...]


def contract_of(table: str) -> Contract:
    """Return the contract of a fact table; raises UnknownTableError."""
    if table not in CONTRACTS:
        raise UnknownTableError(table=table, nearest=nearest(table, CONTRACTS))
    return CONTRACTS[table]


def fact_table(place: Place, table: str) -> DeltaTable:
    """Open a fact table, made or widened to what its contract says today."""
    contract = contract_of(table)
    folder = place.facts / table
    found = opened(folder) or DeltaTable.create(
        str(folder),
        schema=contract.stored_schema,
        mode="ignore",
        partition_by=list(partition_columns(contract)),
        configuration={
            "delta.dataSkippingStatsColumns": ",".join(statistics_columns(contract)),
            # Snapshots name old versions: only we decide when one ends.
            "delta.logRetentionDuration": _FOR_EVER,
            "delta.enableExpiredLogCleanup": "false",
        },
    )
    return _widened(found, schema=contract.stored_schema)


def committed(
    place: Place, table: str, identities: Sequence[FileIdentity]
) -> tuple[FileIdentity, ...]:
    """Return those of the identities whose rows the table already holds."""
    contract_of(table)
    found = opened(place.facts / table)
    return () if found is None else _known(found, identities)


def was_committed(place: Place, *, sha256: str) -> bool:
    """Say whether any table holds rows of a file, by whatever mapping."""
    folders = (place.facts / name for name in table_names(place.facts))
    return any(has_application(folder, prefix=f"{sha256}.") for folder in folders)


def commit_facts(
    place: Place,
    table: str,
    rows: pa.Table | pa.RecordBatchReader,
    *,
    identities: Sequence[FileIdentity],
    now: datetime,
    superseding: int | None = None,
    strays: int | None = None,
) -> CommitReceipt:
    """Append rows of one or more files to a fact table, in one commit.

    A file that the table already holds is left out by its rows' `file_id`; the same
    files twice change nothing, and a run that died half-way is run again.

    Args:
        rows: in the contract's `stored_schema`; a reader is written in bounded passes.
        identities: of every file that the rows come from.
        now: the moment of ingest; not before any row's `ingested_at`.
        superseding: how many rows observe a key again (`Placed.superseding`). None
            means not counted: readers then look for older observations.
        strays: how many rows do not lie with the parent they name (`Placed.strays`).
            None means not counted: re-homing then looks for them.

    Raises:
        ForeignSchemaError, NoPartitionError: the rows are not ready.
        ConcurrentCommitError: another run committed some of these files meanwhile.
    """
    target = fact_table(place, table)
    skipped = _known(target, identities)
    pending = tuple(each for each in identities if each not in skipped)
    if not pending:
        return CommitReceipt(
            table=table, version=target.version(), rows=0, skipped=skipped
        )
    if skipped:
        rows = _without(rows, file_ids=[each.app_id for each in skipped])
    folder = place.facts / table
    written = tuple(write_partitions(folder, rows, contract=contract_of(table)))
    appended = append_files(
        folder,
        written,
        app_ids=[each.app_id for each in pending],
        remarks={
            SUPERSEDING: _counted(superseding),
            STRAYS: _counted(strays),
            INGESTED_UNTIL: now.astimezone(UTC).isoformat(),
        },
    )
    return CommitReceipt(
        table=table,
        version=appended.version,
        rows=sum(file.rows for file in written) if appended.is_ours else 0,
        skipped=skipped if appended.is_ours else tuple(identities),
    )


def _counted(rows: int | None) -> str:
    return "unknown" if rows is None else str(rows)


def _known(
    target: DeltaTable, identities: Sequence[FileIdentity]
) -> tuple[FileIdentity, ...]:
    return tuple(
        each
        for each in identities
        if target.transaction_version(each.app_id) is not None
    )


def _widened(target: DeltaTable, *, schema: pa.Schema) -> DeltaTable:
    """Add the columns that the contract has and an older table lacks."""
    stored = {field.name for field in target.schema().fields}
    added = pa.schema([field for field in schema if field.name not in stored])
    if len(added) == 0:
        return target
    target.alter.add_columns(Schema.from_arrow(added).fields)
    return target


def _without(
    rows: pa.Table | pa.RecordBatchReader, *, file_ids: Sequence[str]
) -> pa.Table | pa.RecordBatchReader:
    gone = pa.array(file_ids, pa.string())

    def kept(part: pa.Table | pa.RecordBatch) -> pa.Table | pa.RecordBatch:
        return part.filter(pc.invert(pc.is_in(part["file_id"], value_set=gone)))

    if isinstance(rows, pa.Table):
        return kept(rows)
    return pa.RecordBatchReader.from_batches(rows.schema, (kept(b) for b in rows))
