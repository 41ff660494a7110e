"""How late the newest row of each kind of fact is."""

from datetime import datetime

from atalaia.domain.fact_names import FACT_NAMES
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.freshness import newest_of
from atalaia.reporting.contents.brief import Freshness

__all__ = ["TABLE_NAMES", "newest_facts"]

TOLD = (
    "live_session",
    "moderation_decision",
    "penalty",
    "appeal",
    "review",
    "traffic_snapshot",
    "case_log",
)
TABLE_NAMES = {name: FACT_NAMES[name] for name in TOLD}


def newest_facts(
    facts: FactSource, *, market: str | None, now: datetime
) -> tuple[Freshness, ...]:
    """Return one line per kind of fact that a stand-up asks about, if it has rows."""
    found = {
        table: _newest(facts, table, market=market)
        for table in TABLE_NAMES
        if facts.has_rows(table)
    }
    return tuple(
        Freshness(
            table=TABLE_NAMES[table],
            newest_event_at=newest,
            lag_hours=(now - newest).total_seconds() / 3600,
        )
        for table, newest in found.items()
        if newest is not None
    )


def _newest(facts: FactSource, table: str, *, market: str | None) -> datetime | None:
    rows = newest_of(facts, table)
    rows = rows.filter(rows.market == market) if market else rows
    answer = facts.engine.read(rows.agg(newest=rows.newest_event_at.max())).read_all()
    newest: datetime | None = answer["newest"][0].as_py()
    return newest
