"""Delete rows of Delta tables for good, and end the snapshots that showed them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deltalake import DeltaTable

from atalaia.warehouse import snapshots
from atalaia.warehouse.commits import table_names
from atalaia.warehouse.place import Place
from atalaia.warehouse.snapshots import Snapshot

__all__ = ["Cleaned", "delete_rows", "publish_and_end", "purge", "tables_of"]


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


def publish_and_end(place: Place, *, now: datetime, notes: str) -> Cleaned:
    """Publish what is left and end every snapshot that lost a file by it.

    Call it after the deletion and before and after a kill alike: it looks at what is on
    disk, not at what the caller remembers.
    """
    if not tables_of(place):
        return Cleaned(snapshot=None, ended=())
    newest = snapshots.publish(place, now=now, notes=notes)
    ended = [
        each
        for each in snapshots.retained(place)
        if each != newest and not _is_whole(place, each)
    ]
    for each in ended:
        snapshots.end(place, each)
    return Cleaned(snapshot=newest, ended=tuple(each.id for each in ended))


def _is_whole(place: Place, snapshot: Snapshot) -> bool:
    return all(
        file.exists()
        for table in (*snapshot.facts, *snapshot.derived)
        for file in snapshots.files(place, snapshot, table)
    )
