"""Promised actions on the day on which they were due."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views.local_dates import dated
from atalaia.metrics.views.moments import as_of
from atalaia.metrics.views.policy_words import known
from atalaia.metrics.views.view import View

__all__ = ["VIEW"]


def build(facts: FactSource) -> ibis.Table:
    """Build the view; what was dropped before it was due was due to nobody."""
    rows = facts.table("action")
    due = rows.filter(rows.due_at <= as_of(facts))
    kept = due.filter(due.dropped_at.isnull() | (due.dropped_at >= due.due_at))
    told = dated(kept, facts, at="due_at")
    return told.mutate(
        action_type=known(told.type),
        is_on_time=(told.done_at <= told.due_at).fill_null(False),  # noqa: FBT003 - Ibis' own signature
    ).select(*VIEW.columns)


VIEW = View(
    name="actions_due",
    meaning="Promised actions on the day on which they were due, but those dropped"
    " before.",
    needs=("action",),
    columns=("action_id", "market", "business_date", "action_type", "is_on_time"),
    build=build,
)
