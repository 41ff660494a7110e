"""What a diff case is told by, and its ruling where that is known by now."""

import ibis

from atalaia.metrics.source import FactSource
from atalaia.metrics.views.moments import as_of, happened
from atalaia.metrics.views.policy_words import UNKNOWN, policy_levels

__all__ = ["DIFF_TIES", "DIFF_WORDS", "diffs"]

DIFF_TIES = ("diff_id", "market")
DIFF_WORDS = ("diff", "diff_type", "domain", "policy_l1", "policy")


def diffs(facts: FactSource) -> ibis.Table:
    """Return the diff cases with their words; a ruling to come is none."""
    rows = facts.table("diff_case")
    # A ruling without its moment was known when the row was.
    is_known = rows.ruled_at.isnull() | (rows.ruled_at <= as_of(facts))
    return rows.mutate(
        diff=rows.diff_id,
        diff_type=rows.type,
        ruling=ibis.ifelse(is_known, rows.ruling, ibis.null("string")),
        effective_at=happened(rows.effective_at, facts),
        **policy_levels(rows.policy_id.nullif("").fill_null(UNKNOWN)),
    )
