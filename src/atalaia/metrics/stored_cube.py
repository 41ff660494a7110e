"""The cube on disk: written with its origin, read back only while that still holds."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import ibis

from atalaia.metrics.catalogue import catalogue_hash
from atalaia.metrics.cube import cube_measures, cube_tables
from atalaia.metrics.periods import Period
from atalaia.metrics.reading import Reading
from atalaia.metrics.slices import fetched
from atalaia.metrics.views import VIEWS
from atalaia.metrics.views.valid_sessions import LONGEST_OPEN
from atalaia.warehouse import snapshots
from atalaia.warehouse.commits import MOVED, remarks_since
from atalaia.warehouse.contracts import CONTRACTS
from atalaia.warehouse.derived import derived_schema, stamp_of, write_derived

__all__ = ["CubeReceipt", "StoredCube", "build_cube", "read_cube", "table_of"]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class CubeReceipt:
    """What was recomputed; `days` is None where it was everything."""

    tables: tuple[str, ...]
    days: Period | None
    is_current: bool = False


def table_of(view: str) -> str:
    """Return the derived table that holds a view's cells."""
    return PREFIX + view


def build_cube(reading: Reading) -> CubeReceipt:
    """Bring the cube up to the reading's facts; readers see it from the next snapshot.

    Only days touched by rows that came after the last build are recomputed: a changed
    penalty or appeal lies on its session's day, and the result is that of a full
    rebuild. Another catalogue, no cube yet, or rows that moved to another day because
    their session came late, mean a full build.
    """
    stamp = _stamp(reading)
    last = _last_stamp(reading)
    tables = tuple(table_of(view) for view in cube_measures())
    if last == stamp:
        return CubeReceipt(tables=tables, days=None, is_current=True)
    days = None
    if last is not None and _grew_only(reading, last=last):
        days = _touched(reading, since=datetime.fromisoformat(last["as_of"]))
    for view, cells in cube_tables(reading, days=days).items():
        write_derived(
            reading.facts.place,
            table_of(view),
            reading.engine.read(cells),
            stamp=stamp,
            replace=_predicate(days),
        )
    return CubeReceipt(tables=tables, days=days)


def read_cube(reading: Reading) -> StoredCube | None:
    """Open the cube of the reading's snapshot, or None where it is missing or stale."""
    last = _last_stamp(reading)
    if last is None or datetime.fromisoformat(last["as_of"]) > reading.as_of:
        return None
    if (last["catalogue"], last["facts"]) != (catalogue_hash(), _versions(reading)):
        return None
    place, snapshot = reading.facts.place, reading.facts.snapshot
    tables = {}
    for view in cube_measures():
        name = table_of(view)
        version = snapshot.derived[name]
        schema = derived_schema(place, name, version=version)
        if schema is None:
            return None
        files = snapshots.files(place, snapshot, name)
        tables[view] = reading.engine.parquet(files, schema=schema)
    built = datetime.fromisoformat(last["as_of"])
    is_of_now = built == reading.as_of
    return StoredCube(
        tables=tables, settled_until=None if is_of_now else _settled_until(built)
    )


def _settled_until(as_of: datetime) -> date:
    """Return the last date none of whose sessions could still be on air.

    Its local midnight may lie a day from that of UTC.
    """
    return (as_of - LONGEST_OPEN).date() - timedelta(days=2)


def _stamp(reading: Reading) -> dict[str, str]:
    return {
        "catalogue": catalogue_hash(),
        "facts": _versions(reading),
        "as_of": reading.as_of.isoformat(),
        "rows": json.dumps(_rows(reading, until=reading.as_of), sort_keys=True),
        "versions": json.dumps(dict(reading.facts.snapshot.facts), sort_keys=True),
    }


def _versions(reading: Reading) -> str:
    """A digest of the version of every fact table."""
    versions = json.dumps(dict(reading.facts.snapshot.facts), sort_keys=True)
    return hashlib.sha256(versions.encode()).hexdigest()[:16]


def _rows(reading: Reading, *, until: datetime) -> dict[str, int]:
    """Count the observations of every table that the cube rests on."""
    found = {}
    for name in _needed():
        rows = reading.raw(name)
        known = rows.filter(rows.ingested_at <= ibis.literal(until))
        (row,) = fetched(known.aggregate(rows_n=known.count()), reading)
        found[name] = row["rows_n"]
    return found


def _grew_only(reading: Reading, *, last: Mapping[str, str]) -> bool:
    """Whether all that was counted is still there: an erasure takes rows away."""
    if last["catalogue"] != catalogue_hash() or _moved(reading, last=last):
        return False
    since = datetime.fromisoformat(last["as_of"])
    return bool(_rows(reading, until=since) == json.loads(last["rows"]))


def _moved(reading: Reading, *, last: Mapping[str, str]) -> bool:
    """Whether rows that were counted may lie on another day since."""
    if "versions" not in last:
        return True
    versions = json.loads(last["versions"])
    return any(
        MOVED in remarks
        for name in _needed()
        for remarks in remarks_since(
            reading.facts.place.facts / name, version=versions.get(name, -1)
        )
    )


def _needed() -> list[str]:
    views = cube_measures()
    names = {name for view in views for name in VIEWS[view].needs}
    names |= {name for held in views.values() for one in held for name in one.needs}
    return sorted(name for name in names if CONTRACTS[name].partitioning == "dated")


def _last_stamp(reading: Reading) -> Mapping[str, str] | None:
    """The stamp that all tables share, or None where one lacks or differs."""
    place, snapshot = reading.facts.place, reading.facts.snapshot
    found = []
    for view in cube_measures():
        version = snapshot.derived.get(table_of(view))
        if version is None:
            return None
        found.append(stamp_of(place, table_of(view), version=version))
    first = found[0]
    return first if all(stamp == first for stamp in found) else None


def _touched(reading: Reading, *, since: datetime) -> Period:
    """The span of business dates that the cells of `since` may be wrong about.

    Those that rows which came later speak of, and those with sessions then on air.
    """
    open_from = _settled_until(since) + timedelta(days=1)
    spans = [open_from, since.date() + timedelta(days=1)]
    for name in _needed():
        rows = reading.table(name)
        new = rows.filter(rows.ingested_at > ibis.literal(since))
        day = new.business_date
        span = fetched(new.aggregate(first=day.min(), last=day.max()), reading)[0]
        spans += [day for day in span.values() if day is not None]
    return Period(min(spans), max(spans))


def _predicate(days: Period | None) -> str | None:
    if days is None:
        return None
    return f"business_date >= '{days.start}' AND business_date <= '{days.end}'"
