"""One row a creator, day, market and agency with at least one valid session."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import valid_sessions
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view from the valid sessions."""
    sessions = valid_sessions.VIEW.of(facts)
    return sessions.select(*VIEW.columns).distinct()


VIEW = View(
    name="creator_days",
    meaning="Active creators: one row per creator and day with a valid session.",
    needs=("live_session",),
    over=("valid_sessions",),
    columns=(
        "market",
        "business_date",
        "creator_id",
        "agency",
    ),
    build=build,
    is_day_by_day=True,
    version=2,
)
