"""The funnel of valid sessions by source: shown, entered, stayed, took part."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import valid_sessions
from atalaia.metrics.views.policy_words import known
from atalaia.metrics.views.view import View

__all__ = ["VIEW", "in_valid_sessions"]


FUNNEL = (
    "impressions",
    "entries",
    "effective_10s",
    "effective_60s",
    "interactors",
    "new_follows",
    "gifters",
)


def build(facts: FactSource) -> ibis.Table:
    """Build the view; `is_shown` where a source counts impressions and had some."""
    rows = facts.table("traffic_snapshot")
    told = rows.select(
        "session_id",
        *FUNNEL,
        traffic_source=rows.traffic_source,
        snapshot_version=rows.app_version,
        is_shown=(rows.impressions > 0).fill_null(False),  # noqa: FBT003 - Ibis' own signature
    )
    return in_valid_sessions(told, facts).select(*VIEW.columns)


def in_valid_sessions(rows: ibis.Table, facts: FactSource) -> ibis.Table:
    """Join valid sessions; the app version is the snapshot's own, where it says one."""
    joined = rows.inner_join(valid_sessions.VIEW.of(facts), "session_id")
    return joined.mutate(
        app_version=known(ibis.coalesce(joined.snapshot_version, joined.app_version))
    )


VIEW = View(
    name="traffic",
    meaning="Impressions, room entries and what came of them, by session and source.",
    needs=("traffic_snapshot", "live_session"),
    over=("valid_sessions",),
    columns=(
        *valid_sessions.ROOM,
        "traffic_source",
        *FUNNEL,
        "is_shown",
    ),
    build=build,
    is_day_by_day=True,
    version=2,
)
