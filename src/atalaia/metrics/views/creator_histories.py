"""Active creators' days, with the day on which each first had a net incident."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import creator_days, first_incidents
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; `first_net_on` is null of who never had one."""
    days = creator_days.VIEW.of(facts)
    firsts = first_incidents.VIEW.of(facts)
    first = firsts.select("creator_id", first_net_on=firsts.business_date)
    return days.left_join(first, "creator_id").select(*VIEW.columns)


VIEW = View(
    name="creator_histories",
    meaning="Active creators by day, with the day of their first net incident ever.",
    needs=("live_session",),
    over=("creator_days", "first_incidents"),
    columns=(*creator_days.VIEW.columns, "first_net_on"),
    build=build,
)
