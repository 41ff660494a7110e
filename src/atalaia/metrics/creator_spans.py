"""What creators were on each day, from every observation of them."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views.moments import as_of

__all__ = ["creator_spans"]

ALWAYS, FOREVER = ibis.date("1900-01-01"), ibis.date("2900-01-01")


def creator_spans(facts: FactSource) -> ibis.Table:
    """Return a row a creator and stretch of days on which tier and genre stayed.

    An observation holds from its own date, UTC, until the next that says otherwise;
    `held_until` is the first day on which it no longer holds.
    """
    rows = facts.raw("creator")
    seen = rows.filter(rows.ingested_at <= as_of(facts)).select(
        "tier",
        "genre",
        "observed_at",
        "ingested_at",
        "content_hash",
        span_creator="creator_id",
        seen_on=rows.observed_at.cast("timestamp").date(),
    )
    # Of several on one day the last speaks for it.
    last = ibis.window(
        group_by=["span_creator", "seen_on"],
        order_by=[
            ibis.desc("observed_at"),
            ibis.desc("ingested_at"),
            ibis.desc("content_hash"),
        ],
    )
    daily = seen.mutate(place=ibis.row_number().over(last))
    daily = daily.filter(daily.place == 0)
    in_order = ibis.window(group_by="span_creator", order_by="seen_on")
    told = daily.mutate(
        before=daily.seen_on.lag().over(in_order),
        after=daily.seen_on.lead().over(in_order),
    )
    return told.select(
        "span_creator",
        "tier",
        "genre",
        held_from=ibis.ifelse(told.before.isnull(), ALWAYS, told.seen_on),
        held_until=told.after.fill_null(FOREVER),
    )
