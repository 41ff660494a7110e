"""Name one version of every table, so that readers see whole steps and only those."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
from atalaia.warehouse.pointer import (
    BrokenPointerError,
    begin_pointer,
    point_at,
    pointed,
    whole_snapshots,
)
from atalaia.warehouse.snapshot import (
    EndedSnapshotError,
    Snapshot,
    files,
    read,
    snapshot_file,
    written,
)

__all__ = [
    "BrokenPointerError",
    "EndedSnapshotError",
    "LatestSnapshotError",
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


class NoSnapshotError(StateError):
    """Nothing was published yet, or not by that moment."""

    message = "No snapshot of '{root}' holds the state of {moment}."
    next_step = (
        "Run 'atalaia warehouse snapshots' for those that are retained; without any, "
        "run 'atalaia ingest' first."
    )


class LatestSnapshotError(StateError):
    """The one snapshot that readers see was to be ended."""

    message = "The snapshot '{id}' is the latest: it is what readers see."
    next_step = "End it after a newer one is published, as every ingest does."


def publish(place: Place, *, now: datetime, notes: str = "") -> Snapshot:
    """Show readers the newest commit of every table, by one rename.

    The snapshot's own file is written first and nothing names it; then the pointer is
    replaced. A kill before the rename leaves the old state, after it the new. Where no
    table has a new version the latest snapshot stands and is returned.
    """
    before = pointed(place)
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
    begin_pointer(place)
    # A killed run may have left one of this number that nothing ever pointed at.
    for unpointed in place.snapshots.glob(f"{snapshot.number:08d}-*.json"):
        unpointed.unlink()
    replace_file(snapshot_file(place, snapshot.id), written(snapshot))
    point_at(place, snapshot)
    return snapshot


def latest(place: Place) -> Snapshot:
    """Return the state that readers see; raises NoSnapshotError before the first."""
    found = pointed(place)
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
    newest = pointed(place)
    if newest is None:
        return ()
    names = sorted(
        (file.name for file in place.snapshots.glob("*-*.json")), reverse=True
    )
    older = (
        read(place.snapshots / name) for name in names if name < f"{newest.number:08d}"
    )
    # None: ended by a writer since the folder was listed.
    return (newest, *(each for each in older if each is not None))


def listed(place: Place) -> tuple[Snapshot, ...]:
    """Return what `retained` does; with a broken pointer, every whole snapshot."""
    try:
        return retained(place)
    except BrokenPointerError:
        return tuple(whole_snapshots(place))


def snapshot_named(place: Place, id: str) -> Snapshot:  # noqa: A002 - its name everywhere
    """Return a retained snapshot by its id; raises EndedSnapshotError."""
    for snapshot in retained(place):
        if snapshot.id == id:
            return snapshot
    raise EndedSnapshotError(id=id)


def end(place: Place, snapshot: Snapshot) -> None:
    """Forget an older snapshot; the latest cannot be ended."""
    if snapshot == latest(place):
        raise LatestSnapshotError(id=snapshot.id)
    snapshot_file(place, snapshot.id).unlink(missing_ok=True)


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
            for remarks in _new_remarks(place, table=table, facts=facts, before=before)
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
        for remarks in _new_remarks(place, table=table, facts=facts, before=before)
        if INGESTED_UNTIL in remarks
    ]
    if before is not None and before.ingested_until is not None:
        moments.append(before.ingested_until)
    return max(moments, default=None)


def _new_remarks(
    place: Place, *, table: str, facts: Mapping[str, int], before: Snapshot | None
) -> tuple[Mapping[str, Any], ...]:
    seen = -1 if before is None else before.facts.get(table, -1)
    # A table of fewer versions than were seen was restored or made anew.
    return remarks_since(
        place.facts / table, version=seen if seen <= facts[table] else -1
    )


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
