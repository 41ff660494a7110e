"""Cases on the day by which they had to be resolved."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import cases
from atalaia.metrics.views.case_words import CASE_TIES, CASE_WORDS
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.moments import as_of
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; a case that never had to be acknowledged was so in time."""
    rows = cases.VIEW.of(facts)
    due = dated(
        rows.filter(rows.resolve_due_at <= as_of(facts)), facts, at="resolve_due_at"
    )
    was_acked = due.ack_due_at.isnull() | (due.acked_at <= due.ack_due_at)
    is_met = was_acked.fill_null(False) & due.stood_closed_when_due  # noqa: FBT003 - Ibis' own signature
    return due.mutate(is_met=is_met).select(*VIEW.columns)


VIEW = View(
    name="cases_due",
    meaning="Cases on the day by which they had to be resolved, and whether both of"
    " their deadlines were met.",
    needs=("case", "case_event"),
    over=("cases",),
    columns=(*CASE_TIES, "business_date", *CASE_WORDS, "is_met"),
    build=build,
)
