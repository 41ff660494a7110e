"""Where the rows of a table lie, and where the parents lie that they name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaia.warehouse.contracts import CONTRACTS, Contract
from atalaia.warehouse.known_keys import joined_key, stored_rows_with
from atalaia.warehouse.place import Place
from atalaia.warehouse.rewriting import FileAction

__all__ = ["HOME", "Away", "Family", "home_columns"]

HOME = ("partition_market", "business_date")
BETWEEN = "\x1f"
ORDER = ("observed_at", "ingested_at", "content_hash")
ROWS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """What was found away from the parents it names.

    Attributes:
        unsettled: files with a row away from its parent, or without one so far.
        keys: of rows whose parent is stored and lies elsewhere.
        homes: the partitions in which those rows lie, as texts.
    """

    unsettled: frozenset[str]
    keys: pa.Array
    homes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A table and the tables of its parents."""

    place: Place
    contract: Contract

    @property
    def folder(self) -> Path:
        """Where the table lies."""
        return self.place.facts / self.contract.name

    @property
    def parent_folders(self) -> tuple[Path, ...]:
        """Where the parents' tables lie, in the order of the contract's ties."""
        return tuple(self.place.facts / table for _, table in self.contract.ties)

    @property
    def _fields(self) -> tuple[str, ...]:
        return tuple(field for field, _ in self.contract.ties)

    def away(self, files: Sequence[FileAction]) -> Away:
        """Compare the rows of some files with the partitions of their parents."""
        unsettled: set[str] = set()
        homes: set[str] = set()
        keys = [pa.array([], pa.string())]
        for group in _groups(files):
            rows = self._read(group, columns=[*self.contract.key, *self._fields])
            first, *others = self._parents_homes(rows)
            wanted = pc.coalesce(first, *others)
            is_away = pc.fill_null(pc.not_equal(wanted, rows["home"]), fill_value=False)
            is_open = pc.and_(
                rows[self._fields[0]].is_valid(),
                pc.fill_null(pc.not_equal(first, rows["home"]), fill_value=True),
            )
            open_files = pc.unique(rows["file"].filter(is_open)).to_pylist()
            unsettled |= {group[at]["path"] for at in open_files}
            gone = rows.filter(is_away)
            homes |= set(pc.unique(gone["home"]).to_pylist())
            keys.append(pc.unique(joined_key(gone, columns=self.contract.key)))
        return Away(
            unsettled=frozenset(unsettled),
            keys=pc.unique(pa.concat_arrays(keys)),
            homes=frozenset(homes),
        )

    def holding(self, away: Away, *, files: Sequence[FileAction]) -> list[FileAction]:
        """Return the files with an observation of a key that was found away.

        All observations of a key lie in one partition, so that no other is opened.
        """
        held: set[str] = set()
        near = [file for file in files if _home(file) in away.homes]
        for group in _groups(near):
            rows = self._read(group, columns=self.contract.key)
            keys = joined_key(rows, columns=self.contract.key)
            found = pc.is_in(keys, value_set=away.keys)
            holding = pc.unique(rows["file"].filter(found)).to_pylist()
            held |= {group[at]["path"] for at in holding}
        return [file for file in near if file["path"] in held]

    def new_homes(self, away: Away, *, files: Sequence[FileAction]) -> pa.Table:
        """Return (key, home) of the keys that are to move, and where to.

        Of several observations the earliest that names a stored parent decides.

        Args:
            files: those that hold the keys' observations.
        """
        columns = [*self.contract.key, *self._fields, *ORDER]
        found = []
        for file in files:
            rows = self._read([file], columns=columns)
            keys = joined_key(rows, columns=self.contract.key)
            rows = rows.append_column("key", keys)
            found.append(rows.filter(pc.is_in(keys, value_set=away.keys)))
        rows = pa.concat_tables(found, promote_options="permissive")
        wanted = pc.coalesce(*self._parents_homes(rows))
        rows = rows.append_column("new_home", wanted)
        rows = rows.filter(rows["new_home"].is_valid()).sort_by(
            [(name, "ascending") for name in ORDER]
        )
        first = rows.group_by("key", use_threads=False).aggregate(
            [("home", "first"), ("new_home", "first")]
        )
        moving = first.filter(
            pc.not_equal(first["home_first"], first["new_home_first"])
        )
        return pa.table({"key": moving["key"], "home": moving["new_home_first"]})

    def _parents_homes(self, rows: pa.Table) -> list[pa.Array]:
        """Return each row's parents' partitions as texts; null where unknown.

        A parent of lower rank is looked for where none above it is stored.
        """
        found: list[pa.Array] = []
        for tie in self.contract.ties:
            lacking = rows.filter(found[-1].is_null()) if found else rows
            found.append(self._homes(rows, tie=tie, among=lacking))
        return found

    def _homes(
        self, rows: pa.Table, *, tie: tuple[str, str], among: pa.Table
    ) -> pa.Array:
        field, parent = tie
        key = CONTRACTS[parent].key[0]
        stored = stored_rows_with(
            self.place.facts / parent,
            column=key,
            values=pc.unique(among[field]).drop_null(),
            read=[key, *HOME],
        )
        homes = pc.binary_join_element_wise(
            *(stored[name].cast(pa.string()) for name in HOME), BETWEEN
        )
        at = pc.index_in(
            rows[field].combine_chunks(),
            value_set=stored[key].combine_chunks().cast(pa.string()),
            skip_nulls=True,
        )
        return homes.combine_chunks().cast(pa.string()).take(at)

    def _read(self, files: Sequence[FileAction], *, columns: Sequence[str]) -> pa.Table:
        """Read columns of files; behind them each row's `home` and `file` by number."""
        names = list(dict.fromkeys(columns))
        parts = []
        for number, file in enumerate(files):
            rows = pq.ParquetFile(self.folder / file["path"]).read(names)
            home = pa.scalar(_home(file), pa.string())
            rows = rows.append_column("home", pa.repeat(home, rows.num_rows))
            at = pa.scalar(number, pa.int32())
            parts.append(rows.append_column("file", pa.repeat(at, rows.num_rows)))
        return pa.concat_tables(parts, promote_options="permissive")


def home_columns(homes: pa.Array) -> dict[str, pa.Array]:
    """Return the partition columns of homes that are texts."""
    parts = pc.split_pattern(homes, BETWEEN)
    return {name: pc.list_element(parts, at) for at, name in enumerate(HOME)}


def _home(file: FileAction) -> str:
    return BETWEEN.join(str(file[f"partition.{name}"]) for name in HOME)


def _groups(files: Sequence[FileAction]) -> Iterator[list[FileAction]]:
    """Yield files together, so that parents are looked up for many rows at once."""
    group: list[FileAction] = []
    for file in files:
        group.append(file)
        if sum(each["num_records"] for each in group) >= ROWS_AT_ONCE:
            yield group
            group = []
    if group:
        yield group
