"""`atalaia warehouse verify`."""

from collections.abc import Iterator

import pyarrow.parquet as pq
from pyarrow import ArrowException

from atalaia.cli.terminal import InTerminal
from atalaia.warehouse.place import Place, open_place
from atalaia.warehouse.snapshots import Snapshot, files, retained

__all__ = ["verify"]

BROKEN = 1


def verify(*, terminal: InTerminal) -> int:
    """Check that every file of every retained snapshot is there and whole.

    The exit code is 1 when a file is missing or cannot be read.
    """
    place = open_place(terminal.data)
    words = terminal.words
    broken = checked = 0
    for snapshot in retained(place):
        for table, problem in _problems(place, snapshot):
            checked += 1
            if problem:
                broken += 1
                terminal.say(
                    words.text(
                        "{snapshot}, {table}: {problem}",
                        snapshot=snapshot.id,
                        table=table,
                        problem=problem,
                    )
                )
    terminal.say(
        words.text(
            "{count} files looked at, {broken} broken.", count=checked, broken=broken
        )
    )
    return BROKEN if broken else 0


def _problems(place: Place, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield each file's table with what is wrong with it, or an empty text."""
    for table in (*snapshot.facts, *snapshot.derived):
        for path in files(place, snapshot, table):
            try:
                pq.read_metadata(path)
            except (OSError, ArrowException) as error:
                yield table, f"{path.name}: {error}"
            else:
                yield table, ""
