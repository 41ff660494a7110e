"""Changes on the day on which they took effect."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.moments import as_of
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view with the seconds since they were proposed."""
    rows = facts.table("change_request")
    told = dated(rows.filter(rows.deployed_at <= as_of(facts)), facts, at="deployed_at")
    wait = seconds_between(told.proposed_at, told.deployed_at)
    return told.mutate(
        wait_s=ibis.ifelse(wait < 0, 0, wait), weight=ibis.literal(1.0)
    ).select(*VIEW.columns)


VIEW = View(
    name="changes_deployed",
    meaning="Changes on the day on which they took effect, with the seconds since they"
    " were proposed.",
    needs=("change_request",),
    columns=("change_id", "market", "business_date", "wait_s", "weight"),
    build=build,
)
