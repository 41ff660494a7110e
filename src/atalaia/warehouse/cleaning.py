"""Delete rows of Delta tables for good, and end the snapshots that showed them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable

from atalaia.warehouse import snapshots
from atalaia.warehouse.commits import table_names
from atalaia.warehouse.place import Place
from atalaia.warehouse.snapshots import Snapshot

__all__ = [
    "Cleaned",
    "delete_rows",
    "end_showing",
    "publish_and_end",
    "purge",
    "tables_of",
    "versions_of",
]

TableVersion = tuple[Path, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What was published after a deletion, and the ids of snapshots that ended."""

    snapshot: Snapshot | None
    ended: tuple[str, ...]


def tables_of(place: Place) -> tuple[Path, ...]:
    """Return the folder of every table, facts and derived."""
    areas = (place.facts, place.derived)
    return tuple(area / name for area in areas for name in table_names(area))


def delete_rows(folder: Path, *, predicate: str) -> int:
    """Delete the rows that an SQL predicate names; returns how many.

    Their files stay, for the readers of older versions, until `purge`. The predicate
    stays in the log of commits for ever: it must name no person.
    """
    table = DeltaTable(str(folder))
    before = table.count()
    table.delete(predicate)
    return int(before - table.count())


def purge(folder: Path, *, keep: Sequence[int] = ()) -> int:
    """Remove the files that neither the newest nor a kept version names.

    Also those that a killed run wrote and nothing ever named. Hold the writer's lock:
    a commit in progress has such files too. Returns how many were removed.
    """
    removed = DeltaTable(str(folder)).vacuum(
        retention_hours=0,
        dry_run=False,
        enforce_retention_duration=False,
        full=True,
        keep_versions=list(keep) or None,
    )
    return len(removed)


def versions_of(place: Place, snapshot: Snapshot) -> frozenset[TableVersion]:
    """Return the folder and version of every table that a snapshot names."""
    return frozenset(
        (area / name, version)
        for area, versions in (
            (place.facts, snapshot.facts),
            (place.derived, snapshot.derived),
        )
        for name, version in versions.items()
    )


def publish_and_end(place: Place, *, now: datetime, notes: str) -> Cleaned:
    """Publish what is left and end every snapshot that shows a file that is not.

    Call it between the deletion and `purge`: a kill at any moment leaves readers a
    snapshot whose files exist. After a kill, run again, it looks at what is on disk,
    not at what the caller remembers.
    """
    if not tables_of(place):
        return Cleaned(snapshot=None, ended=())
    newest = snapshots.publish(place, now=now, notes=notes)
    ended = end_showing(place, newest=newest, is_ended=_shows_replaced_file)
    return Cleaned(snapshot=newest, ended=ended)


def end_showing(
    place: Place, *, newest: Snapshot, is_ended: Callable[[Path, int], bool]
) -> tuple[str, ...]:
    """End the older snapshots that name a table version for which `is_ended` holds.

    Each version is looked at once, however many snapshots name it. Returns their ids.
    """
    older = [each for each in snapshots.retained(place) if each != newest]
    named = frozenset[TableVersion]().union(*(versions_of(place, e) for e in older))
    over = {version for version in named if is_ended(*version)}
    ended = [each for each in older if not over.isdisjoint(versions_of(place, each))]
    for each in ended:
        snapshots.end(place, each)
    return tuple(each.id for each in ended)


def _shows_replaced_file(folder: Path, version: int) -> bool:
    return not _paths(folder, version=version) <= _paths(folder)


def _paths(folder: Path, *, version: int | None = None) -> frozenset[str]:
    table = DeltaTable(str(folder), version=version)
    return frozenset(pa.table(table.get_add_actions())["path"].to_pylist())
