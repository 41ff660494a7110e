"""Decisions that were reviewed, enforced or not: right or wrong."""

import ibis

from atalaia.domain.codes import SampleFrame
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.decisions import standing_decisions
from atalaia.metrics.views.policy_words import DECISION_WORDS
from atalaia.metrics.views.verdicts import probability_verdicts
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

FROM_VERDICT = (
    "verdict_id",
    "stratum",
    "weight",
    "has_weight",
    "is_settled",
    "is_unreviewable",
    "is_correct",
    "is_technical",
)


def build(facts: FactSource) -> ibis.Table:
    """Build the view: the enforced and the passed sample, decisions only."""
    enforced = _decided(facts, frame=SampleFrame.ENFORCED)
    passed = _decided(facts, frame=SampleFrame.PASSED)
    both = enforced.union(passed)
    decisions = standing_decisions(facts)
    return both.inner_join(decisions, "decision_id").select(*VIEW.columns)


def _decided(facts: FactSource, *, frame: SampleFrame) -> ibis.Table:
    verdicts = probability_verdicts(facts, frame=frame)
    return verdicts.filter(verdicts.decision_id.notnull()).select(
        "decision_id", *FROM_VERDICT, frame=ibis.literal(frame.value)
    )


VIEW = View(
    name="reviewed_decisions",
    meaning="Reviewed decisions of probability samples, enforced or not.",
    needs=("verdict", "sample", "moderation_decision"),
    over=("verdicts",),
    columns=(
        *FROM_VERDICT,
        "frame",
        "decision_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "agency",
        *DECISION_WORDS,
    ),
    build=build,
    version=3,
)
