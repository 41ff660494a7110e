"""How far each table's rows are known to lie with their parents, kept beside them.

A mark says: at these versions every row whose parent is stored lay in the parent's
partition, but for rows in the files named. It is written after the work, so that a
kill before it only means that the work is looked at again.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from atalaia.warehouse.durable import replace_file
from atalaia.warehouse.place import Place

__all__ = ["Mark", "read_marks", "write_marks"]

FOLDER = "_homes"
NAME = "marks.json"
VERSION = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Up to which versions a table was looked at.

    Attributes:
        parents: versions of the parents' tables; -1 of one that is not there.
        own: version of the table itself.
        commits: digests of the commits that made these versions, the parents' first: a
            table that was restored or made anew has others.
        unsettled: files, relative to the table, with a row that does not lie with the
            parent it names, most often because that parent has not come yet.
    """

    parents: tuple[int, ...]
    own: int
    commits: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()


def read_marks(place: Place) -> Mapping[str, Mark]:
    """Return the marks by table; none of a data folder that never had any."""
    path = place.facts / FOLDER / NAME
    if not path.exists():
        return {}
    content = json.loads(path.read_bytes())
    if content["version"] != VERSION:
        # Another release wrote it: everything is looked at once, and marked anew.
        return {}
    return {
        table: Mark(
            parents=tuple(mark["parents"]),
            own=mark["own"],
            commits=tuple(mark["commits"]),
            unsettled=tuple(mark["unsettled"]),
        )
        for table, mark in content["tables"].items()
    }


def write_marks(place: Place, marks: Mapping[str, Mark]) -> None:
    """Replace the marks as a whole."""
    content = {
        "version": VERSION,
        "tables": {table: asdict(mark) for table, mark in marks.items()},
    }
    folder = place.facts / FOLDER
    folder.mkdir(exist_ok=True)
    replace_file(folder / NAME, json.dumps(content, sort_keys=True).encode())
