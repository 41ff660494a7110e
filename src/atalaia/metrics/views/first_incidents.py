"""Every creator's first net incident, as far back as the facts go."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import incidents
from atalaia.metrics.views.policy_words import DECISION_WORDS
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view: one row a creator, on the day of that incident's session."""
    rows = incidents.VIEW.of(facts)
    net = rows.filter(rows.is_net & rows.creator_id.notnull())
    in_order = ibis.window(
        group_by="creator_id",
        order_by=["business_date", "incident_started_at", "incident_id"],
    )
    numbered = net.mutate(turn=ibis.row_number().over(in_order))
    return numbered.filter(numbered.turn == 0).select(*VIEW.columns)


VIEW = View(
    name="first_incidents",
    meaning="The first net incident of every creator, in all the facts there are.",
    needs=("penalty",),
    over=("incidents",),
    columns=(
        "incident_id",
        "incident_started_at",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency",
        *DECISION_WORDS,
    ),
    build=build,
)
