"""Name one version of every table, so that readers see whole steps and only those."""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from deltalake.exceptions import DeltaError

from atalaia.domain.errors import StateError
from atalaia.warehouse.commits import (
    INGESTED_UNTIL,
    SUPERSEDING,
    opened,
    remarks_since,
    table_names,
)
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.place import Place

__all__ = [
    "BrokenPointerError",
    "EndedSnapshotError",
    "NoSnapshotError",
    "Snapshot",
    "as_of",
    "end",
    "files",
    "latest",
    "listed",
    "publish",
    "retained",
    "snapshot_named",
]

VERSION = 1
_POINTER = "LATEST"
_ID = re.compile(r"[0-9]{8,}-[0-9a-f]+")


class NoSnapshotError(StateError):
    """Nothing was published yet, or not by that moment."""

    message = "No snapshot of '{root}' holds the state of {moment}."
    next_step = (
        "Run 'atalaia warehouse snapshots' for those that are retained; without any, "
        "run 'atalaia ingest' first."
    )


class EndedSnapshotError(StateError):
    """A snapshot that erasure or retention ended, or that never was."""

    message = "The snapshot '{id}' is not retained."
    next_step = "Run 'atalaia warehouse snapshots' for those that are."


class BrokenPointerError(StateError):
    """The pointer to the latest snapshot was spoilt, emptied or lost."""

    message = "The pointer '{path}' names '{name}', which is no retained snapshot."
    next_step = "The newest that is whole is '{newest}': write that name into the file."


class LostSnapshotsError(BrokenPointerError):
    """The pointer is broken, and nothing is left that it could name."""

    next_step = "No snapshot beside it is whole: restore DATA from a backup."


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


def publish(place: Place, *, now: datetime, notes: str = "") -> Snapshot:
    """Show readers the newest commit of every table, by one rename.

    The snapshot's own file is written first and nothing names it; then the pointer is
    replaced. A kill before the rename leaves the old state, after it the new. Where no
    table has a new version the latest snapshot stands and is returned.
    """
    before = _pointed(place)
    facts, derived = _versions(place.facts), _versions(place.derived)
    if before is not None and (before.facts, before.derived) == (facts, derived):
        return before
    snapshot = _identified(
        taken_at=now.astimezone(UTC),
        facts=facts,
        derived=derived,
        superseded=_superseded(place, facts=facts, before=before),
        ingested_until=_ingested_until(place, facts=facts, before=before),
        before=before,
        notes=notes,
    )
    place.snapshots.mkdir(exist_ok=True)
    # A killed run may have left one of this number that nothing ever pointed at.
    for unpointed in place.snapshots.glob(f"{snapshot.number:08d}-*.json"):
        unpointed.unlink()
    replace_file(_file(place, snapshot.id), _written(snapshot))
    replace_file(place.snapshots / _POINTER, f"{snapshot.id}\n".encode())
    return snapshot


def latest(place: Place) -> Snapshot:
    """Return the state that readers see; raises NoSnapshotError before the first."""
    found = _pointed(place)
    if found is None:
        raise NoSnapshotError(root=place.root, moment="now")
    return found


def as_of(place: Place, instant: datetime) -> Snapshot:
    """Return the newest retained snapshot that was taken by an instant."""
    for snapshot in retained(place):
        if snapshot.taken_at <= instant:
            return snapshot
    raise NoSnapshotError(root=place.root, moment=instant.isoformat())


def retained(place: Place) -> tuple[Snapshot, ...]:
    """Return every snapshot that can still be read, the newest first.

    What a killed run wrote and never pointed at is not among them.
    """
    newest = _pointed(place)
    if newest is None:
        return ()
    names = sorted(
        (file.name for file in place.snapshots.glob("*-*.json")), reverse=True
    )
    older = (
        _read(place.snapshots / name) for name in names if name < f"{newest.number:08d}"
    )
    # None: ended by a writer since the folder was listed.
    return (newest, *(each for each in older if each is not None))


def listed(place: Place) -> tuple[Snapshot, ...]:
    """Return what `retained` does; with a broken pointer, every whole snapshot."""
    try:
        return retained(place)
    except BrokenPointerError:
        return tuple(_whole(place))


def snapshot_named(place: Place, id: str) -> Snapshot:  # noqa: A002 - its name everywhere
    """Return a retained snapshot by its id; raises EndedSnapshotError."""
    for snapshot in retained(place):
        if snapshot.id == id:
            return snapshot
    raise EndedSnapshotError(id=id)


def end(place: Place, snapshot: Snapshot) -> None:
    """Forget an older snapshot; the latest cannot be ended."""
    if snapshot == latest(place):
        raise EndedSnapshotError(id=f"{snapshot.id} (the latest)")
    _file(place, snapshot.id).unlink(missing_ok=True)


def files(
    place: Place,
    snapshot: Snapshot,
    table: str,
    *,
    markets: Collection[str] | None = None,
    dates: tuple[date, date] | None = None,
) -> tuple[Path, ...]:
    """List the Parquet files of a table, facts or derived, at a snapshot.

    The columns `partition_market` and `business_date` are in no file: they are folders
    (`partition_market=BR/business_date=2026-10-01`), as engines with Hive partitioning
    read them; their types are text and date.

    Args:
        markets: only these partitions; None for all.
        dates: (first, last) business date, both inclusive; rows of an undated table
            have no date and are never left out.
    """
    folder, version = _located(place, snapshot, table)
    if version is None:
        return ()
    found = opened(folder, version=version)
    if found is None:
        raise EndedSnapshotError(id=snapshot.id)
    actions = pa.table(found.get_add_actions(flatten=True))
    kept = _pruned(actions, markets=markets, dates=dates)
    return tuple(sorted(folder / path for path in kept["path"].to_pylist()))


def _pruned(
    actions: pa.Table,
    *,
    markets: Collection[str] | None,
    dates: tuple[date, date] | None,
) -> pa.Table:
    market, day = "partition.partition_market", "partition.business_date"
    if markets is not None and market in actions.column_names:
        wanted = pa.array(sorted(markets), pa.string())
        actions = actions.filter(pc.is_in(actions[market], value_set=wanted))
    if dates is not None and day in actions.column_names:
        first, last = (pa.scalar(each, pa.date32()) for each in dates)
        after = pc.greater_equal(actions[day], first)
        actions = actions.filter(pc.and_(after, pc.less_equal(actions[day], last)))
    return actions


def _located(place: Place, snapshot: Snapshot, table: str) -> tuple[Path, int | None]:
    if table in snapshot.derived:
        return place.derived / table, snapshot.derived[table]
    return place.facts / table, snapshot.facts.get(table)


def _versions(folder: Path) -> dict[str, int]:
    tables = {name: opened(folder / name) for name in table_names(folder)}
    return {name: each.version() for name, each in tables.items() if each is not None}


def _superseded(
    place: Place, *, facts: Mapping[str, int], before: Snapshot | None
) -> frozenset[str]:
    """Tables where a key was observed again; a table once here stays here."""
    known = frozenset() if before is None else before.superseded
    return known | {
        table
        for table in facts.keys() - known
        if any(
            _may_supersede(remarks)
            for remarks in _new_remarks(place, table=table, before=before)
        )
    }


def _may_supersede(remarks: Mapping[str, Any]) -> bool:
    """Say whether a commit added rows of known keys, or does not say that it did not.

    Commits without the remark that add no observation: our deletions, compactions and
    changes of the table itself.
    """
    if SUPERSEDING in remarks:
        return bool(remarks[SUPERSEDING] != "0")
    return bool(remarks["operation"] in ("WRITE", "MERGE"))


def _ingested_until(
    place: Place, *, facts: Mapping[str, int], before: Snapshot | None
) -> datetime | None:
    moments = [
        datetime.fromisoformat(remarks[INGESTED_UNTIL])
        for table in facts
        for remarks in _new_remarks(place, table=table, before=before)
        if INGESTED_UNTIL in remarks
    ]
    if before is not None and before.ingested_until is not None:
        moments.append(before.ingested_until)
    return max(moments, default=None)


def _new_remarks(
    place: Place, *, table: str, before: Snapshot | None
) -> tuple[Mapping[str, Any], ...]:
    seen = -1 if before is None else before.facts.get(table, -1)
    return remarks_since(place.facts / table, version=seen)


def _identified(
    *,
    taken_at: datetime,
    facts: Mapping[str, int],
    derived: Mapping[str, int],
    superseded: frozenset[str],
    ingested_until: datetime | None,
    before: Snapshot | None,
    notes: str,
) -> Snapshot:
    number = 1 if before is None else before.number + 1
    named = json.dumps([number, facts, derived, taken_at.isoformat()], sort_keys=True)
    digest = hashlib.sha256(named.encode()).hexdigest()[:16]
    return Snapshot(
        id=f"{number:08d}-{digest}",
        taken_at=taken_at,
        facts=facts,
        derived=derived,
        superseded=superseded,
        ingested_until=ingested_until,
        parent=None if before is None else before.id,
        notes=notes,
    )


def _pointed(place: Place) -> Snapshot | None:
    pointer = place.snapshots / _POINTER
    named = None
    while pointer.exists():
        found = pointer.read_text(encoding="utf-8", errors="replace").strip()
        snapshot = _read(_file(place, found)) if _ID.fullmatch(found) else None
        if snapshot is not None:
            return snapshot
        # A writer may have replaced and ended it since the pointer was read.
        if found == named:
            raise _broken(place, name=found)
        named = found
    # The first publication, killed before its rename, leaves number 1 and no pointer.
    if any(file.name >= "00000002" for file in place.snapshots.glob("*-*.json")):
        raise _broken(place, name="")
    return None


def _broken(place: Place, *, name: str) -> BrokenPointerError:
    path = place.snapshots / _POINTER
    newest = next(_whole(place), None)
    if newest is None:
        return LostSnapshotsError(path=path, name=name)
    return BrokenPointerError(path=path, name=name, newest=newest.id)


def _whole(place: Place) -> Iterator[Snapshot]:
    """Yield, without the pointer, the snapshots whose files exist, the newest first."""
    for file in sorted(place.snapshots.glob("*-*.json"), reverse=True):
        try:
            snapshot = _read(file)
        except (ValueError, KeyError, TypeError):
            continue
        if snapshot is not None and _is_whole(place, snapshot):
            yield snapshot


def _is_whole(place: Place, snapshot: Snapshot) -> bool:
    try:
        return all(
            path.exists()
            for table in (*snapshot.facts, *snapshot.derived)
            for path in files(place, snapshot, table)
        )
    except (EndedSnapshotError, DeltaError):
        return False


def _file(place: Place, id: str) -> Path:  # noqa: A002 - its name everywhere
    return place.snapshots / f"{id}.json"


def _written(snapshot: Snapshot) -> bytes:
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


def _read(file: Path) -> Snapshot | None:
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
