"""Impressions and entries of valid sessions, where the source counts impressions."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import valid_sessions
from atalaia.metrics.views.policy_words import known
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; rooms that nobody was shown are not exposures."""
    rows = facts.table("traffic_snapshot")
    shown = rows.filter(rows.impressions > 0).select(
        "session_id",
        "impressions",
        "entries",
        traffic_source=rows.traffic_source,
        snapshot_version=rows.app_version,
    )
    joined = shown.inner_join(valid_sessions.VIEW.of(facts), "session_id")
    return joined.mutate(
        app_version=known(ibis.coalesce(joined.snapshot_version, joined.app_version))
    ).select(*VIEW.columns)


VIEW = View(
    name="traffic",
    meaning="Impressions and room entries by source, for sources with impressions.",
    needs=("traffic_snapshot", "live_session"),
    over=("valid_sessions",),
    columns=(
        *valid_sessions.ROOM,
        "traffic_source",
        "impressions",
        "entries",
    ),
    build=build,
)
