"""Enforced decisions that were reviewed, with what the truth says of them.

Under the wrong policy a penalty may still be the one that was due: it is told apart
from one that was not.
"""

from enum import StrEnum

import ibis

from atalaia.domain.codes import SampleFrame
from atalaia.metrics.source import FactSource
from atalaia.metrics.views import enforced_decisions, penalties
from atalaia.metrics.views.policy_words import DECISION_WORDS, UNKNOWN
from atalaia.metrics.views.verdicts import probability_verdicts
from atalaia.metrics.views.view import View

__all__ = ["VERDICT_COLUMNS", "VIEW", "PenaltyMatch"]

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
    "is_wrong_policy",
    "violation_started_at",
)


class PenaltyMatch(StrEnum):
    """Whether the penalty that was due is among those that were given."""

    SAME = "same"
    OTHER = "other"


def build(facts: FactSource) -> ibis.Table:
    """Build the view; the period and the words are those of the decision."""
    verdicts = probability_verdicts(facts, frame=SampleFrame.ENFORCED)
    decisions = enforced_decisions.VIEW.of(facts)
    return (
        _matched(verdicts, facts)
        .select("decision_id", "penalty_match", *VERDICT_COLUMNS)
        .inner_join(decisions, "decision_id")
        .select(*VIEW.columns)
    )


def _matched(verdicts: ibis.Table, facts: FactSource) -> ibis.Table:
    """Hold the penalty that was due against those of the decision."""
    told = penalties.VIEW.of(facts)
    given = told.select("head_id", given_code="code", is_given=True).distinct()
    joined = verdicts.left_join(
        given,
        [
            verdicts.decision_id == given.head_id,
            verdicts.truth_penalty == given.given_code,
        ],
    )
    return joined.mutate(
        penalty_match=ibis.cases(
            (joined.truth_penalty.nullif("").isnull(), UNKNOWN),
            (joined.is_given.notnull(), PenaltyMatch.SAME.value),
            else_=PenaltyMatch.OTHER.value,
        )
    )


VIEW = View(
    name="reviewed_enforced",
    meaning="Enforced decisions of probability samples with their settled truth.",
    needs=("verdict", "sample", "moderation_decision"),
    over=("enforced_decisions", "penalties", "verdicts"),
    columns=(
        *VERDICT_COLUMNS,
        "penalty_match",
        "decision_id",
        "incident_id",
        "incident_started_at",
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
    version=4,
)
