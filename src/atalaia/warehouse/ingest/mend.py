"""Take mended rows of the quarantine in again.

A mended row is what its source saw, known here from its mending on: it keeps its own
`observed_at` and carries the moment of mending as `ingested_at`, so that an old row
never undoes what was observed since. It leaves the quarantine once it is committed; one
that contradicts a fact waits on under that reason.
"""

import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaia.domain.reference import Reference
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.ingest.batches import Batch, BatchMaker
from atalaia.warehouse.ingest.committing import Committer
from atalaia.warehouse.ingest.faults import Reason
from atalaia.warehouse.ingest.habits import Habits
from atalaia.warehouse.ingest.kept_mappings import kept_mapping
from atalaia.warehouse.ingest.mapping import (
    FieldSource,
    Mapping,
    TableMapping,
    contract_mapping,
)
from atalaia.warehouse.ingest.numbers import text_of
from atalaia.warehouse.ingest.people import People, people_of
from atalaia.warehouse.ingest.personal_columns import personal_columns
from atalaia.warehouse.ingest.picking import column_named
from atalaia.warehouse.ingest.quarantine import QUARANTINE_SCHEMA, Origin
from atalaia.warehouse.ingest.readers import Chunk
from atalaia.warehouse.ingest.receipts import TableCounts
from atalaia.warehouse.ingest.staging import Staging, staging_folder
from atalaia.warehouse.ingest.waiting import (
    OBSERVED,
    VALUE,
    read_export,
    waiting_rows,
    written_moments,
)
from atalaia.warehouse.locks import writing
from atalaia.warehouse.place import Place
from atalaia.warehouse.pseudonyms import Pseudonymiser
from atalaia.warehouse.rehoming import rehome
from atalaia.warehouse.snapshots import publish
from atalaia.warehouse.tables import FileIdentity
from atalaia.warehouse.vault import Vault

__all__ = ["MendReceipt", "mend"]

# No column of a file is called so: the moment that orders a row among its key's.
MOMENT = "~observed_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class MendReceipt:
    """What mending did: per table, rows taken in and rows that are still wrong.

    Attributes:
        gone: rows of the export that wait in the quarantine no more: they were mended
            before, or their file was read anew since.
    """

    tables: tuple[TableCounts, ...]
    gone: int
    snapshot: str | None


def mend(
    path: Path,
    *,
    place: Place,
    reference: Reference,
    pseudonymiser: Pseudonymiser,
    tombstone_file: Path,
    vault: Vault | None = None,
    now: datetime,
) -> MendReceipt:
    """Take in the rows of an exported and mended file, CSV or XLSX.

    A row without a moment of its own was observed when it was first read, as any row of
    its file; whoever mends may write another into the export's `observed_at`. Rows that
    are still wrong stay in the quarantine. The same file twice changes nothing. Raises
    NotAnExportError and what `open_file` raises.
    """
    rows, lines = read_export(path)
    with (
        writing(place, purpose="mend", now=now),
        staging_folder(place) as folder,
    ):
        mending = _Mending(
            place=place,
            reference=reference,
            people=people_of(
                place,
                pseudonymiser=pseudonymiser,
                tombstone_file=tombstone_file,
                vault=vault,
            ),
            now=now,
            file=path.name,
            folder=folder,
            committer=Committer(place=place, reference=reference, now=now),
        )
        rows, lines, gone = _still_waiting(rows, lines, place=place)
        for group in _groups(rows, place=place):
            mending.take(group, rows=rows, lines=lines)
        mending.people.remember()
        mending.committer.flush()
        rehome(place, now=now)
        snapshot = publish(place, now=now, notes="mend")
        # Last, so that a run that died before this is finished by running it again.
        _remove(place, ids=mending.done)
    return MendReceipt(tables=mending.settled_counts(), gone=gone, snapshot=snapshot.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Rows that one mapping read alike, by their positions."""

    table: TableMapping
    mapping: Mapping
    at: pa.Array


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mending:
    """One mending under way; `done` gathers the rows that are right now."""

    place: Place
    reference: Reference
    people: People
    now: datetime
    file: str
    folder: Path
    committer: Committer
    counts: dict[str, TableCounts] = dataclass_field(default_factory=dict)
    done: set[str] = dataclass_field(default_factory=set)

    def take(self, group: _Group, *, rows: pa.Table, lines: pa.Array) -> None:
        """Check a group's rows again and stage those that are right now."""
        table, mapping = group.table, group.mapping
        origin = Origin(
            file=self.file,
            sheet="",
            file_id="",
            source=mapping.source,
            mapping=mapping.identity,
            table=table.table,
            form="contract",
            now=self.now,
        )
        maker = BatchMaker(
            reference=self.reference,
            people=self.people,
            personal=personal_columns(mapping),
            habits=Habits(file=self.file, declared=mapping.read),
            now=self.now,
            observed_at=FieldSource(column=MOMENT, zone="UTC"),
            is_mending=True,
        )
        chunk = Chunk(rows=_values(rows.take(group.at)), lines=lines.take(group.at))
        batches = list(maker.batches(chunk, table, origin=origin))
        for batch in batches:
            before = self.counts.get(batch.table)
            self.counts[batch.table] = _added(before, batch)
        mended = _mended_ids(batches, rows=rows, lines=lines)
        self.done.update(mended)
        if mended:
            self._stage(batches, group=group, ids=mended, origin=origin)

    def settled_counts(self) -> tuple[TableCounts, ...]:
        """Return each table's counts, with what repeats or contradicts a fact."""
        contradicting: Counter[str] = Counter()
        repeating: Counter[str] = Counter()
        for (_, table), outcome in self.committer.outcomes.items():
            contradicting[table] += outcome.contradictions
            repeating[table] += outcome.repeats
        return tuple(
            _settled(
                counts,
                contradictions=contradicting[counts.table],
                repeats=repeating[counts.table],
            )
            for counts in self.counts.values()
        )

    def _stage(
        self, batches: list[Batch], *, group: _Group, ids: set[str], origin: Origin
    ) -> None:
        """Hand rows to the committer under the identity of what was mended.

        The file alone would not do: a row that is wrong today may be right tomorrow,
        when the reference data knows its code, and the same file brings it again.
        """
        digest_of_ids = hashlib.sha256(" ".join(sorted(ids)).encode()).hexdigest()
        identity = FileIdentity(
            sha256=digest_of_ids,
            mapping=f"mend:{group.mapping.identity}",
            contract_version=CONTRACTS[group.table.table].version,
        )
        staging = Staging(identity=identity, folder=self.folder)
        for batch in batches:
            staging.add(batch)
        for part in staging.parts():
            self.committer.add(part, origin=replace(origin, file_id=identity.app_id))


def _groups(rows: pa.Table, *, place: Place) -> Iterator[_Group]:
    """Yield the rows of each table, mapping and melted values."""
    key = pc.binary_join_element_wise(
        *(pc.fill_null(rows[name], "") for name in ("table", "mapping", "form")),
        pc.fill_null(rows["combination"], ""),
        "\x1f",
    )
    for text in pc.unique(key).to_pylist():
        table, identity, form, combination = text.split("\x1f")
        at = pc.indices_nonzero(pc.equal(key, text))
        if form == "contract":
            mapping = contract_mapping(CONTRACTS[table], source="mended")
        else:
            mapping = kept_mapping(place, identity)
        (found,) = (each for each in mapping.tables if each.table == table)
        melted = json.loads(combination) if combination else {}
        melt = {name: (value,) for name, value in melted.items()} or found.melt
        again = replace(found, melt=melt, where=None)
        yield _Group(table=again, mapping=mapping, at=at)


def _still_waiting(
    rows: pa.Table, lines: pa.Array, *, place: Place
) -> tuple[pa.Table, pa.Array, int]:
    """Return the exported rows that the quarantine has, and how many it has no more.

    A row that was mended before is no longer there, and is not taken again.
    """
    waiting = waiting_rows(place)
    at = pc.index_in(_one(rows["id"]), value_set=_one(waiting["id"]))
    found = rows.filter(at.is_valid())
    kept = _with_origins(found, waiting=waiting.take(at.drop_null()))
    return kept, lines.filter(at.is_valid()), at.null_count


def _with_origins(rows: pa.Table, *, waiting: pa.Table) -> pa.Table:
    """Return exported rows with what the quarantine knows of each, and its moment.

    A spreadsheet may have changed the columns that say where a row comes from.
    """
    known = {name: waiting[name] for name in ("id", "table", "mapping", "form")}
    known["combination"] = waiting["combination"]
    own = written_moments(pc.coalesce(waiting[OBSERVED], waiting["quarantined_at"]))
    said = text_of(column_named(rows, OBSERVED))
    known[MOMENT] = pc.coalesce(said, _one(own))
    values = {name: rows[name] for name in rows.column_names if name.startswith(VALUE)}
    return pa.table({**known, **values})


def _values(rows: pa.Table) -> pa.Table:
    """Return the rows as their file had them, each with its moment."""
    names = [name for name in rows.column_names if name.startswith(VALUE)]
    plain = [name.removeprefix(VALUE) for name in names]
    return rows.select([*names, MOMENT]).rename_columns([*plain, MOMENT])


def _mended_ids(batches: list[Batch], *, rows: pa.Table, lines: pa.Array) -> set[str]:
    """Return the rows that are right in every batch that they went into."""
    good: set[int] = set()
    bad: set[int] = set()
    for batch in batches:
        good.update(batch.lines.to_pylist())
        bad.update(batch.refused["line"].to_pylist())
    mended = pc.is_in(lines, value_set=pa.array(sorted(good - bad), pa.int64()))
    return set(rows["id"].filter(mended).to_pylist())


def _added(before: TableCounts | None, batch: Batch) -> TableCounts:
    old = before or TableCounts(table=batch.table)
    reasons = dict(old.reasons)
    for reason in batch.refused["reason"].to_pylist():
        reasons[reason] = reasons.get(reason, 0) + 1
    return replace(
        old,
        accepted=old.accepted + batch.rows.num_rows,
        quarantined=old.quarantined + batch.refused.num_rows,
        erased=old.erased + batch.erased,
        reasons=reasons,
    )


def _settled(counts: TableCounts, *, contradictions: int, repeats: int) -> TableCounts:
    reasons = dict(counts.reasons)
    if contradictions:
        reasons[str(Reason.CONTRADICTION)] = contradictions
    return replace(
        counts,
        accepted=counts.accepted - contradictions - repeats,
        quarantined=counts.quarantined + contradictions,
        skipped=counts.skipped + repeats,
        reasons=reasons,
    )


def _remove(place: Place, *, ids: set[str]) -> None:
    """Take mended rows out; a file without rows goes."""
    gone = pa.array(sorted(ids), pa.string())
    for path in sorted(place.quarantine.glob("*.parquet")):
        rows = pq.read_table(path, schema=QUARANTINE_SCHEMA)
        kept = rows.filter(pc.invert(pc.is_in(rows["id"], value_set=gone)))
        if kept.num_rows == rows.num_rows:
            continue
        if kept.num_rows == 0:
            path.unlink()
            continue
        sink = io.BytesIO()
        pq.write_table(kept, sink, compression="zstd")
        replace_file(path, sink.getvalue())


def _one(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks or [pa.array([], column.type)])
