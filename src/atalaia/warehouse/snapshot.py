"""One snapshot: the version of every table, as a small file, and what it names."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from atalaia.domain.errors import StateError
from atalaia.warehouse.commits import opened
from atalaia.warehouse.place import Place

__all__ = [
    "EndedSnapshotError",
    "Snapshot",
    "files",
    "read",
    "rows_by_day",
    "snapshot_file",
    "written",
]

VERSION = 1
_MARKET, _DAY = "partition.partition_market", "partition.business_date"


class EndedSnapshotError(StateError):
    """A snapshot that erasure or retention ended, or that never was."""

    message = "The snapshot '{id}' is not retained."
    next_step = "Run 'atalaia warehouse snapshots' for those that are."


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The version of every table at the end of one whole step.

    Attributes:
        id: its number and a digest of what it names; the file's name.
        taken_at: when it was published.
        facts, derived: Delta version by table.
        superseded: fact tables where some key has more than one observation.
        ingested_until: no fact in it was ingested later; None without facts.
        parent: id of the snapshot that it replaced.
        notes: why it was published, and what it says of older ones.
    """

    id: str
    taken_at: datetime
    facts: Mapping[str, int]
    derived: Mapping[str, int]
    superseded: frozenset[str]
    ingested_until: datetime | None
    parent: str | None
    notes: str = ""

    @property
    def number(self) -> int:
        """Position in the order of publication, from 1."""
        return int(self.id.partition("-")[0])


def files(
    place: Place,
    snapshot: Snapshot,
    table: str,
    *,
    markets: Collection[str] | None = None,
    dates: tuple[date, date] | None = None,
    days: Collection[date] | None = None,
) -> tuple[Path, ...]:
    """List the Parquet files of a table, facts or derived, at a snapshot.

    The columns `partition_market` and `business_date` are in no file: they are folders
    (`partition_market=BR/business_date=2026-10-01`), as engines with Hive partitioning
    read them; their types are text and date.

    Args:
        markets: only these partitions; None for all.
        dates: (first, last) business date, both inclusive; rows of an undated table
            have no date and are never left out.
        days: only these business dates, wherever they lie; likewise.
    """
    folder, version = _located(place, snapshot, table)
    if version is None:
        return ()
    found = opened(folder, version=version)
    if found is None:
        raise EndedSnapshotError(id=snapshot.id)
    actions = pa.table(found.get_add_actions(flatten=True))
    kept = _pruned(actions, markets=markets, dates=dates)
    if days is not None and _DAY in kept.column_names:
        wanted = pa.array(sorted(days), pa.date32())
        kept = kept.filter(pc.is_in(kept[_DAY], value_set=wanted))
    return tuple(sorted(folder / path for path in kept["path"].to_pylist()))


def rows_by_day(place: Place, snapshot: Snapshot, table: str) -> Mapping[date, int]:
    """Return how many rows of a dated table lie on each business date.

    Read off the log of commits; no file is opened.
    """
    folder, version = _located(place, snapshot, table)
    found = None if version is None else opened(folder, version=version)
    if found is None:
        return {}
    actions = pa.table(found.get_add_actions(flatten=True))
    if not len(actions):
        return {}
    rows = actions.group_by(_DAY).aggregate([("num_records", "sum")])
    days, counts = rows[_DAY].to_pylist(), rows["num_records_sum"].to_pylist()
    return dict(zip(days, counts, strict=True))


def _pruned(
    actions: pa.Table,
    *,
    markets: Collection[str] | None,
    dates: tuple[date, date] | None,
) -> pa.Table:
    if markets is not None and _MARKET in actions.column_names:
        wanted = pa.array(sorted(markets), pa.string())
        actions = actions.filter(pc.is_in(actions[_MARKET], value_set=wanted))
    if dates is not None and _DAY in actions.column_names:
        first, last = (pa.scalar(each, pa.date32()) for each in dates)
        after = pc.greater_equal(actions[_DAY], first)
        actions = actions.filter(pc.and_(after, pc.less_equal(actions[_DAY], last)))
    return actions


def _located(place: Place, snapshot: Snapshot, table: str) -> tuple[Path, int | None]:
    if table in snapshot.derived:
        return place.derived / table, snapshot.derived[table]
    return place.facts / table, snapshot.facts.get(table)


def snapshot_file(place: Place, id: str) -> Path:  # noqa: A002 - its name everywhere
    """Return where a snapshot of this id lies, retained or not."""
    return place.snapshots / f"{id}.json"


def written(snapshot: Snapshot) -> bytes:
    """Return what a snapshot's file holds."""
    until = snapshot.ingested_until
    content = {
        "version": VERSION,
        "id": snapshot.id,
        "taken_at": snapshot.taken_at.isoformat(),
        "facts": dict(snapshot.facts),
        "derived": dict(snapshot.derived),
        "superseded": sorted(snapshot.superseded),
        "ingested_until": None if until is None else until.isoformat(),
        "parent": snapshot.parent,
        "notes": snapshot.notes,
    }
    return json.dumps(content, indent=1, sort_keys=True).encode()


def read(file: Path) -> Snapshot | None:
    """Read a snapshot's file; None where it is gone."""
    try:
        content = json.loads(file.read_bytes())
    except FileNotFoundError:
        return None
    until = content["ingested_until"]
    return Snapshot(
        id=content["id"],
        taken_at=datetime.fromisoformat(content["taken_at"]),
        facts=content["facts"],
        derived=content["derived"],
        superseded=frozenset(content["superseded"]),
        ingested_until=None if until is None else datetime.fromisoformat(until),
        parent=content["parent"],
        notes=content["notes"],
    )
