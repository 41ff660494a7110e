"""Decisions that stand, with the words that metrics split by."""

import ibis

from atalaia.domain.codes import Outcome
from atalaia.metrics.source import FactSource
from atalaia.metrics.views.policy_words import (
    known,
    policy_levels,
)

__all__ = ["enforced", "standing_decisions"]

ENFORCED = tuple(outcome.value for outcome in Outcome if outcome.is_enforced)


def standing_decisions(facts: FactSource) -> ibis.Table:
    """Return decisions that no later decision replaced, enforced or not."""
    rows = facts.table("moderation_decision")
    return rows.filter(rows.superseded_by.nullif("").isnull()).select(
        "decision_id",
        "session_id",
        "creator_id",
        "market",
        "business_date",
        "outcome",
        "decided_at",
        "first_signal_at",
        "detection",
        agency=rows.agency_id.nullif("").fill_null("organic"),
        **policy_levels(rows.policy_id),
        severity=known(rows.severity),
        lane=known(rows.lane),
        actor=known(rows.actor),
        queue=known(rows.queue),
        automated=known(rows.automated_decision),
        model_version=known(rows.model_version),
    )


def enforced(decisions: ibis.Table) -> ibis.Table:
    """Return the decisions that put a consequence on somebody."""
    return decisions.filter(decisions.outcome.isin(ENFORCED))
