"""Bring rows to their parent's market and day when the parent came after them.

A decision lies with its session, a penalty with its decision (with its session, where
the decision never came), an appeal with its penalty, whichever of their files came
first: readers open only the partitions of the period they are asked about, and would
else miss the one or the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaia.warehouse.commits import (
    MOVED,
    STRAYS,
    SUPERSEDING,
    commit_digest,
    opened,
    remarks_since,
)
from atalaia.warehouse.contracts import CONTRACTS, Contract
from atalaia.warehouse.families import Away, Family, home_columns
from atalaia.warehouse.homing_marks import Mark, read_marks, write_marks
from atalaia.warehouse.known_keys import joined_key
from atalaia.warehouse.layout import write_partitions
from atalaia.warehouse.place import Place
from atalaia.warehouse.rewriting import FileAction, file_actions, rewrite_files

__all__ = ["rehome"]

NEVER = -1
Versions = tuple[tuple[int, ...], int]
NOTHING_SEEN = Mark(parents=(), own=-1)
# As if its unsettled file were gone: every file is looked at.
ALL_OPEN = Mark(parents=(), own=-1, unsettled=("",))


def rehome(place: Place, *, now: datetime) -> Mapping[str, int]:
    """Move rows whose parent is stored by now to the parent's partition.

    All observations of a key move together, in one commit a table; of several the
    earliest observed that names a stored parent decides. What follows a row that moved
    moves too. Nothing moves twice, and the next run finishes what a killed one began.
    Versions that snapshots name stay as they were: publish afterwards.

    Only what came since the last time is looked at, and the files known to hold rows
    without their parent. Hold the writer's lock.

    Returns:
        How many rows moved, by table; tables without any are left out.
    """
    before = read_marks(place)
    marks: dict[str, Mark] = {}
    moved: dict[str, int] = {}
    for family in _families(place):
        table = family.contract.name
        versions = _versions(family)
        if versions is None:
            continue
        mark = before.get(table, NOTHING_SEEN)
        if mark != NOTHING_SEEN and mark.commits != _commits(family, mark):
            mark = ALL_OPEN
        if (mark.parents, mark.own) != versions:
            mark, count = _settled(family, mark, versions=versions, now=now)
            mark = replace(mark, commits=_commits(family, mark))
            moved |= {table: count} if count else {}
        marks[table] = mark
    if marks != before:
        write_marks(place, marks)
    return moved


def _families(place: Place) -> Iterator[Family]:
    # In the contracts' order parents stand before their children.
    for contract in CONTRACTS.values():
        if contract.parent is not None:
            yield Family(place=place, contract=contract)


def _versions(family: Family) -> Versions | None:
    """Return the versions of the parents' tables and the table's own.

    None without the table, or without any of a parent.
    """
    parents = tuple(_version(folder) for folder in family.parent_folders)
    own = _version(family.folder)
    return None if own == NEVER or set(parents) == {NEVER} else (parents, own)


def _version(folder: Path) -> int:
    table = opened(folder)
    return NEVER if table is None else table.version()


def _commits(family: Family, mark: Mark) -> tuple[str, ...]:
    """Return which commits made a mark's versions of the tables, as they are now."""
    folders = (*family.parent_folders, family.folder)
    versions = (*mark.parents, mark.own)
    return tuple(
        commit_digest(folder, version=version)
        for folder, version in zip(folders, versions, strict=True)
    )


def _settled(
    family: Family, mark: Mark, *, versions: Versions, now: datetime
) -> tuple[Mark, int]:
    """Move what has to move; returns the new mark and how many rows moved."""
    parents, version = versions
    is_quiet = not (mark.unsettled or _strays_came(family, mark))
    if is_quiet and not _parents_moved(family, mark):
        # The usual case: not even the files are listed.
        return Mark(parents=parents, own=version), 0
    _, files = file_actions(family.folder)
    open_files = _open_files(family, mark, files=files)
    away = family.away(open_files)
    unsettled, moved = away.unsettled, 0
    if len(away.keys):
        moved = _move(family, away, files=files, now=now)
        version, after = file_actions(family.folder)
        known = {file["path"] for file in files}
        written = [file for file in after if file["path"] not in known]
        left = unsettled & {file["path"] for file in after}
        unsettled = left | family.away(written).unsettled
    return (
        Mark(parents=parents, own=version, unsettled=tuple(sorted(unsettled))),
        moved,
    )


def _open_files(
    family: Family, mark: Mark, *, files: Sequence[FileAction]
) -> Sequence[FileAction]:
    """Return the files that may hold a row away from its parent.

    Removed parents are nobody's concern: a row that was with its parent stays there.
    """
    if _parents_moved(family, mark):
        return files
    left = {file["path"] for file in files} & set(mark.unsettled)
    # Compaction and erasure write files anew: what was known of these is lost.
    if len(left) == len(mark.unsettled) and not _strays_came(family, mark):
        return [file for file in files if file["path"] in left]
    if mark.own == NOTHING_SEEN.own:
        return files
    _, before = file_actions(family.folder, version=mark.own)
    settled = {file["path"] for file in before} - set(mark.unsettled)
    return [file for file in files if file["path"] not in settled]


def _parents_moved(family: Family, mark: Mark) -> bool:
    folders = family.parent_folders
    seen = mark.parents or (NEVER,) * len(folders)
    return any(
        MOVED in each
        for folder, version in zip(folders, seen, strict=True)
        for each in remarks_since(folder, version=version)
    )


def _strays_came(family: Family, mark: Mark) -> bool:
    """Say whether a commit added rows away from their parents, or does not say."""
    return any(
        each.get(STRAYS, "unknown") != "0"
        for each in remarks_since(family.folder, version=mark.own)
        if STRAYS in each or each["operation"] in ("WRITE", "MERGE")
    )


def _move(
    family: Family, away: Away, *, files: Sequence[FileAction], now: datetime
) -> int:
    """Write the keys that have to move into their parents' partitions."""
    near = family.holding(away, files=files)
    homes = family.new_homes(away, files=near)
    if homes.num_rows == 0:
        return 0
    moving = _Moving(contract=family.contract, homes=homes)
    rows = pa.RecordBatchReader.from_batches(
        family.contract.stored_schema, moving.batches(family.folder, near)
    )
    written = tuple(write_partitions(family.folder, rows, contract=family.contract))
    count = sum(file.rows for file in written)
    rewrite_files(
        family.folder,
        near,
        change=moving.leaving,
        joining=written,
        remarks={SUPERSEDING: "0", MOVED: str(count)},
        now=now,
    )
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moving:
    """Which keys leave their files, and where to: columns `key` and `home`."""

    contract: Contract
    homes: pa.Table

    def leaving(self, rows: pa.Table) -> tuple[pa.Table, int] | None:
        """Return what stays of a file's rows and how many leave."""
        stays = self._at(rows).is_null()
        count = rows.num_rows - (pc.sum(stays).as_py() or 0)
        return (rows.filter(stays), count) if count else None

    def batches(
        self, folder: Path, files: Sequence[FileAction]
    ) -> Iterator[pa.RecordBatch]:
        """Yield the rows that leave, as stored, with their new partition."""
        for file in files:
            rows = pq.ParquetFile(folder / file["path"]).read()
            at = self._at(rows)
            rows, at = rows.filter(at.is_valid()), at.drop_null()
            homes = self.homes["home"].combine_chunks().take(at)
            for name, values in home_columns(homes).items():
                rows = rows.append_column(name, values)
            yield from _as_stored(rows, contract=self.contract).to_batches()

    def _at(self, rows: pa.Table) -> pa.Array:
        keys = joined_key(rows, columns=self.contract.key).combine_chunks()
        return pc.index_in(keys, value_set=self.homes["key"].combine_chunks())


def _as_stored(rows: pa.Table, *, contract: Contract) -> pa.Table:
    """Return rows, perhaps of an older contract, in the stored schema of today."""
    schema = contract.stored_schema
    columns = [
        rows[field.name].cast(field.type)
        if field.name in rows.column_names
        else pa.nulls(rows.num_rows, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)
