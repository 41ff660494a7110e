"""The cube on disk: written with its origin, read back only while that still holds."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import ibis

from atalaia.metrics.cube import CubeTable, cube_measures, cube_tables
from atalaia.metrics.open_days import SESSIONS, open_days
from atalaia.metrics.origin import (
    Origin,
    origin_now,
    origin_of,
    touched_by,
    touched_in,
)
from atalaia.metrics.reading import Reading
from atalaia.metrics.views.valid_sessions import LONGEST_OPEN
from atalaia.warehouse import snapshots
from atalaia.warehouse.derived import dates_in, derived_schema, restamp, write_derived
from atalaia.warehouse.touched import NOTHING, Touched, is_ahead

__all__ = ["CubeReceipt", "StoredCube", "build_cube", "read_cube", "table_of"]

PREFIX = "cube_"
NONE: frozenset[date] = frozenset()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CubeReceipt:
    """What was recomputed.

    Attributes:
        tables: every table of the cube.
        touched: the dates whose cells were computed anew, by view.
    """

    tables: tuple[str, ...]
    touched: Mapping[str, Touched]
    is_current: bool = False


def table_of(view: str) -> str:
    """Return the derived table that holds a view's cells."""
    return PREFIX + view


def build_cube(reading: Reading) -> CubeReceipt:
    """Bring the cube up to the reading's facts; readers see it from the next snapshot.

    Only dates on which anything changed in the tables that a view reads are computed
    anew, wherever they lie, and those with sessions that were on air: a changed penalty
    or appeal lies on its session's day, and the result is that of a full build. Another
    catalogue, or no cube yet, mean a full build.
    """
    last = {view: _published(reading, table_of(view)) for view in cube_measures()}
    now = origin_now(reading)
    tables = tuple(table_of(view) for view in last)
    if all(each is not None and each.is_of(now) for each in last.values()):
        return CubeReceipt(tables=tables, touched={}, is_current=True)
    touched = {
        view: touched_by(view, reading, last=origin, now=now)
        for view, origin in last.items()
    }
    among = _may_be_open(reading, last=last.values())
    now = replace(now, open_on=open_days(reading, among=among))
    for days in {each.dates for each in touched.values()} - {NONE}:
        views = [view for view, each in touched.items() if each.dates == days]
        for view, fresh in cube_tables(reading, days=days, views=views).items():
            _write(reading, view, fresh, days=days, now=now)
    for view, origin in last.items():
        if origin is not None and touched[view] == NOTHING:
            stamp = replace(now, reads=origin.reads).stamp()
            restamp(reading.facts.place, table_of(view), stamp=stamp)
    return CubeReceipt(tables=tables, touched=touched)


def _published(reading: Reading, table: str) -> Origin | None:
    """Return the origin of a table that stands as readers see it; None otherwise."""
    version = reading.facts.snapshot.derived.get(table)
    folder = reading.facts.place.derived / table
    if version is None or is_ahead(folder, version=version):
        return None
    return origin_of(reading, table)


def _may_be_open(
    reading: Reading, *, last: Iterable[Origin | None]
) -> frozenset[date] | None:
    """Return where sessions may be on air now: where some came, or were before."""
    found = NOTHING
    for origin in last:
        if origin is None or origin.as_of > reading.as_of or not origin.sees_all:
            return None
        found |= touched_in(SESSIONS, reading, last=origin)
        found |= Touched(dates=origin.open_on)
    return found.dates


def _write(
    reading: Reading,
    view: str,
    fresh: CubeTable,
    *,
    days: frozenset[date] | None,
    now: Origin,
) -> None:
    write_derived(
        reading.facts.place,
        table_of(view),
        reading.engine.read(fresh.cells),
        stamp=replace(now, reads=fresh.reads).stamp(),
        replace=None if days is None else dates_in(days),
    )


def read_cube(reading: Reading) -> StoredCube | None:
    """Open the cube of the reading's snapshot, or None where it is missing or stale."""
    now = origin_now(reading)
    place, snapshot = reading.facts.place, reading.facts.snapshot
    tables, built = {}, []
    on_air: set[date] = set()
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
        on_air |= origin.open_on
    is_of_now = all(each == reading.as_of for each in built)
    return StoredCube(
        tables=tables,
        settled_until=None if is_of_now else _settled_until(min(built), on_air=on_air),
    )


def _settled_until(as_of: datetime, *, on_air: Collection[date]) -> date:
    """Return the last date none of whose sessions could still be on air.

    Its local midnight may lie a day from that of UTC; and a session whose start was
    corrected is kept on the day that was told first, however long ago.
    """
    usual = (as_of - LONGEST_OPEN).date() - timedelta(days=2)
    return min([usual, *(day - timedelta(days=1) for day in on_air)])
