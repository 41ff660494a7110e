"""Rows of views kept by business date, for what cells cannot answer.

People, percentiles, samples and mixes are counted from rows. The views under them are
worked out on the dates that changed and kept beside the cells; see `stored_cube`.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

import ibis

from atalaia.metrics.open_days import SESSIONS
from atalaia.metrics.origin import Origin, origin_now, origin_of
from atalaia.metrics.reading import Reading
from atalaia.metrics.views import VIEWS
from atalaia.metrics.views.valid_sessions import LONGEST_OPEN
from atalaia.warehouse import snapshots
from atalaia.warehouse.derived import derived_schema

__all__ = ["KEPT_VIEWS", "kept_table", "settled_until", "with_kept_views"]

KEPT_VIEWS = (
    "valid_sessions",
    "creator_days",
    "penalties",
    "enforced_decisions",
    "framed_rooms",
    "source_mixes",
)
"""Views that many metrics read, and that can be worked out day by day."""
PREFIX = "rows_"


def kept_table(view: str) -> str:
    """Return the derived table that holds a view's rows."""
    return PREFIX + view


def with_kept_views(reading: Reading) -> Reading:
    """Return the whole reading with those views at hand whose stored rows hold.

    Days whose sessions were on air when the rows were stored are read anew.
    """
    now = origin_now(reading)
    found = {view: _rows(view, reading, now=now) for view in KEPT_VIEWS}
    held = {view: rows for view, rows in found.items() if rows is not None}
    return replace(reading, kept_views=held, _narrower={})


def _rows(view: str, reading: Reading, *, now: Origin) -> ibis.Table | None:
    """Return a view's rows; None where none are stored, or of other facts."""
    name = kept_table(view)
    origin = origin_of(reading, name)
    if origin is None or not origin.serves(now):
        return None
    place, snapshot = reading.facts.place, reading.facts.snapshot
    schema = derived_schema(place, name, version=snapshot.derived[name])
    if schema is None:
        return None
    files = snapshots.files(place, snapshot, name)
    rows = reading.engine.parquet(files, schema=schema).select(*VIEWS[view].columns)
    if origin.as_of == reading.as_of or SESSIONS not in origin.reads:
        return rows
    settled = settled_until(origin.as_of)
    later = VIEWS[view].build(reading.between(settled + timedelta(days=1), date.max))
    return rows.filter(rows.business_date <= ibis.literal(settled)).union(
        later.filter(later.business_date > ibis.literal(settled))
    )


def settled_until(as_of: datetime) -> date:
    """Return the last date none of whose sessions could still be on air.

    Its local midnight may lie a day from that of UTC.
    """
    return (as_of - LONGEST_OPEN).date() - timedelta(days=2)
