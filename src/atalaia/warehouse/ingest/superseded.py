"""What earlier versions of a mapping refused of a file, removed after the commit.

A note beside the quarantine says which file is being read anew. It is written before
the commit; a run that dies behind the commit leaves it to the next run, which then
removes the old rows, and one that dies before the commit leaves the old rows.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow.parquet as pq

from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.place import Place
from atalaia.warehouse.tables import FileIdentity, committed

__all__ = ["announce", "remove_superseded"]

FOLDER = "superseded"


def announce(
    place: Place, identity: FileIdentity, *, mapping: str, tables: Collection[str]
) -> None:
    """Note that a file is about to be committed under a version of a mapping.

    Args:
        mapping: the mapping's name, without its version.
        tables: that the file has rows of; it is committed when all of them are.
    """
    folder = place.quarantine / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    content = {**asdict(identity), "name": mapping, "tables": sorted(tables)}
    name = hashlib.sha256(identity.app_id.encode()).hexdigest()[:16]
    replace_file(folder / f"{name}.json", json.dumps(content).encode())


def remove_superseded(place: Place) -> None:
    """Remove what the noted files had in quarantine before, where they are committed.

    A mapping of another name may read other rows of the same file: its rows stay. Hold
    the writer's lock.
    """
    paths = sorted((place.quarantine / FOLDER).glob("*.json"))
    notes = [_read(path) for path in paths]
    waiting: dict[str, list[FileIdentity]] = {}
    for note in notes:
        for table in note.tables:
            waiting.setdefault(table, []).append(note.identity)
    done = {
        table: frozenset(committed(place, table, identities))
        for table, identities in waiting.items()
    }
    for note in notes:
        if all(note.identity in done[table] for table in note.tables):
            _remove_earlier(place, note.identity, mapping=note.mapping)
        note.path.unlink()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    path: Path
    identity: FileIdentity
    mapping: str
    tables: tuple[str, ...]


def _read(path: Path) -> _Note:
    content = json.loads(path.read_bytes())
    mapping, tables = content.pop("name"), tuple(content.pop("tables"))
    identity = FileIdentity(**content)
    return _Note(path=path, identity=identity, mapping=mapping, tables=tables)


def _remove_earlier(place: Place, identity: FileIdentity, *, mapping: str) -> None:
    for path in sorted(place.quarantine.glob(f"*.{identity.sha256[:16]}.*.parquet")):
        (row, *_) = pq.read_table(path, columns=["file_id", "mapping"]).to_pylist()
        is_same_file = row["file_id"].startswith(f"{identity.sha256}.")
        is_earlier = row["file_id"] != identity.app_id
        if is_same_file and is_earlier and _is_by(row["mapping"], name=mapping):
            path.unlink()


def _is_by(identity: str, *, name: str) -> bool:
    return identity.startswith(f"{name}@")
