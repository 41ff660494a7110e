"""Active creators of agencies, by membership at the session's time."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import creator_days
from atalaia.metrics.views.policy_words import ORGANIC
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view: creator-days whose session named an agency."""
    days = creator_days.VIEW.of(facts)
    return days.filter(days.agency != ORGANIC)


VIEW = View(
    name="agency_creators",
    meaning="Active creators of agencies, by membership at the session's time.",
    needs=("live_session",),
    over=("creator_days",),
    columns=creator_days.VIEW.columns,
    build=build,
    is_day_by_day=True,
)
