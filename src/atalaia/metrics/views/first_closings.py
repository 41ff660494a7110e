"""Cases on the day on which they first closed, and whether that held."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import cases
from atalaia.metrics.views.case_words import CASE_TIES, CASE_WORDS
from atalaia.metrics.views.elapsed import seconds_between
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]

HELD_S = 14 * 86_400


def build(facts: FactSource) -> ibis.Table:
    """Build the view: every case that ever closed, open again or not."""
    rows = dated(cases.VIEW.of(facts), facts, at="first_closed_at")
    held_s = seconds_between(rows.first_closed_at, rows.reopened_at)
    is_reopened = (held_s <= HELD_S).fill_null(False)  # noqa: FBT003 - Ibis' own signature
    return rows.mutate(is_reopened=is_reopened).select(*VIEW.columns)


VIEW = View(
    name="first_closings",
    meaning="Cases on the day of their first closing, and whether they were reopened"
    " within 14 days.",
    needs=("case", "case_event"),
    over=("cases",),
    columns=(*CASE_TIES, "business_date", *CASE_WORDS, "is_reopened"),
    build=build,
)
