"""Deployed changes on the day on which their success was to be judged."""

import ibis

from atalaia.domain.work_codes import ChangeResult
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.moments import as_of, happened
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; a result that cannot be told, or is not told, is no success."""
    rows = facts.table("change_request")
    now = as_of(facts)
    due = rows.filter((rows.review_due_at <= now) & (rows.deployed_at <= now))
    told = dated(due, facts, at="review_due_at")
    was_met = (told.result == ChangeResult.MET.value).fill_null(False)  # noqa: FBT003 - Ibis' own signature
    stayed = happened(told.reverted_at, facts).isnull()
    return told.mutate(is_success=was_met & stayed).select(*VIEW.columns)


VIEW = View(
    name="changes_reviewed",
    meaning="Deployed changes on the day on which their success was to be judged.",
    needs=("change_request",),
    columns=("change_id", "market", "business_date", "is_success"),
    build=build,
)
