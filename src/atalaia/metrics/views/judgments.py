"""Blind judgments one by one, for agreement between any number of people."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views.double_reviews import blind_judgments, described
from atalaia.metrics.views.policy_words import DECISION_WORDS
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; the period is the unit's own day."""
    return described(blind_judgments(facts), facts).select(*VIEW.columns)


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
