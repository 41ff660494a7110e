"""The newest event of every fact table and source."""

import functools

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views.moments import as_of
from atalaia.metrics.views.view import View
from atalaia.warehouse.contracts import CONTRACTS

__all__ = ["VIEW", "newest_of"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; events dated after the instant of knowledge do not count."""
    dated = [
        name
        for name, contract in CONTRACTS.items()
        if contract.event_time and name != "aggregate" and facts.has_rows(name)
    ]
    parts = [newest_of(facts, name) for name in dated or ["live_session"]]
    return functools.reduce(lambda all_, part: all_.union(part), parts)


def newest_of(facts: FactSource, name: str) -> ibis.Table:
    """Return the view's rows of one fact table, which must have an event's time."""
    rows = facts.raw(name)
    now = as_of(facts)
    happened = rows[CONTRACTS[name].event_time or "observed_at"]
    past = rows.mutate(happened=happened).filter(
        (happened <= now) & (rows.ingested_at <= now)
    )
    return (
        past.group_by("market", "source")
        .agg(newest_event_at=past.happened.max(), rows_n=past.count())
        .mutate(table=ibis.literal(name))
        .select(*VIEW.columns)
    )


VIEW = View(
    name="freshness",
    meaning="The newest event by fact table, source and market.",
    needs=(),
    columns=("table", "source", "market", "newest_event_at", "rows_n"),
    build=build,
)
