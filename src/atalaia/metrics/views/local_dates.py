"""The local date of any instant in a market, worked out by whichever engine runs.

Facts carry the date of their first event only; a case belongs to the day it closed, an
action to the day it was due. Zones are told to the engine as a small table of offsets,
because engines bring time zone databases of their own, each of another year.
"""

from datetime import UTC, datetime, timedelta
from functools import cache

import ibis
import pyarrow as pa

from atalaia.domain.clocks import offset_changes
from atalaia.metrics.source import FactSource

__all__ = ["dated"]

FIRST, LAST = datetime(2015, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
"""No LIVE before the one; the rules of the clocks are not known after the other."""
ENDLESS = datetime(9999, 1, 1, tzinfo=UTC)
SCHEMA = pa.schema(
    {
        "clock_market": pa.string(),
        "clock_from": pa.timestamp("us", tz="UTC"),
        "clock_until": pa.timestamp("us", tz="UTC"),
        "offset_s": pa.int64(),
    }
)


def dated(rows: ibis.Table, facts: FactSource, *, at: str) -> ibis.Table:
    """Return the rows that have the instant `at`, with its `business_date`.

    The date is that of the market's principal zone; of UTC where the market is not
    known. A date that the rows carry already is replaced.
    """
    clocks = facts.engine.rows(_clocks(facts))
    happened = rows.filter(rows[at].notnull())
    joined = happened.left_join(
        clocks,
        [
            happened.market == clocks.clock_market,
            happened[at] >= clocks.clock_from,
            happened[at] < clocks.clock_until,
        ],
    )
    local = joined[at] + joined.offset_s.fill_null(0).as_interval("s")
    kept = [name for name in rows.columns if name != "business_date"]
    return joined.select(*kept, business_date=local.cast("timestamp('UTC')").date())


def _clocks(facts: FactSource) -> pa.Table:
    markets = facts.reference.markets
    found = [
        (code, *span)
        for code in markets.codes
        for span in _spans(markets.of(code).principal_zone)
    ]
    columns = zip(*found, strict=True)
    return pa.table([pa.array(column) for column in columns], names=SCHEMA.names).cast(
        SCHEMA
    )


@cache
def _spans(zone: str) -> tuple[tuple[datetime, datetime, int], ...]:
    """Return from, until (exclusive) and seconds beyond UTC; the ends are open."""
    changes = offset_changes(zone, start=FIRST, end=LAST)
    starts = [datetime(1970, 1, 1, tzinfo=UTC), *(c.start for c in changes[1:])]
    ends = [*starts[1:], ENDLESS]
    offsets = [_seconds(change.offset) for change in changes]
    return tuple(zip(starts, ends, offsets, strict=True))


def _seconds(offset: timedelta) -> int:
    return round(offset.total_seconds())
