"""The pointer to the latest snapshot: one rename replaces it; a broken one is told."""

import re
from collections.abc import Iterator

from deltalake.exceptions import DeltaError

from atalaia.domain.errors import StateError
from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.place import Place
from atalaia.warehouse.snapshot import (
    EndedSnapshotError,
    Snapshot,
    files,
    read,
    snapshot_file,
)

__all__ = [
    "BrokenPointerError",
    "LostSnapshotsError",
    "begin_pointer",
    "point_at",
    "pointed",
    "whole_snapshots",
]

_POINTER = "LATEST"
_NONE = "none"
_ID = re.compile(r"[0-9]{8,}-[0-9a-f]+")


class BrokenPointerError(StateError):
    """The pointer to the latest snapshot was spoilt, emptied or lost."""

    message = "The pointer '{path}' names '{name}', which is no retained snapshot."
    next_step = "The newest that is whole is '{newest}': write that name into the file."


class LostSnapshotsError(BrokenPointerError):
    """The pointer is broken, and nothing is left that it could name."""

    next_step = "No snapshot beside it is whole: restore DATA from a backup."


def begin_pointer(place: Place) -> None:
    """Say that nothing was published yet, before the first snapshot's file is written.

    A first publication that was killed thus differs from a pointer that was lost.
    """
    if not (place.snapshots / _POINTER).exists():
        replace_file(place.snapshots / _POINTER, f"{_NONE}\n".encode())


def point_at(place: Place, snapshot: Snapshot) -> None:
    """Show readers a snapshot, whose own file is written, by one rename."""
    replace_file(place.snapshots / _POINTER, f"{snapshot.id}\n".encode())


def pointed(place: Place) -> Snapshot | None:
    """Return the latest snapshot; None before the first.

    Raises:
        BrokenPointerError: with the name of the newest that is whole, to be written
            into the pointer. LostSnapshotsError: none is.
    """
    pointer = place.snapshots / _POINTER
    named = None
    while pointer.exists():
        found = pointer.read_text(encoding="utf-8", errors="replace").strip()
        snapshot = read(snapshot_file(place, found)) if _ID.fullmatch(found) else None
        if snapshot is not None:
            return snapshot
        # The first publication, killed before its rename, leaves number 1 at most.
        if found == _NONE and not _numbered(place, start="00000002"):
            return None
        # A writer may have replaced and ended it since the pointer was read.
        if found == named:
            raise _broken(place, name=found)
        named = found
    if _numbered(place, start=""):
        raise _broken(place, name="")
    return None


def _numbered(place: Place, *, start: str) -> bool:
    return any(file.name >= start for file in place.snapshots.glob("*-*.json"))


def _broken(place: Place, *, name: str) -> BrokenPointerError:
    path = place.snapshots / _POINTER
    newest = next(whole_snapshots(place), None)
    if newest is None:
        return LostSnapshotsError(path=path, name=name)
    return BrokenPointerError(path=path, name=name, newest=newest.id)


def whole_snapshots(place: Place) -> Iterator[Snapshot]:
    """Yield, without the pointer, the snapshots whose files exist, the newest first."""
    for file in sorted(place.snapshots.glob("*-*.json"), reverse=True):
        try:
            snapshot = read(file)
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
