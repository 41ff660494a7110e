"""What is computed by date and stored: kept up on the dates that changed.

Readers see it from the next snapshot on, and only while its origin holds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import ibis

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
from atalaia.metrics.views.valid_sessions import LONGEST_OPEN
from atalaia.warehouse.derived import dates_in, restamp, write_derived
from atalaia.warehouse.touched import NOTHING, Touched, is_ahead

__all__ = ["KeptUp", "Stored", "keep_up", "settled_until"]

NONE: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One stored table: the view that it is made of, and how.

    Attributes:
        make: takes the view's name, facts and `days`, and returns the table's rows.
        partition_by: columns to lay it out by; none where it is small.
    """

    table: str
    view: str
    make: Callable[..., ibis.Table]
    partition_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptUp:
    """What was recomputed.

    Attributes:
        tables: every table asked for.
        touched: the dates that were computed anew, by view.
    """

    tables: tuple[str, ...]
    touched: Mapping[str, Touched]
    is_current: bool = False


def keep_up(reading: Reading, stored: Sequence[Stored]) -> KeptUp:
    """Bring stored tables up to the reading's facts; publish afterwards.

    Only dates on which anything changed in the tables that a view reads are computed
    anew, wherever they lie, and those with sessions that were on air: the result is
    that of a full build. Another catalogue, or no table yet, mean a full build.
    """
    last = {each.view: _published(reading, each.table) for each in stored}
    now = origin_now(reading)
    tables = tuple(each.table for each in stored)
    if all(each is not None and each.is_of(now) for each in last.values()):
        return KeptUp(tables=tables, touched={}, is_current=True)
    touched = {
        view: touched_by(view, reading, last=origin, now=now)
        for view, origin in last.items()
    }
    among = _may_be_open(reading, last=last.values())
    now = replace(now, open_on=open_days(reading, among=among))
    for days in {each.dates for each in touched.values()} - {NONE}:
        facts = SharedViews(facts=reading if days is None else reading.on(days))
        for each in stored:
            if touched[each.view].dates == days:
                _write(each, facts, days=days, now=now, reading=reading)
    for each in stored:
        origin = last[each.view]
        if origin is not None and touched[each.view] == NOTHING:
            stamp = replace(now, reads=origin.reads).stamp()
            restamp(reading.facts.place, each.table, stamp=stamp)
    return KeptUp(tables=tables, touched=touched)


def settled_until(as_of: datetime) -> date:
    """Return the last date none of whose sessions could still be on air.

    Its local midnight may lie a day from that of UTC.
    """
    return (as_of - LONGEST_OPEN).date() - timedelta(days=2)


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
    stored: Stored,
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
