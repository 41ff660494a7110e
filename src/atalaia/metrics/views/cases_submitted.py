"""Cases on the day on which they first went to central."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views import cases
from atalaia.metrics.views.case_words import CASE_TIES, CASE_WORDS
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; fields count where both numbers are known, never beyond all."""
    rows = dated(cases.VIEW.of(facts), facts, at="submitted_at")
    required, filled = rows.required_fields_n, rows.filled_fields_n
    is_counted = required.notnull() & filled.notnull()
    return rows.mutate(
        required_n=ibis.ifelse(is_counted, required, 0),
        filled_n=ibis.ifelse(is_counted, ibis.least(filled, required), 0),
    ).select(*VIEW.columns)


VIEW = View(
    name="cases_submitted",
    meaning="Cases on the day of their first submission to central, with the fields"
    " filled by then.",
    needs=("case", "case_event"),
    over=("cases",),
    columns=(
        *CASE_TIES,
        "business_date",
        *CASE_WORDS,
        "required_n",
        "filled_n",
        "was_returned",
    ),
    version=2,
    build=build,
)
