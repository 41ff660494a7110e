"""LIVE time that reversed suspensions took, capped at what was planned."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import penalties
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.ladder import ladder
from atalaia.metrics.views.policy_words import DECISION_WORDS
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; a reversal without a moment of its own lost nothing known."""
    rows = penalties.VIEW.build(facts)
    rungs = ladder(facts)
    joined = rows.inner_join(
        rungs, [rows.domain == rungs.ladder_domain, rows.code == rungs.ladder_code]
    )
    taken = joined.filter(
        joined.stops_live & joined.is_reversed & joined.ended_at.notnull()
    )
    served = seconds_between(taken.started_at, taken.ended_at)
    planned = seconds_between(taken.started_at, taken.planned_end_at)
    capped = ibis.ifelse(planned < served, planned, served)
    lost = ibis.ifelse(planned.isnull(), served, capped)
    return taken.mutate(lost_s=ibis.ifelse(lost < 0, 0, lost)).select(*VIEW.columns)


VIEW = View(
    name="lost_hours",
    meaning="Reversed suspensions with the seconds of LIVE access they took.",
    needs=("penalty",),
    columns=(
        "penalty_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency",
        *DECISION_WORDS,
        "code",
        "lost_s",
    ),
    build=build,
)
