"""From each net incident to the creator's next one on the same first-level policy."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import incidents
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.moments import as_of
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; `followed_s` is how long the creator could be watched."""
    rows = incidents.VIEW.of(facts)
    net = rows.filter(rows.is_net & rows.creator_id.notnull())
    in_order = ibis.window(
        group_by=["creator_id", "policy_l1"],
        order_by=["incident_started_at", "incident_id"],
    )
    next_at = net.incident_started_at.lead().over(in_order)
    return net.mutate(
        next_s=seconds_between(net.incident_started_at, next_at),
        followed_s=seconds_between(net.incident_started_at, as_of(facts)),
    ).select(*VIEW.columns)


VIEW = View(
    name="repeat_waits",
    meaning="Net incidents with the wait to the creator's next on the same policy.",
    needs=("penalty",),
    over=("incidents",),
    columns=(
        "incident_id",
        "incident_started_at",
        "creator_id",
        "session_id",
        "market",
        "business_date",
        "agency",
        "domain",
        "policy_l1",
        "next_s",
        "followed_s",
    ),
    build=build,
)
