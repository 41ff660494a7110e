"""Room entries of each valid session, a column a source: what a mix is made of."""

import ibis

from atalaia.domain.codes import TrafficSource
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import valid_sessions
from atalaia.metrics.views.traffic import in_valid_sessions
from atalaia.metrics.views.view import View

__all__ = ["MIX", "NOT_ORGANIC", "VIEW"]

NOT_ORGANIC = (TrafficSource.PAID, TrafficSource.BATTLE, TrafficSource.GUEST)
"""Sources whose viewers the feed did not send."""
ORGANIC = tuple(source for source in TrafficSource if source not in NOT_ORGANIC)
MIX = tuple(f"{source.value}_n" for source in ORGANIC)


def build(facts: FactSource) -> ibis.Table:
    """Build the view; a session watched by two app versions is two rows."""
    rows = facts.table("traffic_snapshot")
    organic = rows.filter(rows.traffic_source.isin([each.value for each in ORGANIC]))
    by_session = organic.group_by(
        "session_id", snapshot_version=organic.app_version
    ).agg(
        entries=organic.entries.sum().fill_null(0),
        **{
            name: organic.entries.sum(
                where=organic.traffic_source == source.value
            ).fill_null(0)
            for name, source in zip(MIX, ORGANIC, strict=True)
        },
    )
    return in_valid_sessions(by_session, facts).select(*VIEW.columns)


VIEW = View(
    name="source_mixes",
    meaning="Room entries of valid sessions from each organic source.",
    needs=("traffic_snapshot", "live_session"),
    over=("valid_sessions",),
    columns=(*valid_sessions.ROOM, "entries", *MIX),
    build=build,
    is_day_by_day=True,
)
