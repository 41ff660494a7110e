"""The cube on disk: written with its origin, read back only while that still holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis

from atalaia.metrics.cube import cells_of, cube_measures
from atalaia.metrics.kept_up import KeptUp, Stored, keep_up, settled_until
from atalaia.metrics.origin import origin_now, origin_of
from atalaia.metrics.reading import Reading
from atalaia.warehouse import snapshots
from atalaia.warehouse.derived import derived_schema

__all__ = ["StoredCube", "build_cube", "read_cube", "table_of"]

PREFIX = "cube_"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCube:
    """The cube's tables by view, as one engine reads them.

    Attributes:
        settled_until: the last business date whose cells no longer depend on the
            instant of knowledge; None where the cube was built at the very instant.
    """

    tables: Mapping[str, ibis.Table]
    settled_until: date | None = None

    def holds(self, last: date) -> bool:
        """Whether the cells of all days up to a date are those of a full build."""
        return self.settled_until is None or last <= self.settled_until


def table_of(view: str) -> str:
    """Return the derived table that holds a view's cells."""
    return PREFIX + view


def build_cube(reading: Reading) -> KeptUp:
    """Bring the cube up to the reading's facts; readers see it from the next snapshot.

    A changed penalty or appeal lies on its session's day.
    """
    stored = [
        Stored(table=table_of(view), view=view, make=cells_of)
        for view in cube_measures()
    ]
    return keep_up(reading, stored)


def read_cube(reading: Reading) -> StoredCube | None:
    """Open the cube of the reading's snapshot, or None where it is missing or stale."""
    now = origin_now(reading)
    place, snapshot = reading.facts.place, reading.facts.snapshot
    tables, built = {}, []
    for view in cube_measures():
        name = table_of(view)
        origin = origin_of(reading, name)
        if origin is None or not origin.serves(now):
            return None
        schema = derived_schema(place, name, version=snapshot.derived[name])
        if schema is None:
            return None
        files = snapshots.files(place, snapshot, name)
        tables[view] = reading.engine.parquet(files, schema=schema)
        built.append(origin.as_of)
    is_of_now = all(each == reading.as_of for each in built)
    return StoredCube(
        tables=tables, settled_until=None if is_of_now else settled_until(min(built))
    )
