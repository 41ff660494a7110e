"""Cases on the day on which central decided them last."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import cases
from atalaia.metrics.views.case_words import CASE_TIES, CASE_WORDS
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; what the region decided by itself never was in central."""
    rows = cases.VIEW.of(facts)
    sent = rows.filter(rows.submitted_at.notnull())
    return dated(sent, facts, at="decided_at").select(*VIEW.columns)


VIEW = View(
    name="cases_decided",
    meaning="Cases sent to central on the day of their last decision, with the seconds"
    " that they had spent there.",
    needs=("case", "case_event"),
    over=("cases",),
    columns=(*CASE_TIES, "business_date", *CASE_WORDS, "in_central_s"),
    build=build,
)
