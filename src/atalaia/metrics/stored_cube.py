"""The cube on disk: written with its origin, read back only while that still holds.

Beside its cells lie the rows of a few views, kept up in the same way: see `kept_views`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import ibis

from atalaia.metrics.cube import cells_of, cube_measures, view_rows
from atalaia.metrics.kept_views import KEPT_VIEWS, kept_table, settled_until
from atalaia.metrics.open_days import SESSIONS, open_days
from atalaia.metrics.origin import (
    Origin,
    origin_now,
    origin_of,
    touched_by,
    touched_in,
)
from atalaia.metrics.reading import Reading
from atalaia.metrics.shared_views import SharedViews
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
        tables: every table of the cube, and those of kept rows.
        touched: the dates that were computed anew, by table.
    """

    tables: tuple[str, ...]
    touched: Mapping[str, Touched]
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """One table: the view that it is made of, and how.

    Attributes:
        partition_by: rows are many and change by date; cells are few.
    """

    table: str
    view: str
    make: Callable[..., ibis.Table]
    partition_by: tuple[str, ...] = ()


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
    stored = _stored()
    last = {each.table: _published(reading, each.table) for each in stored}
    now = origin_now(reading)
    if all(each is not None and each.is_of(now) for each in last.values()):
        return CubeReceipt(tables=tuple(last), touched={}, is_current=True)
    touched = {
        each.table: touched_by(each.view, reading, last=last[each.table], now=now)
        for each in stored
    }
    among = _may_be_open(reading, last=last.values())
    now = replace(now, open_on=open_days(reading, among=among))
    for days in {each.dates for each in touched.values()} - {NONE}:
        facts = SharedViews(facts=reading if days is None else reading.on(days))
        for each in stored:
            if touched[each.table].dates == days:
                _write(each, facts, days=days, now=now, reading=reading)
    for table, origin in last.items():
        if origin is not None and touched[table] == NOTHING:
            stamp = replace(now, reads=origin.reads).stamp()
            restamp(reading.facts.place, table, stamp=stamp)
    return CubeReceipt(tables=tuple(last), touched=touched)


def _stored() -> tuple[_Stored, ...]:
    cells = (
        _Stored(table=table_of(view), view=view, make=cells_of)
        for view in cube_measures()
    )
    rows = (
        _Stored(
            table=kept_table(view),
            view=view,
            make=view_rows,
            partition_by=("business_date",),
        )
        for view in KEPT_VIEWS
    )
    return (*cells, *rows)


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
    stored: _Stored,
    facts: SharedViews,
    *,
    days: frozenset[date] | None,
    now: Origin,
    reading: Reading,
) -> None:
    rows = stored.make(stored.view, facts, days=days)
    write_derived(
        reading.facts.place,
        stored.table,
        reading.engine.read(rows),
        stamp=replace(now, reads=facts.asked()).stamp(),
        partition_by=stored.partition_by,
        replace=None if days is None else dates_in(days),
    )


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
