"""How late the newest row of each kind of fact is."""

from datetime import datetime

from atalaia.domain.fact_names import FACT_NAMES
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import freshness
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
    rows = freshness.build(facts)
    rows = rows.filter(rows.market == market) if market else rows
    newest = rows.group_by("table").agg(newest=rows.newest_event_at.max())
    found = {
        row["table"]: row["newest"]
        for row in facts.engine.read(newest).read_all().to_pylist()
    }
    return tuple(
        Freshness(
            table=name,
            newest_event_at=found[table],
            lag_hours=(now - found[table]).total_seconds() / 3600,
        )
        for table, name in TABLE_NAMES.items()
        if found.get(table) is not None
    )
