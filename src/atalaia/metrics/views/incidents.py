"""Incidents with at least one penalty, described by their heaviest action."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enforced_decisions
from atalaia.metrics.views.policy_words import DECISION_WORDS
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view: one row an incident."""
    rows = enforced_decisions.VIEW.of(facts)
    return (
        rows.filter(rows.is_case)
        .mutate(is_net=lambda table: table.net_penalties_n > 0)
        .select(*VIEW.columns)
    )


VIEW = View(
    name="incidents",
    meaning="Penalty cases: creator, session and first-level policy within 10 minutes.",
    needs=("penalty",),
    over=("enforced_decisions",),
    columns=(
        "incident_id",
        "incident_started_at",
        "decision_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency",
        *DECISION_WORDS,
        "outcome",
        "is_net",
    ),
    build=build,
    is_day_by_day=True,
    version=2,
)
