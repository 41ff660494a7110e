"""Blind judgments one by one, for agreement between any number of people."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views.decisions import standing_decisions
from atalaia.metrics.views.double_reviews import blind_judgments
from atalaia.metrics.views.policy_words import DECISION_WORDS, UNKNOWN
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; the period is the decision's, else the judgment's."""
    rows = blind_judgments(facts)
    words = standing_decisions(facts).select(
        "decision_id", *DECISION_WORDS, decision_date="business_date"
    )
    joined = rows.left_join(words, "decision_id")
    filled = {word: joined[word].fill_null(UNKNOWN) for word in DECISION_WORDS}
    return joined.mutate(
        **filled,
        business_date=ibis.coalesce(joined.decision_date, joined.business_date),
    ).select(*VIEW.columns)


VIEW = View(
    name="judgments",
    meaning="Blind judgments, one row each, with the unit judged and their turn.",
    needs=("review",),
    columns=(
        "unit",
        "turn",
        "judgment",
        "decision_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        *DECISION_WORDS,
    ),
    build=build,
)
