"""Enforced decisions that were reviewed, with what the truth says of them."""

import ibis

from atalaia.domain.codes import SampleFrame
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enforced_decisions
from atalaia.metrics.views.policy_words import DECISION_WORDS
from atalaia.metrics.views.samples import probability_verdicts
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

VERDICT_COLUMNS = (
    "verdict_id",
    "stratum",
    "weight",
    "has_weight",
    "unit",
    "is_settled",
    "is_unreviewable",
    "is_violating",
    "is_overkill",
    "is_correct",
    "violation_started_at",
)


def build(facts: FactSource) -> ibis.Table:
    """Build the view; the period and the words are those of the decision."""
    verdicts = probability_verdicts(facts, frame=SampleFrame.ENFORCED)
    decisions = enforced_decisions.VIEW.of(facts)
    return (
        verdicts.select("decision_id", *VERDICT_COLUMNS)
        .inner_join(decisions, "decision_id")
        .select(*VIEW.columns)
    )


VIEW = View(
    name="reviewed_enforced",
    meaning="Enforced decisions of probability samples with their settled truth.",
    needs=("verdict", "sample", "moderation_decision"),
    over=("enforced_decisions",),
    columns=(
        *VERDICT_COLUMNS,
        "decision_id",
        "incident_id",
        "is_heaviest",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency",
        *DECISION_WORDS,
        "decided_at",
        "first_signal_at",
    ),
    build=build,
)
