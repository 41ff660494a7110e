"""Sessions that count: 60 seconds or longer, neither test nor internal."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.policy_words import known
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

SHORTEST_S = 60


def build(facts: FactSource) -> ibis.Table:
    """Build the view; a session on air lasts until the instant of knowledge."""
    rows = facts.table("live_session")
    as_of = ibis.literal(facts.as_of, type="timestamp('UTC')")
    length = rows.duration_s.round().cast("int64")
    lasted = length.fill_null(
        seconds_between(rows.started_at, rows.ended_at.fill_null(as_of))
    )
    shown = ~rows.is_test.fill_null(False) & ~rows.is_internal.fill_null(False)  # noqa: FBT003 - Ibis' own signature
    return (
        rows.filter(shown)
        .mutate(
            live_s=lasted,
            agency=rows.agency_id.nullif("").fill_null("organic"),
            language=known(rows.language),
            category=known(rows.category),
            app_version=known(rows.app_version),
        )
        .filter(lambda table: table.live_s >= SHORTEST_S)
        .select(*VIEW.columns)
    )


VIEW = View(
    name="valid_sessions",
    meaning="LIVE sessions of 60 seconds or more, neither test nor internal.",
    needs=("live_session",),
    columns=(
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency",
        "language",
        "category",
        "app_version",
        "live_s",
    ),
    build=build,
)
